import { notedIntents, notedInternal } from '../../lib/changes/noted-intents';
import type { PrintedStacks } from '../../lib/changes/printed-stacks';
import { load } from '../../lib/definitions/load';
import { bucketOf, type Client } from '../../lib/definitions/model/model';
import { internalIntentOf, placementOf } from '../../lib/definitions/model/placement';
import { setupFrom } from '../../lib/handoff/handoff';
import type { Intent } from '../../lib/rules/intent';
import { UNKNOWN } from '../../lib/rules/limits';
import { intentOf } from '../../lib/rules/meant';
import { AppTemplates, printed, section } from '../../lib/templates';
import { recordOf } from '../../lib/text/record';
import { EVERY_SHAPE, ROLE } from '../support/every-shape';
import { inFolder } from '../support/folder';
import { quickStack, quickTemplate } from '../support/quick-template';

const FILES: Readonly<Record<string, string>> = {
  ...EVERY_SHAPE,
  'settings.yaml':
    'account: "111122223333"\nregion: eu-west-1\nrolePath: /integrations/\nownAccounts: ["444455556666"]\norganization: o-a1b2c3d4e5\ninternal: [{organization: true}, {principals: ["444455556666", "111122223333"], access: [list, read, write], prefix: in/}, {principals: ["444455556666"], grant: false}]\n',
  'a/shared.yaml':
    'kind: assumed-role\ntrusts: [{principal: "111122223333", externalId: a-1}, {principal: "arn:aws:iam::444455556666:role/x"}]\nsessionTags: true\nsourceIdentity: true\nselfAssume: true\nsourceVpcs: [vpc-0a1b2c3d4e5f67890]\n',
  'a/hub.yaml':
    'kind: web-identity\nprovider: https://token.actions.githubusercontent.com\naudiences: [sts.amazonaws.com]\nsubjects: ["repo:octo-org/octo-repo:*"]\nsessionTags: true\nroleName: OIDC_hub\n',
  'a/half.yaml': 'kind: roles-anywhere\nstatus: pending\ntrustAnchor: {certificate: ca.pem}\n',
  'a/other-half.yaml': 'kind: roles-anywhere\nstatus: suspended\nsubject: {commonName: x, organization: y}\n',
  'a/unknown-issuer.yaml': 'kind: web-identity\nstatus: pending\naudiences: [x]\n',
  'a/named-issuer.yaml':
    'kind: web-identity\nprovider: "arn:aws:iam::111122223333:oidc-provider/login.example.com/z"\naudiences: [x]\nroleSessionName: y-*\n',
  'a/limited.yaml': `kind: assumed-role\nprincipals: [${ROLE}]\nexternalIds: [a-1, b-2]\nroleName: uc-a\nexpires: 2030-01-01\nsourceIps: [203.0.113.0/24]\nvpcEndpoints: [vpce-0a1b2c3d4e5f67890]\n`,
};

const { clients } = inFolder(FILES, (dir) => load(dir)).deployment;
const integrations = clients.flatMap((client) => client.integrations.map((one) => [client, one] as const));
const templates = new Map(clients.map((client) => [client.name, templateOf(client)]));
const noted = new Map(
  [...templates.values()].flatMap((template) =>
    notedIntents(template).map((intent): [string, Intent] => [intent.integration, intent]),
  ),
);

/** A client's template in the partition of its region, which its app leaves to CloudFormation. */
function templateOf(client: Client): PrintedStacks {
  return JSON.parse(withPartition(JSON.stringify(quickTemplate(client))));
}

function withPartition(text: string): string {
  return text.replaceAll('<AWS::Partition>', 'aws');
}

/** The values that a client's stacks put out. */
function outputsOf(client: Client): string[] {
  const stack = quickStack(client);
  const reader = new AppTemplates([stack]).reader(stack.name);
  const values = Object.values(section(stack, 'Outputs')).map((output) => recordOf(output).Value);
  return reader ? values.map((value) => withPartition(String(printed(value, reader)))) : [];
}

