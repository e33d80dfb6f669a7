import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import type { Deployment } from '../../lib/definitions/model/model';
import { deleteStackCommand, deployWords, destroyWords } from '../../lib/deploy/cdk';
import { isEmpty, planOf, stackLeft } from '../../lib/deploy/plan';
import { inFolder } from '../support/folder';
import { withoutRisks } from '../support/risks';

const ROLE = `kind: assumed-role
principals: [arn:aws:iam::111122223333:role/exporter]
externalId: 7f3c9a52-2f0e
`;
const TOKEN = `kind: web-identity
provider: https://login.globex.example/realms/orders
audiences: [one]
subjects: [order-system]
`;
const FILES = {
  'acme/client.yaml': '',
  'acme/tool.yaml': ROLE,
  'kohler/client.yaml': '',
  'kohler/reltio.yaml': ROLE,
};

function read(files: Readonly<Record<string, string>>): Deployment {
  const { deployment, problems } = inFolder(files, (dir) => load(dir));
  expect(withoutRisks(problems)).toEqual([]);
  return deployment;
}

function plan(after: Readonly<Record<string, string>>, before: Readonly<Record<string, string>> = FILES, app = false) {
  return planOf(read(before), read(after), app);
}

const names = ({ clients }: ReturnType<typeof plan>) => clients.map(({ client, because }) => `${client} ${because}`);

describe('which clients are deployed', () => {
  test('none where nothing changed, comments and layout apart', () => {
    const nothing = plan({ ...FILES, 'kohler/reltio.yaml': `# asked for in CRM-17\n\n${ROLE}` });
    expect(nothing).toMatchObject({ clients: [], identityProviders: false, left: [], handoffs: [] });
    expect(isEmpty(nothing)).toBe(true);
  });

  test.each<[string, Readonly<Record<string, string>>, string[]]>([
    ['an integration', { 'kohler/reltio.yaml': ROLE.replace('exporter', 'importer') }, ['kohler definitions']],
    ['a client', { 'kohler/client.yaml': 'tags: {team: data}\n' }, ['kohler definitions']],
    ['a new integration', { 'kohler/adobe.yaml': ROLE }, ['kohler definitions']],
    ['a new client', { 'globex/client.yaml': '' }, ['globex new']],
    ['a setting', { 'settings.yaml': 'tags: {team: data}\n' }, ['acme definitions', 'kohler definitions']],
    ['a setting that says the default', { 'settings.yaml': 'bucketPrefix: integrations\n' }, []],
    [
      'a setting that one client overrides',
      { 'settings.yaml': 'region: eu-west-1\n', 'kohler/client.yaml': 'region: us-east-1\n' },
      ['acme definitions', 'kohler definitions'],
    ],
  ])('those that %s touches', (_, more, expected) => {
    expect(names(plan({ ...FILES, ...more }))).toEqual(expected);
  });

  test('that of another certificate authority', () => {
    const pem = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');
    const anywhere = 'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: boomi}\n';
    const files = { ...FILES, 'acme/boomi.yaml': anywhere, 'acme/ca.pem': pem('test/support/ca.pem') };
    const other = { ...files, 'acme/ca.pem': pem('test/data/examples/globex/invoices-ca.pem') };
    expect(names(plan(other, files))).toEqual(['acme definitions']);
  });

  test('a client that a setting does not reach stays as it is', () => {
    const own = { ...FILES, 'kohler/client.yaml': 'region: us-east-1\n' };
    expect(names(plan({ ...own, 'settings.yaml': 'region: eu-west-1\n' }, own))).toEqual(['acme definitions']);
  });

  test('every client where the app changed, or where nothing is known', () => {
    const { 'acme/tool.yaml': _, ...without } = FILES;
    expect(names(plan(FILES, without, true))).toEqual(['acme definitions', 'kohler app']);
    expect(plan(FILES, without, true).everything).toBe(true);
    expect(plan(FILES, without).everything).toBe(false);
    const first = planOf(undefined, read(FILES), true);
    expect(names(first)).toEqual(['acme no-base', 'kohler no-base']);
    expect(first.handoffs).toEqual(['acme_tool', 'kohler_reltio']);
  });
});

