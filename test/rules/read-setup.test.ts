// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables, not JavaScript's
import { isLikeSetup, readSetup, type SetupInformation } from '../../lib/rules/setup-information';

const SETUP: SetupInformation = {
  integration: 'kohler_reltio',
  kind: 'assumed-role',
  status: 'active',
  bucket: 'integrations-kohler',
  prefix: 'reltio/',
  region: 'eu-west-1',
};
const UUID = '0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';

/** What is right, and what is not, of each key; a test below sees that no key is missing. */
const VALUES: {
  readonly [K in keyof Required<SetupInformation>]: readonly [right: readonly unknown[], wrong: readonly unknown[]];
} = {
  integration: [
    ['kohler_reltio', 'a-1_b-2'],
    ['kohler', 'kohler_', '_reltio', 'a_b_c', 'Kohler_reltio', 'a_$(x)', 5],
  ],
  kind: [
    ['direct-trust', 'access-key'],
    ['ftp', '', 'assumed-role\n', ['access-key']],
  ],
  status: [
    ['pending', 'suspended'],
    ['on', null],
  ],
  bucket: [
    ['integrations-kohler', 'Old_Bucket.of.2009', 'a'.repeat(63)],
    ['ab', '-option', 'a/b', 'a b', "a'b", 'a\u200bb', 'x'.repeat(256), 5],
  ],
  prefix: [
    ['', 'a/', "a/b!_.'()=+@,:-/"],
    ['a', '/', '../', 'a*/', '${x}/', 'a`b/', 'a\n/', undefined],
  ],
  region: [
    ['us-gov-west-1', 'eusc-de-east-1'],
    ['Ireland', 'eu-west-1;x', ''],
  ],
  roleArn: [
    ['arn:aws:iam::111122223333:role/x', 'arn:aws-cn:iam::111122223333:role/a/b;c/x'],
    ['arn:aws:iam::111122223333:user/x', '111122223333', 'arn:aws:iam::111122223333:role/x y', 'role'],
  ],
  externalId: [['X_SFCRole=2_a/b='], ['a', 'a b', '$(x)', ['ab']]],
  externalIds: [
    [['ab', 'cd'], []],
    ['ab', ['a'], [['ab']], Array.from({ length: 2000 }, () => 'ab')],
  ],
  kmsKeyArn: [
    [
      'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      'arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
    ],
    [
      'arn:aws:kms:eu-west-1:111122223333:alias/kohler',
      '1234abcd-12ab-34cd-56ef-1234567890ab',
      'arn:aws:kms:eu-west-1:111122223333:key/x;y',
      ['a'],
    ],
  ],
  accessPointArn: [
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint/kohler--reltio'],
    ['arn:aws:s3:eu-west-1:111122223333:bucket/x', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/x;y'],
  ],
  accessPointAlias: [['kohler--reltio-0a1b2c3d-s3alias'], ['kohler', '$(x)-s3alias']],
  profileArn: [
    [`arn:aws:rolesanywhere:eu-west-1:111122223333:profile/${UUID}`],
    [`arn:aws:rolesanywhere:eu-west-1:111122223333:profile/x`],
  ],
  trustAnchorArn: [
    [`arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/${UUID}`],
    [`arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/${UUID} --x`],
  ],
  secrets: [
    [{ a: 'integrations/kohler/reltio/a', b: 'integrations/kohler/reltio/b' }, {}],
    [{ a: 'integrations/acme/reltio/a' }, { c: 'integrations/kohler/reltio/c' }, { a: 5 }, 'x', null],
  ],
};

describe.each(Object.entries(VALUES))('%s', (key, [right, wrong]) => {
  test.each(right.map((value) => [JSON.stringify(value), value]))('can be %s', (_, value) => {
    const setup = { ...SETUP, [key]: value };
    expect(readSetup(setup)).toEqual(setup);
  });

  test.each(wrong.map((value) => [String(JSON.stringify(value)).slice(0, 60), value]))('cannot be %s', (_, value) => {
    // A value that is not there is missing where it must be, and no matter elsewhere.
    const { wrong: what } = readSetup(JSON.parse(JSON.stringify({ ...SETUP, [key]: value }))) as { wrong: string };
    expect(what).toMatch(value === undefined ? /^it lacks one of/ : new RegExp(`^${key}: `));
    expect(what).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });
});

test('what is beside the known keys is left out', () => {
  expect(readSetup({ ...SETUP, title: 'x', fields: [] })).toEqual(SETUP);
  expect(Object.keys(readSetup(JSON.parse(`{"__proto__": {"a": 1}, ${JSON.stringify(SETUP).slice(1)}`)))).toEqual(
    Object.keys(SETUP),
  );
});

test.each([null, 'x', 5, [], {}, { integration: 'a_b' }])('%j is no setup information', (value) => {
  expect(isLikeSetup(value)).toBe(false);
  expect(readSetup(value)).toEqual({ wrong: expect.stringMatching(/^it lacks one of integration, kind/) });
});
