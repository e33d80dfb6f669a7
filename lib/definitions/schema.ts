/**
 * The definition language: every key of the three files, with its type, rule, default and meaning.
 * Validation, the JSON Schemas under schema/ and the README's tables of keys all come from here.
 */
import { z } from 'zod';
import { Capability, canonicalPrefix, checkPrefix } from '../rules/confinement';
import { checkSessionDuration } from '../rules/duration';
import { type Finding, quote } from '../rules/finding';
import {
  checkAccount,
  checkBucketName,
  checkIamName,
  checkKeyArn,
  checkManagedPolicyArn,
  checkRegion,
  checkTag,
} from '../rules/names';
import { checkDate, checkSourceIp, checkVpcEndpoint } from '../rules/restrictions';
import { checkExternalId, checkPrincipalOf, checkRoleSessionName, type PrincipalKind } from '../rules/trust';
import { KeySlot, Status } from '../rules/vocabulary';

/** The kinds of integration. */
export const KINDS = ['assumed-role', 'direct-trust', 'access-key'] as const;
export type Kind = (typeof KINDS)[number];

/** What the tables of keys and the JSON Schemas say of a key. */
export interface KeyMeta {
  readonly description: string;
  /** The default as behaviour, in Markdown. */
  readonly default?: string;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
}

function text(meta: KeyMeta, check: (value: string) => Finding[] = () => []) {
  return z
    .string()
    .check((context) => {
      for (const finding of check(context.value)) {
        context.issues.push({ code: 'custom', input: context.value, message: finding.message, params: { finding } });
      }
    })
    .meta(json(meta));
}

function list<T extends z.ZodType>(meta: KeyMeta, member: T) {
  return z.array(member).min(1).meta(json(meta));
}

function flag(meta: KeyMeta) {
  return z.boolean().meta(json(meta));
}

function oneOf<const T extends readonly [string, ...string[]]>(meta: KeyMeta, values: T) {
  return z.enum(values).meta(json(meta));
}

function days(meta: KeyMeta) {
  return text(meta, (value) =>
    /^[1-9]\d{0,4}$/.test(value)
      ? []
      : [
          {
            code: 'bad-days',
            message: `${quote(value)} is not a number of days`,
            fix: 'write a whole number from 1 to 99999',
          },
        ],
  ).meta({ ...json(meta), days: true });
}

function json({ description, default: byDefault, examples, pattern }: KeyMeta): Record<string, unknown> {
  return { description, ...(byDefault && { byDefault }), ...(examples && { examples }), ...(pattern && { pattern }) };
}

const principals = (kind: PrincipalKind, description: string) =>
  list(
    { description, default: 'required, unless the integration is pending or suspended' },
    text({ description: 'A principal.', examples: ['arn:aws:iam::111122223333:role/exporter'] }, (value) =>
      checkPrincipalOf(kind, value),
    ),
  );

const account = (byDefault: string) =>
  text({ description: 'The AWS account, twelve digits.', default: byDefault, pattern: '^\\d{12}$' }, checkAccount);
const region = (byDefault: string) =>
  text({ description: 'The AWS region.', default: byDefault, examples: ['eu-west-1'] }, checkRegion);
const FROM_ENVIRONMENT = "the CDK environment's, else none";
const FROM_SETTINGS = "the settings'";

function tags(meta: KeyMeta) {
  return z
    .record(z.string(), z.string())
    .check((context) => {
      for (const [key, value] of Object.entries(context.value)) {
        for (const finding of checkTag(key, value)) {
          context.issues.push({
            code: 'custom',
            input: value,
            path: [key],
            message: finding.message,
            params: { finding },
          });
        }
      }
    })
    .meta(json(meta));
}

export const settingsShape = {
  account: account(FROM_ENVIRONMENT),
  region: region(FROM_ENVIRONMENT),
  bucketPrefix: text(
    { description: 'What bucket names begin with: `<bucketPrefix>-<client>`.', default: '`integrations`' },
    (value) => checkBucketName(`${value}-client`),
  ),
  tags: tags({ description: 'Tags on every taggable resource.', default: 'none' }),
  permissionsBoundary: text(
    { description: 'ARN of the managed policy that bounds every role and user.', default: 'none' },
    checkManagedPolicyArn,
  ),
  accessLogs: z
    .strictObject({
      bucket: text({ description: 'The bucket that receives the logs.', default: 'required' }, checkBucketName),
      prefix: text({ description: "What the logs' keys begin with.", default: 'none' }).optional(),
    })
    .meta(
      json({
        description: 'S3 server access logs of every bucket that is created: `bucket`, `prefix`.',
        default: 'none',
      }),
    ),
};

