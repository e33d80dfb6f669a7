/** The commands of a hand-off, typed as they stand there, by the vendor who gets it. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { inFolder } from '../support/folder';
import { run } from '../support/run';
import { synthesize, type Template } from '../support/synth';
import { type Ran, run as shell } from './clients/programs';
import { DeployedStack } from './deployer/deployer';
import { type Account, newAccount, newUser } from './servers/accounts';
import { type Key, REGION } from './servers/ceph';
import { motoClients } from './servers/clients';
import { endpoints } from './servers/endpoints';

jest.setTimeout(300_000);

let home: Account;
let vendor: Key;
let files: Record<string, string>;
let outputs: Readonly<Record<string, string>>;
let secrets: Readonly<Record<string, string>>;

beforeAll(async () => {
  const [own, away] = await Promise.all([newAccount(), newAccount()]);
  home = own;
  vendor = await newUser(away.id, 'vendor');
  files = {
    'settings.yaml': 'bucketPrefix: handoff\n',
    'kohler/client.yaml': '',
    'kohler/role.yaml': `kind: assumed-role
principals: ["arn:aws:iam::${away.id}:user/vendor"]
externalId: id-2_a/b=
access: [list, read, write, delete]
`,
    'kohler/user.yaml': 'kind: access-key\nreason: it takes a key only\naccess: [list, read, write, delete]\n',
  };
  const { kohler } = synthesize(files, { account: home.id, region: REGION });
  const deployed = await new DeployedStack('integrations-kohler', home).deploy(kohler as Template);
  outputs = deployed.outputs;
  secrets = deployed.setup.kohler_user?.secrets ?? {};
});

/** Types all the commands of a hand-off, one after the other, on a machine of the vendor's. */
async function typed(name: string, answers: readonly string[]): Promise<{ title: string; ran: Ran }[]> {
  const commands = await inFolder(files, async (dir) => {
    const file = join(dir, '.outputs.json');
    writeFileSync(file, JSON.stringify({ 'integrations-kohler': outputs }));
    const { exit, out, err } = await run('handoff', name, '--dir', dir, '--outputs', file, '--format', 'json');
    if (exit !== 0) throw new Error(err);
    return (JSON.parse(out) as { commands: { title: string; code: string }[] }).commands;
  });
  const machine = mkdtempSync(join(tmpdir(), 'vendor-'));
  try {
    mkdirSync(join(machine, '.aws'));
    const config = join(machine, '.aws/config');
    writeFileSync(
      join(machine, '.aws/credentials'),
      `[default]\naws_access_key_id = ${vendor.accessKeyId}\naws_secret_access_key = ${vendor.secretAccessKey}\n`,
    );
    const env = {
      HOME: machine,
      AWS_ENDPOINT_URL: endpoints().gateway,
      AWS_MAX_ATTEMPTS: '1',
      // The server is older than the checksums that the AWS CLI adds nowadays.
      AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
      AWS_RESPONSE_CHECKSUM_VALIDATION: 'when_required',
      ANSWERS: answers.join('\n'),
    };
    const results: { title: string; ran: Ran }[] = [];
    for (const { title, code } of commands) {
      if (title.includes('~/.aws/config')) appendFileSync(config, `${code}\n`);
      else {
        const line = code.startsWith('aws configure') ? `printf '%s\\n' "$ANSWERS" | ${code}` : code;
        results.push({ title, ran: await shell(line, machine, env) });
      }
    }
    return results;
  } finally {
    rmSync(machine, { recursive: true, force: true });
  }
}

test('of a role: each works', async () => {
  const ran = await typed('kohler_role', []);
  expect(ran.map(({ title, ran: { exit } }) => [title, exit])).toEqual([
    ['Put a small file', 0],
    ['List the prefix; the slash at its end is needed', 0],
    ['Get the file', 0],
    ['Delete the file', 0],
  ]);
  expect(ran[1]?.ran.said).toContain('role-test.txt');
  expect(ran[2]?.ran.said).toContain('test\n');
});

test('of an access key: each works, with what its secret holds', async () => {
  const { secrets: manager } = await motoClients(home.id);
  const { SecretString = '' } = await manager.send(new GetSecretValueCommand({ SecretId: secrets.a }));
  const { accessKeyId, secretAccessKey, region } = JSON.parse(SecretString);
  const ran = await typed('kohler_user', [accessKeyId, secretAccessKey, region, '', '']);
  expect(ran.map(({ ran: { exit } }) => exit)).toEqual([0, 0, 0, 0, 0]);
  // The same, typed by somebody who has another key.
  const denied = await typed('kohler_user', [vendor.accessKeyId, vendor.secretAccessKey, region, '', '']);
  expect(denied.map(({ ran: { exit } }) => exit === 0)).toEqual([true, false, false, false, false]);
});
