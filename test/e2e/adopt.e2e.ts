/**
 * Adopting what exists already, as docs/guides/adopting.md says: what the real CDK CLI makes of our mapping, and asks
 * CloudFormation for. What comes of it is tried in adopt-enforced.e2e.ts, with a deployer in the place of CloudFormation, whose
 * own import no server here has: the last test shows what moto does instead.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { referencesIn } from '../support/intrinsics';
import { Tap } from './adopt/tap';
import { Cloud } from './cli/cloud';
import { Deployment } from './cli/deployment';
import { REGION } from './servers/ceph';

jest.setTimeout(300_000);

const DEFINITIONS = {
  'acme/client.yaml': 'bucket: {name: acme-data}\n',
  'acme/reltio.yaml': `kind: assumed-role
roleName: reltio-exporter
principals: [arn:aws:iam::123456789876:user/reltio.platform.jobs]
externalId: 5ez83245-6b31-4df3
`,
  'acme/other.yaml': 'kind: access-key\nreason: It takes a key only\n',
};

let cloud: Cloud;
let tap: Tap;
let here: Deployment;
let environment: Readonly<Record<string, string>>;
let mapping: Readonly<Record<string, Readonly<Record<string, string>>>>;
const file = () => join(here.dir, 'mapping.json');

beforeAll(async () => {
  cloud = await Cloud.open();
  tap = await Tap.before(cloud.recorder.url);
  environment = { ...cloud.environment, AWS_ENDPOINT_URL: tap.url };
  here = new Deployment(environment);
  here.define(DEFINITIONS);
  const { exit, err } = await here.cdk('bootstrap', `aws://${cloud.account}/${REGION}`);
  expect([exit, exit === 0 ? '' : err]).toEqual([0, '']);
  const adopted = await here.command('adopt', 'acme', 'acme-data', 'reltio-exporter', '--bucket-policy');
  expect(adopted.exit).toBe(0);
  writeFileSync(file(), adopted.out);
  mapping = JSON.parse(adopted.out);
});

afterAll(async () => {
  here?.remove();
  await tap?.close();
  await cloud?.close();
});

/** The members of a list in a form: `Name.member.1.…`. */
function members(form: URLSearchParams, name: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  for (const [key, value] of form) {
    const [, at, rest] = new RegExp(`^${name}\\.member\\.(\\d+)\\.(.+)$`).exec(key) ?? [];
    if (at === undefined || rest === undefined) continue;
    found[Number(at) - 1] = { ...found[Number(at) - 1], [rest]: value };
  }
  return found;
}

/** The template that a change set was asked for with. */
async function templateOf(form: URLSearchParams) {
  const body = form.get('TemplateBody');
  if (body !== null) return parse(body);
  const url = new URL(form.get('TemplateURL') ?? '');
  const [bucket, ...key] = url.hostname.includes('.s3.')
    ? [url.hostname.split('.s3.')[0], ...url.pathname.slice(1).split('/')]
    : url.pathname.slice(1).split('/');
  return parse(await (await fetch(`${tap.url}/${bucket}/${key.join('/')}`)).text());
}

test('the CLI asks for an import of what the mapping names, and of nothing else', async () => {
  const { exit, err } = await here.cdk('import', 'acme', '--resource-mapping', file(), '--no-execute');
  expect([exit, exit === 0 ? '' : err]).toEqual([0, '']);
  const form = tap.last('CreateChangeSet');
  expect([form.get('ChangeSetType'), form.get('StackName')]).toEqual(['IMPORT', 'integrations-acme']);
  const asked = members(form, 'ResourcesToImport').map((each) => [
    each.LogicalResourceId,
    each['ResourceIdentifier.entry.1.key'],
    each['ResourceIdentifier.entry.1.value'],
  ]);
  const wanted = Object.entries(mapping).flatMap(([id, by]) =>
    Object.entries(by).map(([key, value]) => [id, key, value]),
  );
  expect(asked.sort()).toEqual(wanted.sort());
  expect(wanted.map(([, , value]) => value).sort()).toEqual(['acme-data', 'acme-data', 'reltio-exporter']);
  const { Resources } = await templateOf(form);
  expect(Object.keys(Resources).sort()).toEqual(Object.keys(mapping).sort());
  for (const resource of Object.values<{ Type: string; DeletionPolicy: string; Properties: unknown }>(Resources)) {
    expect(resource.DeletionPolicy).toBe(resource.Type === 'AWS::IAM::Role' ? 'Delete' : 'Retain');
    expect(Object.keys(mapping)).toEqual(expect.arrayContaining([...referencesIn(resource.Properties)]));
  }
});