describe('what is left behind', () => {
  const { 'acme/client.yaml': _, 'acme/tool.yaml': __, ...without } = FILES;

  test('the stack of a client that is removed, wherever it is', () => {
    const removed = { client: 'acme', stackId: 'acme', stack: 'integrations-acme', because: 'removed' };
    expect(plan(without).left).toEqual([removed]);
    expect(isEmpty(plan(without))).toBe(false);
    const placed = { ...FILES, 'acme/client.yaml': "account: '111122223333'\nregion: us-east-1\n" };
    expect(plan(without, placed).left).toEqual([{ ...removed, account: '111122223333', region: 'us-east-1' }]);
  });

  test('the stack of a client that has moved, and not one that now says where it is', () => {
    const [one, other] = ['region: eu-west-1\n', 'region: us-east-1\n'].map((text) => ({
      ...FILES,
      'acme/client.yaml': text,
    }));
    expect(plan(other ?? {}, one).left).toEqual([
      { client: 'acme', stackId: 'acme', stack: 'integrations-acme', region: 'eu-west-1', because: 'moved' },
    ]);
    expect(plan(one ?? {}).left).toEqual([]);
    expect(plan(FILES, one).left).toEqual([]);
  });
});

describe('a client with parts', () => {
  const PARTS = {
    ...FILES,
    'kohler/late.yaml': `${ROLE}stackPart: 2\n`,
    'kohler/later.yaml': `${ROLE}stackPart: 10\n`,
  };
  const told = ({ left }: ReturnType<typeof plan>) => left.map(({ stackId, because }) => `${stackId} ${because}`);

  test('is deployed whole, each stack by its name', () => {
    const changed = plan({ ...PARTS, 'kohler/adobe.yaml': ROLE }, PARTS);
    expect(changed.clients).toEqual([
      { client: 'kohler', stackIds: ['kohler', 'kohler-Part2', 'kohler-Part10'], because: 'definitions' },
    ]);
    const words = deployWords(changed, { dir: 'integrations', concurrency: 3, outputs: 'out.json' });
    expect(words?.slice(0, 9)).toEqual([
      ...['cdk', 'deploy', 'kohler', 'kohler-Part2', 'kohler-Part10'],
      ...['--context', 'integrations=integrations', '--context', 'clients=kohler'],
    ]);
  });

  test('leaves a part behind in which nothing is any more, and the others not', () => {
    const { 'kohler/late.yaml': _, ...without } = PARTS;
    expect(told(plan(without, PARTS))).toEqual(['kohler-Part2 emptied']);
    expect(told(plan(FILES, PARTS))).toEqual(['kohler-Part10 emptied', 'kohler-Part2 emptied']);
    expect(told(plan(PARTS, FILES))).toEqual([]);
    const moved = { ...PARTS, 'kohler/late.yaml': `${ROLE}stackPart: 3\n` };
    expect(told(plan(moved, PARTS))).toEqual(['kohler-Part2 emptied']);
  });

  test('goes from behind, since its own stack is needed by the others', () => {
    const { 'acme/client.yaml': one, 'acme/tool.yaml': two } = FILES;
    expect(told(plan({ 'acme/client.yaml': one, 'acme/tool.yaml': two }, PARTS))).toEqual([
      'kohler-Part10 removed',
      'kohler-Part2 removed',
      'kohler removed',
    ]);
    const there = { ...PARTS, 'kohler/client.yaml': 'region: eu-west-1\n' };
    expect(told(plan({ ...PARTS, 'kohler/client.yaml': 'region: us-east-1\n' }, there))).toEqual([
      'kohler-Part10 moved',
      'kohler-Part2 moved',
      'kohler moved',
    ]);
  });
});

