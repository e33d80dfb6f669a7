/**
 * The definition language: every key of the three files, with its type, rule, default and meaning.
 * Validation, the JSON Schemas under schema/ and the README's tables of keys all come from here.
 */
import { z } from 'zod';
import { Capability, canonicalPrefix, checkPrefix } from '../../rules/confinement';
import { checkSessionDuration } from '../../rules/duration';
import {
  checkAccount,
  checkBucketName,
  checkIamName,
  checkKeyArn,
  checkLogPrefix,
  checkManagedPolicyArn,
  checkRegion,
  checkTrustAnchorArn,
} from '../../rules/names';
import { checkPrincipalOf, type PrincipalKind } from '../../rules/principal';
import { checkExact, checkProvider } from '../../rules/provider';
import { checkDate, checkSourceIp, checkVpcEndpoint } from '../../rules/restrictions';
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
  accessLogs: mapping(
    {
      description: 'S3 server access logs of every bucket that is created: `bucket`, `prefix`.',
      default: 'none',
    },
    {
      bucket: textKey({ description: 'The bucket that receives the logs.', default: 'required' }, checkBucketName),
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
  name: textKey({ description: "The bucket's name.", default: '`<bucketPrefix>-<client>`' }, checkBucketName),
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
  description: textKey({ description: 'What the integration is for.', default: 'none' }),
  request: textKey({ description: 'The ticket that requests it.', default: 'none' }),
  owner: textKey({ description: 'Who is responsible for it.', default: 'none' }),
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
  access: listKey(
    { description: 'What it may do there.', default: '`[list, read, write]`' },
    z.enum(Object.values(Capability) as [Capability, ...Capability[]]),
  ),
  expires: textKey({ description: 'The day on which access ends, at 00:00 UTC.', default: 'never' }, checkDate),
  sourceIps: listKey(
    { description: 'Only from these IP addresses and CIDR ranges.', default: 'from anywhere' },
    textKey({ description: 'An address or range.', examples: ['203.0.113.0/24'] }, checkSourceIp),
  ),
  vpcEndpoints: listKey(
    { description: 'Only through these VPC endpoints.', default: 'from anywhere' },
    textKey({ description: 'The id of a VPC endpoint.', examples: ['vpce-0a1b2c3d4e5f67890'] }, checkVpcEndpoint),
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
    roleName: textKey({ description: "The role's name.", default: 'the full name' }, (value) =>
      checkIamName('role', value),
    ),
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
      exact({ description: 'A subject.' }, 'the subject'),
    ),
    roleSessionName,
    maxSessionDuration: maxSessionDuration(''),
  },
  'access-key': {
    reviewBy: textKey(
      { description: 'The day by which somebody asks again whether a key is needed.', default: 'none' },
      checkDate,
    ),
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
