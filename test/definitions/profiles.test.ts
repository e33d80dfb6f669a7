import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Profile, Way } from '../../lib/definitions/profiles/profile';
import { profileIn } from '../../lib/definitions/profiles/read-profile';
import { rulesOf } from '../../lib/definitions/profiles/ways';
import { Capability } from '../../lib/rules/confinement';
import { parseSessionDuration } from '../../lib/rules/duration';
import { checkAccount, checkBucketName, checkRegion } from '../../lib/rules/names';
import { checkPrincipal } from '../../lib/rules/principal';

const FOLDER = path.join(__dirname, '../../vendors');

/** The vendors whose requirements are verified. */
const VENDORS = [
  'adobe',
  'airbyte',
  'aligni',
  'amplitude',
  'azure-data-factory',
  'bigquery-omni',
  'boomi',
  'braze',
  'databricks',
  'datadog',
  'fivetran',
  'looker',
  'mixpanel',
  'okta-workflows',
  'prequel',
  'reltio',
  'segment',
  'snowflake',
];

const PLACEHOLDERS = [
  'bucket',
  'prefix',
  'path',
  'region',
  'roleArn',
  'roleName',
  'accountId',
  'externalId',
  'accessKeyId',
  'secretAccessKey',
  'profileArn',
  'trustAnchorArn',
  'sessionName',
  'duration',
  'certificate',
  'privateKey',
  'kmsKeyArn',
  'principal',
  'provider',
  'audience',
  'subject',
  'client',
  'vendor',
  'integration',
];

/** The keys of an integration file that the contract gives to every kind. */
const COMMON_KEYS = [
  'site',
  'description',
  'request',
  'owner',
  'status',
  'prefix',
  'wholeBucket',
  'dedicatedBucket',
  'access',
  'expires',
  'sourceIps',
  'vpcEndpoints',
];

/** Those that it gives to one kind. */
const KIND_KEYS: Readonly<Record<Way['kind'], readonly string[]>> = {
  'assumed-role': [
    'principals',
    'externalId',
    'externalIds',
    'maxSessionDuration',
    'roleName',
    'roleSessionName',
    'selfAssume',
  ],
  'direct-trust': ['principals'],
  'access-key': ['reason', 'reviewBy', 'keys'],
  'roles-anywhere': ['trustAnchor', 'subject', 'sessionDuration', 'acceptRoleSessionName'],
  'web-identity': ['provider', 'audiences', 'subjects', 'roleSessionName', 'maxSessionDuration'],
};

/** What the vendor cannot do without, besides what every kind has. */
const NEEDED: Readonly<Record<Way['kind'], readonly (readonly string[])[]>> = {
  'assumed-role': [['roleArn', 'roleName']],
  'direct-trust': [['bucket']],
  'access-key': [['accessKeyId'], ['secretAccessKey']],
  'roles-anywhere': [['profileArn'], ['roleArn'], ['trustAnchorArn'], ['certificate'], ['privateKey']],
  'web-identity': [['roleArn', 'roleName']],
};

const text = (name: string) => fs.readFileSync(path.join(FOLDER, `${name}.yaml`), 'utf8');
const profile = (name: string): Profile => {
  const read = profileIn(name, text(name));
  if ('title' in read) return read;
  throw new Error(JSON.stringify(read));
};
const access = (way: Way) => (way.defaults?.access ?? []) as string[];
const placeholders = (way: Way) =>
  way.fields.flatMap(({ value }) => [...value.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name as string));
const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);

test('every verified vendor has a profile, and nothing else is in the folder', () => {
  expect(fs.readdirSync(FOLDER).sort()).toEqual(VENDORS.map((name) => `${name}.yaml`));
});

