import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizedStacks } from '../../lib/app/templates';
import { git } from '../../lib/command/git/git';
import type { Git } from '../../lib/command/host/git';
import { load } from '../../lib/definitions/load';
import { Capability } from '../../lib/rules/confinement';
import { risksOf } from '../../lib/rules/risk';
import { Status } from '../../lib/rules/vocabulary';
import { inFolder } from '../support/folder';
import { TestRepository } from '../support/repository';
import { run, runWith } from '../support/run';

// Many runs of git, each a process, beside whatever else the machine does.
jest.setTimeout(60_000);

const SENDER = 'arn:aws:iam::123456789876:role/sender';
const FILES = {
  'integrations/settings.yaml': 'region: eu-west-1\n',
  'integrations/kohler/client.yaml': '',
  'integrations/kohler/adobe.yaml': 'kind: access-key\nreason: It takes a key only\n',
  'integrations/kohler/reltio.yaml': `kind: assumed-role\nprincipals: [${SENDER}]\nexternalId: x1\n`,
  'integrations/acme/client.yaml': '',
  'integrations/acme/braze.yaml': `kind: assumed-role\nprincipals: [${SENDER}]\n`,
};
const MORE_OF_ADOBE = {
  'integrations/kohler/adobe.yaml':
    'kind: access-key\nreason: It takes a key only\naccess: [list, read, write, delete]\n',
};
const LESS_OF_ADOBE = {
  'integrations/kohler/adobe.yaml': 'kind: access-key\nreason: It takes a key only\naccess: [list, read]\n',
};

const [KEY_RISK = '', DELETE_RISK = ''] = risksOf({
  ...{ kind: 'access-key', status: Status.ACTIVE, access: [Capability.DELETE] },
}).map(({ what, why }) => `${what}: ${why}`);

const repositories: TestRepository[] = [];
afterAll(() => {
  for (const each of repositories) each.dispose();
});

function repository(
  files: Readonly<Record<string, string>> = FILES,
  from?: ConstructorParameters<typeof TestRepository>[0],
) {
  const made = new TestRepository(from);
  repositories.push(made);
  if (!from) made.commit(files);
  return made;
}

const diff = (of: TestRepository, ...more: string[]) =>
  run('diff', '--dir', of.path('integrations'), '--base', 'main', ...more);

