import { CreateBucketCommand, GetBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { synthesize, type Template } from '../../support/synth';
import { inventory, objects } from '../life/account';
import { type Account, newAccount, newUser } from '../servers/accounts';
import { REGION } from '../servers/ceph';
import { clientsOf } from '../servers/clients';
import { users } from '../servers/users';
import { type DeployedStack, stackOf } from './deployer';

/** That the deployer does what CloudFormation would: the other suites take its word for it. */

let home: Account;
let stack: DeployedStack;

beforeEach(async () => {
  home = await newAccount();
  stack = stackOf('kohler', home);
});

const ADOBE = { adobe: 'kind: access-key\nreason: It takes a key only\n' };
const active = () => ({ reltio: `kind: assumed-role\nprincipals: ["arn:aws:iam::${home.id}:user/admin"]\n` });
const pending = (more = '') => ({ reltio: `kind: assumed-role\nstatus: pending\n${more}` });

test('a role of another name replaces it: the new one is made first', async () => {
  await stack.deploy(template(pending()));
  expect(did(await stack.deploy(template(pending('roleName: reltio\n'))))).toEqual([
    'replaced reltio',
    'deleted kohler_reltio',
  ]);
  expect(Object.keys((await inventory(home)).roles)).toEqual(['reltio']);
});

test('a bucket of another name replaces it, and the old one stays with its objects', async () => {
  await stack.deploy(template({}));
  const put = new PutObjectCommand({ Bucket: 'integrations-kohler', Key: 'object', Body: 'kept' });
  await clientsOf(home.admin).s3.send(put);
  const moved = await stack.deploy(template({ client: 'bucket: {name: kohler-anew}\n' }));
  expect(did(moved)).toEqual([
    'replaced kohler-anew',
    'replaced kohler-anew',
    'retained integrations-kohler',
    'retained integrations-kohler',
  ]);
  const { buckets } = await inventory(home);
  expect(buckets).toEqual({ 'integrations-kohler': expect.any(Object), 'kohler-anew': expect.any(Object) });
  expect(await objects(home, 'integrations-kohler')).toEqual({ object: 'kept' });
});

test('a bucket keeps what the template says of versions, and an update takes it back', async () => {
  const { s3 } = clientsOf(home.admin);
  const versioning = async () =>
    (await s3.send(new GetBucketVersioningCommand({ Bucket: 'integrations-kohler' }))).Status;
  await stack.deploy(template({}));
  expect(await versioning()).toBe('Enabled');
  expect(did(await stack.deploy(template({ client: 'bucket: {versioned: false}\n' })))).toEqual([
    'updated integrations-kohler',
  ]);
  expect(await versioning()).toBe('Suspended');
});

test('names that are taken are refused', async () => {
  await clientsOf(home.admin).s3.send(new CreateBucketCommand({ Bucket: 'integrations-kohler' }));
  await expect(stack.deploy(template({}))).rejects.toThrow('exists already');
  await newUser(home.id, 'kohler_adobe');
  const existing = { ...ADOBE, client: 'bucket: {existing: true}\n' };
  await expect(stack.deploy(template(existing))).rejects.toThrow('UserAlreadyExists');
});

test('a user who has a key that nobody deployed is not removed', async () => {
  await stack.deploy(template(ADOBE));
  await users.addKey(home.id, 'kohler_adobe', { accessKeyId: `AKIAHAND${home.id}`, secretAccessKey: 'by-hand' });
  await expect(stack.destroy()).rejects.toThrow('still has a key');
  await users.removeKey(home.id, 'kohler_adobe', `AKIAHAND${home.id}`);
  expect(did(await stack.destroy())).toContain('deleted kohler_adobe');
});

test('nothing is done where the template has what this project does not emit', async () => {
  const queue = ({ Resources, ...rest }: Template): Template => ({
    ...rest,
    Resources: { ...Resources, Queue: { Type: 'AWS::SQS::Queue', Properties: {} } },
  });
  await expect(stack.deploy(template(ADOBE), { sabotage: queue })).rejects.toThrow('AWS::SQS::Queue');
  expect(await inventory(home)).toEqual({ roles: {}, users: {}, secrets: {}, buckets: {} });
});

test('what was begun and then refused is taken away again', async () => {
  const strange = ({ Resources, ...rest }: Template): Template =>
    JSON.parse(JSON.stringify({ Resources, ...rest }).replaceAll('s3:PutObject', 's3:PutEverything'));
  for (const definitions of [ADOBE, active()]) {
    await expect(stack.deploy(template(definitions), { sabotage: strange })).rejects.toThrow('s3:PutEverything');
  }
  const { roles, users: all } = await inventory(home);
  expect({ roles, all }).toEqual({ roles: {}, all: {} });
  const { operations } = await stack.deploy(template({ ...ADOBE, ...active() }));
  expect(operations.map(({ type }) => type)).toContain('AWS::IAM::Role');
});

test('an answer holds no secret', async () => {
  const deployed = await stack.deploy(template(ADOBE));
  const [key] = (await users.find(home.id, 'kohler_adobe'))?.keys ?? [];
  expect(key?.secretAccessKey.length).toBeGreaterThan(20);
  expect(JSON.stringify([deployed, stack]).includes(key?.secretAccessKey ?? '')).toBe(false);
  expect(JSON.stringify(deployed)).toContain(key?.accessKeyId);
});

function template(definitions: Readonly<Record<string, string>>): Template {
  const files = Object.entries({ client: '', ...definitions }).map(([name, text]) => [`kohler/${name}.yaml`, text]);
  const { kohler } = synthesize(Object.fromEntries(files), { account: home.id, region: REGION });
  if (!kohler) throw new Error('there is no template');
  return kohler;
}

function did({ operations }: Awaited<ReturnType<DeployedStack['deploy']>>): string[] {
  return operations.map((operation) => `${operation.did} ${operation.physicalId}`);
}
