import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { CATALOGUE } from '../../lib/definitions/profiles/catalogue';
import type { Profile } from '../../lib/definitions/profiles/profile';
import { profileIn } from '../../lib/definitions/profiles/read-profile';
import { AFTER_DEPLOYMENT } from '../../lib/handoff/fields';
import { handoffOf } from '../../lib/handoff/handoff';
import { stillOurs } from '../../lib/handoff/needed';
import { inFolder } from '../support/folder';
import { handedOff } from '../support/handed-off';
import { withoutRisks } from '../support/risks';
import { synthesizeFolder } from '../support/synth';

/** Profiles that a user wrote from other vendors' public pages: none needs code. */
const FOLDER = join(__dirname, '../data/own-profiles');

/** What each vendor has to send, for the first way of its profile. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  bitmovin: 'externalId: 7d0f0c1e-1111-4222-8333-000000000001',
  'cisco-umbrella': 'dedicatedBucket: {name: kohler-umbrella}',
  'cloudflare-logpush': '',
  coralogix:
    'principals: [arn:aws:iam::625240141681:role/coralogix-archive-eu1]\ndedicatedBucket: {name: kohler-coralogix}',
  fastly: 'externalId: 7i6HN3TK9wS159v2gPAZ8A',
  'github-actions': 'subjects: ["repo:kohler/feeds:ref:refs/heads/main"]',
  'hcp-terraform': 'subjects: ["organization:kohler:project:feeds:workspace:prod:run_phase:*"]',
  'microsoft-sentinel': 'roleSessionName: MicrosoftSentinel_11111111-2222-4333-8444-555555555555',
  mparticle: 'site: eu1\ndedicatedBucket: {name: mp-forwarding-kohler}',
  posthog: 'site: us\nexternalId: posthog-11111111-2222-4333-8444-555555555556',
  rudderstack: 'externalId: 30bK6N9S6Ca7C0SGITpgVsmRlIs',
  statsig: 'principals: [arn:aws:iam::999689269917:user/kohler]\ndedicatedBucket: {name: kohler-statsig}',
  stitch: '',
  'sumo-logic': 'externalId: "us1:0000000000285A74"',
  tailscale: 'externalId: 58ae3da2-37ed-431a-947c-19b86f4d378b',
  workato: 'externalId: workato_iam_external_id_6220965',
};

const names = readdirSync(FOLDER).map((file) => file.replace(/\.yaml$/, ''));
const textOf = (name: string) => readFileSync(join(FOLDER, `${name}.yaml`), 'utf8');
const profileOf = (name: string): Profile => {
  const read = profileIn(`${name}.yaml`, textOf(name));
  if ('title' in read) return read;
  throw new Error(JSON.stringify(read));
};
const text = (name: string) => `vendor: ${name}\n${DEFINITIONS[name]}\n`;

test('there are sixteen, of vendors that the catalogue does not have', () => {
  expect(Object.keys(DEFINITIONS).sort()).toEqual([...names].sort());
  expect(names).toHaveLength(16);
  const catalogue = readdirSync(CATALOGUE);
  expect(names.filter((name) => catalogue.includes(`${name}.yaml`))).toEqual([]);
});

test('between them they say all that a profile can', () => {
  const ways = names.flatMap((name) => profileOf(name).ways);
  const rules = names.flatMap((name) => {
    const profile = profileOf(name);
    return [profile.rules, ...profile.ways.map((way) => way.rules)].flatMap((each) => Object.keys(each ?? {}));
  });
  expect(new Set(ways.flatMap((way) => Object.keys(way)))).toEqual(
    new Set([
      ...['kind', 'note', 'defaults', 'bySite', 'byRegion', 'sends', 'externalId', 'noSubject', 'rules', 'fields'],
      'limits',
    ]),
  );
  expect([...new Set(rules)].sort()).toEqual([
    'access',
    'bucket',
    'bucketName',
    'lifecycle',
    'prefix',
    'regions',
    'roleName',
    'roleSessionName',
    'versioned',
  ]);
});

const FILES = {
  'integrations/settings.yaml': 'account: "111122223333"\nregion: eu-west-1\n',
  'integrations/kohler/client.yaml': 'bucket: {kmsKey: create}\n',
  ...Object.fromEntries(names.map((name) => [`integrations/kohler/${name}.yaml`, text(name)])),
  ...Object.fromEntries(names.map((name) => [`vendors/${name}.yaml`, textOf(name)])),
};

const found = inFolder(FILES, (dir) => {
  const definitions = join(dir, 'integrations');
  return { ...load(definitions), templates: synthesizeFolder(definitions) };
});
const [client] = found.deployment.clients;

test('their definitions have no problem', () => {
  expect(withoutRisks(found.problems)).toEqual([]);
});

test.each(names)('%s needs ten lines at most, and its hand-off has all that its screen asks for', (name) => {
  expect(text(name).trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  const integration = client?.integrations.find(({ vendor }) => vendor === name);
  if (!client || !integration || !found.templates.kohler) throw new Error(`no ${name}`);
  const profile = profileOf(name);
  const asked = (profile.ways[0]?.fields ?? []).filter(({ when }) => when !== 'no-kms-key');
  const { before, after } = handedOff(client, integration, profile, found.templates.kohler);
  for (const { fields } of [before, after])
    expect(fields.slice(0, asked.length).map(({ label }) => label)).toEqual(asked.map(({ label }) => label));
  expect(after.fields.filter(({ value, elsewhere }) => !value && elsewhere === AFTER_DEPLOYMENT)).toEqual([]);
  expect(after.needed).toEqual([]);
});

test('a pending one asks the vendor what the vendor knows, and not what is ours to make', () => {
  const pending = { ...FILES, 'integrations/kohler/bitmovin.yaml': 'vendor: bitmovin\nstatus: pending\n' };
  const both = { ...pending, 'integrations/kohler/posthog.yaml': 'vendor: posthog\nstatus: pending\n' };
  const { deployment } = inFolder(both, (dir) => load(join(dir, 'integrations')));
  const [kohler] = deployment.clients;
  const needs = (name: string) => {
    const integration = kohler?.integrations.find(({ vendor }) => vendor === name);
    if (!kohler || !integration) throw new Error(`no ${name}`);
    return {
      vendor: handoffOf(kohler, integration, profileOf(name), undefined).needed.map(({ key }) => key),
      owner: stillOurs(integration, profileOf(name)).map(({ key }) => key),
    };
  };
  expect(needs('posthog')).toEqual({ vendor: ['site', 'externalId'], owner: [] });
  expect(needs('bitmovin')).toEqual({ vendor: [], owner: ['externalId'] });
});
