import { join } from 'node:path';
import type { VendorOptions } from '../../lib/command/host/aws';
import { readHandoff } from '../../lib/connection/received-handoff';
import type { Vendor } from '../../lib/connection/vendor';
import { confined, Fake, type FakeOptions, HANDED } from '../connection/fake';
import { inFolder } from '../support/folder';
import { run, runWith } from '../support/run';

const HANDOFF = {
  integration: 'kohler_reltio',
  kind: 'assumed-role',
  status: 'active',
  bucket: 'integrations-kohler',
  prefix: 'reltio/',
  region: 'eu-west-1',
  roleArn: 'arn:aws:iam::111122223333:role/kohler_reltio',
  externalId: '5ez83245-6b31',
  access: ['list', 'read', 'write', 'delete'],
};

/** Runs the command on a hand-off; the vendor is a fake. */
async function connect(handoff: object | string, options: FakeOptions = {}, ...argv: string[]) {
  const asked: VendorOptions[] = [];
  const files = {
    'handoff.json': typeof handoff === 'string' ? handoff : JSON.stringify(handoff),
    'token.jwt': 'a.b.c\n',
  };
  return inFolder(files, async (dir) => {
    const vendor = (given: VendorOptions): Promise<Vendor> => {
      asked.push(given);
      return Promise.resolve(new Fake({ ...HANDED, ...(handoff as Partial<typeof HANDED>) }, options));
    };
    const words = argv.map((word) => word.replace('DIR', dir));
    const run = await runWith({ aws: { vendor } }, 'test-connection', join(dir, 'handoff.json'), ...words);
    return { ...run, err: run.err.replaceAll(dir, 'DIR'), asked };
  });
}

test('a right deployment is told line by line and ends with 0', async () => {
  const { exit, out, err, asked } = await connect(HANDOFF, {}, '--profile', 'reltio');
  expect([exit, err]).toEqual([0, '']);
  expect(asked).toEqual([{ region: 'eu-west-1', bucket: 'integrations-kohler', profile: 'reltio' }]);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toBe(
    'kohler_reltio (assumed-role): s3://integrations-kohler/reltio/ in eu-west-1: list, read, write, delete',
  );
  expect(lines.slice(1, -1).every((line) => line.startsWith('ok  '))).toBe(true);
  expect(lines.at(-1)).toBe(`kohler_reltio: ${lines.length - 2} steps, all as they must be`);
  expect(out).not.toContain('5ez83245');
});

test('lines come as the steps are done, not at the end', async () => {
  let out = '';
  const seen: string[] = [];
  const handoff = inFolder({ 'handoff.json': JSON.stringify(HANDOFF) }, async (dir) => {
    const fails = (action: string) => {
      if (action === 'PutObject' && seen.length === 0) seen.push(out);
      return undefined;
    };
    const vendor = () => Promise.resolve(new Fake(HANDED, { fails }));
    const { cli } = await import('../../lib/command/program/cli');
    const never = () => Promise.reject(new Error('AWS was asked'));
    const aws = { vendor, stackOutputs: never, secretValue: never, user: never, heldKeyId: never, stacks: never };
    await cli(['test-connection', join(dir, 'handoff.json')], {
      ...{ err: () => {}, today: '2026-11-22', aws, git: never, run: never },
      out: (text) => {
        out += text;
      },
    });
  });
  await handoff;
  expect(seen[0]).toMatch(/ok {4}list/);
  expect(seen[0]).not.toMatch(/ok {4}put/);
});

test('what is wrong ends with 1, with cause and who must mend it', async () => {
  const allows = (action: string, on: string | undefined) =>
    action === 'GetBucketPolicy' || (action !== 'DeleteObject' && confined(HANDED)(action, on));
  const { exit, out } = await connect(HANDOFF, { allows });
  expect(exit).toBe(1);
  expect(out).toMatch(
    /^FAIL {2}delete .*AccessDenied \(HTTP 403\): Access Denied\n {6}cause: .*delete.*\n {6}to mend: the bucket's owner: .*npx cdk deploy kohler/m,
  );
  expect(out).toMatch(/^FAIL {2}bucket-policy +NOT denied/m);
  expect(out).toMatch(/kohler_reltio: 3 of \d+ steps went wrong: delete, bucket-policy, clean-up\n$/);
});

test('--json prints one document and nothing else', async () => {
  const { exit, out, err } = await connect(HANDOFF, { trusts: () => true }, '--json');
  expect([exit, err]).toEqual([1, '']);
  const { integration, ok, steps } = JSON.parse(out);
  expect([integration, ok]).toEqual(['kohler_reltio', false]);
  expect(steps.find(({ step }: { step: string }) => step === 'assume-without-external-id')).toEqual({
    step: 'assume-without-external-id',
    expected: 'denied',
    outcome: 'works',
    code: 'external-id-not-asked',
    cause: 'the trust of arn:aws:iam::111122223333:role/kohler_reltio does not ask for the external ID',
    who: 'owner',
    fix: expect.stringContaining('npx cdk deploy kohler'),
    detail: 'arn:aws:iam::111122223333:role/kohler_reltio',
  });
});

