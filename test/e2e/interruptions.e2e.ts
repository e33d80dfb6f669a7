import { GetBucketLocationCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { synthesize, type Template } from '../support/synth';
import { DeploymentFailed, Interrupted, stackOf } from './deployer/deployer';
import { InvalidPrincipal } from './deployer/principals';
import { type Inventory, inventory, objects } from './life/account';
import { tried } from './life/vendor';
import { type Account, newAccount, newUser } from './servers/accounts';
import { REGION } from './servers/ceph';
import { clientsOf } from './servers/clients';
import { users } from './servers/users';

/** A run that is killed half-way, or stopped by a principal that is not there, is repaired by running it again. */

const BUCKET = 'integrations-kohler';
/** In whose place each test's own account is put. */
const SOME_ACCOUNT = '111122223333';
const NOBODY = '000000000000';
let away: Account;

beforeAll(async () => {
  away = await newAccount();
  await newUser(away.id, 'vendor');
});

type Definitions = Readonly<Record<string, string>>;

const vendor = () => `principals: ["arn:aws:iam::${away.id}:user/vendor"]\n`;
const onboarded = (): Definitions => ({
  client: '',
  adobe: 'kind: access-key\nreason: It takes a key only\n',
  reltio: `kind: assumed-role\nexternalId: 5ez83245-6b31\n${vendor()}`,
  warehouse: `kind: direct-trust\n${vendor()}`,
});
const grown = (): Definitions => ({
  client: 'bucket: {kmsKey: create}\n',
  adobe: 'kind: access-key\nreason: It takes a key only\nkeys: [a, b]\nprefix: feeds\n',
  reltio: `kind: assumed-role\nexternalId: another-id\nprefix: records\n${vendor()}`,
  snowflake: 'vendor: snowflake\nstatus: pending\n',
  warehouse: `kind: direct-trust\nstatus: suspended\n${vendor()}`,
});
const reduced = (): Definitions => ({
  client: '',
  adobe: 'kind: access-key\nreason: It takes a key only\nkeys: [b]\n',
  snowflake: `vendor: snowflake\nexternalId: MYACCOUNT_SFCRole=2_a/b=\n${vendor()}`,
});
const nothing: Definitions = {};

test.each([
  ['onboarding', () => nothing, onboarded],
  ['a change of everything', onboarded, grown],
  ['a reduction', grown, reduced],
  ['the removal of a client', onboarded, () => nothing],
])('%s, killed after each of its operations, is repaired by running it again', async (_, before, after) => {
  const whole = await newAccount();
  const stack = stackOf('kohler', whole);
  await stack.deploy(templateOf(before(), whole));
  const { operations } = await stack.deploy(templateOf(after(), whole));
  const wanted = await shape(whole);
  expect(operations.length).toBeGreaterThan(3);

  const kills = Array.from({ length: operations.length - 1 }, (_, at) => at + 1);
  await Promise.all(
    kills.map(async (stopAfter) => {
      const home = await newAccount();
      const killed = stackOf('kohler', home);
      await killed.deploy(templateOf(before(), home));
      await seed(home, before());
      const run = killed.deploy(templateOf(after(), home), { stopAfter });
      await expect(run).rejects.toThrow(Interrupted);
      await aKeyWorks(home, before(), after());
      const { operations: rest } = await killed.deploy(templateOf(after(), home));
      // What had been done is not done again.
      expect({ stopAfter, rest: rest.length }).toEqual({ stopAfter, rest: operations.length - stopAfter });
      expect({ stopAfter, shape: await shape(home) }).toEqual({ stopAfter, shape: wanted });
      expect((await killed.deploy(templateOf(after(), home))).operations).toEqual([]);
      if (before().client !== undefined) expect(await objects(home, BUCKET)).toEqual({ seed: 'seed' });
    }),
  );
});

const MISSING = { principals: `["arn:aws:iam::${NOBODY}:user/vendor"]` };

test('onboarding that names an account which is not there is repaired by naming one that is', async () => {
  const [whole, home] = [await newAccount(), await newAccount()];
  await stackOf('kohler', whole).deploy(templateOf(onboarded(), whole));
  const stack = stackOf('kohler', home);
  const wrong = { ...onboarded(), warehouse: `kind: direct-trust\nprincipals: ${MISSING.principals}\n` };
  await expect(stack.deploy(templateOf(wrong, home))).rejects.toMatchObject({
    logicalId: expect.stringMatching(/^BucketPolicy/),
    cause: expect.any(InvalidPrincipal),
  });
  await stack.deploy(templateOf(onboarded(), home));
  expect(await shape(home)).toEqual(await shape(whole));
});

test('an addition that names an account which is not there leaves all others as they were', async () => {
  const home = await newAccount();
  const stack = stackOf('kohler', home);
  await stack.deploy(templateOf(onboarded(), home));
  const before = await inventory(home);
  const wrong = {
    ...onboarded(),
    aligni: `kind: assumed-role\nexternalId: some-id\nprincipals: ${MISSING.principals}\n`,
  };
  await expect(stack.deploy(templateOf(wrong, home))).rejects.toThrow(DeploymentFailed);
  expect(await inventory(home)).toEqual(before);
  const right = { ...onboarded(), aligni: `kind: assumed-role\nexternalId: some-id\n${vendor()}` };
  const { operations } = await stack.deploy(templateOf(right, home));
  expect(operations.map(({ did, physicalId }) => `${did} ${physicalId}`)).toEqual(['created kohler_aligni']);
});

describe('a vendor’s user that is gone', () => {
  const gone = (): Definitions => ({
    client: '',
    warehouse: `kind: direct-trust\nprincipals: ["arn:aws:iam::${away.id}:user/leaver"]\n`,
  });

  test('blocks no deployment of others in its bucket', async () => {
    const home = await newAccount();
    await newUser(away.id, 'leaver');
    const stack = stackOf('kohler', home);
    await stack.deploy(templateOf(gone(), home));
    await users.remove(away.id, 'leaver');
    const more = { ...gone(), loader: `kind: direct-trust\n${vendor()}` };
    const { operations } = await stack.deploy(templateOf(more, home));
    expect(operations.map(({ did, type }) => `${did} ${type}`)).toEqual(['updated AWS::S3::BucketPolicy']);
  });

  test('would, if policies named it and not its account', async () => {
    const home = await newAccount();
    const named = (template: Template): Template =>
      JSON.parse(
        JSON.stringify(template).replaceAll(`arn:aws:iam::${away.id}:root`, `arn:aws:iam::${away.id}:user/leaver`),
      );
    const deployed = stackOf('kohler', home).deploy(templateOf(gone(), home), { sabotage: named });
    await expect(deployed).rejects.toMatchObject({ cause: expect.any(InvalidPrincipal) });
  });
});

const templates = new Map<string, string>();

/** Synthesized once for all accounts: a template names its account, and is otherwise the same. */
function templateOf(definitions: Definitions, account: Account): Template {
  if (Object.keys(definitions).length === 0) return { Resources: {}, Outputs: {} };
  const files = Object.fromEntries(Object.entries(definitions).map(([name, text]) => [`kohler/${name}.yaml`, text]));
  const id = JSON.stringify(files);
  const text = templates.get(id) ?? JSON.stringify(synthesize(files, { account: SOME_ACCOUNT, region: REGION }).kohler);
  templates.set(id, text);
  return JSON.parse(text.replaceAll(SOME_ACCOUNT, account.id));
}

/** What there is in an account, apart from ids that servers make up. */
async function shape(account: Account): Promise<unknown> {
  const { roles, users: all, secrets, buckets }: Inventory = await inventory(account);
  const held = Object.values(secrets).map(({ keyId }) => keyId);
  const keys = Object.values(all).flatMap((user) => user.keys);
  const found = {
    roles: Object.entries(roles).map(([name, role]) => [name, { ...role, id: undefined }]),
    users: Object.entries(all).map(([name, user]) => [name, { ...user, keys: user.keys.length }]),
    secrets: Object.keys(secrets),
    keysWithoutSecret: keys.filter((id) => !held.includes(id)).length,
    secretsWithoutKey: held.filter((id) => !keys.includes(id)).length,
    buckets,
  };
  return JSON.parse(JSON.stringify(found).replaceAll(account.id, SOME_ACCOUNT));
}

async function seed(home: Account, before: Definitions): Promise<void> {
  if (before.client === undefined) return;
  await clientsOf(home.admin).s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'seed', Body: 'seed' }));
}

/** Whoever has an access key before and after has one that works in between. */
async function aKeyWorks(home: Account, before: Definitions, after: Definitions): Promise<void> {
  if (before.adobe === undefined || after.adobe === undefined) return;
  const keys = (await users.find(home.id, 'kohler_adobe'))?.keys ?? [];
  const { secrets } = await inventory(home);
  const held = Object.values(secrets).map(({ keyId }) => keyId);
  const usable = keys.filter(({ accessKeyId }) => held.includes(accessKeyId));
  const works = usable.map((key) => tried(clientsOf(key).s3.send(new GetBucketLocationCommand({ Bucket: BUCKET }))));
  expect(await Promise.all(works)).toContain(true);
}