describe('identity providers', () => {
  const withToken = { ...FILES, 'acme/orders.yaml': TOKEN };

  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, boolean]>([
    ['a new issuer', FILES, withToken, true],
    ['another audience', withToken, { ...withToken, 'acme/orders.yaml': TOKEN.replace('one', 'two') }, true],
    ['another client with that issuer and audience', withToken, { ...withToken, 'kohler/orders.yaml': TOKEN }, false],
    ['another subject', withToken, { ...withToken, 'acme/orders.yaml': TOKEN.replace('order-', 'a-') }, false],
    ['something else', withToken, { ...withToken, 'kohler/adobe.yaml': ROLE }, false],
    ['no issuer any more', withToken, FILES, false],
    ['the tags of all', withToken, { ...withToken, 'settings.yaml': 'tags: {a: b}\n' }, true],
  ])('%s', (_, before, after, expected) => {
    expect(plan(after, before).identityProviders).toBe(expected);
  });

  test('go with every change of the app, where there are any', () => {
    expect(plan(withToken, withToken, true).identityProviders).toBe(true);
    expect(plan(FILES, FILES, true).identityProviders).toBe(false);
  });
});

test('hand-offs are for new integrations and for those that are active now', () => {
  const pending = { ...FILES, 'kohler/adobe.yaml': 'kind: assumed-role\nstatus: pending\n' };
  expect(plan(pending).handoffs).toEqual(['kohler_adobe']);
  expect(plan({ ...pending, 'kohler/adobe.yaml': ROLE }, pending).handoffs).toEqual(['kohler_adobe']);
  const suspended = { ...FILES, 'kohler/reltio.yaml': `${ROLE}status: suspended\n` };
  expect(plan(suspended).handoffs).toEqual([]);
  const changed = { ...FILES, 'kohler/reltio.yaml': `${ROLE}access: [list]\n` };
  expect(plan(changed).handoffs).toEqual([]);
});

describe('the words for the CDK', () => {
  const options = { dir: 'integrations', concurrency: 3, outputs: 'out.json' };
  const common = ['--concurrency', '3', '--require-approval', 'never', '--outputs-file', 'out.json'];
  const context = (value: string) => ['--context', value];

  test('name the clients, and read no others', () => {
    const words = deployWords(plan({ ...FILES, 'kohler/adobe.yaml': ROLE }), options);
    expect(words).toEqual([
      ...['cdk', 'deploy', 'kohler'],
      ...context('integrations=integrations'),
      ...context('clients=kohler'),
      ...common,
    ]);
  });

  test('read them all for the identity providers', () => {
    const words = deployWords(plan({ ...FILES, 'kohler/orders.yaml': TOKEN }), options);
    expect(words).toEqual([
      ...['cdk', 'deploy', 'kohler', 'IdentityProviders*'],
      ...context('integrations=integrations'),
      ...common,
    ]);
  });

  test('name nothing where everything is deployed, and are none where nothing is', () => {
    expect(deployWords(plan(FILES, FILES, true), options)).toEqual([
      ...['cdk', 'deploy', '--all'],
      ...context('integrations=integrations'),
      ...common,
    ]);
    expect(deployWords(plan(FILES), options)).toBeUndefined();
  });

  test('delete one stack, and nothing that depends on it', () => {
    const left = { ...stackLeft('acme'), region: 'eu-west-1' };
    expect(destroyWords(left, '/tmp/base')).toEqual([
      ...['cdk', 'destroy', 'acme'],
      ...context('integrations=/tmp/base'),
      ...context('clients=acme'),
      ...['--exclusively', '--force'],
    ]);
    expect(deleteStackCommand(left)).toBe(
      'aws cloudformation delete-stack --stack-name integrations-acme --region eu-west-1',
    );
    expect(deleteStackCommand({ ...left, region: undefined })).not.toContain('--region');
    expect(destroyWords(stackLeft('acme', 2), '/tmp/base').slice(0, 7)).toEqual([
      ...['cdk', 'destroy', 'acme-Part2'],
      ...context('integrations=/tmp/base'),
      ...context('clients=acme'),
    ]);
  });
});
