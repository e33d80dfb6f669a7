import { counted } from '../text/plural';
import { quote } from '../text/quote';
import type { Finding } from './finding';

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MAX_NAME = 32;

/** What is wrong with a client's or vendor's name. */
export function checkName(role: 'client' | 'vendor', name: string): Finding[] {
  if (name === 'constructor') {
    const message = `${quote(name)} is a word that the CDK does not accept as a name`;
    return [{ code: 'bad-name', message, fix: 'choose another, for example constructor-1' }];
  }
  if (NAME.test(name) && name.length <= MAX_NAME) return [];
  const mended = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, MAX_NAME)
    .replace(/-$/, '');
  return [
    {
      code: 'bad-name',
      message:
        name.length > MAX_NAME
          ? `the ${role} name ${quote(name)} is longer than ${MAX_NAME} characters`
          : `${quote(name)} cannot name a ${role}`,
      fix: `use lower-case letters and digits with single hyphens between them${mended ? `, for example ${mended}` : ''}`,
    },
  ];
}

/** The one name of an integration everywhere, for example `kohler_adobe`. */
export function integrationName(client: string, vendor: string): string {
  return `${client}_${vendor}`;
}

/** The client and vendor that a full name is made of: neither has a `_` in it. */
export function namesOf(integration: string): { readonly client: string; readonly vendor: string } {
  const [client = '', vendor = ''] = integration.split('_');
  return { client, vendor };
}

/** The name of the secret that holds one slot's access key. */
export function secretName(client: string, vendor: string, slot: string): string {
  return `integrations/${client}/${vendor}/${slot}`;
}

/** A prefix for the statement ids of a bucket's internal entry, by its number: no vendor's begins with a capital. */
export function internalSid(number: number): string {
  return `Internal${number}`;
}

/** A prefix for statement ids, which take letters and digits only: `X` never occurs in a vendor's name. */
export function sidPrefix(vendor: string): string {
  return vendor.replaceAll('-', 'X');
}

/**
 * What is wrong with the name of a role or user.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function checkIamName(type: 'role' | 'user', name: string, renamable = type === 'role'): Finding[] {
  const bootstrap = type === 'role' ? checkNotBootstrap('role', name) : [];
  if (bootstrap.length > 0) return bootstrap;
  if (/^[\w+=,.@-]{1,64}$/.test(name)) return [];
  const long = name.length > 64;
  return [
    {
      code: long ? 'name-too-long' : BAD_NAME[type],
      message: long
        ? `the ${type} name ${quote(name)} is ${name.length} characters long; IAM takes 64`
        : `${quote(name)} is not a ${type} name`,
      fix: long
        ? `shorten the client's or vendor's name${renamable ? ', or set roleName' : ''}`
        : 'use 1 to 64 characters of A-Z a-z 0-9 _ + = , . @ -',
    },
  ];
}

const BAD_NAME = { role: 'bad-role-name', user: 'bad-user-name' } as const;

/** Where a bucket is, as far as that is known. */
export interface BucketPlace {
  readonly account?: string;
  readonly region?: string;
  /** Whether it exists already, and so may have a name that S3 gives to no new bucket. */
  readonly existing?: boolean;
}

/** The end of names in an account's own namespace, which nobody else can have. */
const OWN_NAMESPACE = /-(\d{12})-([a-z0-9-]+)-an$/;

/** Where a bucket is whose name is one of an account's own namespace; undefined of any other name. */
export function placeOfNamespace(name: string): Required<Pick<BucketPlace, 'account' | 'region'>> | undefined {
  const [, account, region] = OWN_NAMESPACE.exec(name) ?? [];
  return account !== undefined && region !== undefined && checkRegion(region).length === 0
    ? { account, region }
    : undefined;
}

/**
 * What is wrong with the name of a general purpose bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
 */
