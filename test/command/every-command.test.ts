/** What is so of every command; a new one is added to {@link COMMANDS}, or the first test fails. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json';
import { fakeAccount } from '../account/fake-account';
import { Fake, HANDED } from '../connection/fake';
import { deployedAccount } from '../support/deployed-account';
import { made } from '../support/deploying';
import { FakeCloud } from '../support/fake-cloud';
import { inFolder } from '../support/folder';
import { withoutRisks } from '../support/risks';
import { type Run, run, runWith } from '../support/run';

interface Words {
  /** What it takes beside its name. */
  readonly words: readonly string[];
  /** What it makes of a folder that is not there, or of an empty one. */
  readonly folder: 'refused' | 'made' | 'named elsewhere' | 'not read';
  /** Whether it reads definitions, and so sees what is wrong with them. */
  readonly definitions: boolean;
  readonly json: boolean;
}

const reads = (...words: string[]): Words => ({ words, folder: 'refused', definitions: true, json: true });

const COMMANDS: Readonly<Record<string, Words>> = {
  check: reads(),
  list: reads(),
  access: reads(),
  report: reads(),
  diff: reads('--base', 'HEAD'),
  changed: reads('--all'),
  deploy: reads('--all'),
  split: reads('kohler'),
  new: { ...reads('kohler', 'tool', '--in-aws', '--assumes-roles'), folder: 'made', definitions: false },
  handoff: reads('kohler_adobe'),
  accept: reads('kohler_wait', '--principal', 'arn:aws:iam::111122223333:role/x'),
  suspend: reads('kohler_adobe'),
  resume: reads('kohler_adobe'),
  rotate: reads('kohler_adobe', '--without-aws'),
  'test-connection': { ...reads('HANDOFF'), definitions: false },
  init: {
    words: ['--from', 'git+https://git.example/x.git'],
    folder: 'named elsewhere',
    definitions: false,
    json: true,
  },
  adopt: reads('kohler', 'some-bucket'),
  usage: reads('--logs', 'LOGS'),
  explain: reads('NoSuchBucket', '--integration', 'kohler_adobe'),
  review: reads(),
  snapshot: reads('--out', 'SNAPSHOT', '--region', 'eu-west-1'),
  verify: reads('--snapshot', 'DEPLOYED'),
  discover: {
    words: ['--snapshot', 'DEPLOYED', '--out', 'NEW'],
    folder: 'named elsewhere',
    definitions: false,
    json: true,
  },
  vendors: { ...reads(), definitions: false },
  'vendors show': { ...reads('boomi'), definitions: false },
  completion: { words: ['bash'], folder: 'not read', definitions: false, json: false },
};

const HANDOFF = JSON.stringify({
  ...{ integration: 'kohler_adobe', kind: 'access-key', status: 'active', bucket: 'integrations-kohler' },
  ...{ prefix: 'adobe/', region: 'eu-west-1' },
});

const BROKEN = { 'kohler/client.yaml': 'regoin: eu-west-1\n', 'kohler/adobe.yaml': 'kind: access-key\nprefix: a*b\n' };

/** Runs a command in a folder of its own, with the folder of the definitions somewhere in it. */
async function runIn(name: string, at: string, make: (dir: string) => void, ...more: string[]) {
  return inFolder({ 'handoff.json': HANDOFF, file: '' }, async (folder) => {
    const dir = join(folder, at);
    make(dir);
    const words = (COMMANDS[name]?.words ?? []).map((word) =>
      word
        .replace('HANDOFF', join(folder, 'handoff.json'))
        .replace('SNAPSHOT', join(folder, 'account.json'))
        .replace('LOGS', join(folder, 'file')),
    );
    const ran = await run(...name.split(' '), ...words, '--dir', dir, ...more);
    const made = existsSync(join(dir, 'kohler/tool.yaml'));
    return { ...ran, dir, made };
  });
}

const of = (key: keyof Words, value: unknown) =>
  Object.keys(COMMANDS).filter((name) => COMMANDS[name]?.[key] === value);

