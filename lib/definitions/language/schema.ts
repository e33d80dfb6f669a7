/**
 * The definition language: every key of the three files, with its type, rule, default and meaning.
 * Validation, the JSON Schemas under schema/ and the README's tables of keys all come from here.
 */
import { z } from 'zod';
import { Capability, canonicalPrefix, checkPrefix } from '../../rules/confinement';
import { checkSessionDuration } from '../../rules/duration';
import type { Finding } from '../../rules/finding';
import { checkInternalPrefix, checkInternalPrincipal, checkOrganization } from '../../rules/internal';
import {
  checkAccount,
  checkBucketName,
  checkContact,
  checkIamName,
  checkIamPath,
  checkKeyArn,
  checkLogPrefix,
  checkManagedPolicyArn,
  checkRegion,
  checkTrustAnchorArn,
  checkWebAddress,
} from '../../rules/names';
import { checkPrincipalOf, type PrincipalKind } from '../../rules/principal';
import { checkExact, checkProvider } from '../../rules/provider';
import { checkDate, checkSourceIp, checkSourceVpc, checkVpcEndpoint } from '../../rules/restrictions';
import { checkRemoveAtMost, checkStackPart, REMOVE_AT_MOST, STACK_PARTS } from '../../rules/stacks';
import { checkExternalId, checkRoleSessionName } from '../../rules/trust';
import { KeySlot, KINDS, type Kind, Status } from '../../rules/vocabulary';
import { daysKey, flag, type KeyMeta, listKey, mapping, number, oneOf, tags, textKey } from './key-types';

const principals = (kind: PrincipalKind, description: string) =>
  listKey(
    { description, default: 'required, unless the integration is pending or suspended' },
    textKey({ description: 'A principal.', examples: ['arn:aws:iam::111122223333:role/exporter'] }, (value) =>
      checkPrincipalOf(kind, value),
    ),
  );

const account = (byDefault: string) =>
  textKey({ description: 'The AWS account, twelve digits.', default: byDefault, pattern: '^\\d{12}$' }, checkAccount);
const region = (byDefault: string) =>
  textKey({ description: 'The AWS region.', default: byDefault, examples: ['eu-west-1'] }, checkRegion);
const FROM_ENVIRONMENT = "the CDK environment's, otherwise none";
const FROM_SETTINGS = "the settings'";

const capabilities = z.enum(Object.values(Capability) as [Capability, ...Capability[]]);

/** Keys of an integration that a company can ask of every one. */
export const REQUIRABLE = ['owner', 'request', 'description', 'reviewBy', 'expires', 'contact'] as const;

export type RequirableKey = (typeof REQUIRABLE)[number];

const accept = listKey(
  {
    description: 'Warnings that are meant: a list of `{code, reason, until}`; `until`, a day, is optional.',
    default: 'none',
  },
  z.strictObject({
    code: textKey({ description: 'The code of the warning.', default: 'required' }),
    reason: textKey({ description: 'Why it is meant.', default: 'required' }, (value) => notBlank('reason', value)),
    until: textKey(
      { description: 'The day from which it is a warning again.', default: 'for good' },
      checkDate,
    ).optional(),
  }),
);

function notBlank(what: string, value: string): Finding[] {
  if (value.trim() !== '') return [];
  return [{ code: 'empty-value', message: `${what} is empty`, fix: 'say it' }];
}

/** One entry of `internal`. */
const internalEntry = z.strictObject({
  principals: listKey(
    { description: 'Roles, users and accounts of ours.', default: 'none; needed without `organization`' },
    textKey({ description: 'A principal of ours.' }, checkInternalPrincipal),
  ).optional(),
  organization: flag({
    description: 'Everybody of `organization`; with `principals`, both must hold.',
    default: '`false`',
  }).optional(),
  access: listKey({ description: 'What they may do.', default: '`[list, read]`' }, capabilities).optional(),
  prefix: textKey({ description: 'Only under it.', default: 'the whole bucket' }, checkInternalPrefix).optional(),
  grant: flag({
    description: "Write what they need into the bucket's policy; `false` only says that it is meant.",
    default: '`true`',
  }).optional(),
  reason: textKey({ description: 'Why, for people.', default: 'none' }).optional(),
});

const internal = (description: string) =>
  listKey(
    {
      description: `${description} A list of \`{principals, organization, access, prefix, grant, reason}\`.`,
      default: 'none',
    },
    internalEntry,
  );