export function checkBucketName(name: string, { account, region, existing }: BucketPlace = {}): Finding[] {
  const wrong = (message: string, fix: string): Finding[] => [{ code: 'bad-bucket-name', message, fix }];
  const bootstrap = checkNotBootstrap('bucket', name);
  if (bootstrap.length > 0) return bootstrap;
  // The rules of us-east-1 before March 2018, under which buckets of today were made.
  if (existing && /[A-Z_]|^.{64,}$/.test(name)) {
    return /^[A-Za-z0-9._-]{3,255}$/.test(name)
      ? []
      : wrong(`${quote(name)} is not a bucket name`, 'use letters, digits, dots, hyphens and underscores, at most 255');
  }
  if (name.length < 3 || name.length > 63) {
    return wrong(
      `the bucket name ${quote(name)} is ${counted(name.length, 'character')} long`,
      'S3 takes 3 to 63 characters: set bucket.name to a name within them',
    );
  }
  if (!/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name)) {
    return wrong(
      `${quote(name)} is not a bucket name`,
      'use lower-case letters, digits, hyphens and dots, beginning and ending with a letter or digit',
    );
  }
  if (/\.\.|\.-|-\./.test(name)) {
    return wrong(`${quote(name)} has a dot beside a dot or hyphen`, 'put letters or digits on both sides of every dot');
  }
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) {
    return wrong(`${quote(name)} looks like an IP address`, 'choose a name that is not four numbers');
  }
  const [prefix] = /^(?:xn--|sthree-|amzn-s3-demo-)/.exec(name) ?? [];
  if (prefix) return wrong(`S3 reserves names that begin with ${prefix}`, 'choose another beginning');
  const namespace = placeOfNamespace(name);
  if (namespace) {
    const own = { account: account ?? namespace.account, region: region ?? namespace.region };
    if (own.account === namespace.account && own.region === namespace.region) return [];
    const message = `${quote(name)} is in the namespace of the account ${namespace.account} in ${namespace.region}, and the bucket in ${own.account}, ${own.region}`;
    return wrong(message, `end it with -${own.account}-${own.region}-an`);
  }
  const [suffix] = /(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3|-an)$/.exec(name) ?? [];
  if (suffix) return wrong(`S3 reserves names that end with ${suffix}`, 'choose another ending');
  return [];
}

/** What `cdk bootstrap` makes; its name is its permission: who has the role of that name can deploy anything. */
const BOOTSTRAP = {
  bucket: /^cdk-[a-z0-9]{1,10}-assets-\d{12}-[a-z0-9-]+$/,
  // IAM does not distinguish names by case.
  role: /^cdk-[a-z0-9]{1,10}-(?:deploy|file-publishing|image-publishing|lookup|cfn-exec)-role-\d{12}-[a-z0-9-]+$/i,
} as const;

/**
 * A finding where a bucket or role has a name that `cdk bootstrap` gives.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export function checkNotBootstrap(what: keyof typeof BOOTSTRAP, name: string): Finding[] {
  if (!BOOTSTRAP[what].test(name)) return [];
  const message = `${quote(name)} is a ${what} that cdk bootstrap makes, by which deployments are done`;
  return [{ code: 'bootstrap-name', message, fix: 'choose another name: no vendor may come near it' }];
}

/**
 * What is wrong with an IAM path.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
 */
export function checkIamPath(value: string): Finding[] {
  if (value.length <= 512 && /^\/(?:[!-.0-~]+\/)*$/.test(value) && !/[*?$]/.test(value)) return [];
  return [
    {
      code: 'bad-role-path',
      message: `${quote(value)} is not an IAM path`,
      fix: 'begin and end it with a slash, for example /integrations/; at most 512 characters, without * ? and $',
    },
  ];
}

