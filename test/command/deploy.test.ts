import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DEPLOY,
  deployed,
  END_ACME,
  FILES,
  made,
  NEW,
  RECORD,
  ROLE,
  recorded,
  runIn,
  SYNTH_AND_DEPLOY,
  SYNTH_AND_DEPLOY_ALL,
} from '../support/deploying';
import { FakeCloud } from '../support/fake-cloud';
import { run } from '../support/run';

// Many runs of git, each a process, beside whatever else the machine does.
jest.setTimeout(60_000);

/** An app as `init` lays it out. */
const APP = {
  'cdk.json': JSON.stringify({ app: `node -e "require('cdk-bucket-integrations/app')"` }),
  'package.json': JSON.stringify({ dependencies: { 'cdk-bucket-integrations': '^0.1.0' } }),
};
/** What commands of this project write where the docs show it, and what people leave lying about. */
const WRITTEN = {
  'access.json': '[]\n',
  'handoffs/kohler_reltio.html': '<p>\n',
  'handoffs/kohler_reltio.json': '{}\n',
  'report.html': '<p>\n',
  'snapshot.json': '{}\n',
  'notes.txt': 'hello\n',
};
/** One that no test changes. */
const unchanged = made();

describe('changed', () => {
  test('says which stacks, and why', async () => {
    const repository = made();
    const base = repository.git('rev-parse', 'HEAD');
    repository.write({ ...NEW, 'integrations/globex/client.yaml': '' }, 'integrations/acme');
    const { exit, out } = await runIn(repository, ['changed', '--base', base], { aws: false });
    expect(exit).toBe(0);
    expect(out.split('\n').map((line) => line.replace(/\s{2,}/, ': '))).toEqual([
      'STACK: WHY',
      'integrations-globex: a new client',
      'integrations-kohler: its definitions',
      'integrations-acme: will be deleted: its client is removed',
      '',
    ]);
    const json = await runIn(repository, ['changed', '--base', base, '--json'], { aws: false });
    expect(JSON.parse(json.out)).toEqual({
      base: { ref: base, commit: base },
      app: [],
      clients: [
        { client: 'globex', stack: 'integrations-globex', stacks: ['integrations-globex'], because: 'new' },
        { client: 'kohler', stack: 'integrations-kohler', stacks: ['integrations-kohler'], because: 'definitions' },
      ],
      identityProviders: false,
      left: [{ client: 'acme', stack: 'integrations-acme', because: 'removed' }],
      handoffs: ['kohler_adobe'],
    });
  });

  test('sees the last client go where settings.yaml stays, and refuses a folder that is empty', async () => {
    const repository = made();
    repository.write({}, 'integrations/acme', 'integrations/kohler');
    mkdirSync(repository.dir, { recursive: true });
    const empty = await runIn(repository, ['changed', '--base', 'main']);
    expect([empty.exit, empty.err]).toEqual([1, expect.stringContaining('keep a settings.yaml')]);
    repository.write({ 'integrations/settings.yaml': '' });
    const { exit, out } = await runIn(repository, ['changed', '--base', 'main', '--json'], { aws: false });
    expect([exit, JSON.parse(out).left.map(({ client }: { client: string }) => client)]).toEqual([
      0,
      ['acme', 'kohler'],
    ]);
  });

  test('says nothing on standard output where there is nothing to do', async () => {
    const repository = made();
    repository.write({ 'README.md': 'hello\n', 'test/a.test.ts': 'a();\n' });
    const { exit, out, err } = await runIn(repository, ['changed', '--base', 'main']);
    expect([exit, out]).toEqual([0, '']);
    expect(err).toMatch(/^nothing to deploy since main \([0-9a-f]{7}\)\n$/);
  });

  test('names the files of the app, committed or not', async () => {
    const repository = made();
    repository.commit({ 'package-lock.json': '{}\n' });
    repository.write({ 'lib/more.ts': 'more();\n' });
    const { out } = await runIn(repository, ['changed', '--base', 'HEAD~1']);
    expect(out).toContain('integrations-acme    the app: lib/more.ts, package-lock.json\n');
    expect(JSON.parse((await runIn(repository, ['changed', '--base', 'HEAD~1', '--json'])).out)).toMatchObject({
      app: ['lib/more.ts', 'package-lock.json'],
      handoffs: [],
    });
  });

  test('takes no file for the app that its process does not read, whoever wrote it', async () => {
    const repository = made({ ...FILES, ...APP });
    repository.write(WRITTEN);
    expect(await runIn(repository, ['changed', '--base', 'main'])).toMatchObject({ exit: 0, out: '' });
    repository.commit({});
    expect(await runIn(repository, ['changed', '--base', 'HEAD~1'])).toMatchObject({ exit: 0, out: '' });
    repository.write({ 'package-lock.json': '{}\n' });
    const { out } = await runIn(repository, ['changed', '--base', 'main', '--json']);
    expect(JSON.parse(out)).toMatchObject({ app: ['package-lock.json'], clients: [{ because: 'app' }, {}] });
  });

  test('follows the app from the nearest cdk.json', async () => {
    const repository = made({
      ...FILES,
      'cdk.json': '{"app": "python3 app.py"}',
      'infra/integrations/kohler/client.yaml': '',
      'infra/cdk.json': '{"app": "node app.js"}',
      'infra/app.js': "require('./lib')",
      'infra/lib.js': '',
    });
    repository.write({ 'app.py': 'x\n', 'infra/other.js': 'x\n' });
    const changed = async (dir: string) =>
      JSON.parse((await run('changed', '--base', 'main', '--json', '--dir', dir)).out);
    const inside = join(repository.path, 'infra/integrations');
    expect(await changed(inside)).toMatchObject({ app: [] });
    expect(await changed(repository.dir)).toMatchObject({ app: ['app.py', 'infra/other.js'] });
    repository.write({ 'infra/lib.js': 'x\n' });
    expect(await changed(inside)).toMatchObject({ app: ['infra/lib.js'] });
  });

  test('follows the app of the folder in which the CDK runs, and none that the environment names', async () => {
    const repository = made({
      ...FILES,
      'cdk.json': '{"app": "node app.js"}',
      'app.js': '',
      'infra/cdk.json': '{"app": "node app.js"}',
      'infra/app.js': '',
    });
    repository.write({ 'app.js': 'x\n', 'other.js': 'x\n' });
    const app = async () => JSON.parse((await runIn(repository, ['changed', '--base', 'main', '--json'])).out).app;
    const home = process.cwd();
    try {
      expect(await app()).toEqual(['app.js']);
      process.env.CDK_APP = 'node other.js';
      expect(await app()).toEqual(['app.js', 'other.js']);
      delete process.env.CDK_APP;
      process.chdir(join(repository.path, 'infra'));
      expect(await app()).toEqual([]);
      repository.write({ 'infra/app.js': 'x\n' });
      expect(await app()).toEqual(['infra/app.js']);
    } finally {
      delete process.env.CDK_APP;
      process.chdir(home);
    }
  });

  test('sees a vendor profile change, as far as it is used', async () => {
    const vendor = 'integrations/kohler/reltio.yaml';
    const profile = readFileSync(join(__dirname, '../../vendors/reltio.yaml'), 'utf8');
    const used = `vendor: reltio\nprincipals: [arn:aws:iam::123456789876:user/jobs]\nexternalId: 5ez83245\n`;
    const repository = made({ ...FILES, [vendor]: used, 'vendors/reltio.yaml': profile });
    // Its rules ask for the same length.
    expect(profile).toContain('maxSessionDuration: 12h');
    repository.write({ 'vendors/reltio.yaml': profile.replaceAll(': 12h', ': 2h') });
    const { out } = await runIn(repository, ['changed', '--base', 'main']);
    expect(out).toContain('integrations-kohler  its definitions');
    expect(out).not.toContain('acme');
    repository.write({ 'vendors/reltio.yaml': profile.replace(/^title: .*/m, 'title: Another') });
    expect((await runIn(repository, ['changed', '--base', 'main'])).out).toBe('');
  });

  test('takes what cannot be read at the base to be new, and still knows who went', async () => {
    const repository = made({ ...FILES, 'integrations/globex/client.yaml': 'nonsense: 1\n' });
    repository.write({ 'integrations/kohler/client.yaml': 'tags: {a: b}\n' }, 'integrations/globex');
    const { out } = await runIn(repository, ['changed', '--base', 'main', '--json'], { aws: false });
    expect(JSON.parse(out)).toMatchObject({
      clients: [{ client: 'kohler', because: 'new' }],
      left: [{ client: 'globex', stack: 'integrations-globex', because: 'removed' }],
    });
  });

  test.each<[string, string[], number, string]>([
    ['no since', [], 2, 'nothing to compare with is named; add --base REF, --record REF, or --all'],
    [
      'two of them',
      ['--base', 'main', '--record', RECORD],
      2,
      "option '--base <ref>' cannot be used with option '--record <ref>'",
    ],
    ['an unknown ref', ['--base', 'nowhere'], 1, 'git knows no commit nowhere'],
    ['an option for git', ['--base=--output=x'], 2, 'is not a git ref'],
    ['a branch as record', ['--record', 'refs/heads/main'], 2, 'for example refs/deployed/production'],
    ['a tag as record', ['--record', 'refs/tags/v1'], 2, 'cannot record what was deployed'],
    ['a short name as record', ['--record', 'deployed'], 2, 'cannot record what was deployed'],
    ['a pattern as record', ['--record', 'refs/deployed/*'], 2, 'cannot record what was deployed'],
  ])('refuses %s', async (_, options, exit, message) => {
    const run = await runIn(unchanged, ['changed', ...options]);
    expect([run.exit, run.out]).toEqual([exit, '']);
    expect(run.err).toContain(message);
  });
});

