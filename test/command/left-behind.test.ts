import type { Aws } from '../../lib/command/host/aws';
import { Failure } from '../../lib/command/host/failure';
import { deployed, FILES, made, NEW, RECORD, ROLE, recorded, runIn, SYNTH_AND_DEPLOY } from '../support/deploying';
import { FakeCloud } from '../support/fake-cloud';
import type { GitFolder } from '../support/git-folder';
import { runWith } from '../support/run';

// Many runs of git, each a process, beside whatever else the machine does.
jest.setTimeout(60_000);

const KEY = '999988887777/us-east-1/integrations-globex';

async function withStray(more: object = {}): Promise<[GitFolder, FakeCloud]> {
  const repository = made();
  const cloud = await recorded(repository);
  const stray = { ...FILES, 'integrations/globex/client.yaml': '', 'integrations/globex/orders.yaml': ROLE };
  const there = (await deployed(made(stray))).stacks.get(KEY);
  if (!there) throw new Error('globex is not deployed');
  const stack = { ...there, ...more };
  cloud.stacks.set(`${stack.account}/${stack.region}/${stack.name}`, stack);
  return [repository, cloud];
}

describe('a stack that no definition has', () => {
  test("is found by changed and deploy, each time, and nobody ends it: it may be somebody else's", async () => {
    const [repository, cloud] = await withStray();
    const first = repository.git('rev-parse', RECORD);
    expect((await runIn(repository, ['changed', '--record', RECORD], { cloud })).out).toContain(
      'integrations-globex  left behind in 999988887777 in us-east-1: no definition has it',
    );
    const json = JSON.parse((await runIn(repository, ['changed', '--base', 'HEAD', '--json'], { cloud })).out);
    expect(json.left).toEqual([
      {
        client: 'globex',
        stack: 'integrations-globex',
        account: '999988887777',
        region: 'us-east-1',
        because: 'not-defined',
      },
    ]);
    const last = repository.commit(NEW);
    for (const expected of [SYNTH_AND_DEPLOY, []]) {
      const { exit, err, words } = await runIn(repository, ['deploy', '--record', RECORD, '--end-removed'], { cloud });
      expect([exit, words]).toEqual([0, expected]);
      expect(err).toContain(
        'warning: no definition has globex, and its stack integrations-globex in account 999988887777 in us-east-1 still allows its vendors; ' +
          'aws cloudformation delete-stack --stack-name integrations-globex --region us-east-1 ends that, and keeps the bucket\n',
      );
    }
    expect([repository.git('rev-parse', RECORD), first]).toEqual([last, expect.not.stringContaining(last)]);
    expect(cloud.stacks.has(KEY)).toBe(true);
  });

  test.each([
    ['that another tool made', { description: 'Something else' }],
    ['of another name', { name: 'integrations-Other' }],
    ['in a Region in which nobody looks', { region: 'eu-west-1' }],
  ])('is not one %s', async (_, more) => {
    const [repository, cloud] = await withStray(more);
    expect(await runIn(repository, ['changed', '--record', RECORD], { cloud })).toMatchObject({ exit: 0, out: '' });
  });

  test('is one in every Region in which clients are', async () => {
    const [repository, cloud] = await withStray({ region: 'eu-west-1' });
    repository.commit({ 'integrations/initech/client.yaml': 'region: eu-west-1\n' });
    const { out } = await runIn(repository, ['changed', '--record', RECORD], { cloud });
    expect(out).toContain('integrations-globex   left behind in 999988887777 in eu-west-1');
  });

  test("is a client's own where it is elsewhere", async () => {
    const repository = made({ ...FILES, 'integrations/acme/client.yaml': 'region: eu-west-1\n' });
    const cloud = await recorded(repository);
    const own = cloud.stacks.get('999988887777/us-east-1/integrations-kohler');
    if (own) cloud.stacks.set('999988887777/eu-west-1/integrations-kohler', { ...own, region: 'eu-west-1' });
    const { out } = await runIn(repository, ['changed', '--record', RECORD], { cloud });
    expect(out).toContain('integrations-kohler  left behind in 999988887777 in eu-west-1: its client has moved');
    const { exit, err } = await runIn(repository, ['deploy', '--record', RECORD, '--end-removed'], { cloud });
    expect([exit, err]).toEqual([
      1,
      expect.stringContaining('does not move while integrations-kohler exists: end it, and'),
    ]);
  });

  test('is a part of a client that has no such part, and is ended as one that is empty', async () => {
    const repository = made();
    const cloud = await recorded(repository);
    const parted = { ...FILES, 'integrations/kohler/late.yaml': `${ROLE}stackPart: 7\n` };
    const part = (await deployed(made(parted))).stacks.get('999988887777/us-east-1/integrations-kohler-Part7');
    if (part) cloud.stacks.set('999988887777/us-east-1/integrations-kohler-Part7', part);
    const { out } = await runIn(repository, ['changed', '--record', RECORD], { cloud });
    expect(out).toContain('integrations-kohler-Part7  will be deleted: no integration is in it now');
    const { exit, words } = await runIn(repository, ['deploy', '--record', RECORD, '--end-removed'], { cloud });
    expect([exit, words]).toEqual([
      0,
      ['npx cdk destroy kohler-Part7 --context integrations=DIR --context clients=kohler --exclusively --force'],
    ]);
    expect(cloud.stacks.size).toBe(2);
  });

  test('is ended where a commit since the last deployment had it: it was deployed, and never recorded', async () => {
    const repository = made();
    const cloud = await recorded(repository);
    repository.commit({
      'integrations/globex/client.yaml': 'bucket: {name: of-globex}\n',
      'integrations/globex/orders.yaml': `${ROLE}stackPart: 2\n`,
    });
    cloud.fails = ([, verb, id]) => verb === 'deploy' && id === 'kohler';
    repository.commit(NEW);
    const words = ['deploy', '--record', RECORD, '--end-removed'];
    cloud.step = (what) => {
      if (what === 'deploy of integrations-globex-Part2') throw new Error('cut');
    };
    await expect(runIn(repository, words, { cloud })).rejects.toThrow('cut');
    cloud.step = () => {};
    const last = repository.commit({}, 'integrations/globex');
    const { out } = await runIn(repository, ['changed', '--record', RECORD], { cloud });
    expect(out).toContain('integrations-globex        will be deleted: its client is removed');
    const run = await runIn(repository, words, { cloud: Object.assign(cloud, { fails: () => false }) });
    expect([run.exit, repository.git('rev-parse', RECORD)]).toEqual([0, last]);
    expect(run.words.slice(1, 4).map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
      'npx cdk destroy globex-Part2',
      'npx cdk deploy globex',
      'npx cdk destroy globex',
    ]);
    expect([...cloud.stacks.values()].map(({ name }) => name)).toEqual(['integrations-acme', 'integrations-kohler']);
  });

  test('that nobody can look for is said by deploy, and does not stop it', async () => {
    const repository = made();
    const refused = () =>
      Promise.reject(
        new Failure('aws-refused', 'the stacks of account 1 cannot be read: AccessDenied: not you', 'ask them'),
      );
    const program = new FakeCloud().run;
    const run = (...words: string[]) =>
      runWith({ program, aws: { stacks: refused } }, ...words, '--dir', repository.dir);
    const note =
      'note: not every account and region was searched for stacks that no definition has: the stacks of account 1 cannot be read';
    expect(await run('deploy', '--record', RECORD)).toMatchObject({ exit: 0, err: expect.stringContaining(note) });
    expect(await run('changed', '--record', RECORD)).toMatchObject({ exit: 0, err: expect.stringContaining(note) });
    const { err } = await runIn(repository, ['deploy', '--all'], { aws: false });
    expect(err).toContain('for stacks that no definition has: there are no AWS credentials; log in\n');
    expect((await runIn(repository, ['changed', '--all'], { aws: false })).err).toBe('');
  });
});

