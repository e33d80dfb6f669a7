import {
  END_ACME,
  FILES,
  HOW,
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
import type { GitFolder } from '../support/git-folder';
import { runWith } from '../support/run';

// Many runs of git, each a process, beside whatever else the machine does.
jest.setTimeout(60_000);

describe('what is recorded is what is deployed', () => {
  const DEPLOY_RECORDED = ['deploy', '--record', RECORD];
  const refOf = (repository: GitFolder) => repository.git('rev-parse', RECORD);

  test('not while a removed client still has its stack: that is found again until it is ended', async () => {
    const repository = made();
    const cloud = await recorded(repository);
    const first = refOf(repository);
    const second = repository.commit(NEW, 'integrations/acme');
    const { exit, words, err } = await runIn(repository, DEPLOY_RECORDED, { cloud });
    expect([exit, words, refOf(repository)]).toEqual([1, SYNTH_AND_DEPLOY_ALL, first]);
    expect(err).toContain(
      `everything else is deployed, and ${RECORD} does not move while integrations-acme exists: end it (--end-removed), and run this again\n`,
    );
    const third = repository.commit({ 'integrations/kohler/client.yaml': 'tags: {a: b}\n' });
    for (const aws of [true, false]) {
      const { out } = await runIn(repository, ['changed', '--record', RECORD], { cloud, aws });
      expect(out).toContain('integrations-acme    will be deleted: its client is removed');
    }
    expect(await runIn(repository, [...DEPLOY_RECORDED, '--end-removed'], { cloud })).toMatchObject({ exit: 0 });
    expect([refOf(repository), second]).toEqual([third, expect.not.stringContaining(third)]);
    expect((await runIn(repository, ['changed', '--record', RECORD], { cloud })).out).toBe('');
  });

  test('whoever ends it by hand has it recorded by the next run, if that can look', async () => {
    const repository = made();
    const cloud = await recorded(repository);
    const last = repository.commit({}, 'integrations/acme');
    cloud.stacks.delete('999988887777/us-east-1/integrations-acme');
    expect(await runIn(repository, DEPLOY_RECORDED, { aws: false })).toMatchObject({ exit: 1 });
    const { exit, err } = await runIn(repository, DEPLOY_RECORDED, { cloud });
    expect([exit, err, refOf(repository)]).toEqual([0, expect.stringContaining('nothing to deploy'), last]);
  });

  test('not while a client that has moved still has its stack where it was', async () => {
    const repository = made({ ...FILES, 'integrations/acme/client.yaml': 'region: eu-west-1\n' });
    const cloud = await recorded(repository);
    const last = repository.commit({ 'integrations/acme/client.yaml': 'region: us-east-1\nbucket: {name: other}\n' });
    const stays = await runIn(repository, [...DEPLOY_RECORDED, '--end-removed'], { cloud });
    expect([stays.exit, stays.err]).toEqual([
      1,
      expect.stringContaining('does not move while integrations-acme exists: end it, and'),
    ]);
    cloud.stacks.delete('999988887777/eu-west-1/integrations-acme');
    expect(await runIn(repository, DEPLOY_RECORDED, { cloud })).toMatchObject({ exit: 0 });
    expect(refOf(repository)).toBe(last);
  });

  test('a commit made meanwhile is not recorded, and what is deployed is what was read', async () => {
    const repository = made();
    const cloud = await recorded(repository);
    const second = repository.commit(NEW);
    cloud.during = ([, verb]) => {
      if (verb === 'deploy') repository.commit({ 'integrations/kohler/late.yaml': ROLE });
    };
    expect(await runIn(repository, DEPLOY_RECORDED, { cloud })).toMatchObject({ exit: 0 });
    expect(refOf(repository)).toBe(second);
    const integrations = () => cloud.stacks.get('999988887777/us-east-1/integrations-kohler')?.integrations;
    expect(integrations()?.map(({ name }) => name)).toEqual(['kohler_adobe', 'kohler_reltio']);
    cloud.during = () => {};
    expect((await runIn(repository, DEPLOY_RECORDED, { cloud })).words).toEqual(SYNTH_AND_DEPLOY);
    expect(integrations()?.map(({ name }) => name)).toEqual(['kohler_adobe', 'kohler_late', 'kohler_reltio']);
  });

  test.each([
    ['a definition', { 'integrations/kohler/late.yaml': ROLE }],
    ['the app', { 'cdk.json': '{"app": ""}\n' }],
    ['a commit', undefined],
  ])('%s that changes while the app is synthesized stops everything', async (_, files) => {
    const repository = made();
    const cloud = await recorded(repository);
    const first = refOf(repository);
    repository.commit(NEW, 'integrations/acme');
    cloud.during = () => {
      if (files) repository.write(files);
      else repository.commit({ 'integrations/kohler/late.yaml': ROLE });
    };
    const before = cloud.state;
    const { exit, err, words } = await runIn(repository, [...DEPLOY_RECORDED, '--end-removed'], { cloud });
    expect([exit, words, refOf(repository)]).toEqual([
      1,
      SYNTH_AND_DEPLOY.slice(0, 1).map((line) => line.replace(/ --context clients=kohler/, '')),
      first,
    ]);
    expect(err).toContain(
      ' changed while the app was synthesized, and nothing was deployed; commit it, and run this again\n',
    );
    expect(cloud.state).toEqual(before);
  });

  test.each([
    ['moved', (repository: GitFolder) => repository.git('update-ref', RECORD, 'HEAD')],
    ['taken away', (repository: GitFolder) => repository.git('update-ref', '-d', RECORD)],
  ])('what another deployment has %s meanwhile is left as it is', async (_, act) => {
    const repository = made();
    const cloud = await recorded(repository);
    repository.commit(NEW);
    repository.commit({ 'integrations/kohler/client.yaml': 'tags: {a: b}\n' });
    cloud.during = ([, verb]) => {
      if (verb === 'deploy') act(repository);
    };
    repository.git('checkout', '--quiet', 'HEAD~1');
    const { exit, err } = await runIn(repository, DEPLOY_RECORDED, { cloud });
    expect([exit, err]).toEqual([1, expect.stringContaining(`another deployment moved ${RECORD} meanwhile`)]);
  });

  test('what is new is recorded only if nobody else did', async () => {
    const repository = made();
    const cloud = new FakeCloud();
    const first = repository.git('rev-parse', 'HEAD');
    repository.commit(NEW);
    cloud.during = ([, verb]) => {
      if (verb === 'deploy') repository.git('update-ref', RECORD, first);
    };
    expect(await runIn(repository, DEPLOY_RECORDED, { cloud })).toMatchObject({ exit: 1 });
    expect(refOf(repository)).toBe(first);
  });

  test('with --all every client is deployed, and what is left over is ended as ever', async () => {
    const repository = made({ ...FILES, 'integrations/globex/client.yaml': '' });
    const cloud = await recorded(repository);
    const last = repository.commit(NEW, 'integrations/acme');
    const told = await runIn(repository, ['changed', '--record', RECORD, '--all'], { cloud });
    expect(told.out.split('\n').map((line) => line.replace(/\s{2,}/, ': '))).toEqual([
      'STACK: WHY',
      'integrations-globex: all were asked for',
      'integrations-kohler: its definitions',
      'integrations-acme: will be deleted: its client is removed',
      '',
    ]);
    const { exit, words } = await runIn(repository, [...DEPLOY_RECORDED, '--all', '--end-removed'], { cloud });
    expect([exit, refOf(repository)]).toEqual([0, last]);
    expect(words).toEqual([
      'npx cdk synth --quiet --output ASSEMBLY --context integrations=DIR',
      ...END_ACME,
      `npx cdk deploy --all --app ASSEMBLY ${HOW}`,
    ]);
  });

  test('--json says what was ended, what is left and whether the ref moved', async () => {
    const repository = made();
    const cloud = await recorded(repository);
    const commit = repository.commit(NEW, 'integrations/acme');
    const run = async (...more: string[]) => {
      const { out, exit } = await runIn(repository, [...DEPLOY_RECORDED, '--json', ...more], { cloud });
      return { exit, document: JSON.parse(out) };
    };
    const acme = { client: 'acme', stack: 'integrations-acme', because: 'removed' };
    const dry = await run('--end-removed', '--dry-run');
    expect(dry).toMatchObject({
      exit: 0,
      document: { ended: [acme], left: [], dryRun: true, record: { ref: RECORD, commit, moved: false } },
    });
    expect(dry.document.wouldRun).toHaveLength(4);
    expect(dry.document.wouldRun[0]).toMatch(/^npx cdk synth /);
    const stays = await run();
    expect(stays).toMatchObject({
      exit: 1,
      document: { ended: [], left: [acme], dryRun: false, wouldRun: [], record: { commit, moved: false } },
    });
    expect(stays.document.clients).toEqual([
      { client: 'kohler', stack: 'integrations-kohler', stacks: ['integrations-kohler'], because: 'definitions' },
    ]);
    expect(await run('--end-removed')).toMatchObject({
      exit: 0,
      document: { ended: [acme], left: [], record: { commit, moved: true } },
    });
    expect(await run()).toMatchObject({ exit: 0, document: { clients: [], ended: [], left: [] } });
  });

  test('a repository without a commit has nothing that could be recorded', async () => {
    const repository = made();
    repository.git('update-ref', '-d', 'HEAD');
    const { exit, err, asked } = await runIn(repository, DEPLOY_RECORDED);
    expect([exit, err, asked]).toEqual([
      1,
      `error[uncommitted]: there is no commit yet, and ${RECORD} can record only committed files; commit them first\n`,
      [],
    ]);
  });

  describe('what an account has is what is deployed, whatever the record says', () => {
    const KOHLER = '999988887777/us-east-1/integrations-kohler';
    type Setup = { readonly integration: string };

    test.each<[string, (setups: readonly Setup[]) => readonly Setup[] | undefined]>([
      ['no stack', () => undefined],
      ['an integration too few', () => []],
      ['one too many', (setups) => [...setups, { ...setups[0], integration: 'kohler_other' }]],
      ['one that is not suspended', (setups) => setups.map((setup) => ({ ...setup, status: 'suspended' }))],
      ['one of another kind', (setups) => setups.map((setup) => ({ ...setup, kind: 'direct-trust' }))],
      ['one under another prefix', (setups) => setups.map((setup) => ({ ...setup, prefix: 'other/' }))],
      ['one in another bucket', (setups) => setups.map((setup) => ({ ...setup, bucket: 'other' }))],
    ])('a client with %s is deployed', async (_, change) => {
      const repository = made();
      const cloud = await recorded(repository);
      const there = cloud.stacks.get(KOHLER);
      if (!there) throw new Error('kohler is not deployed');
      const setups = change(there.integrations.map(({ setup }) => setup as Setup));
      if (setups)
        cloud.stacks.set(KOHLER, {
          ...there,
          integrations: setups.map((setup) => ({ name: setup.integration, setup })),
        });
      else cloud.stacks.delete(KOHLER);
      if (!setups) cloud.buckets.delete('integrations-kohler');
      const { out } = await runIn(repository, ['changed', '--record', RECORD], { cloud });
      expect(out).toContain('integrations-kohler  its stack, which differs from its definitions\n');
      expect(out).not.toContain('acme');
      expect((await runIn(repository, ['changed', '--base', 'HEAD'], { cloud })).out).toBe('');
      expect((await runIn(repository, DEPLOY_RECORDED, { cloud })).words).toEqual(SYNTH_AND_DEPLOY);
      expect((await runIn(repository, DEPLOY_RECORDED, { cloud })).words).toEqual([]);
    });
  });

  describe('an attempt', () => {
    const attempts = (repository: GitFolder) =>
      repository.git('for-each-ref', '--format=%(refname)', `${RECORD}-attempts/`);

    /** A repository back at what is recorded, after the deployment of another commit was cut. */
    async function cut(more: Readonly<Record<string, string>>) {
      const repository = made();
      const cloud = await recorded(repository);
      const commit = repository.commit(more);
      cloud.step = (what) => {
        if (what.startsWith('after cdk deploy')) throw new Error('cut');
      };
      await expect(runIn(repository, DEPLOY_RECORDED, { cloud })).rejects.toThrow('cut');
      cloud.step = () => {};
      repository.git('checkout', '--quiet', RECORD);
      return { repository, cloud, commit };
    }
    const GLOBEX = { 'integrations/globex/client.yaml': 'region: eu-west-1\n' };

    test('is known until a deployment was whole, whatever that is of', async () => {
      const { repository, cloud, commit } = await cut(NEW);
      expect(attempts(repository)).toBe(`${RECORD}-attempts/${commit}`);
      expect(await runIn(repository, [...DEPLOY_RECORDED, '--dry-run'], { cloud })).toMatchObject({ exit: 0 });
      expect(attempts(repository)).toBe(`${RECORD}-attempts/${commit}`);
      const { exit, words } = await runIn(repository, DEPLOY_RECORDED, { cloud });
      expect([exit, words, attempts(repository)]).toEqual([0, SYNTH_AND_DEPLOY, '']);
      expect((await runIn(repository, DEPLOY_RECORDED, { cloud })).words).toEqual([]);
    });

    test('a client that only it had is to be deleted, also where nobody can look', async () => {
      const { repository, cloud } = await cut(GLOBEX);
      for (const aws of [true, false]) {
        const { out } = await runIn(repository, ['changed', '--record', RECORD], { cloud, aws });
        expect(out).toContain('integrations-globex  will be deleted: its client is removed\n');
      }
      // Whoever asks what a branch changes asks something else.
      expect((await runIn(repository, ['changed', '--base', 'HEAD'], { aws: false })).out).toBe('');
      expect(await runIn(repository, [...DEPLOY_RECORDED, '--end-removed'], { aws: false })).toMatchObject({
        exit: 1,
        err: expect.stringContaining('it is not known whether its stack integrations-globex still exists'),
      });
      const stays = await runIn(repository, DEPLOY_RECORDED, { cloud });
      expect([stays.exit, attempts(repository)]).toEqual([1, expect.stringContaining('-attempts/')]);
      expect(await runIn(repository, [...DEPLOY_RECORDED, '--end-removed'], { cloud })).toMatchObject({ exit: 0 });
      expect([[...cloud.stacks.keys()].some((key) => key.includes('globex')), attempts(repository)]).toEqual([
        false,
        '',
      ]);
    });

    test('is kept where nobody looked everywhere', async () => {
      const { repository } = await cut(NEW);
      const program = new FakeCloud().run;
      const words = [...DEPLOY_RECORDED, '--dir', repository.dir];
      expect(await runWith({ program }, ...words)).toMatchObject({ exit: 0 });
      expect(attempts(repository)).toMatch(/-attempts\//);
    });

    test('of the first deployment of all is known as well', async () => {
      const repository = made();
      const first = repository.git('rev-parse', 'HEAD');
      const cloud = new FakeCloud();
      repository.commit(GLOBEX);
      cloud.fails = ([, verb]) => verb === 'deploy';
      expect(await runIn(repository, DEPLOY_RECORDED, { cloud })).toMatchObject({ exit: 1 });
      repository.git('checkout', '--quiet', first);
      const { out } = await runIn(repository, ['changed', '--record', RECORD], { aws: false });
      expect(out).toContain('integrations-globex  will be deleted: its client is removed\n');
    });

    test('that git cannot note is none: nothing is deployed', async () => {
      const repository = made();
      const cloud = new FakeCloud();
      repository.git('update-ref', `${RECORD}-attempts`, 'HEAD');
      const { exit, err, words } = await runIn(repository, DEPLOY_RECORDED, { cloud });
      expect([exit, err]).toEqual([
        1,
        expect.stringContaining('nothing was deployed, since git cannot note that it begins'),
      ]);
      expect([words.length, cloud.stacks.size]).toEqual([1, 0]);
    });
  });

  describe('what commits in between changed and changed back is deployed', () => {
    test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
      ['a definition', { 'integrations/kohler/reltio.yaml': ROLE.replace('exporter', 'importer') }, ['kohler']],
      ['a new integration', NEW, ['kohler']],
      ['the settings', { 'integrations/settings.yaml': 'tags: {a: b}\n' }, ['acme', 'kohler']],
      ['the app', { 'cdk.json': '{"app": ""}\n' }, ['acme', 'kohler']],
      ['a profile', { 'vendors/mine.yaml': 'x: 1\n' }, ['acme', 'kohler']],
      ['a text beside them', { 'integrations/kohler/notes.md': 'x\n' }, []],
    ])('%s', async (_, files, expected) => {
      const repository = made();
      const cloud = await recorded(repository);
      const first = repository.git('rev-parse', 'HEAD');
      repository.commit(files);
      repository.git('revert', '--no-edit', 'HEAD');
      const json = async (...since: string[]) =>
        JSON.parse((await runIn(repository, ['changed', ...since, '--json'], { cloud })).out);
      const { clients } = await json('--record', RECORD);
      expect(clients.map(({ client }: { client: string }) => client)).toEqual(expected);
      // What a branch changes is another question.
      expect(await json('--base', first)).toMatchObject({ clients: [] });
      await runIn(repository, DEPLOY_RECORDED, { cloud });
      expect(await json('--record', RECORD)).toMatchObject({ clients: [] });
    });
  });
});