test('here is every command', async () => {
  const commandsIn = async (...words: string[]) => {
    const { out } = await run(...words, '--help');
    const names = [...(/\nCommands:\n(.*?)\n\n/s.exec(out)?.[1] ?? '').matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(
      ([, name]) => name,
    );
    return names.filter((name) => name !== 'help').map((name) => [...words, name].join(' '));
  };
  const nested = await commandsIn('vendors');
  expect(Object.keys(COMMANDS).sort()).toEqual([...(await commandsIn()), ...nested].sort());
});

const FOLDERS: [what: string, at: string, make: (dir: string) => void][] = [
  ['is not there', 'nowhere', () => {}],
  ['is empty', 'empty', (dir) => mkdirSync(dir)],
  ['is a file', 'file', () => {}],
];

describe.each(FOLDERS)('a folder that %s', (_, at, make) => {
  test.each(of('folder', 'refused'))('is refused by %s, by name and with a remedy', async (name) => {
    const { exit, out, err, dir } = await runIn(name, at, make);
    expect([exit, out.replace(/^0 clients.*\n/, '')]).toEqual([1, '']);
    expect(err).toContain(dir);
    expect(err).toMatch(/point --dir/);
    const asJson = await runIn(name, at, make, '--json');
    expect(asJson.exit).toBe(1);
    expect(problemsIn(asJson)).toHaveLength(1);
  });

  test.each(of('folder', 'made'))('is made by %s, where it can be', async (name) => {
    const { exit, made } = await runIn(name, at, make);
    expect([exit, made]).toEqual(at === 'file' ? [1, false] : [0, true]);
  });
});

test.each(of('folder', 'not read'))('%s reads no folder', async (name) => {
  expect(await run(name, ...(COMMANDS[name]?.words ?? []), '--dir', 'nowhere')).toMatchObject({ exit: 2 });
});

/** The problems of the one JSON document that a run printed. */
function problemsIn({ out }: Run): readonly { readonly code: string }[] {
  const document = JSON.parse(out);
  return Array.isArray(document) ? document : document.problems;
}

describe('with definitions that are broken', () => {
  test.each(of('definitions', true))('%s --json prints one document with each of them', async (name) => {
    await inFolder(BROKEN, async (dir) => {
      const ran = await run(name, ...(COMMANDS[name]?.words ?? []), '--dir', dir, '--json');
      expect(ran.exit).toBe(1);
      const problems = withoutRisks(problemsIn(ran));
      expect(problems).toHaveLength(3);
      for (const problem of problems) {
        expect(problem).toEqual({
          file: expect.stringMatching(/^kohler\/(?:client|adobe)\.yaml$/),
          line: expect.any(Number),
          column: expect.any(Number),
          severity: 'error',
          code: expect.stringMatching(/^[a-z-]+$/),
          message: expect.stringMatching(/./),
          fix: expect.stringMatching(/./),
        });
      }
    });
  });

  test('what is no problem of a file is one of none', async () => {
    await inFolder({ 'kohler/client.yaml': '' }, async (dir) => {
      for (const words of [['--json'], ['--format', 'json']]) {
        const { exit, out, err } = await run('handoff', 'kohler_x', '--dir', dir, ...words);
        const [message, fix] = [
          'there is no integration kohler_x',
          `npx bucket-integrations list --dir ${dir} shows them`,
        ];
        expect([exit, err]).toEqual([1, `error[unknown-integration]: ${message}; ${fix}\n`]);
        expect(JSON.parse(out)).toEqual({
          problems: [
            {
              file: null,
              line: null,
              column: null,
              severity: 'error',
              code: 'unknown-integration',
              message,
              fix,
            },
          ],
        });
      }
      // Nobody asked for a document.
      expect(await run('handoff', 'kohler_x', '--dir', dir)).toMatchObject({ exit: 1, out: '' });
    });
  });
});

/** A repository in which every command can do its work. */
const WORKING = {
  'integrations/kohler/client.yaml': 'bucket: {name: some-bucket}\n',
  'integrations/kohler/adobe.yaml': 'kind: access-key\nreason: It takes a key only\n',
  'integrations/kohler/wait.yaml': 'kind: assumed-role\nstatus: pending\n',
  'handoff.json': JSON.stringify({
    ...{ integration: 'kohler_reltio', kind: 'assumed-role', status: 'active', bucket: 'integrations-kohler' },
    ...{ prefix: 'reltio/', region: 'eu-west-1', roleArn: 'arn:aws:iam::111122223333:role/kohler_reltio' },
    ...{ externalId: '5ez83245-6b31', access: ['list', 'read', 'write', 'delete'] },
  }),
  'cdk.json': '{}\n',
};

/** The snapshot of an account to which the definitions of a repository were deployed. */
function deployed({ path, dir }: { readonly path: string; readonly dir: string }): string {
  const file = join(path, 'account.json');
  writeFileSync(file, JSON.stringify(deployedAccount(dir)));
  return file;
}

/** How commands work that need more than their words, and other ways in which they do. */
const ALSO: readonly string[] = [
  'list --left-behind',
  'access kohler_adobe',
  'deploy --all --dry-run',
  'deploy --record refs/deployed/production --end-removed',
  'diff --base HEAD --fail-on widening',
  'handoff kohler_adobe --format json',
  'new kohler reltio --principal arn:aws:iam::123456789876:user/x --external-id 5ez83245',
  'report --out SNAPSHOT',
  'rotate kohler_adobe --without-aws --dry-run',
  'snapshot --policy',
  'init NEW --from git+https://git.example/x.git',
];

describe('on success', () => {
  const repository = made(WORKING);

  test.each([
    ...of('json', true)
      .filter((name) => name !== 'init')
      .map((name) => [name, ...(COMMANDS[name]?.words ?? [])].join(' ')),
    ...ALSO,
  ])('%s --json prints one document and nothing else', async (line) => {
    const cloud = new FakeCloud();
    const { ask } = fakeAccount({});
    const aws = {
      stacks: cloud.describe,
      vendor: () => Promise.resolve(new Fake(HANDED)),
      account: () => Promise.resolve({ ask, region: 'eu-west-1', asked: new Date('2026-11-27T10:00:00Z') }),
    };
    const words = line.split(' ').map((word) => {
      if (word === 'LOGS') return join(repository.path, 'cdk.json');
      if (word === 'HANDOFF') return join(repository.path, 'handoff.json');
      if (word === 'DEPLOYED') return deployed(repository);
      return word === 'SNAPSHOT' || word === 'NEW' ? join(repository.path, word.toLowerCase()) : word;
    });
    const shell = words[0] === 'test-connection' ? ['--any-bucket'] : [];
    const folder = words[0] === 'init' || words[0] === 'discover' ? [] : ['--dir', repository.dir];
    const ran = await runWith({ aws, program: cloud.run }, ...words, ...folder, ...shell, '--json');
    repository.git('checkout', '--quiet', '.');
    repository.git('clean', '--quiet', '-fd');
    expect({ exit: ran.exit, err: ran.exit === 0 ? '' : ran.err }).toEqual({ exit: 0, err: '' });
    expect(typeof JSON.parse(ran.out)).toBe('object');
  });

  test.each(of('json', true))('%s --json of wrong words prints one document too', async (name) => {
    const { exit, out, err } = await run(...name.split(' '), '--no-such-option', '--json');
    expect([exit, err]).toEqual([2, expect.stringContaining('--no-such-option')]);
    expect(JSON.parse(out).problems).toEqual([
      {
        ...{ file: null, line: null, column: null, severity: 'error' },
        ...{ code: 'wrong-usage', fix: `bucket-integrations ${name} --help shows the usage` },
        ...{ message: expect.stringContaining("unknown option '--no-such-option'") },
      },
    ]);
  });
});

test('--version prints the version', async () => {
  expect(await run('--version')).toEqual({ exit: 0, out: `${manifest.version}\n`, err: '' });
});

describe('options of which only one can be meant', () => {
  test.each<[words: string, said: string]>([
    ['handoff x_y --from-stack --outputs o.json', "'--outputs <file>' cannot be used with option '--from-stack'"],
    ['handoff x_y --reveal-secret --outputs o.json', "'--reveal-secret' cannot be used with option '--outputs <file>'"],
    ['handoff x_y --reveal-secret --from-stack', "'--reveal-secret' cannot be used with option '--from-stack'"],
    ['handoff x_y --reveal-secret --json', "'--reveal-secret' cannot be used with option '--json'"],
    ['handoff x_y --reveal-secret --format html', "'--reveal-secret' cannot be used with option '--format <format>'"],
    ['handoff x_y --json --format html', '--json and --format html contradict each other'],
    ['diff --base x --base-assembly y', "'--base <ref>' cannot be used with option '--base-assembly <dir>'"],
    ['diff --base x --json --format markdown', '--json and --format markdown contradict each other'],
    ['changed --base x --record refs/y', "'--base <ref>' cannot be used with option '--record <ref>'"],
    ['deploy --base x --record refs/y --all', "'--base <ref>' cannot be used with option '--record <ref>'"],
    ['rotate x_y --without-aws --even-if-used', "'--even-if-used' cannot be used with option '--without-aws'"],
  ])('%s', async (words, said) => {
    const { exit, err } = await run(...words.split(' '));
    expect([exit, err]).toEqual([2, expect.stringContaining(said)]);
  });

  test('--json with --format json is the same said twice', async () => {
    await inFolder({ 'kohler/client.yaml': '', 'kohler/adobe.yaml': 'kind: access-key\nreason: x\n' }, async (dir) => {
      const { exit, out } = await run('handoff', 'kohler_adobe', '--json', '--format', 'json', '--dir', dir);
      expect([exit, JSON.parse(out).integration]).toEqual([0, 'kohler_adobe']);
    });
  });
});
