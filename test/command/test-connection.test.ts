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

/** Runs the command on a hand-off, with credentials that are said to be the vendor's; the vendor is a fake. */
function connect(handoff: object | string, options: FakeOptions = {}, ...argv: string[]) {
  return connectIn({}, handoff, options, ...argv, ...(argv.includes('--profile') ? [] : ['--any-bucket']));
}

/** As {@link connect}, with definitions in `DIR/integrations`, and nothing said of the credentials. */
async function connectIn(
  definitions: Readonly<Record<string, string>>,
  handoff: object | string,
  options: FakeOptions = {},
  ...argv: string[]
) {
  const asked: VendorOptions[] = [];
  const files = {
    'handoff.json': typeof handoff === 'string' ? handoff : JSON.stringify(handoff),
    'token.jwt': 'a.b.c\n',
    ...Object.fromEntries(Object.entries(definitions).map(([file, text]) => [`integrations/${file}`, text])),
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
  expect(lines.at(-1)).toBe(`kohler_reltio: ${lines.length - 2} steps, all as expected`);
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
    const others = { secretValue: never, user: never, heldKeyId: never, account: never, stacks: never };
    const aws = { vendor, stackOutputs: never, ...others };
    await cli(['test-connection', join(dir, 'handoff.json'), '--any-bucket'], {
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
    /^FAIL {2}delete .*AccessDenied \(HTTP 403\): Access Denied\n {6}cause: .*delete.*\n {6}to fix: the bucket's owner: .*npx cdk deploy kohler/m,
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
    'note: DIR/handoff.json does not say what is granted; list, read, write is assumed (change it with --access)\n',
  );
  expect(out).toContain('more is deployed than the hand-off says: delete');
  expect(await connect(setup, {}, '--access', 'list,read,write,delete')).toMatchObject({ exit: 0, err: '' });
});

describe('the credentials of the shell', () => {
  const ROLE = 'kind: assumed-role\nprincipals: [arn:aws:iam::123456789876:user/x]\nexternalId: 5ez83245-6b31\n';
  const DEFINED = { 'kohler/client.yaml': "account: '111122223333'\n", 'kohler/reltio.yaml': ROLE };
  const { externalId: _, roleArn, ...place } = HANDOFF;
  const refused = (why: string) =>
    `error[unknown-bucket]: DIR/handoff.json ${why}: the credentials of this shell are not used there; name the vendor's with --profile NAME, or say that these may be used with --any-bucket\n`;

  test('are used for what a definition says', async () => {
    expect(await connectIn(DEFINED, HANDOFF, {}, '--dir', 'DIR/integrations')).toMatchObject({ exit: 0, err: '' });
    // Of an account that no definition names, its name is all that there is to compare.
    const anywhere = { ...DEFINED, 'kohler/client.yaml': '' };
    expect(await connectIn(anywhere, HANDOFF, {}, '--dir', 'DIR/integrations')).toMatchObject({ exit: 0, err: '' });
  });

  test.each<[what: string, definitions: Readonly<Record<string, string>>, handoff: object, why: string]>([
    [
      'an unknown client',
      { 'acme/client.yaml': '' },
      HANDOFF,
      'names kohler_reltio, and DIR/integrations has no definition of it',
    ],
    [
      'an unknown integration',
      { 'kohler/client.yaml': '' },
      HANDOFF,
      'names kohler_reltio, and DIR/integrations has no definition of it',
    ],
    [
      'a definition that is broken',
      { ...DEFINED, 'kohler/reltio.yaml': 'kind: [' },
      HANDOFF,
      'names kohler_reltio, and DIR/integrations has no definition of it',
    ],
    [
      'another bucket',
      DEFINED,
      { ...HANDOFF, bucket: 'somebody-elses' },
      'names the bucket "somebody-elses", and the definition integrations-kohler',
    ],
    [
      'another kind, which would use them in the bucket itself',
      DEFINED,
      { ...place, kind: 'access-key' },
      'names the kind access-key, and the definition assumed-role',
    ],
    [
      'another role',
      DEFINED,
      { ...HANDOFF, roleArn: `${roleArn}2` },
      `names the role ${roleArn}2, which is not the definition's`,
    ],
    [
      'a role of another account',
      DEFINED,
      { ...HANDOFF, roleArn: roleArn.replace('111122223333', '999988887777') },
      `names the role arn:aws:iam::999988887777:role/kohler_reltio, which is not the definition's`,
    ],
    [
      'an alias, which can be of any access point',
      {
        ...DEFINED,
        'kohler/reltio.yaml': 'kind: direct-trust\nprincipals: [arn:aws:iam::123456789876:user/x]\naccessPoint: true\n',
      },
      {
        ...{ ...place, kind: 'direct-trust', accessPointAlias: 'kohler--reltio-abc-s3alias' },
        accessPointArn: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/kohler--reltio',
      },
      'names the access point alias "kohler--reltio-abc-s3alias", and no definition can tell whose that is',
    ],
  ])('are not used for %s, unless that is said', async (_, definitions, handoff, why) => {
    const dir = ['--dir', 'DIR/integrations'];
    const { exit, out, err, asked } = await connectIn(definitions, handoff, {}, ...dir);
    expect([exit, out, err, asked]).toEqual([1, '', refused(why), []]);
    for (const said of [['--any-bucket'], ['--profile', 'vendor']])
      expect((await connectIn(definitions, handoff, {}, ...dir, ...said)).asked).toHaveLength(1);
  });

  test('are not used where there are no definitions, as with a vendor', async () => {
    const { exit, err, asked } = await connectIn({}, { ...HANDOFF, integration: 'nobody_reltio' });
    expect([exit, asked]).toEqual([1, []]);
    expect(err).toBe(refused('names nobody_reltio, and integrations has no definition of it'));
  });
});

test('a token opens the session of web-identity', async () => {
  const { externalId: _, ...handoff } = { ...HANDOFF, kind: 'web-identity', externalIds: [] };
  expect(await connect(handoff, {}, '--token-file', 'DIR/token.jwt')).toMatchObject({ exit: 0, err: '' });
  const wrong = await connect(handoff, {}, '--token-file', 'DIR/handoff.json');
  expect([wrong.exit, wrong.err]).toEqual([
    1,
    'error[bad-token]: DIR/handoff.json does not hold a token; give the JSON Web Token itself: three parts with dots between them\n',
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
      /^error\[bad-handoff\]: DIR\/handoff.json is not JSON; write one with bucket-integrations handoff NAME --format json\n$/,
    ],
    [
      'one that is suspended',
      { ...HANDOFF, status: 'suspended' },
      [],
      1,
      /^error\[bad-handoff\]: DIR\/handoff.json says that kohler_reltio is suspended/,
    ],
    [
      'a token for another kind',
      HANDOFF,
      ['--token-file', 'DIR/token.jwt'],
      2,
      'error[wrong-kind]: --token-file is for web-identity, not for assumed-role; leave it out\n',
    ],
    ['a strange capability', HANDOFF, ['--access', 'list,fly'], 2, /"fly" is not a capability; give some of list,read/],
    ['a strange duration', HANDOFF, ['--duration', '5m'], 2, /"5m" is not a session duration; write 15m to 12h/],
    [
      'an object elsewhere',
      HANDOFF,
      ['--object', 'other/x'],
      2,
      'error[wrong-key]: --object other/x is not under reltio/; name one that is\n',
    ],
    [
      'an outside object inside',
      HANDOFF,
      ['--outside', 'reltio/x'],
      2,
      'error[wrong-key]: --outside reltio/x is under reltio/; name one that is not\n',
    ],
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
      err: 'error[cannot-read]: nowhere.json does not exist; write it with bucket-integrations handoff NAME --format json > FILE\n',
    });
  });

  test('no file', async () => {
    expect(await runWith({}, 'test-connection')).toMatchObject({ exit: 2, out: '' });
  });
});