describe('identity providers that no definition needs', () => {
  const TOKEN = 'kind: web-identity\nprovider: https://login.example/x\naudiences: [a]\nsubjects: [s]\n';
  const NAME = 'integrations-IdentityProviders-999988887777';
  const FILES_WITH = { ...FILES, 'integrations/kohler/orders.yaml': TOKEN };

  /** An account with their stack, which stays when the app has it no more. */
  async function withProviders(files: Readonly<Record<string, string>>, more: object = {}) {
    const repository = made(files);
    const cloud = await recorded(repository);
    const stack = { description: 'Identity providers that integrations share', status: 'CREATE_COMPLETE' };
    const place = { name: NAME, account: '999988887777', region: 'us-east-1' };
    const there = { ...stack, ...place, integrations: [], grants: [], ...more };
    cloud.stacks.set(`${there.account}/${there.region}/${there.name}`, there);
    return { repository, cloud };
  }
  const NOTE = `note: no definition needs the identity providers of ${NAME} in account 999988887777 in us-east-1 any more; unless another folder of definitions does, aws cloudformation delete-stack --stack-name ${NAME} --region us-east-1 ends that\n`;

  test('are named each time, with the command that ends them, and are no reason to deploy or to stop', async () => {
    const { repository, cloud } = await withProviders(FILES_WITH);
    const run = (...words: string[]) => runIn(repository, [...words, '--record', RECORD], { cloud });
    expect((await run('changed')).err).not.toContain('IdentityProviders');
    const last = repository.commit({}, 'integrations/kohler/orders.yaml');
    expect((await run('deploy', '--end-removed')).err).toContain(NOTE);
    expect(repository.git('rev-parse', RECORD)).toBe(last);
    for (let time = 0; time < 2; time += 1)
      expect(await run('changed')).toMatchObject({ exit: 0, out: '', err: expect.stringContaining(NOTE) });
    const { exit, out } = await runIn(repository, ['list', '--left-behind', '--json'], { cloud });
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        ...{ client: null, stack: NAME, account: '999988887777', region: 'us-east-1', status: 'CREATE_COMPLETE' },
        integrations: [],
      },
    ]);
    expect((await runIn(repository, ['list', '--left-behind'], { cloud })).out).toContain(NAME);
  });

  test.each([
    ['of another account', { name: 'integrations-IdentityProviders-111122223333' }],
    ['that somebody else made', { description: 'Something else' }],
  ])('are not those %s', async (_, more) => {
    const { repository, cloud } = await withProviders(FILES, more);
    expect((await runIn(repository, ['changed', '--record', RECORD], { cloud })).err).not.toContain(
      'IdentityProviders',
    );
    expect((await runIn(repository, ['list', '--left-behind', '--json'], { cloud })).out).toBe('[]\n');
  });

  test('are looked for in the Region of the settings, in the accounts of clients', async () => {
    const files = {
      ...FILES,
      'integrations/settings.yaml': 'region: eu-central-1\n',
      'integrations/kohler/client.yaml': 'account: "111122223333"\nregion: eu-west-1\n',
    };
    const more = {
      name: 'integrations-IdentityProviders-111122223333',
      account: '111122223333',
      region: 'eu-central-1',
    };
    const { repository, cloud } = await withProviders(files, more);
    expect((await runIn(repository, ['changed', '--record', RECORD], { cloud })).err).toContain(more.name);
    expect((await runIn(repository, ['list', '--left-behind'], { cloud })).out).toContain(more.name);
    // That the CDK was never bootstrapped there is nobody's fault.
    const stacks: Aws['stacks'] = (place) =>
      place.account !== undefined && place.region === 'eu-central-1'
        ? Promise.reject(new Failure('aws-refused', 'no', 'ask them'))
        : cloud.describe(place);
    const refused = await runWith({ aws: { stacks } }, 'list', '--left-behind', '--dir', repository.dir);
    expect([refused.exit, refused.out, refused.err]).toEqual([0, '', expect.not.stringMatching(/^no$/m)]);
    // One client of that account needs them.
    repository.write({ 'integrations/kohler/orders.yaml': TOKEN });
    expect((await runIn(repository, ['list', '--left-behind'], { cloud })).out).toBe('');
  });
});