describe('deploy', () => {
  test('deploys the client that changed, and no other', async () => {
    const repository = made();
    repository.commit(NEW);
    const { exit, out, words } = await runIn(repository, ['deploy', '--base', 'HEAD~1']);
    expect([exit, out, words]).toEqual([0, '', [DEPLOY]]);
  });

  test('says what it would run, and runs nothing', async () => {
    const repository = made();
    repository.write(NEW, 'integrations/acme');
    const words = ['deploy', '--record', RECORD, '--dry-run', '--handoffs', join(repository.path, 'handoffs')];
    const all = await runIn(repository, [...words, '--concurrency', '9']);
    expect(all.asked).toEqual([]);
    expect(all.out).toContain(`--context integrations=${repository.dir}\nnpx cdk deploy --all --app `);
    expect(repository.git('for-each-ref', 'refs/deployed')).toBe('');
    expect(existsSync(join(repository.path, 'handoffs'))).toBe(false);
    for (const aws of [true, false]) {
      const cloud = aws ? await deployed(made()) : undefined;
      const some = await runIn(repository, ['deploy', '--base', 'HEAD', '--dry-run', '--end-removed'], { aws, cloud });
      expect(some.out).toMatch(/^npx cdk deploy acme .*\nnpx cdk destroy acme .*\nnpx cdk deploy --all .*\n$/);
      expect(some.asked).toEqual([]);
    }
  });

  test('records what it deployed, and nothing that it did not', async () => {
    const repository = made();
    const cloud = new FakeCloud();
    const first = repository.git('rev-parse', 'HEAD');
    const words = ['deploy', '--record', RECORD];
    expect((await runIn(repository, words, { cloud })).words).toEqual(SYNTH_AND_DEPLOY_ALL);
    expect(repository.git('rev-parse', RECORD)).toBe(first);

    repository.commit(NEW);
    const failed = await runIn(repository, words, { cloud, status: 1 });
    expect(failed.exit).toBe(1);
    expect(failed.err).toContain('cdk synth ended with 1; the next run does what is left to do\n');
    expect(repository.git('rev-parse', RECORD)).toBe(first);

    // Another change is merged: the one that failed is not lost.
    const last = repository.commit({ 'integrations/acme/client.yaml': 'tags: {a: b}\n' });
    expect((await runIn(repository, words, { cloud })).words).toEqual(SYNTH_AND_DEPLOY_ALL);
    expect(repository.git('rev-parse', RECORD)).toBe(last);

    const nothing = await runIn(repository, words, { cloud });
    expect([nothing.exit, nothing.asked]).toEqual([0, []]);
    expect(nothing.err).toContain('nothing to deploy since refs/deployed/production');
  });

  test('an earlier commit that is deployed again is what is recorded', async () => {
    const repository = made();
    const first = repository.git('rev-parse', 'HEAD');
    repository.commit(NEW);
    const cloud = await recorded(repository);
    repository.git('checkout', '--quiet', first);
    const { words } = await runIn(repository, ['deploy', '--record', RECORD], { cloud });
    expect(words).toEqual(SYNTH_AND_DEPLOY);
    expect(repository.git('rev-parse', RECORD)).toBe(first);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['a definition', { 'integrations/kohler/adobe.yaml': ROLE }],
    ['a file of the app', { 'cdk.json': '{"app": ""}\n' }],
  ])('records nothing, and deploys nothing, while %s is not committed', async (_, files) => {
    const repository = made();
    await runIn(repository, ['deploy', '--record', RECORD]);
    repository.write(files);
    const { exit, err, asked } = await runIn(repository, ['deploy', '--record', RECORD]);
    expect([exit, asked]).toEqual([1, []]);
    expect(err).toContain(`commit ${Object.keys(files)[0]} first`);
    repository.git('checkout', '--quiet', '--', '.');
    repository.write({ 'README.md': 'notes\n', 'integrations/kohler/notes.md': 'notes\n' });
    repository.git('clean', '--quiet', '--force', 'integrations/kohler/adobe.yaml');
    expect((await runIn(repository, ['deploy', '--record', RECORD])).exit).toBe(0);
  });

  test('a definition that git ignores is not committed either, and what commands wrote need not be', async () => {
    const repository = made({ ...FILES, ...APP, '.gitignore': '*.local.yaml\nsecret.yaml\n' });
    repository.write({ ...WRITTEN, 'integrations/kohler/secret.yaml': ROLE });
    const { exit, err, asked } = await runIn(repository, ['deploy', '--record', RECORD]);
    expect([exit, asked]).toEqual([1, []]);
    expect(err).toContain('commit integrations/kohler/secret.yaml first');
    repository.write({}, 'integrations/kohler/secret.yaml');
    expect((await runIn(repository, ['deploy', '--record', RECORD])).exit).toBe(0);
  });

  test('ends a removed client first, from its former definitions, when told so', async () => {
    const repository = made({ ...FILES, 'integrations/globex/client.yaml': '' });
    const cloud = await deployed(repository);
    repository.commit(NEW, 'integrations/acme');
    const { exit, asked, words } = await runIn(repository, ['deploy', '--base', 'HEAD~1', '--end-removed'], { cloud });
    expect([exit, words]).toEqual([0, [...END_ACME, DEPLOY]]);
    // Without its integrations: then nothing that stays allows anybody anything.
    expect(asked[0]?.files).toEqual(['acme', 'acme/client.yaml']);
    expect(asked[2]?.files).not.toContain('acme');
    expect(cloud.buckets.get('integrations-acme')).toEqual({ policy: 'TlsOnly' });
  });

  test('takes a direct trust from the policy of a bucket before it is left behind', async () => {
    const trust = {
      'integrations/acme/trust.yaml': 'kind: direct-trust\nprincipals: [arn:aws:iam::111122223333:role/x]\n',
    };
    const repository = made({ ...FILES, ...trust });
    const cloud = await deployed(repository);
    repository.commit({}, 'integrations/acme');
    await runIn(repository, ['deploy', '--base', 'HEAD~1', '--end-removed'], { cloud });
    expect(cloud.buckets.get('integrations-acme')).toEqual({ policy: 'TlsOnly' });
  });

  test('ends a client where its stack is, whatever its definitions left open', async () => {
    const repository = made();
    const cloud = await deployed(repository);
    repository.commit({}, 'integrations/acme');
    const seen: string[] = [];
    cloud.during = (words) => {
      const folder = words.find((word) => word.startsWith('integrations='))?.slice('integrations='.length) ?? '';
      seen.push(readFileSync(join(folder, 'acme/client.yaml'), 'utf8'));
    };
    await runIn(repository, ['deploy', '--base', 'HEAD~1', '--end-removed'], { cloud });
    expect(seen).toEqual(Array(2).fill('account: 999988887777\nregion: us-east-1\n'));
  });

  test('ends a part that nothing is in any more before the client is deployed, and else says so', async () => {
    const part = { 'integrations/kohler/late.yaml': `${NEW['integrations/kohler/adobe.yaml']}stackPart: 2\n` };
    const repository = made({ ...FILES, ...part });
    const cloud = await deployed(repository);
    repository.commit(NEW, 'integrations/kohler/late.yaml');
    const { err } = await runIn(repository, ['deploy', '--base', 'HEAD~1'], { cloud: cloud.copy() });
    expect(err).toContain(
      'warning: kohler has no integration there now, and its stack integrations-kohler-Part2 still allows its vendors; ',
    );
    const changed = await runIn(repository, ['changed', '--base', 'HEAD~1']);
    expect(changed.out).not.toContain('integrations-kohler-Part2');
    const { out } = await runIn(repository, ['changed', '--base', 'HEAD~1'], { cloud });
    expect(out).toContain('integrations-kohler-Part2  will be deleted: no integration is in it now');
    const { words } = await runIn(repository, ['deploy', '--base', 'HEAD~1', '--end-removed'], { cloud });
    expect(words).toEqual([
      'npx cdk destroy kohler-Part2 --context integrations=DIR --context clients=kohler --exclusively --force',
      DEPLOY,
    ]);
  });

  test('says that a removed client still has access, and how to end it, when not told so', async () => {
    const repository = made();
    const cloud = await deployed(repository);
    repository.commit({}, 'integrations/acme');
    for (const aws of [true, false]) {
      const { exit, err, asked } = await runIn(repository, ['deploy', '--base', 'HEAD~1'], { aws, cloud });
      expect([exit, asked]).toEqual([0, []]);
      expect(err).toContain('warning: acme is removed, and its stack integrations-acme still allows its vendors; ');
      expect(err).toContain('aws cloudformation delete-stack --stack-name integrations-acme ends that');
    }
  });

  test('never deletes the stack of a client that has moved', async () => {
    const repository = made({ ...FILES, 'integrations/acme/client.yaml': 'region: eu-west-1\n' });
    const cloud = await deployed(repository);
    // No two Regions have buckets of one name.
    repository.commit({ 'integrations/acme/client.yaml': 'region: us-east-1\nbucket: {name: other}\n' });
    const { err, words } = await runIn(repository, ['deploy', '--base', 'HEAD~1', '--end-removed'], { cloud });
    expect(words.map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual(['npx cdk deploy acme']);
    expect(err).toContain('delete-stack --stack-name integrations-acme --region eu-west-1');
  });

  test('a stack that cannot be deleted stops everything, and is tried again', async () => {
    const repository = made();
    const cloud = await recorded(repository);
    const first = repository.git('rev-parse', RECORD);
    const last = repository.commit(NEW, 'integrations/acme');
    cloud.fails = ([, verb]) => verb === 'destroy';
    const words = ['deploy', '--record', RECORD, '--end-removed'];
    const failed = await runIn(repository, words, { cloud });
    expect([failed.exit, failed.words.length]).toEqual([1, 3]);
    expect(failed.err).toContain('cdk destroy ended with 1');
    expect(repository.git('rev-parse', RECORD)).toBe(first);
    cloud.fails = () => false;
    expect(await runIn(repository, words, { cloud })).toMatchObject({ exit: 0 });
    expect(repository.git('rev-parse', RECORD)).toBe(last);
    expect([...cloud.stacks.keys()]).toEqual(['999988887777/us-east-1/integrations-kohler']);
  });

  test('only a stack that can be updated is deployed once more before it is deleted', async () => {
    const repository = made();
    const cloud = await deployed(repository);
    repository.commit({}, 'integrations/acme');
    const key = '999988887777/us-east-1/integrations-acme';
    const there = cloud.stacks.get(key);
    for (const [status, expected] of [
      ['UPDATE_ROLLBACK_COMPLETE', END_ACME],
      ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', END_ACME],
      ['DELETE_FAILED', END_ACME.slice(1)],
      ['ROLLBACK_COMPLETE', END_ACME.slice(1)],
      ['REVIEW_IN_PROGRESS', END_ACME.slice(1)],
    ] as const) {
      if (there) cloud.stacks.set(key, { ...there, status });
      const dry = ['deploy', '--base', 'HEAD~1', '--end-removed', '--dry-run'];
      const { out } = await runIn(repository, dry, { cloud });
      expect([
        status,
        out
          .trim()
          .split('\n')
          .map((line) => line.replace(/integrations=\S+/, 'integrations=DIR')),
      ]).toEqual([status, expected]);
    }
  });

  test('ends nothing where nobody can look whether it is there, or its definition cannot be read, and deploys nothing', async () => {
    const repository = made({ ...FILES, 'integrations/globex/client.yaml': 'nonsense: 1\n' });
    const cloud = await deployed(made({ ...FILES, 'integrations/globex/client.yaml': '' }));
    repository.commit(NEW, 'integrations/acme', 'integrations/globex');
    const words = ['deploy', '--base', 'HEAD~1', '--end-removed'];
    const unseen = await runIn(repository, words, { aws: false });
    expect([unseen.exit, unseen.asked]).toEqual([1, []]);
    expect(unseen.err).toContain(
      'it is not known whether its stack integrations-acme still exists; nothing was changed',
    );
    const unread = await runIn(repository, words, { cloud });
    expect([unread.exit, unread.asked]).toEqual([1, []]);
    expect(unread.err).toMatch(
      /globex cannot be ended: its definition at [0-9a-f]{7} cannot be read now \(globex\/client\.yaml: there is no key "nonsense" here\)/,
    );
    cloud.stacks.delete('999988887777/us-east-1/integrations-globex');
    expect(await runIn(repository, words, { cloud })).toMatchObject({ exit: 0 });
  });

  test('writes the hand-offs of new integrations, of what is deployed where that is known', async () => {
    const repository = made({ ...FILES, 'integrations/settings.yaml': 'company: {name: We}\n' });
    repository.commit({ ...NEW, 'integrations/kohler/key.yaml': 'kind: access-key\nreason: It takes a key only\n' });
    const setup = {
      integration: 'kohler_adobe',
      kind: 'assumed-role',
      status: 'active',
      bucket: 'integrations-kohler',
      prefix: 'adobe/',
      region: 'eu-west-1',
      roleArn: 'arn:aws:iam::999988887777:role/kohler_adobe',
      externalId: '7f3c9a52-2f0e',
    };
    const outputs = { 'integrations-kohler': { adobeSetupInformation: JSON.stringify(setup), Other: 'text' } };
    const handoffs = join(repository.path, 'out/handoffs');
    mkdirSync(handoffs, { recursive: true });
    const { exit, err } = await runIn(repository, ['deploy', '--base', 'HEAD~1', '--handoffs', handoffs], { outputs });
    expect(exit).toBe(0);
    expect(readdirSync(handoffs).sort()).toEqual([
      'kohler_adobe.html',
      'kohler_adobe.json',
      'kohler_key.html',
      'kohler_key.json',
    ]);
    expect(err).toContain(`${join(handoffs, 'kohler_adobe.html')} goes to the vendor\n`);
    expect(err).not.toContain(`${join(handoffs, 'kohler_key.html')} goes`);
    expect(err).toContain('warning: the stack has no outputs for kohler_key');
    const json = JSON.parse(readFileSync(join(handoffs, 'kohler_adobe.json'), 'utf8'));
    expect(json).toMatchObject({ ...setup, deployed: true, company: { name: 'We' } });
    const key = JSON.parse(readFileSync(join(handoffs, 'kohler_key.json'), 'utf8'));
    expect(key).toMatchObject({ deployed: false, secrets: { a: 'integrations/kohler/key/a' } });
    for (const file of readdirSync(handoffs)) {
      expect(readFileSync(join(handoffs, file), 'utf8')).not.toMatch(/secretAccessKey"|AKIA/);
    }
  });

  test('leaves nothing behind, and deploys nothing, of definitions that are wrong', async () => {
    const repository = made();
    repository.write({ 'integrations/kohler/reltio.yaml': 'kind: nonsense\n' });
    const { exit, asked, err } = await runIn(repository, ['deploy', '--all']);
    expect([exit, asked]).toEqual([1, []]);
    expect(err).toContain('reltio.yaml:1:7: error[');
  });

  test.each(['0', '-1', '1.5', 'many'])('refuses %s at once', async (value) => {
    const { exit, err } = await runIn(unchanged, ['deploy', '--all', `--concurrency=${value}`]);
    expect(exit).toBe(2);
    expect(err).toContain('write a number from 1 to 999');
  });
});