test('what an import cannot do without is told by our command, and not by the CLI', async () => {
  here.define({ ...DEFINITIONS, 'acme/client.yaml': 'bucket: {name: acme-data, kmsKey: create}\n' });
  const { out, err } = await here.command('adopt', 'acme', 'acme-data');
  const [, key = ''] = /^note: acme-data refers to (\w+) \(AWS::KMS::Key\), which is not imported: /m.exec(err) ?? [];
  writeFileSync(file(), out);
  const { exit } = await here.cdk('import', 'acme', '--resource-mapping', file(), '--no-execute');
  here.define(DEFINITIONS);
  writeFileSync(file(), JSON.stringify(mapping));
  expect(exit).toBe(0);
  const { Resources } = await templateOf(tap.last('CreateChangeSet'));
  const missing = Object.values<{ Properties: unknown }>(Resources)
    .flatMap(({ Properties }) => [...referencesIn(Properties)])
    .filter((id) => !(id in Resources));
  expect([...new Set(missing)]).toEqual([key]);
});

test('the CLI, asking a person, comes to the same mapping', async () => {
  const recorded = join(here.dir, 'recorded.json');
  await onTerminal(`npx cdk import acme --record-resource-mapping ${recorded}`, (question) => {
    // Of a policy the CLI does not see in the template whose it is.
    if (question.includes('BucketPolicy')) return 'acme-data';
    return /acme-data|reltio-exporter/.test(question) ? 'y' : 'n';
  });
  expect(JSON.parse(readFileSync(recorded, 'utf8'))).toEqual(mapping);
});

test('the deployment after it asks for a change set that knows of drift', async () => {
  const { exit, err } = await here.cdk(
    ...['deploy', 'acme', '--revert-drift', '--method', 'prepare-change-set', '--require-approval', 'never'],
  );
  expect([exit, exit === 0 ? '' : err]).toEqual([0, '']);
  expect(tap.last('CreateChangeSet').get('DeploymentMode')).toBe('REVERT_DRIFT');
});

test('moto, asked for an import, makes the role anew that it should take over', async () => {
  const there = async () => (await cloud.arrived.names()).roles.includes('reltio-exporter');
  expect(await there()).toBe(false);
  const { exit, out } = await here.cdk('import', 'acme', '--resource-mapping', file());
  expect([exit, out]).toEqual([
    0,
    expect.stringContaining('acme/reltio/Role: importing using RoleName=reltio-exporter'),
  ]);
  // AWS would refuse: there is none.
  expect(await there()).toBe(true);
});

/** Runs a command on a terminal, and answers what it asks there. */
function onTerminal(command: string, answer: (question: string) => string): Promise<void> {
  const env = { ...process.env, ...environment, HOME: join(here.dir, 'home'), NO_COLOR: '1', CDK_VALIDATION: 'false' };
  const { CI: _, ...interactive } = { ...env, CDK_DISABLE_CLI_TELEMETRY: 'true' } as NodeJS.ProcessEnv;
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd: here.dir, env: interactive, stdio: 'pipe' });
    let [all, unanswered] = ['', ''];
    child.stdout.on('data', (data: Buffer) => {
      all += data;
      unanswered += data;
      const question = /[^\n]*(?:\(yes\/no\)|\[y\/n\]|\(y\/n\)|empty to skip|hit enter to skip)[^\n]*$/i.exec(
        unanswered,
      );
      if (!question) return;
      child.stdin.write(`${answer(question[0])}\r`);
      unanswered = '';
    });
    child.on('error', reject);
    child.on('close', (exit) => (exit === 0 ? resolve() : reject(new Error(`${command} ended with ${exit}:\n${all}`))));
  });
}