describe('list --left-behind', () => {
  const list = (...more: string[]) => ['list', '--left-behind', ...more];

  test('shows what no definition has, with the integrations in it', async () => {
    const [repository, cloud] = await withStray();
    const { exit, out, err } = await runIn(repository, list(), { cloud });
    expect([exit, err]).toEqual([0, 'looked at 999988887777 in us-east-1\n']);
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['STACK', 'ACCOUNT', 'REGION', 'STATUS', 'INTEGRATIONS'],
      ['integrations-globex', '999988887777', 'us-east-1', 'CREATE_COMPLETE', 'globex_orders'],
      [''],
    ]);
    expect(JSON.parse((await runIn(repository, list('--json'), { cloud })).out)).toEqual([
      {
        client: 'globex',
        stack: 'integrations-globex',
        account: '999988887777',
        region: 'us-east-1',
        status: 'CREATE_COMPLETE',
        integrations: ['globex_orders'],
      },
    ]);
  });

  test('says where it looked and found nothing', async () => {
    const repository = made({
      ...FILES,
      'integrations/acme/client.yaml': "account: '444455556666'\nregion: eu-west-1\n",
    });
    const cloud = await deployed(repository);
    const { exit, out, err } = await runIn(repository, list(), { cloud });
    expect([exit, out]).toEqual([0, '']);
    expect(err).toBe(
      'looked at 999988887777 in us-east-1, 444455556666 in eu-west-1 and 444455556666 in us-east-1: no stack is left behind there\n',
    );
    expect((await runIn(repository, list('--json'), { cloud })).out).toBe('[]\n');
  });

  test('looks in other Regions too', async () => {
    const [repository, cloud] = await withStray({ region: 'eu-west-1' });
    expect((await runIn(repository, list(), { cloud })).out).toBe('');
    const { out, err } = await runIn(repository, list('--region', 'eu-north-1', 'eu-west-1'), { cloud });
    expect(out).toContain('integrations-globex  999988887777  eu-west-1');
    expect(err).toContain('999988887777 in eu-north-1 and 999988887777 in eu-west-1');
    const wrong = await runIn(repository, list('--region', 'Ireland'), { cloud });
    expect([wrong.exit, wrong.err]).toEqual([2, expect.stringContaining('"Ireland"')]);
  });

  test('fails where nobody can look, or not everywhere, and shows what was seen', async () => {
    const [repository, cloud] = await withStray();
    const unseen = await runIn(repository, list(), { aws: false });
    expect([unseen.exit, unseen.out]).toEqual([1, '']);
    expect(unseen.err).toBe(
      'error[aws-refused]: it is not known which stacks exist: there are no AWS credentials; log in\n',
    );
    repository.commit({ 'integrations/initech/client.yaml': "account: '444455556666'\n" });
    const stacks: Aws['stacks'] = async (place) => {
      if (place.account !== undefined)
        throw new Failure('aws-refused', `the stacks of account ${place.account} cannot be read: no`, 'ask them');
      return cloud.describe(place);
    };
    const partly = await runWith({ aws: { stacks } }, ...list(), '--dir', repository.dir);
    expect([partly.exit, partly.out]).toEqual([1, expect.stringContaining('integrations-globex')]);
    expect(partly.err).toContain('the stacks of account 444455556666 cannot be read: no; ask them\n');
  });

  test('believes no output that only looks like setup information', async () => {
    const [repository, cloud] = await withStray();
    const outputs = [
      'null',
      '{',
      '"x"',
      '{"integration": "\\u001b[31mglobex_x"}',
      '{"integration": 1}',
      '{"integration":"globex_orders"}',
    ];
    const stacks: Aws['stacks'] = async (place) => {
      const at = await cloud.describe(place);
      return { ...at, stacks: at.stacks.map((stack) => ({ ...stack, outputs })) };
    };
    const { out } = await runWith({ aws: { stacks } }, ...list('--json'), '--dir', repository.dir);
    expect(JSON.parse(out)).toMatchObject([{ integrations: ['globex_orders'] }]);
  });
});