describe.each(VENDORS)('%s', (name) => {
  test('has a name that an integration can have', () => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(name.length).toBeLessThanOrEqual(32);
  });

  test('is a profile', () => {
    expect(profileIn(name, text(name))).toHaveProperty('title');
  });

  test('is written in short lines without anchors', () => {
    const lines = text(name).split('\n');
    expect(lines.filter((line) => line.length >= 120)).toEqual([]);
    expect(lines.filter((line) => /^\s*(?:- |[\w-]+: )[&*]\w/.test(line) || /\t| $/.test(line))).toEqual([]);
  });

  test('has regular expressions that compile, and fit a name that they are for', () => {
    const { rules, ways } = profile(name);
    const forms = ways.flatMap((way) => {
      const { bucketName, roleName, prefix, roleSessionName } = rulesOf(profile(name), way);
      return [bucketName, roleName, prefix, roleSessionName, way.externalId];
    });
    const patterns = forms.flatMap((rule) => (rule?.pattern === undefined ? [] : [rule.pattern]));
    for (const pattern of patterns) {
      expect(() => whole(pattern)).not.toThrow();
      // The whole is matched by whoever uses it.
      expect(pattern).not.toMatch(/^\^|[^)]\$$/);
    }
    if (rules?.bucketName) expect('kohler-exports-2').toMatch(whole(rules.bucketName.pattern));
    if (rules?.prefix) expect(`${name}/`).toMatch(whole(rules.prefix.pattern));
  });

  test('has regions and durations that there are', () => {
    const { rules } = profile(name);
    expect((rules?.regions ?? []).flatMap(checkRegion)).toEqual([]);
    const durations = [
      rules?.maxSessionDuration?.least,
      rules?.maxSessionDuration?.most,
      ...profile(name).ways.flatMap(({ defaults, rules: own }) => [
        defaults?.maxSessionDuration,
        defaults?.sessionDuration,
        own?.maxSessionDuration?.least,
        own?.maxSessionDuration?.most,
      ]),
    ].filter((duration) => duration !== undefined) as string[];
    for (const duration of durations) expect(parseSessionDuration(duration)).toBeGreaterThanOrEqual(900);
  });

  test('ranks an access key last', () => {
    const kinds = profile(name).ways.map((way) => way.kind);
    expect(kinds.slice(0, -1)).not.toContain('access-key');
  });

  describe.each(profile(name).ways.map((way) => [way.name ?? way.kind, way] as const))('%s', (_, way) => {
    const { kind } = way;

    test('names setup information that there is', () => {
      expect(placeholders(way).filter((placeholder) => !PLACEHOLDERS.includes(placeholder))).toEqual([]);
      // A brace that is not part of a placeholder would reach the vendor.
      for (const { value } of way.fields) expect(value.replaceAll(/\{[^{}]*\}/g, '')).not.toMatch(/[{}]/);
    });

    test('names what the vendor cannot do without', () => {
      const named = placeholders(way);
      for (const oneOf of NEEDED[kind]) expect(oneOf.some((placeholder) => named.includes(placeholder))).toBe(true);
    });

    test('says each label once', () => {
      const labels = way.fields.map(({ label, when = '' }) => `${label} ${when}`);
      expect(labels).toEqual([...new Set(labels)]);
    });

    test('has defaults that the kind has keys for', () => {
      const known = [...COMMON_KEYS, ...KIND_KEYS[kind]];
      expect(Object.keys(way.defaults ?? {}).filter((key) => !known.includes(key))).toEqual([]);
    });

    test('asks for what the kind has keys for', () => {
      const known = [...COMMON_KEYS, ...KIND_KEYS[kind]];
      expect((way.sends ?? []).map(({ key }) => key).filter((key) => !known.includes(key))).toEqual([]);
    });

    test('gives by default what it cannot do without', () => {
      expect(access(way)).toEqual(expect.arrayContaining(rulesOf(profile(name), way).access ?? []));
    });

    test('gives capabilities, each once', () => {
      const known: string[] = Object.values(Capability);
      expect(access(way).length).toBeGreaterThan(0);
      expect(access(way).filter((capability) => !known.includes(capability))).toEqual([]);
      expect(access(way)).toEqual([...new Set(access(way))]);
    });

    test('says why, where it shows names that are not its own', () => {
      for (const capability of [Capability.ROOT_LIST, Capability.LIST_BUCKETS]) {
        if (access(way).includes(capability)) expect(way.note).toContain(capability);
      }
      // No bucket policy can allow it.
      if (kind === 'direct-trust') expect(access(way)).not.toContain(Capability.LIST_BUCKETS);
    });

    test('has principals that can be trusted', () => {
      const principals = (way.defaults?.principals ?? []) as string[];
      expect(principals.flatMap(checkPrincipal)).toEqual([]);
      // Twelve digits without quotes would be a number.
      expect(principals.every((principal) => typeof principal === 'string')).toBe(true);
    });

    test('trusts a whole account only with an external ID', () => {
      const principals = (way.defaults?.principals ?? []) as string[];
      if (principals.some((principal) => checkAccount(principal).length === 0))
        expect(way.externalId?.use).toBe('required');
    });

    test('says whence what it does not know comes', () => {
      const asked = (way.sends ?? []).map(({ key }) => key);
      const given = [...Object.keys(way.defaults ?? {}), ...asked];
      const bySite = Object.values(way.bySite ?? {}).flatMap(Object.keys);
      if (kind === 'assumed-role' || kind === 'direct-trust') expect([...given, ...bySite]).toContain('principals');
      if (way.bySite && way.defaults?.principals === undefined) expect(asked).toContain('site');
      if (kind === 'web-identity') expect(given).toEqual(expect.arrayContaining(['provider', 'subjects', 'audiences']));
      if (way.externalId?.use === 'required' && way.externalId.madeBy === 'vendor')
        expect(asked).toContain('externalId');
      expect(asked.filter((key) => Object.hasOwn(way.defaults ?? {}, key))).toEqual([]);
    });

    test('says who makes the external ID, and only where there is one', () => {
      if (kind !== 'assumed-role') expect(way.externalId).toBeUndefined();
      else if (way.externalId?.use !== 'refused') expect(way.externalId?.madeBy).toBeDefined();
    });

    test('takes a whole bucket exactly where the vendor knows no prefix', () => {
      expect(way.defaults?.wholeBucket === true).toBe(rulesOf(profile(name), way).bucket === 'whole');
    });

    test('says where its files are', () => {
      const named = placeholders(way);
      if (profile(name).rules?.bucket === 'whole') expect(named).toContain('bucket');
      else if (named.includes('bucket')) {
        expect(named.includes('prefix') || named.includes('path')).toBe(true);
      }
    });
  });
});