/** Whether a value comes to what the definitions foresee: where they only know how long it may be, anything does. */
function comesTo(actual: unknown, foreseen: unknown): boolean {
  if (typeof foreseen === 'string' && foreseen.includes('?')) {
    const [start = '', ...rest] = foreseen.split(/\?+/);
    const text = String(actual);
    const known = text.split(/<[^<>]+>/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return (
      new RegExp(`^${known.join('.+')}$`).test(foreseen) ||
      (text.startsWith(start) && rest.every((part) => text.includes(part)))
    );
  }
  if (typeof foreseen !== 'object' || foreseen === null) return actual === foreseen;
  if (typeof actual !== 'object' || actual === null) return false;
  const keys = new Set([...Object.keys(actual), ...Object.keys(foreseen)]);
  return [...keys].every((key) => comesTo(valueAt(actual, key), valueAt(foreseen, key)));
}

function valueAt(of: object, key: string): unknown {
  return (of as Readonly<Record<string, unknown>>)[key];
}

test('every integration of the definitions is noted, and no other', () => {
  expect([...noted.keys()].sort()).toEqual(integrations.map(([, { name }]) => name).sort());
});

test.each(integrations.map(([client, one]) => [one.name, client, one] as const))(
  '%s is meant to be the same by its definition and by its construct',
  (name, client, one) => {
    const [actual, foreseen] = [noted.get(name), intentOf(one, placementOf(client, one))];
    expect(comesTo(actual, foreseen) ? foreseen : actual).toEqual(foreseen);
  },
);

test.each(clients.map((client) => [client.name, client] as const))(
  '%s: internal access is meant to be the same by its definition and by its construct, in every bucket',
  (name, client) => {
    const buckets = [...new Set([client.bucket, ...client.integrations.map((one) => bucketOf(client, one))])];
    const template = templates.get(name);
    const actual = template ? notedInternal(template) : [];
    const foreseen = buckets.flatMap((bucket) =>
      client.internal.map((entry, at) => internalIntentOf(client, entry, bucket, at + 1)),
    );
    expect(actual).toHaveLength(foreseen.length);
    for (const each of foreseen) {
      const same = actual.find(({ place, sid }) => comesTo(place.bucketArn, each.place.bucketArn) && sid === each.sid);
      expect(comesTo(same, each) ? each : same).toEqual(each);
    }
  },
);

test('what differs is seen', () => {
  const same = { a: `x${UNKNOWN}y`, b: ['c'] };
  expect(comesTo({ a: 'x1y', b: ['c'] }, same)).toBe(true);
  expect(comesTo({ a: '<Key.Arn>', b: ['c'] }, same)).toBe(true);
  for (const other of [{ a: 'x1', b: ['c'] }, { a: 'x1y', b: [] }, { a: 'x1y', b: ['c'], d: 1 }, { a: 'x1y' }]) {
    expect(comesTo(other, same)).toBe(false);
  }
});

test.each(integrations.map(([client, one]) => [one.name, client, one] as const))(
  '%s: the stack puts out what the hand-off said before, and what only AWS knows',
  (name, client, one) => {
    const setups = outputsOf(client).flatMap((value) => (value.startsWith('{') ? [JSON.parse(value)] : []));
    const setup = setups.find(({ integration }) => integration === name);
    const foreseen = JSON.parse(JSON.stringify(setupFrom(client, one)));
    expect(setup).toMatchObject(foreseen);
    const more = Object.keys(setup).filter((key) => !(key in foreseen));
    expect(more.filter((key) => !/^(?:profileArn|trustAnchorArn|accessPointAlias|kmsKeyArn)$/.test(key))).toEqual([]);
    if (bucketOf(client, one).kmsKey === undefined) expect(more).not.toContain('kmsKeyArn');
  },
);

test('a note says nothing of what is not known yet', () => {
  expect(noted.get('a_later')?.trusts).toEqual({ by: 'certificate', subject: {} });
  expect(noted.get('a_half')?.trusts).toEqual({
    by: 'certificate',
    trustAnchorArn: expect.stringMatching(/:trust-anchor\/<halfTrustAnchor\w+>$/),
    subject: {},
    authority: expect.any(String),
  });
  expect(noted.get('a_unknown-issuer')?.trusts).toEqual({
    by: 'token',
    providerArn: 'arn:aws:iam::111122223333:oidc-provider/',
    audiences: ['x'],
    subjects: [],
  });
});