export const bucketShape = {
  name: text({ description: "The bucket's name.", default: '`<bucketPrefix>-<client>`' }, checkBucketName),
  existing: flag({
    description: 'Use a bucket that is there already; never create, change or delete it.',
    default: '`false`',
  }),
  kmsKey: text(
    { description: 'Encrypt with a KMS key: `create`, or the ARN of a key.', default: 'none (SSE-S3)' },
    (value) => (value === 'create' ? [] : checkKeyArn(value)),
  ),
  versioned: flag({ description: 'Keep overwritten and deleted objects as earlier versions.', default: '`true`' }),
  lifecycle: z
    .strictObject({
      abortUploadsAfterDays: days({
        description: 'Clean up uploads that were never completed.',
        default: '`7`',
      }).optional(),
      expireObjectsAfterDays: days({
        description: 'Expire objects this long after they were written.',
        default: 'never',
      }).optional(),
      expireOldVersionsAfterDays: days({
        description: 'Expire earlier versions this long after they were replaced.',
        default: 'never',
      }).optional(),
    })
    .meta(
      json({
        description:
          'What is cleaned up: `abortUploadsAfterDays`, `expireObjectsAfterDays`, `expireOldVersionsAfterDays`.',
        default: '`{abortUploadsAfterDays: 7}`',
      }),
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
  bucket: z
    .strictObject(optionalBucketKeys)
    .meta(json({ description: "The client's bucket.", default: 'created, with the defaults below' })),
};

export const commonShape = {
  kind: oneOf({ description: 'How the vendor is let in.', default: 'required, unless `vendor` supplies it' }, KINDS),
  description: text({ description: 'What the integration is for.', default: 'none' }),
  request: text({ description: 'The ticket in which it was asked for.', default: 'none' }),
  owner: text({ description: 'Who answers for it.', default: 'none' }),
  status: oneOf(
    {
      description: '`pending` and `suspended`: resources exist with stable names, and nobody can use them.',
      default: '`active`',
    },
    [Status.ACTIVE, Status.PENDING, Status.SUSPENDED],
  ),
  prefix: text(
    {
      description: 'Where it may act. A leading `/` is dropped, a missing one at the end added.',
      default: '`<vendor file name>/`',
    },
    (value) => checkPrefix(canonicalPrefix(value)),
  ),
  wholeBucket: flag({ description: 'Instead of `prefix`, with a `dedicatedBucket`.', default: '`false`' }),
  dedicatedBucket: z.strictObject({ ...optionalBucketKeys, name: bucketShape.name }).meta(
    json({
      description: 'A bucket of its own: `name`, and the keys of `bucket`.',
      default: "none: the client's bucket",
    }),
  ),
  access: list(
    { description: 'What it may do there.', default: '`[list, read, write]`' },
    z.enum(Object.values(Capability) as [Capability, ...Capability[]]),
  ),
  expires: text({ description: 'The day at whose first instant (UTC) access ends.', default: 'never' }, checkDate),
  sourceIps: list(
    { description: 'Only from these IP addresses and CIDR ranges.', default: 'from everywhere' },
    text({ description: 'An address or range.', examples: ['203.0.113.0/24'] }, checkSourceIp),
  ),
  vpcEndpoints: list(
    { description: 'Only through these VPC endpoints.', default: 'from everywhere' },
    text({ description: 'The id of a VPC endpoint.', examples: ['vpce-0a1b2c3d4e5f67890'] }, checkVpcEndpoint),
  ),
};

const allowWholeAccount = flag({
  description: 'Accept a whole account as principal without an external ID.',
  default: '`false`',
});

export const kindShapes = {
  'assumed-role': {
    principals: principals('assumed-role', 'Role and user ARNs; whole accounts as twelve digits or root ARN.'),
    externalId: text(
      { description: 'What the vendor must send with every `sts:AssumeRole`.', default: 'none' },
      checkExternalId,
    ),
    externalIds: list(
      { description: 'As `externalId`, several: one of them must be sent.', default: 'none' },
      text({ description: 'An external ID.' }, checkExternalId),
    ),
    maxSessionDuration: text(
      {
        description: 'The longest session, `15m` to `12h`. One hour at most where the vendor chains roles.',
        default: '`1h`',
      },
      checkSessionDuration,
    ),
    roleName: text({ description: "The role's name.", default: 'the full name' }, (value) =>
      checkIamName('role', value),
    ),
    roleSessionName: text(
      { description: 'The session name that the vendor must use, exact or with `*` inside.', default: 'any' },
      checkRoleSessionName,
    ),
    selfAssume: flag({ description: 'The role may assume itself.', default: '`false`' }),
    allowWholeAccount,
  },
  'direct-trust': {
    principals: principals(
      'direct-trust',
      'Role and user ARNs; canonical user ids; whole accounts as twelve digits or root ARN.',
    ),
    allowWholeAccount,
  },
  'access-key': {
    reason: text({ description: 'Why no role will do.', default: 'required' }),
    reviewBy: text(
      { description: 'The day by which somebody asks again whether a key is needed.', default: 'none' },
      checkDate,
    ),
    keys: list(
      { description: 'The slots that hold a key: `[a]`, `[a, b]` while rotating, `[b]` after.', default: '`[a]`' },
      z.enum([KeySlot.A, KeySlot.B]),
    ),
  },
} satisfies Record<Kind, Record<string, z.ZodType>>;

/** The keys of an integration file of one kind. */
export function integrationShape<K extends Kind>(kind: K): typeof commonShape & (typeof kindShapes)[K] {
  return { ...commonShape, ...kindShapes[kind] };
}