describe('the change since a git ref', () => {
  test('is told in plain words, with what is not committed, then in resources', async () => {
    const of = repository();
    of.write({
      ...MORE_OF_ADOBE,
      'integrations/kohler/reltio.yaml': `kind: assumed-role\nprincipals: [${SENDER}2]\nexternalId: x1\n`,
      'integrations/globex/client.yaml': '',
    });
    of.remove('integrations/acme/braze.yaml');
    const { exit, out, err } = await diff(of);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toBe(`2 grow, 1 ends, 1 neutral since main (${of.git('rev-parse', '--short=7', 'HEAD')})

grows:
+ kohler_adobe may delete under adobe/
  medium risk: ${KEY_RISK}
  low risk: ${DELETE_RISK}
~ kohler_reltio trusted by ${SENDER}2 instead of ${SENDER} (access grows and shrinks)

ends:
- acme_braze removed; its access ends with the deployment

neutral:
+ globex is a new client, with the bucket integrations-globex, which is created

! integrations-acme: AWS::IAM::Role acme_braze removed: it is no longer in the stack

integrations-acme: 1 removed
integrations-globex: 2 added
integrations-kohler: 2 updated
3 stacks: 2 added, 2 updated, 1 removed
`);
  });

  test('is nothing where nothing is otherwise, whatever the ref is called', async () => {
    const of = repository();
    of.git('tag', '--annotate', 'v1', '--message', 'x');
    for (const ref of [
      'main',
      'HEAD',
      'v1',
      of.git('rev-parse', 'HEAD'),
      of.git('rev-parse', '--short=7', 'HEAD'),
      'main@{0}',
      ':/x',
    ]) {
      const { exit, out } = await run('diff', '--dir', of.path('integrations'), '--base', ref);
      expect([ref, exit, out]).toEqual([ref, 0, expect.stringMatching(/^no change in who can do what since /)]);
    }
  });

  test('is one JSON document', async () => {
    const of = repository();
    of.write(MORE_OF_ADOBE);
    const { exit, out, err } = await diff(of, '--json');
    expect([exit, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      since: { ref: 'main', commit: of.git('rev-parse', 'HEAD') },
      widening: true,
      atStake: false,
      access: [
        {
          sign: '+',
          client: 'kohler',
          integration: 'kohler_adobe',
          text: 'may delete under adobe/',
          effect: 'widening',
          file: 'kohler/adobe.yaml',
        },
      ],
      affected: [
        {
          ...{ client: 'kohler', integration: 'kohler_adobe', verdict: 'grows', gravity: 'medium' },
          ...{ who: ['user kohler_adobe'], file: 'kohler/adobe.yaml' },
        },
      ],
      risks: [
        expect.objectContaining({ integration: 'kohler_adobe', code: 'long-lived-key', gravity: 'medium' }),
        {
          ...{ integration: 'kohler_adobe', code: 'delete-without-end', gravity: 'low', accepted: null },
          what: 'it may delete, without an end',
          why: 'a vendor that is forgotten can still destroy what is there',
          fix: 'remove delete where the vendor works without, or set expires',
        },
      ],
      stacks: [
        {
          stack: 'integrations-kohler',
          client: 'kohler',
          counts: { added: 0, updated: 1, replaced: 0, removed: 0 },
          changes: [
            {
              logicalId: expect.any(String),
              type: 'AWS::IAM::User',
              name: 'kohler_adobe',
              change: 'updated',
              retained: false,
              atStake: false,
              why: 'in place: Policies',
            },
          ],
        },
      ],
    });
  });

  test('shows risks only of what grows, and those that are accepted as such', async () => {
    const of = repository();
    of.write(LESS_OF_ADOBE);
    expect((await diff(of)).out).not.toContain('risk');
    const accept = 'accept: [{code: delete-without-end, reason: "as long as <b>it</b> runs", until: 2027-01-31}]\n';
    of.write({ 'integrations/kohler/adobe.yaml': `${MORE_OF_ADOBE['integrations/kohler/adobe.yaml']}${accept}` });
    const accepted = ' (accepted until 2027-01-31: as long as';
    expect((await diff(of)).out).toContain(`\n  low risk: ${DELETE_RISK}${accepted} <b>it</b> runs)\n`);
    const { out } = await diff(of, '--format', 'markdown');
    expect(out).toContain(
      `<details><summary>Risks of what grows: 2</summary>\n\n- \`kohler_adobe\`: medium risk: ${KEY_RISK}\n- \`kohler_adobe\`: low risk: ${DELETE_RISK}${accepted.replace('2027-01-31', '`2027-01-31`')} \`<b>it</b>\` runs)\n`,
    );
  });

  test('fails where access grows and that is asked for, saying which', async () => {
    const of = repository();
    of.write(MORE_OF_ADOBE);
    expect(await diff(of, '--fail-on', 'widening')).toMatchObject({
      exit: 1,
      out: expect.stringContaining('+ kohler_adobe may delete under adobe/'),
      err: 'access grows: kohler_adobe may delete under adobe/\n',
    });
    of.write(LESS_OF_ADOBE);
    expect(await diff(of, '--fail-on', 'widening')).toMatchObject({ exit: 0, err: '' });
  });

  test('fails where something in use would go and no definition says so', async () => {
    const of = repository();
    of.write({ 'integrations/kohler/client.yaml': 'bucket: {name: other}\n' });
    const { exit, out, err } = await diff(of);
    expect(exit).toBe(1);
    expect(out).toContain(
      '! AT STAKE integrations-kohler: AWS::S3::Bucket integrations-kohler replaced (the old one stays, outside the stack): BucketName cannot change in place: the objects in it do not move to another\n',
    );
    expect(err).toBe(
      'one resource in use is lost, and no definition says so: change the definitions so that nothing is replaced or removed\n',
    );
    expect(JSON.parse((await diff(of, '--json')).out)).toMatchObject({ atStake: true });
  });

  test('is of every client where the settings are otherwise, and of those with a vendor whose profile is', async () => {
    const profile = (access: string) =>
      `title: X\nsummary: X reads.\nsources: [https://example.com]\nchecked: 2026-11-01\nways:\n  - kind: access-key\n    defaults: {access: [${access}]}\n    fields: [{label: Key, value: "{accessKeyId}"}]\ntest: [Try it.]\n`;
    const of = repository({
      ...FILES,
      'vendors/x.yaml': profile('list'),
      'integrations/acme/x.yaml': 'vendor: x\nreason: y\n',
    });
    of.write({ 'vendors/x.yaml': profile('list, read') });
    expect((await diff(of)).out).toMatch(/\n\ngrows:\n\+ acme_x may read under x\/\n/);
    of.write({ 'vendors/x.yaml': profile('list'), 'integrations/settings.yaml': 'region: eu-west-2\n' });
    const { out } = await diff(of, '--json');
    expect(
      JSON.parse(out).access.map(({ client, text }: Record<string, string>) => [client, text?.slice(0, 35)]),
    ).toEqual([
      ['acme', 'is deployed to the region eu-west-2'],
      ['kohler', 'is deployed to the region eu-west-2'],
    ]);
  });

  test('is everything where there was no such folder', async () => {
    const of = repository({ 'README.md': '' });
    of.write(FILES);
    const { exit, out } = await diff(of, '--json');
    expect(exit).toBe(0);
    expect(
      JSON.parse(out).access.map(({ sign, integration }: Record<string, string>) => `${sign}${integration}`),
    ).toEqual(['+undefined', '+acme_braze', '+undefined', '+kohler_adobe', '+kohler_reltio']);
  });

  test('has the identity providers that are made once for all', async () => {
    const token = (subject: string, audience: string) =>
      `kind: web-identity\nprovider: https://login.example.com\naudiences: [${audience}]\nsubjects: [${subject}]\n`;
    const of = repository({ ...FILES, 'integrations/acme/orders.yaml': token('x', 'a') });
    of.write({ 'integrations/kohler/orders.yaml': token('y', 'b') });
    const { out } = await diff(of);
    expect(out).toContain('\nintegrations-IdentityProviders: 1 updated\nintegrations-kohler: 1 added\n');
    of.write({ 'integrations/kohler/orders.yaml': token('y', 'a') });
    expect((await diff(of)).out).not.toContain('IdentityProviders');
  });

  test('is of a folder at the top of a repository too, whose profiles have no versions', async () => {
    const of = repository({ 'kohler/client.yaml': '', 'kohler/adobe.yaml': 'kind: access-key\nreason: x\n' });
    of.remove('kohler/adobe.yaml');
    const { exit, out } = await run('diff', '--dir', of.folder, '--base', 'main');
    expect([exit, out.split('\n')[3]]).toEqual([0, '- kohler_adobe removed; its access ends with the deployment']);
  });

  test('reads of the commit only what is otherwise now', async () => {
    const clients = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`integrations/c${at}/client.yaml`, '']));
    const of = repository({ ...FILES, ...clients });
    of.write(MORE_OF_ADOBE);
    const asked: string[] = [];
    const counting: Git = (folder, args, input) => {
      if (args[0] === 'cat-file') asked.push(...(input ?? '').trim().split('\n'));
      return git(folder, args, input);
    };
    const { exit } = await runWith({ git: counting }, 'diff', '--dir', of.path('integrations'), '--base', 'main');
    // The settings and the three files of kohler.
    expect([exit, asked.length]).toEqual([0, 4]);
  });

  test('finds the repository by the folder, whatever the environment says', async () => {
    const [of, other] = [repository(), repository({ 'integrations/kohler/client.yaml': '' })];
    process.env.GIT_DIR = other.path('.git');
    try {
      expect((await diff(of)).out).toMatch(/^no change/);
    } finally {
      delete process.env.GIT_DIR;
    }
  });
});