const BUCKETS: readonly [string, string, boolean][] = [
  ['aligni', 'kohler-aligni', true],
  ['aligni', 'kohler_aligni', false],
  ['aligni', 'Kohler', false],
  ['aligni', '192.0.2.1', false],
  ['databricks', 'kohler.example', false],
  ['amplitude', 'kohler.example', false],
  ['adobe', 'kohler.example', false],
  ['adobe', 'kohler-', false],
];

test.each(BUCKETS)('%s takes the bucket name %s: %s', (name, bucket, taken) => {
  const pattern = profile(name).rules?.bucketName?.pattern as string;
  expect(whole(pattern).test(bucket)).toBe(taken);
  if (taken) expect(checkBucketName(bucket)).toEqual([]);
});

const EXTERNAL_IDS: readonly [string, string, boolean][] = [
  ['snowflake', 'MYACCOUNT_SFCRole=2_a123456/s0aBCDEfGHIJklmNoPq=', true],
  ['snowflake', 'MYACCOUNT_SFCRole=2_a123456/s0aBCDEfGHIJklmNoPq', false],
  ['snowflake', 'MYACCOUNT_SFCRole=2', false],
  ['snowflake', 'our-own-id', true],
  ['databricks', '11111111-2222-4333-8444-555555555555', true],
  ['databricks', '0000', false],
  ['airbyte', '11111111-2222-4333-8444-555555555555', true],
  ['fivetran', 'accompanying_legged', true],
  ['fivetran', 'accompanying-legged', false],
];

test.each(EXTERNAL_IDS)('%s makes the external ID %s: %s', (name, id, made) => {
  const pattern = profile(name).ways.find((way) => way.kind === 'assumed-role')?.externalId?.pattern as string;
  expect(whole(pattern).test(id)).toBe(made);
});
