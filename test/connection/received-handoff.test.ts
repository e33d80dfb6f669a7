import { readHandoff } from '../../lib/connection/received-handoff';
import { Capability } from '../../lib/rules/confinement';

const SETUP = {
  integration: 'kohler_reltio',
  kind: 'assumed-role',
  status: 'active',
  bucket: 'integrations-kohler',
  prefix: 'reltio/',
  region: 'eu-west-1',
  roleArn: 'arn:aws:iam::111122223333:role/kohler_reltio',
  externalId: '5ez83245-6b31',
};
const read = (value: unknown, access?: Capability[]) => readHandoff(JSON.stringify(value), access);

test('a hand-off says what is granted, and until when', () => {
  const rest = { access: ['list', 'delete'], expires: '2027-05-31', roleSessionName: 'reltio', fields: [], title: 'x' };
  expect(read({ ...SETUP, ...rest })).toEqual({
    integration: 'kohler_reltio',
    kind: 'assumed-role',
    bucket: 'integrations-kohler',
    prefix: 'reltio/',
    region: 'eu-west-1',
    roleArn: 'arn:aws:iam::111122223333:role/kohler_reltio',
    externalIds: ['5ez83245-6b31'],
    roleSessionName: 'reltio',
    access: ['list', 'delete'],
    accessAssumed: false,
    expires: '2027-05-31',
  });
});

test('the alias of an access point stands where a bucket does', () => {
  const { roleArn: _, ...setup } = { ...SETUP, kind: 'direct-trust' };
  const accessPointArn = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/kohler--reltio';
  const accessPointAlias = 'kohler--reltio-abc-s3alias';
  expect(read({ ...setup, accessPointArn, accessPointAlias })).toMatchObject({
    bucket: accessPointAlias,
    accessPointArn,
  });
  expect(read({ ...setup, accessPointArn })).toEqual({
    problem: expect.stringContaining('names no alias of its access point; make it from what is deployed'),
  });
});

test('setup information alone is taken too, also as the text that a stack puts out', () => {
  const expected = { access: ['list', 'read', 'write'], accessAssumed: true, externalIds: ['5ez83245-6b31'] };
  expect(read(SETUP)).toMatchObject(expected);
  expect(read(JSON.stringify(SETUP))).toMatchObject(expected);
  expect(read(SETUP, [Capability.LIST])).toMatchObject({ access: ['list'], accessAssumed: false });
});

test('external IDs are none, one or several', () => {
  const { externalId, ...without } = SETUP;
  expect(read(without)).toMatchObject({ externalIds: [] });
  expect(read({ ...without, externalIds: [externalId, 'other'] })).toMatchObject({
    externalIds: [externalId, 'other'],
  });
});

test.each<[string, unknown, RegExp]>([
  ['no JSON', undefined, /^is not JSON; write one with bucket-integrations handoff/],
  ['another document', { integration: 'x' }, /^is not a hand-off \(kind, status, bucket, prefix missing\); write/],
  ['a list', [SETUP], /^is not the hand-off of one integration/],
  [
    'outputs of a deployment',
    { 'integrations-kohler': { a: JSON.stringify(SETUP) } },
    /^is not the hand-off of one integration/,
  ],
  ['null', null, /^is not a hand-off/],
  [
    'another kind',
    { ...SETUP, kind: 'ftp' },
    /^has the kind "ftp", which does not exist; it is assumed-role, .* or access-key$/,
  ],
  [
    'one that is pending',
    { ...SETUP, status: 'pending' },
    /^says that kohler_reltio is pending: nobody can use it yet; complete/,
  ],
  [
    'one that is suspended',
    { ...SETUP, status: 'suspended' },
    /^says that kohler_reltio is suspended: nobody can use it; resume/,
  ],
  ['another status', { ...SETUP, status: 'on' }, /^has the status "on", which does not exist/],
  ['no region', { ...SETUP, region: undefined }, /^names no region; make it from what is deployed: .*--outputs FILE$/],
  [
    'a region that cannot be',
    { ...SETUP, region: 'Ireland' },
    /^cannot be used \(region: "Ireland" is not a region\); write one with/,
  ],
  ['no role', { ...SETUP, roleArn: undefined }, /^names no role; make it from what is deployed/],
  ['another capability', { ...SETUP, access: ['list', 'fly'] }, /^grants "fly", which is not a capability/],
  ['access that is no list', { ...SETUP, access: 'list' }, /^grants "list", which is not a capability/],
])('%s is told in one line', (_, value, problem) => {
  const read = readHandoff(value === undefined ? 'no {json' : JSON.stringify(value));
  expect(read).toEqual({ problem: expect.stringMatching(problem) });
  expect((read as { problem: string }).problem).not.toContain('\n');
});
