import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { addBucket, emptyAccount, type Raw } from '../support/deployed-account';
import { inFolder } from '../support/folder';
import { run } from '../support/run';
import { addKeyOf, addRole, addUser, allow, document, trust } from '../verification/messes/edits';

const STRANGER = { AWS: 'arn:aws:iam::999900001111:role/x' };
const NAMES = [
  '../../../etc/passwd',
  '..',
  'client',
  'constructor',
  '__proto__',
  'a\u001b[31mred\u202e\n# injected: true',
  '- yaml: {',
  '"quoted\': &anchor !tag *alias',
  'ünïcödé-名前',
  '',
  'x'.repeat(300),
  '$(touch hacked); `touch hacked`',
];

/** An account that somebody wrote who means harm. */
function hostile(): Raw {
  const account = emptyAccount();
  for (const [at, name] of NAMES.entries()) {
    const bucket = addBucket(account, at % 2 === 0 ? `kohler-${at}` : name);
    const arn = `arn:aws:s3:::${bucket.Name}`;
    const objects = `${arn}/${name}/*`;
    addRole(
      account,
      `${name}-${at}`,
      trust(STRANGER, { StringEquals: { 'sts:ExternalId': `${name}x` } }),
      document(allow(['s3:GetObject', 's3:PutObject'], objects)),
    );
    addUser(
      account,
      `u${at}${name}`,
      document(allow('s3:GetObject', [`${arn}/u${at}/*`, `${arn}/${'*?'.repeat(500)}`])),
    );
    addKeyOf(account, `u${at}${name}`, `AKIA${at}${name}`);
    bucket.Policy = JSON.stringify(
      document(
        { ...allow('s3:GetObject', objects), Principal: { AWS: `arn:aws:iam::777788889999:role/${name}` }, Sid: name },
        {
          ...allow(`s3:${name}*`, `${arn}/*`),
          Principal: { AWS: '999900001111' },
          Condition: { [name]: { [name]: [name] } },
        },
      ),
    );
    bucket.Region = name;
    bucket.Lifecycle = { Rules: [{ ID: name, Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: -1 } }] };
    account.stacks.push({
      StackName: 'integrations-kohler',
      StackId: `arn:aws:cloudformation:eu-west-1:111122223333:stack/x/${at}`,
      Description: 'Bucket and integrations of kohler',
      Outputs: [
        {
          OutputKey: 'x',
          OutputValue: JSON.stringify({
            integration: `kohler_${name}`,
            kind: name,
            bucket: bucket.Name,
            prefix: `${name}/`,
          }),
        },
      ],
      Resources: [],
    });
  }
  return account;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u;

test.each([['--json'], []])(
  'a hostile snapshot writes nothing bad, and prints what can be printed (%s)',
  async (...more) => {
    await inFolder({ 'account.json': JSON.stringify(hostile()) }, async (folder) => {
      const out = join(folder, 'a', 'found');
      const ran = await run('discover', '--snapshot', join(folder, 'account.json'), '--out', out, ...more);
      expect([ran.exit, ran.err.includes('    at ')]).toEqual([0, false]);
      expect(ran.out + ran.err).not.toMatch(UNPRINTABLE);
      expect(readdirSync(folder).sort()).toEqual(['a', 'account.json']);
      expect(readdirSync(join(folder, 'a'))).toEqual(['found']);
      const { problems, deployment } = load(out);
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(deployment.clients.length).toBeGreaterThan(2);
      for (const client of deployment.clients) {
        for (const file of readdirSync(join(out, client.name))) {
          const text = readFileSync(join(out, client.name, file), 'utf8');
          expect([file, UNPRINTABLE.test(text), /^injected/m.test(text)]).toEqual([file, false, false]);
        }
      }
    });
  },
);

describe('files that are there', () => {
  const FILES = { 'account.json': JSON.stringify(hostileLight()), 'found/settings.yaml': 'region: eu-central-1\n' };

  test('settings are read, and never written over', async () => {
    await inFolder(FILES, async (folder) => {
      const out = join(folder, 'found');
      expect((await run('discover', '--snapshot', join(folder, 'account.json'), '--out', out)).exit).toBe(0);
      expect(readFileSync(join(out, 'settings.yaml'), 'utf8')).toBe('region: eu-central-1\n');
      const client = readFileSync(join(out, 'kohler/client.yaml'), 'utf8');
      expect(client).toContain('account: "111122223333"\nregion: eu-west-1\n');
    });
  });

  test('nothing is written where one of them is there', async () => {
    await inFolder(FILES, async (folder) => {
      const out = join(folder, 'found');
      mkdirSync(join(out, 'kohler'));
      writeFileSync(join(out, 'kohler/adobe.yaml'), 'kind: assumed-role\nstatus: pending\n');
      writeFileSync(join(out, 'kohler/client.yaml'), '');
      const before = statSync(join(out, 'kohler/adobe.yaml')).mtimeMs;
      const ran = await run('discover', '--snapshot', join(folder, 'account.json'), '--out', out, '--json');
      expect([ran.exit, JSON.parse(ran.out).problems[0].code]).toEqual([1, 'file-exists']);
      expect(statSync(join(out, 'kohler/adobe.yaml')).mtimeMs).toBe(before);
      expect(existsSync(join(out, 'other'))).toBe(false);
    });
  });

  test('a bucket that the snapshot does not hold is refused', async () => {
    await inFolder(FILES, async (folder) => {
      const words = ['discover', '--snapshot', join(folder, 'account.json'), '--out', join(folder, 'x')];
      const { exit, err } = await run(...words, '--bucket', 'kohlr');
      expect([exit, err]).toEqual([1, expect.stringContaining('did you mean kohler?')]);
      expect((await run(...words, '--client-of', 'kohler=Not A Name')).exit).toBe(2);
      expect((await run('discover', '--out', 'x')).exit).toBe(2);
    });
  });

  test('settings that ask for what no account knows are said to be in the way', async () => {
    await inFolder({ ...FILES, 'found/settings.yaml': 'require: [owner]\n' }, async (folder) => {
      const { exit, err } = await run(
        'discover',
        '--snapshot',
        join(folder, 'account.json'),
        '--out',
        join(folder, 'found'),
      );
      expect([exit, err]).toEqual([1, expect.stringContaining('take require out')]);
      expect(readdirSync(join(folder, 'found'))).toEqual(['settings.yaml']);
    });
  });
});

function hostileLight(): Raw {
  const account = emptyAccount();
  for (const name of ['kohler', 'other']) {
    addBucket(account, name);
    addRole(account, `${name}_adobe`, trust(STRANGER), document(allow('s3:GetObject', `arn:aws:s3:::${name}/adobe/*`)));
  }
  return account;
}
