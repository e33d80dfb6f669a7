/**
 * The definition language: every key of a client and of an integration, with its type, rule, default and meaning; beside it
 * those of the settings and of a bucket.
 * Validation, the JSON Schemas under schema/ and the tables of docs/definitions.md all come from here.
 */
import { z } from 'zod';
import { canonicalPrefix, checkPrefix } from '../../rules/confinement';
import { checkSessionDuration } from '../../rules/duration';
import { checkIamName, checkTrustAnchorArn } from '../../rules/names';
import { checkPrincipalOf } from '../../rules/principal';
import { checkExact, checkProvider } from '../../rules/provider';
import { checkDate, checkSourceIp, checkSourceVpc, checkVpcEndpoint } from '../../rules/restrictions';
import { checkStackPart, STACK_PARTS } from '../../rules/stacks';
import { checkExternalId, checkRoleSessionName } from '../../rules/trust';
import { KeySlot, KINDS, type Kind, Status } from '../../rules/vocabulary';
import { bucketShape, optionalBucketKeys } from './bucket-keys';
import { flag, type KeyMeta, listKey, mapping, number, oneOf, tags, textKey } from './key-types';
import { accept, account, capabilities, FROM_SETTINGS, internal, principals, region } from './shared-keys';

export const clientShape = {
  account: account(FROM_SETTINGS),
  region: region(FROM_SETTINGS),
  tags: tags({
    description: 'Tags on every taggable resource of this client, over those of the settings.',
    default: 'none',
  }),
  title: textKey({ description: "The client's name for people.", default: 'its name here' }),
  internal: internal("Who of our own company reaches this client's buckets, besides the settings'."),
  accept,
  bucket: mapping(
    { description: "The client's bucket.", default: 'created, with the defaults below' },
    optionalBucketKeys,
  ),
};

export const commonShape = {
  kind: oneOf({ description: 'How the vendor gets access.', default: 'required, unless `vendor` supplies it' }, KINDS),
  vendor: textKey({
    description:
      'A vendor profile (`bucket-integrations vendors`): supplies the kind and defaults, and its rules are checked.',
    default: 'none',
  }),
  way: textKey({
    description: "By its name, the way of the vendor's profile that is gone, where it has several of one kind.",
    default: "the profile's first, or its first of `kind`",
  }),
  site: textKey({
    description: "By its name, the vendor's own site or region, where its profile differs by them.",
    default: 'none',
  }),
  description: textKey({ description: 'What the integration is for.', default: 'none' }),
  request: textKey({ description: 'The ticket that requests it.', default: 'none' }),
  owner: textKey({ description: 'Who is responsible for it.', default: 'none' }),
  contact: textKey({ description: 'Who to reach at the vendor.', default: 'none' }),
  reviewBy: textKey(
    { description: 'The day by which somebody asks again whether it is needed.', default: 'none' },
    checkDate,
  ),
  accept,
  reason: textKey({
    description: 'Why this kind, and no safer one that the vendor can use.',
    default: 'required for `access-key`, and for a kind that the profile ranks below another',
  }),
  status: oneOf(
    {
      description: '`pending` and `suspended`: resources exist with stable names, and nobody can use them.',
      default: '`active`',
    },
    [Status.ACTIVE, Status.PENDING, Status.SUSPENDED],
  ),
  prefix: textKey(
    {
      description: 'Where it may act. A leading `/` is dropped, a missing one at the end added.',
      default: '`<vendor file name>/`',
    },
    (value) => checkPrefix(canonicalPrefix(value)),
  ),
  wholeBucket: flag({ description: 'Instead of `prefix`, with a `dedicatedBucket`.', default: '`false`' }),
  dedicatedBucket: mapping(
    {
      description: 'A bucket of its own: `name`, and the keys of `bucket`.',
      default: "none: the client's bucket",
    },
    { ...optionalBucketKeys, name: bucketShape.name },
  ),
  access: listKey({ description: 'What it may do there.', default: '`[list, read, write]`' }, capabilities),
  expires: textKey({ description: 'The day on which access ends, at 00:00 UTC.', default: 'never' }, checkDate),
  sourceIps: listKey(
    { description: 'Only from these IP addresses and CIDR ranges.', default: 'from anywhere' },
    textKey({ description: 'An address or range.', examples: ['203.0.113.0/24'] }, checkSourceIp),
  ),
  vpcEndpoints: listKey(
    { description: 'Only through these VPC endpoints.', default: 'from anywhere' },
    textKey({ description: 'The id of a VPC endpoint.', examples: ['vpce-0a1b2c3d4e5f67890'] }, checkVpcEndpoint),
  ),
  sourceVpcs: listKey(
    { description: 'Only from these VPCs, through an endpoint in them.', default: 'from everywhere' },
    textKey({ description: 'The id of a VPC.', examples: ['vpc-0a1b2c3d4e5f67890'] }, checkSourceVpc),
  ),
  stackPart: number(
    {
      description:
        "The number of its stack, `2` to `99`, if the client's own stack is full. Never change it after the deployment.",
      default: "the client's own stack",
    },
    STACK_PARTS.least,
    STACK_PARTS.most,
    checkStackPart,
  ),
};

const maxSessionDuration = (most: string) =>
  textKey({ description: `The longest session, \`15m\` to \`12h\`.${most}`, default: '`1h`' }, checkSessionDuration);
