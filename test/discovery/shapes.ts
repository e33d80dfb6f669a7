/** Definitions of every shape: every kind, with every capability, condition and way of naming somebody. */
import { Capability } from '../../lib/rules/confinement';
import { EVERY_SHAPE } from '../support/every-shape';

const VENDOR = '444455556666';
const role = (name: string) => `arn:aws:iam::${VENDOR}:role/vendor/${name}`;

/** What each kind needs to be active. */
const ACTIVE: Readonly<Record<string, readonly string[]>> = {
  'assumed-role': [`principals: [${role('exporter')}]`, 'externalId: 7f3c9a52-external'],
  'direct-trust': [`principals: [${role('exporter')}]`],
  'roles-anywhere': ['trustAnchor: {certificate: ca.pem}', 'subject: {commonName: edge}'],
  'web-identity': ['provider: https://login.vendor.example/feeds', 'audiences: [feeds]', 'subjects: [feed-1]'],
  'access-key': ['reason: The vendor has nothing else'],
};

/** Capabilities of a shared bucket, with what others they come with. */
const ACCESS: readonly string[] = [
  // Of list-buckets alone the bucket is not reached.
  ...Object.values(Capability).map((each) => (each === Capability.LIST_BUCKETS ? `[read, ${each}]` : `[${each}]`)),
  '[read, delete]',
  '[delete, versions]',
  '[list, read, delete, tags]',
  '[list, root-list]',
];

const CONDITIONS: readonly string[] = [
  'expires: 2027-03-31',
  'sourceIps: [203.0.113.7, 198.51.100.0/24]',
  'vpcEndpoints: [vpce-0a1b2c3d4e5f67890]',
  'sourceVpcs: [vpc-0a1b2c3d4e5f67890]',
  'sourceIps: ["2001:db8::/32"]\nvpcEndpoints: [vpce-0a1b2c3d4e5f67890]\nexpires: 2027-01-01\naccess: [read]',
];

const TRUSTS: Readonly<Record<string, readonly string[]>> = {
  'assumed-role': [
    'principals: ["999900001111"]\nexternalIds: [one-of-two, two-of-two]',
    'principals: ["999900001111"]\nallowWholeAccount: true',
    `principals: [${role('a')}, "${role('b')}", arn:aws:iam::777788889999:user/c]`,
    `trusts: [{principal: ${role('a')}, externalId: of-a-alone}, {principal: ${role('b')}}]`,
    `principals: [${role('a')}]\nroleSessionName: vendor-*\nmaxSessionDuration: 1h30m`,
    `principals: [${role('a')}]\nroleSessionName: export\nsessionTags: true\nsourceIdentity: true`,
    `principals: [${role('a')}]\nselfAssume: true\nexternalId: x_SFCRole=2_a/b=`,
    `principals: [${role('a')}]\nroleName: Vendor-Dictates.This`,
    `principals: [${role('a')}]\nprefix: deep/er/place`,
  ],
  'direct-trust': [
    `principals: ["999900001111"]\nallowWholeAccount: true`,
    `principals: [${'0123456789abcdef'.repeat(4)}]`,
    `principals: [${role('a')}, arn:aws:iam::777788889999:user/c]`,
    `principals: [${role('a')}]\naccessPoint: true`,
    `principals: [${role('a')}]\nprefix: "we(ird)'/pre=fix+@,"`,
  ],
  'roles-anywhere': [
    'trustAnchor: {certificate: ca.pem}\nsubject: {commonName: x, organization: Vendor Inc, organizationalUnit: Feeds}\nsessionDuration: 15m\nacceptRoleSessionName: true',
  ],
  'web-identity': [
    'provider: https://login.vendor.example/feeds\naudiences: [feeds]\nroleSessionName: feed\nsessionTags: true',
    'provider: https://token.actions.githubusercontent.com\naudiences: [sts.amazonaws.com]\nsubjects: ["repo:octo-org/octo-repo:*"]',
    'provider: https://accounts.google.com\naudiences: ["104182323391028490742"]\nsubjects: ["104182323391028490742"]\nmaxSessionDuration: 12h',
  ],
  'access-key': ['reason: x\nkeys: [a, b]', 'reason: x\nkeys: [b]'],
};

/** One client for each kind, beside one of each thing that a definition can ask for. */
export const SHAPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    // Somebody outside, and not of the account itself.
    Object.entries(EVERY_SHAPE).map(([file, text]) => [
      file,
      text.replaceAll('111122223333:role/x', '888800001111:role/x'),
    ]),
  ),
  'settings.yaml': 'account: "111122223333"\nregion: eu-west-1\n',
  ...Object.fromEntries(Object.keys(ACTIVE).flatMap((kind) => filesOf(kind))),
};

function filesOf(kind: string): [string, string][] {
  const active = ACTIVE[kind] ?? [];
  const possible = ACCESS.filter((access) => kind !== 'direct-trust' || !access.includes(Capability.LIST_BUCKETS));
  const texts = [
    ...possible.map((access) => [...active, `access: ${access}`]),
    ...CONDITIONS.map((condition) => [...active, condition]),
    ...(TRUSTS[kind] ?? []).map((trust) => [trust]),
  ];
  // The policy of one bucket has no room for all direct trusts.
  const clients = [0, 1].map((half) => `${kind.replace('-', '')}${half}`);
  return [
    ...clients.flatMap((client): [string, string][] => [
      [`${client}/client.yaml`, kind === 'direct-trust' ? '' : `bucket: {name: ${client}-data, existing: true}\n`],
      [`${client}/ca.pem`, EVERY_SHAPE['a/ca.pem'] ?? ''],
    ]),
    ...texts.map((lines, at): [string, string] => [
      `${clients[at % 2]}/v${at + 1}.yaml`,
      [`kind: ${kind}`, ...lines, ''].join('\n'),
    ]),
  ];
}