describe('for a pull request', () => {
  const HOSTILE = [
    '`</code>` @somebody',
    '[x](javascript:alert)',
    '<img src=x onerror=alert(1)>',
    '``` | <!-- ``',
    '~x~ **b** #1',
  ];

  test('what grows stands first, and resources can be folded', async () => {
    const of = repository();
    of.write({ ...MORE_OF_ADOBE, 'integrations/acme/client.yaml': 'bucket: {versioned: false}\n' });
    const { exit, out } = await diff(of, '--format', 'markdown');
    expect(exit).toBe(0);
    expect(out).toBe(`### Access: 1 grows, 1 neutral

Since \`main (${of.git('rev-parse', '--short=7', 'HEAD')})\`. **Look first at** \`kohler_adobe\` (medium: ${KEY_RISK.split(':')[0]}).

| Risk | Integration | Who | Gains (+), loses (-) | Until |
|---|---|---|---|---|
| medium | \`kohler_adobe\` | \`user kohler_adobe\` | \`+\` may delete under \`adobe/\` | no end |
| neutral | \`acme\` |  | \`~\` keeps earlier versions of objects in \`integrations-acme\`: no (before: yes) |  |

<details><summary>Risks of what grows: 2</summary>

- \`kohler_adobe\`: medium risk: ${KEY_RISK}
- \`kohler_adobe\`: low risk: ${DELETE_RISK}

</details>

<details><summary>Resources: 2 updated</summary>

- \`integrations-acme\`: 1 updated
  - \`AWS::S3::Bucket integrations-acme updated: in place: VersioningConfiguration\`
- \`integrations-kohler\`: 1 updated
  - \`AWS::IAM::User kohler_adobe updated: in place: Policies\`

</details>
`);
  });

  test('the worst stands first, and no external ID anywhere', async () => {
    const of = repository();
    of.write({
      ...MORE_OF_ADOBE,
      'integrations/kohler/open.yaml':
        'kind: direct-trust\nprincipals: ["123456789876"]\nallowWholeAccount: true\nexpires: 2027-03-01\n',
      'integrations/acme/pipe.yaml': `kind: assumed-role\nprincipals: [${SENDER}]\nexternalId: never-shown-1\n`,
      'integrations/kohler/reltio.yaml': `kind: assumed-role\nprincipals: [${SENDER}]\nexternalId: never-shown-2\n`,
    });
    of.remove('integrations/acme/braze.yaml');
    const { out } = await diff(of, '--format', 'markdown');
    const risks = [...out.matchAll(/^- `\w+`: (\w+) risk/gm)].map(([, gravity]) => gravity);
    expect(risks).toEqual(['high', 'medium', 'low']);
    const rows = out.split('\n').filter((line) => line.startsWith('| '));
    expect(rows.slice(1).map((row) => row.split(' | ').slice(0, 2).join(' '))).toEqual([
      '| **high** `kohler_open`',
      '| medium `kohler_adobe`',
      '| none `acme_pipe`',
      '| none `kohler_reltio`',
      '| ends `acme_braze`',
    ]);
    expect(out).toMatch(/^### Access: 4 grow, 1 ends\n/);
    expect(out).toContain(
      '**Look first at** `kohler_open` (high: everybody in the account `123456789876` is allowed), ',
    );
    expect(rows[1]).toMatch(/ `2027-03-01` \|$/);
    expect(out + (await diff(of)).out + (await diff(of, '--json')).out).not.toContain('never-shown');
  });

  test('in GitHub Actions an integration leads to its file', async () => {
    const of = repository();
    of.write(MORE_OF_ADOBE);
    const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
    Object.assign(process.env, { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'we/access' });
    try {
      const head = of.git('rev-parse', 'HEAD');
      expect((await diff(of, '--format', 'markdown')).out).toContain(
        `[\`kohler_adobe\`](https://github.com/we/access/blob/${head}/integrations/kohler/adobe.yaml)`,
      );
      process.env.GITHUB_REPOSITORY = 'we/access](javascript:x)';
      expect((await diff(of, '--format', 'markdown')).out).not.toContain('](');
    } finally {
      for (const [name, value] of Object.entries({ GITHUB_SERVER_URL, GITHUB_REPOSITORY })) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  test('nothing that a definition says is Markdown, HTML or a mention', async () => {
    const subjects = JSON.stringify(HOSTILE.map((text) => text.replaceAll('*', '')));
    const of = repository();
    of.write({
      'integrations/kohler/orders.yaml': `kind: web-identity\nprovider: https://login.example.com\naudiences: ["x\\ny"]\nsubjects: ${subjects}\n`,
    });
    const { out } = await diff(of, '--format', 'markdown');
    const line = out.split('\n').find((each) => each.startsWith('| none | `kohler_orders`')) ?? '';
    for (const word of JSON.parse(subjects).flatMap((text: string) => text.split(/\s+/)))
      expect(line).toContain(word.replace(/[,.;:)]+$/, '').replaceAll('|', '\\u007c'));
    expect(line).toContain('x\\u000ay');
    // By CommonMark, a code span ends with a run of as many backticks as it begins with.
    const left = line.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
    expect(left.replaceAll('<br>', '')).toMatch(/^[A-Za-z |,.;:()'-]*$/);
    expect(left.match(/\|/g)).toHaveLength(6);
  });

  test('it is no longer than a comment may be, and says what is left out', async () => {
    const of = repository();
    of.write(
      Object.fromEntries(
        Array.from({ length: 150 }, (_, at) => [
          `integrations/kohler/tool-${at}.yaml`,
          `kind: direct-trust\nstatus: pending\nprincipals: [${SENDER}]\nprefix: ${'x'.repeat(200)}/${at}/\n`,
        ]),
      ),
    );
    of.write(
      Object.fromEntries(
        Array.from({ length: 120 }, (_, at) => [
          `integrations/acme/tool-${at}.yaml`,
          `kind: assumed-role\nprincipals: [${SENDER}]\nprefix: ${'x'.repeat(300)}/${at}/\n`,
        ]),
      ),
    );
    const { out } = await diff(of, '--format', 'markdown');
    expect(out.length).toBeLessThan(65_536);
    expect(out).toMatch(/^(?:- |\| … \| )\d+ more: `bucket-integrations diff` shows them/m);
    expect(out.trimEnd().endsWith('</details>')).toBe(true);
  });
});

describe('definitions that cannot be compared', () => {
  const BROKEN = { 'integrations/kohler/adobe.yaml': 'kind: access-key\nprefix: a*b\n' };

  test('now: their errors are listed as check lists them', async () => {
    const of = repository();
    of.write(BROKEN);
    const { exit, out, err } = await diff(of, '--fail-on', 'widening', '--json');
    expect([exit, JSON.parse(out).problems.map(({ code }: { code: string }) => code)]).toEqual([
      1,
      ['missing-key', 'prefix-wildcard'],
    ]);
    expect(err).toContain(`${of.path('integrations')}/kohler/adobe.yaml:2:9: error[prefix-wildcard]`);
    expect(err).toContain('2 errors; fix them, then try again');
  });

  test('then: it is said where, and nothing passes', async () => {
    const of = repository({ ...FILES, ...BROKEN });
    of.write(LESS_OF_ADOBE);
    const { exit, out, err } = await diff(of, '--fail-on', 'widening');
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain(`main:${of.path('integrations')}/kohler/adobe.yaml:2:9: error[prefix-wildcard]`);
    expect(err).toContain(
      'the definitions at main have 2 errors; nothing can be compared with it: fix it there, or name another commit\n',
    );
  });
});

describe('a base that cannot be read', () => {
  test.each([
    ['unknown', 'nowhere', 1, 'git knows no commit nowhere; name a branch, tag or commit that exists'],
    ['no commit', 'main:integrations', 1, 'git knows no commit main:integrations'],
    ['a range', 'main..main', 1, 'git knows no commit main..main'],
    ['an exclusion', '^main', 1, 'git knows no commit ^main'],
    ['an option', '--help', 2, '"--help" is not a git ref'],
    ['an option with a value', '--output=x', 2, '"--output=x" is not a git ref'],
    ['empty', '', 2, '"" is not a git ref'],
    ['more than a line', 'main\nmain', 2, '"main\\nmain" is not a git ref'],
  ])('a ref that is %s', async (_, ref, exit, said) => {
    const of = repository();
    const result = await run('diff', '--dir', of.path('integrations'), `--base=${ref}`);
    expect(result).toEqual({ exit, out: '', err: expect.stringContaining(said) });
    expect(result.err.trim().split('\n')).toHaveLength(1);
  });

  test('a clone that is shallow', async () => {
    const whole = repository();
    const first = whole.git('rev-parse', 'HEAD');
    whole.commit(MORE_OF_ADOBE);
    const shallow = repository({}, { clone: whole.folder, depth: 1 });
    const { exit, err } = await run('diff', '--dir', shallow.path('integrations'), '--base', first);
    expect(exit).toBe(1);
    expect(err).toContain(
      'this clone is shallow: fetch it (git fetch --unshallow; with actions/checkout, fetch-depth: 0)',
    );
  });

  test('a folder in no repository, or nowhere', async () => {
    await inFolder({ 'kohler/client.yaml': '' }, async (dir) => {
      expect(await run('diff', '--dir', dir, '--base', 'main')).toEqual({
        exit: 1,
        out: '',
        err: expect.stringMatching(
          / is not in a git repository, so there is no main to compare with; point --dir at definitions that are in one\n$/,
        ),
      });
      const nowhere = await run('diff', '--dir', join(dir, 'nowhere'), '--base', 'main');
      expect(nowhere).toMatchObject({ exit: 1, err: expect.stringContaining('error[unreadable-folder]') });
    });
  });

  test('no git', async () => {
    const of = repository();
    const { PATH } = process.env;
    process.env.PATH = of.folder;
    try {
      expect(await diff(of)).toEqual({
        exit: 1,
        out: '',
        err: 'error[cannot-run]: git is not installed, or not in PATH; install it\n',
      });
    } finally {
      process.env.PATH = PATH;
    }
  });

  test('git that refuses', async () => {
    const of = repository();
    const refuse: Git = async () => ({
      status: 128,
      stdout: Buffer.of(),
      stderr: 'fatal: detected dubious\n\townership\n',
    });
    const { exit, err } = await runWith({ git: refuse }, 'diff', '--dir', of.path('integrations'), '--base', 'main');
    expect([exit, err]).toEqual([
      1,
      'error[git-failed]: git says fatal: detected dubious ownership; correct that, and run this again\n',
    ]);
  });

  test('a symbolic link, which is neither read nor made', async () => {
    const of = repository({ 'README.md': '' });
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    try {
      mkdirSync(of.path('integrations/kohler'), { recursive: true });
      writeFileSync(of.path('integrations/kohler/client.yaml'), '');
      symlinkSync(outside, of.path('integrations/kohler/adobe.yaml'));
      of.commit();
      of.remove('integrations/kohler/adobe.yaml');
      const { exit, err } = await diff(of);
      expect([exit, err]).toEqual([
        1,
        'error[base-broken]: the definitions at main are broken: kohler/adobe.yaml is a symbolic link or another repository; compare with another commit\n',
      ]);
      expect(readdirSync(outside)).toEqual([]);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test.each(['..', '.', ''])('a tree with %p in a path', async (name) => {
    const of = repository();
    // Nothing but a hand writes such trees: their own format is `mode name NUL id`.
    const id = (text: string) => Buffer.from(text, 'hex');
    const tree = (entries: [string, string, string][]) =>
      of.gitWith(
        Buffer.concat(entries.flatMap(([mode, entry, hex]) => [Buffer.from(`${mode} ${entry}\0`), id(hex)])),
        'hash-object',
        '-t',
        'tree',
        '-w',
        '--literally',
        '--stdin',
      );
    const blob = of.gitWith('kind: access-key\nreason: x\n', 'hash-object', '-w', '--stdin');
    const evil = tree([['40000', name, tree([['100644', 'evil.yaml', blob]])]]);
    const root = tree([['40000', 'integrations', tree([['40000', 'kohler', evil]])]]);
    const commit = of.git('commit-tree', root, '-m', 'x');
    const { exit, out, err } = await run('diff', '--dir', of.path('integrations'), '--base', commit);
    expect([exit, out]).toEqual([1, '']);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(/evil\.yaml|git says/);
  });

  test('whatever happens, nothing is left behind', async () => {
    const of = repository();
    of.write(MORE_OF_ADOBE);
    const { TMPDIR } = process.env;
    const own = mkdtempSync(join(tmpdir(), 'own-'));
    process.env.TMPDIR = own;
    try {
      expect((await diff(of)).exit).toBe(0);
      expect((await run('diff', '--dir', of.path('integrations'), '--base', 'nowhere')).exit).toBe(1);
      expect(readdirSync(own)).toEqual([]);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      rmSync(own, { recursive: true });
    }
  });

  test('nothing or two things to compare with is wrong usage', async () => {
    expect(await run('diff')).toMatchObject({
      exit: 2,
      err: 'error[missing-base]: nothing to compare with is named; add --base REF or --base-assembly DIR\n',
    });
    expect(await run('diff', '--base', 'main', '--base-assembly', 'cdk.out')).toMatchObject({
      exit: 2,
      err: expect.stringContaining("option '--base <ref>' cannot be used with option '--base-assembly <dir>'"),
    });
  });
});

describe('the change since an assembly', () => {
  /** What `cdk synth` makes of definitions, in a folder of its own. */
  function assembled(of: TestRepository, environment: { account?: string; region?: string } = {}): string {
    const outdir = of.path('cdk.out');
    rmSync(outdir, { recursive: true, force: true });
    const { deployment } = load(of.path('integrations'));
    const clients = new Set(deployment.clients.map(({ name }) => name));
    const context = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')).context;
    // The CLI has every resource say where it is in the app.
    const told = { ...context, 'aws:cdk:enable-path-metadata': true };
    synthesizedStacks(deployment, { clients, providers: true, environment, context: told, outdir });
    return outdir;
  }
  const since = (of: TestRepository, ...more: string[]) =>
    run('diff', '--dir', of.path('integrations'), '--base-assembly', of.path('cdk.out'), ...more);

  test('is nothing where this version makes the same', async () => {
    const of = repository();
    assembled(of);
    expect(await since(of)).toEqual({
      exit: 0,
      out: expect.stringMatching(/^no change in who can do what since /),
      err: '',
    });
  });

  describe('is nothing, wherever the stacks are', () => {
    const EXAMPLES = join(__dirname, '../data/examples');
    const examples = Object.fromEntries(
      readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(?:yaml|pem)$/.test(file))
        .map((file) => [`integrations/${file}`, readFileSync(join(EXAMPLES, file), 'utf8')]),
    );
    const account = '999988887777';
    const elsewhere = {
      ...examples,
      'integrations/acme/client.yaml': `${examples['integrations/acme/client.yaml']}account: '444455556666'\n`,
    };

    test.each([
      ['where nothing says', examples, {}],
      ['in one account', examples, { account }],
      ['in a Region that some clients say too', examples, { account, region: 'eu-west-1' }],
      ['in a Region that no client says', examples, { account, region: 'us-east-1' }],
      ['in several accounts', elsewhere, { account, region: 'us-east-1' }],
    ])('%s', async (_, files, environment) => {
      const of = repository(files);
      assembled(of, environment);
      const { exit, out, err } = await since(of);
      expect([exit, out, err]).toEqual([0, expect.stringMatching(/^no change in who can do what since \S+\n$/), '']);
    });
  });

  test('has a client that is new where the others are that do not say', async () => {
    const of = repository({
      ...FILES,
      'integrations/settings.yaml': '',
      'integrations/acme/client.yaml': 'region: eu-west-1\n',
    });
    assembled(of, { account: '999988887777', region: 'us-east-1' });
    of.write({
      'integrations/globex/client.yaml': '',
      'integrations/globex/orders.yaml':
        'kind: web-identity\nprovider: https://login.globex.example/realms/orders\naudiences: [one]\nsubjects: [order-system]\n',
    });
    const { stacks } = JSON.parse((await since(of, '--json')).out);
    expect(stacks.map(({ stack }: { stack: string }) => stack)).toEqual([
      'integrations-IdentityProviders-999988887777',
      'integrations-globex',
    ]);
  });

  test('is what this version of the package lets through and the earlier did not', async () => {
    const of = repository();
    const template = join(assembled(of), 'kohler.template.json');
    writeFileSync(
      template,
      readFileSync(template, 'utf8')
        .replaceAll('"s3:GetObjectAttributes",', '')
        .replaceAll('"s3:AbortMultipartUpload",', ''),
    );
    const { exit, out, err } = await since(of, '--fail-on', 'widening');
    expect(exit).toBe(1);
    expect(out).toContain(
      '+ kohler_adobe AWS::IAM::User kohler_adobe, Policies.0.PolicyDocument: allows s3:GetObjectAttributes, s3:AbortMultipartUpload on arn:aws:s3:::integrations-kohler/adobe/*\n',
    );
    expect(out).toContain('+ kohler_reltio AWS::IAM::Role kohler_reltio');
    expect(out).toContain('integrations-kohler: 2 updated\n');
    expect(err.trim().split('\n')).toHaveLength(2);
  });

  test('is told in words where integrations and clients come and go', async () => {
    const of = repository();
    assembled(of);
    of.write({
      'integrations/globex/client.yaml': '',
      'integrations/kohler/tool.yaml': 'kind: direct-trust\nstatus: pending\n',
    });
    of.remove('integrations/acme', 'integrations/kohler/adobe.yaml');
    const { exit, out } = await since(of);
    expect(exit).toBe(0);
    expect(out.split('\n').filter((line) => /^[+~-] |:$/.test(line))).toEqual([
      'ends:',
      '- acme_braze removed; its access ends with the deployment',
      '- kohler_adobe removed; its access ends with the deployment',
      'neutral:',
      '- acme removed; its buckets stay',
      '+ globex is a new client, with the bucket integrations-globex, which is created',
      '+ kohler_tool is new, of kind direct-trust, and pending: nobody can use it',
    ]);
  });

  test('fails where this version would replace what is in use', async () => {
    const of = repository();
    const template = join(assembled(of), 'kohler.template.json');
    writeFileSync(template, readFileSync(template, 'utf8').replaceAll('SecretA', 'OtherSecretA'));
    const { exit, out, err } = await since(of);
    expect(exit).toBe(1);
    expect(out).toContain(
      '! AT STAKE integrations-kohler: AWS::SecretsManager::Secret integrations/kohler/adobe/a removed',
    );
    expect(err).toContain('one resource in use is lost');
  });

  test('is refused of a folder that is none', async () => {
    const of = repository();
    expect(await since(of)).toEqual({
      exit: 1,
      out: '',
      err: expect.stringMatching(/cdk\.out\/manifest\.json does not exist; name a folder that cdk synth made\n$/),
    });
  });
});