export const settingsShape = {
  account: account(FROM_ENVIRONMENT),
  region: region(FROM_ENVIRONMENT),
  bucketPrefix: textKey(
    { description: 'What bucket names begin with: `<bucketPrefix>-<client>`.', default: '`integrations`' },
    (value) => checkBucketName(`${value}-client`),
  ),
  tags: tags({ description: 'Tags on every taggable resource.', default: 'none' }),
  permissionsBoundary: textKey(
    { description: 'ARN of the managed policy that bounds every role and user.', default: 'none' },
    checkManagedPolicyArn,
  ),
  rolePath: textKey(
    {
      description: 'IAM path of every role and user. Set it before the first deployment: changing it replaces them.',
      default: '`/`',
      examples: ['/integrations/'],
    },
    checkIamPath,
  ),
  ownAccounts: listKey(
    { description: 'Further accounts that are ours.', default: 'none' },
    textKey({ description: 'Twelve digits.', pattern: '^\\d{12}$' }, checkAccount),
  ),
  organization: textKey(
    { description: 'Our AWS Organization.', default: 'none', examples: ['o-a1b2c3d4e5'] },
    checkOrganization,
  ),
  internal: internal("Who of our own company reaches every client's bucket."),
  require: listKey({ description: 'Keys that every integration must have.', default: 'none' }, z.enum(REQUIRABLE)),
  company: mapping(
    { description: 'The letterhead of hand-offs: `name`, `contact` (a mail address or URL), `url`.', default: 'none' },
    {
      name: textKey({ description: "The company's name.", default: 'required' }, (value) => notBlank('name', value)),
      contact: textKey({ description: 'Where vendors ask.', default: 'none' }, checkContact).optional(),
      url: textKey({ description: "The company's page.", default: 'none' }, checkWebAddress).optional(),
    },
  ),
  accept,
  accessLogs: mapping(
    {
      description: 'S3 server access logs of every bucket that is created: `bucket`, `prefix`.',
      default: 'none',
    },
    {
      bucket: textKey({ description: 'The bucket that receives the logs.', default: 'required' }, (value) =>
        checkBucketName(value, { existing: true }).length === 0 ? [] : checkBucketName(value),
      ),
      prefix: textKey({ description: "What the logs' keys begin with.", default: 'none' }, checkLogPrefix).optional(),
    },
  ),
  removeAtMost: number(
    {
      description: 'How many clients one `deploy --end-removed` may end unless you give their number.',
      default: `\`${REMOVE_AT_MOST.byDefault}\``,
    },
    REMOVE_AT_MOST.least,
    REMOVE_AT_MOST.most,
    checkRemoveAtMost,
  ),
};

export const bucketShape = {
  // What only an existing bucket may be called is judged with the other keys.
  name: textKey({ description: "The bucket's name.", default: '`<bucketPrefix>-<client>`' }, (value) =>
    checkBucketName(value, { existing: true }).length === 0 ? [] : checkBucketName(value),
  ),
  existing: flag({
    description: 'Use an existing bucket; never create, change or delete it.',
    default: '`false`',
  }),
  kmsKey: textKey(
    { description: 'Encrypt with a KMS key: `create`, or the ARN of a key.', default: 'none (SSE-S3)' },
    (value) => (value === 'create' ? [] : checkKeyArn(value)),
  ),
  versioned: flag({ description: 'Keep overwritten and deleted objects as earlier versions.', default: '`true`' }),
  lifecycle: mapping(
    {
      description:
        'What is cleaned up: `abortUploadsAfterDays`, `expireObjectsAfterDays`, `expireOldVersionsAfterDays`.',
      default: '`{abortUploadsAfterDays: 7}`',
    },
    {
      abortUploadsAfterDays: daysKey({
        description: 'Clean up uploads that were never completed.',
        default: '`7`',
      }).optional(),
      expireObjectsAfterDays: daysKey({
        description: 'Expire objects this long after they were written.',
        default: 'never',
      }).optional(),
      expireOldVersionsAfterDays: daysKey({
        description: 'Expire earlier versions this long after they were replaced.',
        default: 'never',
      }).optional(),
    },
  ),
  eventBridge: flag({ description: 'Emit object events to Amazon EventBridge.', default: '`false`' }),
};

const optionalBucketKeys = z.strictObject(bucketShape).partial().shape;

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