const roleSessionName = textKey(
  { description: 'The session name that the vendor must use, exact or with `*` inside.', default: 'any' },
  checkRoleSessionName,
);
const roleName = textKey({ description: "The role's name.", default: 'the full name' }, (value) =>
  checkIamName('role', value),
);
const sessionTags = flag({
  description: 'The caller may send session tags (`sts:TagSession`), as EKS Pod Identity and some others always do.',
  default: '`false`',
});
const exact = (meta: KeyMeta, what: string) => textKey(meta, (value) => checkExact(what, value));

const allowWholeAccount = flag({
  description: 'Accept a whole account as principal without an external ID.',
  default: '`false`',
});

export const kindShapes = {
  'assumed-role': {
    principals: principals('assumed-role', 'Role and user ARNs; whole accounts as twelve digits or root ARN.'),
    externalId: textKey(
      { description: 'What the vendor must send with every `sts:AssumeRole`.', default: 'none' },
      checkExternalId,
    ),
    externalIds: listKey(
      { description: 'As `externalId`, several: one of them must be sent.', default: 'none' },
      textKey({ description: 'An external ID.' }, checkExternalId),
    ),
    maxSessionDuration: maxSessionDuration(' One hour at most if the vendor chains roles.'),
    trusts: listKey(
      {
        description:
          'Instead of `principals` and `externalId`, a list of `{principal, externalId}` where each principal has its own.',
        default: 'none',
      },
      z.strictObject({
        principal: textKey({ description: 'A principal.', default: 'required' }, (value) =>
          checkPrincipalOf('assumed-role', value),
        ),
        externalId: textKey({ description: 'What it must send.', default: 'none' }, checkExternalId).optional(),
      }),
    ),
    roleName,
    sessionTags,
    sourceIdentity: flag({
      description: 'The caller may set a source identity (`sts:SetSourceIdentity`).',
      default: '`false`',
    }),
    roleSessionName,
    selfAssume: flag({ description: 'The role may assume itself.', default: '`false`' }),
    allowWholeAccount,
  },
  'direct-trust': {
    principals: principals(
      'direct-trust',
      'Role and user ARNs; canonical user ids; whole accounts as twelve digits or root ARN.',
    ),
    allowWholeAccount,
    accessPoint: flag({
      description:
        "Grant access by an S3 access point of its own instead of the bucket's policy, which has room for few; the vendor uses its alias instead of the bucket name.",
      default: '`false`',
    }),
  },
  'roles-anywhere': {
    roleName,
    trustAnchor: mapping(
      {
        description:
          "The certificate authority of the vendor's certificate: `{certificate: file.pem}` beside this file, or the `{arn: …}` of a trust anchor.",
        default: 'required, unless the integration is pending or suspended',
      },
      {
        certificate: textKey({ description: 'A PEM file in the same folder.', default: 'none' }).optional(),
        arn: textKey({ description: 'An existing trust anchor.', default: 'none' }, checkTrustAnchorArn).optional(),
      },
    ),
    subject: mapping(
      {
        description:
          "The subject of the vendor's certificate: `commonName`, also `organization`, `organizationalUnit`.",
        default: 'required, unless the integration is pending or suspended',
      },
      {
        commonName: exact({ description: 'CN', default: 'required' }, 'the common name'),
        organization: exact({ description: 'O', default: 'any' }, 'the organization').optional(),
        organizationalUnit: exact({ description: 'OU', default: 'any' }, 'the organizational unit').optional(),
      },
    ),
    sessionDuration: textKey(
      { description: 'The length of a session, `15m` to `12h`.', default: '`1h`' },
      checkSessionDuration,
    ),
    acceptRoleSessionName: flag({ description: 'The vendor may choose the name of its session.', default: '`false`' }),
  },
  'web-identity': {
    provider: textKey(
      {
        description: "The issuer of the vendor's tokens, or the ARN of a provider that the account has already.",
        default: 'required, unless the integration is pending or suspended',
        examples: ['https://accounts.google.com'],
      },
      checkProvider,
    ),
    audiences: listKey(
      { description: "What the tokens' `aud` claim must be, one of them.", default: 'required, like `provider`' },
      exact({ description: 'An audience.' }, 'the audience'),
    ),
    subjects: listKey(
      {
        description: "What the tokens' `sub` claim must be, one of them.",
        default: 'required, unless `roleSessionName` is given',
      },
      // Whether it may end in * depends on the provider.
      textKey({ description: 'A subject, exact; of some issuers with `*` at its end.' }, (value) =>
        checkExact('the subject', value.replace(/(?<=.)\*$/s, '')),
      ),
    ),
    roleName,
    roleSessionName,
    sessionTags,
    maxSessionDuration: maxSessionDuration(''),
  },
  'access-key': {
    keys: listKey(
      {
        description: 'The slots that hold a key: `[a]`, `[a, b]` while rotating (the newer one last), `[b]` after.',
        default: '`[a]`',
      },
      z.enum([KeySlot.A, KeySlot.B]),
    ),
  },
} satisfies Record<Kind, Record<string, z.ZodType>>;

/** The keys of an integration file of one kind. */
export function integrationShape<K extends Kind>(kind: K): typeof commonShape & (typeof kindShapes)[K] {
  return integrationShapes[kind];
}

const integrationShapes = Object.fromEntries(
  KINDS.map((kind) => [kind, { ...commonShape, ...kindShapes[kind] }]),
) as unknown as { readonly [K in Kind]: typeof commonShape & (typeof kindShapes)[K] };