test('what handoff writes is read as it was meant, whatever the kind', async () => {
  const files = {
    'settings.yaml': "account: '111122223333'\nregion: eu-west-1\n",
    'kohler/client.yaml': '',
    'kohler/reltio.yaml': 'vendor: reltio\nprincipals: [arn:aws:iam::123456789876:user/x]\nexternalId: 5ez83245-6b31\n',
    'kohler/named.yaml':
      'kind: assumed-role\nprincipals: [arn:aws:iam::123456789876:user/x]\nexternalId: abc\nroleSessionName: to-*\nexpires: 2027-05-31\n',
    'kohler/adobe.yaml': 'kind: access-key\nreason: x\naccess: [write, acl]\n',
    'kohler/trust.yaml': 'kind: direct-trust\nprincipals: [arn:aws:iam::123456789876:role/x]\n',
    'kohler/token.yaml': 'kind: web-identity\nprovider: https://accounts.google.com\naudiences: [abc]\nsubjects: [x]\n',
  };
  await inFolder(files, async (dir) => {
    const read = async (name: string) => readHandoff((await run('handoff', name, '--dir', dir, '--json')).out);
    expect(await read('kohler_reltio')).toMatchObject({ ...HANDED, roleSessionName: undefined, expires: undefined });
    expect(await read('kohler_named')).toMatchObject({ roleSessionName: 'to-named', expires: '2027-05-31' });
    expect(await read('kohler_adobe')).toMatchObject({ kind: 'access-key', access: ['write', 'acl'], externalIds: [] });
    expect(await read('kohler_trust')).toMatchObject({ kind: 'direct-trust', prefix: 'trust/', accessAssumed: false });
    expect(await read('kohler_token')).toMatchObject({ roleArn: 'arn:aws:iam::111122223333:role/kohler_token' });
  });
});

test('setup information alone is taken, and it is said what is assumed', async () => {
  const { access: _, ...setup } = HANDOFF;
  const { exit, err, out } = await connect(setup);
  // The fake grants delete, which is not assumed.
  expect(exit).toBe(1);
  expect(err).toBe(
    'note: DIR/handoff.json does not say what is granted; list, read, write is assumed (--access says otherwise)\n',
  );
  expect(out).toContain('more is deployed than the hand-off says: delete');
  expect(await connect(setup, {}, '--access', 'list,read,write,delete')).toMatchObject({ exit: 0, err: '' });
});

test('a token opens the session of web-identity', async () => {
  const { externalId: _, ...handoff } = { ...HANDOFF, kind: 'web-identity', externalIds: [] };
  expect(await connect(handoff, {}, '--token-file', 'DIR/token.jwt')).toMatchObject({ exit: 0, err: '' });
  const wrong = await connect(handoff, {}, '--token-file', 'DIR/handoff.json');
  expect([wrong.exit, wrong.err]).toEqual([
    1,
    'DIR/handoff.json does not hold a token: three parts with dots between them\n',
  ]);
});

test('of roles-anywhere it is said where the session comes from', async () => {
  const handoff = { ...HANDOFF, kind: 'roles-anywhere', externalIds: [], externalId: undefined };
  const { exit, err } = await connect(handoff);
  expect([exit, err]).toEqual([
    0,
    'note: the session is the one that aws_signing_helper opens, as credential_process of the profile\n',
  ]);
});

describe('what cannot be begun', () => {
  test.each<[string, object | string, string[], number, string | RegExp]>([
    [
      'no JSON',
      'no {json',
      [],
      1,
      /^DIR\/handoff.json is not JSON; write one with bucket-integrations handoff NAME --format json\n$/,
    ],
    [
      'one that is suspended',
      { ...HANDOFF, status: 'suspended' },
      [],
      1,
      /^DIR\/handoff.json says that kohler_reltio is suspended/,
    ],
    [
      'a token for another kind',
      HANDOFF,
      ['--token-file', 'DIR/token.jwt'],
      2,
      '--token-file is for web-identity, not for assumed-role\n',
    ],
    ['a strange capability', HANDOFF, ['--access', 'list,fly'], 2, /"fly" is not a capability; give some of list,read/],
    ['a strange duration', HANDOFF, ['--duration', '5m'], 2, /"5m" is not a session duration; write 15m to 12h/],
    ['an object elsewhere', HANDOFF, ['--object', 'other/x'], 2, '--object other/x is not under reltio/\n'],
    ['an outside object inside', HANDOFF, ['--outside', 'reltio/x'], 2, '--outside reltio/x is under reltio/\n'],
  ])('%s', async (_, handoff, argv, exit, err) => {
    const run = await connect(handoff, {}, ...argv);
    expect([run.exit, run.out, run.asked]).toEqual([exit, '', []]);
    if (typeof err === 'string') expect(run.err).toBe(err);
    else expect(run.err).toMatch(err);
  });

  test('a file that is not there', async () => {
    const run = await runWith({}, 'test-connection', 'nowhere.json');
    expect(run).toEqual({
      exit: 1,
      out: '',
      err: 'nowhere.json is not there; write it with bucket-integrations handoff NAME --format json > FILE\n',
    });
  });

  test('no file', async () => {
    expect(await runWith({}, 'test-connection')).toMatchObject({ exit: 2, out: '' });
  });
});