/** What is wrong with a mail address or URL under which somebody can be reached. */
export function checkContact(value: string): Finding[] {
  const mail = /^[^\s@<>"'`]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(value);
  if ((mail || isWebAddress(value)) && value.length <= 320) return [];
  return [
    {
      code: 'bad-contact',
      message: `${quote(value)} is neither a mail address nor a URL`,
      fix: 'write one, for example integrations@example.com or https://example.com/integrations',
    },
  ];
}

/** What is wrong with the address of a web page. */
export function checkWebAddress(value: string): Finding[] {
  if (isWebAddress(value)) return [];
  return [
    {
      code: 'bad-url',
      message: `${quote(value)} is not a URL`,
      fix: 'write it with https://, for example https://example.com',
    },
  ];
}

function isWebAddress(value: string): boolean {
  return /^https:\/\/[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:[/?#][!-~]*)?$/.test(value) && !/["'<>`\\]/.test(value);
}

/**
 * The partition of a region, or undefined where the region is not known.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(region: string | undefined): string | undefined {
  if (region === undefined) return undefined;
  const [, partition] = PARTITIONS.find(([start]) => region.startsWith(start)) ?? [];
  return partition ?? 'aws';
}

const PARTITIONS: readonly (readonly [string, string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['us-iso-', 'aws-iso'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
];

/** What is wrong with an account id. */
export function checkAccount(value: string): Finding[] {
  if (/^\d{12}$/.test(value)) return [];
  const digits = value.replace(/[-\s]/g, '');
  return [
    {
      code: 'bad-account-id',
      message: `${quote(value)} is not an account id`,
      fix: /^\d{12}$/.test(digits) ? `write ${digits}` : 'write twelve digits, for example 111122223333',
    },
  ];
}

export function checkRegion(value: string): Finding[] {
  if (/^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/.test(value)) return [];
  return [
    {
      code: 'bad-region',
      message: `${quote(value)} is not a region`,
      fix: 'write its code, for example eu-west-1',
    },
  ];
}

/**
 * The region that the location constraint of a bucket means.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
export function regionOfLocation(constraint: string | undefined): string {
  if (constraint === undefined || constraint === '') return 'us-east-1';
  return constraint === 'EU' ? 'eu-west-1' : constraint;
}

/** What is wrong with the ARN of a managed policy. */
export function checkManagedPolicyArn(value: string): Finding[] {
  if (/^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/(?:[!-)+->@-~]+\/)?[\w+=,.@-]+$/.test(value)) return [];
  return [
    {
      code: 'bad-policy-arn',
      message: `${quote(value)} is not the ARN of a managed policy`,
      fix: 'write it whole, for example arn:aws:iam::111122223333:policy/vendor-boundary',
    },
  ];
}

const KEY_ARN =
  /^arn:(aws[a-z-]*):kms:([a-z0-9-]+):(\d{12}):key\/(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The parts of a KMS key's ARN, or undefined where it is none. */
export function parseKeyArn(value: string): { partition: string; region: string; account: string } | undefined {
  const [, partition, region, account] = KEY_ARN.exec(value) ?? [];
  return partition && region && account ? { partition, region, account } : undefined;
}

/** What is wrong with the ARN of a KMS key; an alias will not do, since IAM policies don't resolve it. */
export function checkKeyArn(value: string): Finding[] {
  if (parseKeyArn(value)) return [];
  const alias = /:alias\/|^alias\//.test(value);
  return [
    {
      code: 'bad-key-arn',
      message: `${quote(value)} is ${alias ? 'an alias, which IAM policies do not resolve' : 'not the ARN of a KMS key'}`,
      fix: "write create, or the key's own ARN: arn:aws:kms:eu-west-1:111122223333:key/… (aws kms describe-key prints it)",
    },
  ];
}

/** What is wrong with what the keys of access logs begin with. */
export function checkLogPrefix(value: string): Finding[] {
  if (/^[A-Za-z0-9!_.'()=+@,:/-]{0,256}$/.test(value)) return [];
  return [
    {
      code: 'bad-log-prefix',
      message: `${quote(value)} is not a prefix for log files`,
      fix: "use at most 256 characters of A-Z a-z 0-9 / ! _ . ' ( ) = + @ , : -",
    },
  ];
}

/** What is wrong with the ARN of an IAM Roles Anywhere trust anchor. */
export function checkTrustAnchorArn(value: string): Finding[] {
  if (
    /^arn:aws[a-z-]*:rolesanywhere:[a-z0-9-]+:\d{12}:trust-anchor\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(
      value,
    )
  )
    return [];
  return [
    {
      code: 'bad-trust-anchor-arn',
      message: `${quote(value)} is not the ARN of a trust anchor`,
      fix: 'write it whole: arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/… (aws rolesanywhere list-trust-anchors prints it)',
    },
  ];
}

const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;

/**
 * What is wrong with a tag's key.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function checkTagKey(key: string): Finding[] {
  const wrong = (message: string, fix: string): Finding[] => [{ code: 'bad-tag', message, fix }];
  if (key.length < 1 || key.length > 128 || !TAG_TEXT.test(key)) {
    return wrong(`${quote(key)} is not a tag key`, 'use 1 to 128 letters, digits, spaces and _ . : / = + - @');
  }
  return /^aws:/i.test(key) ? wrong('tag keys that begin with aws: belong to AWS', 'choose another key') : [];
}

/** What is wrong with a tag's value. */
export function checkTagValue(value: string): Finding[] {
  if (value.length <= 256 && TAG_TEXT.test(value)) return [];
  return [
    {
      code: 'bad-tag',
      message: `${quote(value)} is not a tag value`,
      fix: 'use at most 256 letters, digits, spaces and _ . : / = + - @',
    },
  ];
}
