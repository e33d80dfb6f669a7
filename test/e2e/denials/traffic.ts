/** Requests of the matrix as AWS's logs have them, and denials as AWS's messages say them, by AWS's documents. */
import { HOME } from '../../support/resolve';
import type { Request as Logged } from '../../usage/write-logs';
import { type Call, ENCRYPTIONS, type Need, type ObjectCall, OWNED, SESSION } from './calls';
import { nameOfOurs } from './contract';
import { LOOPBACK, NOW } from './misses';
import type { Planted } from './planted';
import type { Request, Who } from './request';
import { PEOPLE, subject } from './subjects';

/** The caller as server access logs name it; nothing for nobody. */
export function callerOf(who: Who): string | undefined {
  if ('person' in who) return PEOPLE[who.person];
  const name = nameOfOurs(who);
  if (name === undefined) return undefined;
  return subject(name).kind === 'access-key'
    ? `arn:aws:iam::${HOME.account}:user/${name}`
    : `arn:aws:sts::${HOME.account}:assumed-role/${name}/${SESSION}`;
}

/**
 * What AWS says of a denial. Whose a policy is that denies, it says to callers of the same account alone, and of a role's
 * trust to nobody.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function messageFor({ who, circumstances }: Request, { of, need, reasons }: Planted): string {
  const { action, bucket, key, role } = need;
  const caller = callerOf(who);
  if (role !== undefined)
    return `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn(role)}`;
  if (caller === undefined || nameOfOurs(who) === undefined) return 'Access Denied';
  const resource =
    bucket === undefined ? '' : ` on resource: "arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}"`;
  const why = circumstances.plainHttp
    ? 'with an explicit deny in a resource-based policy'
    : of.status !== undefined || reasons.includes('foreign-key')
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${caller} is not authorized to perform: ${action}${resource} ${why}`;
}

const roleArn = (name: string) => `arn:aws:iam::${HOME.account}:role/${name}`;

/** Calls that are another operation's, by what they send. */
const OPERATIONS: Readonly<Record<string, ObjectCall>> = {
  PutObjectWithAcl: 'PutObject',
  PutObjectWithTags: 'PutObject',
  GetObjectVersion: 'GetObject',
  GetObjectVersionAttributes: 'GetObjectAttributes',
  GetObjectVersionTagging: 'GetObjectTagging',
  DeleteObjectVersion: 'DeleteObject',
};

/** The call that others see of it who are not shown its headers and its query. */
export function seenOf(call: Call): Call {
  const does = OPERATIONS[call.does];
  return does === undefined ? call : ({ ...call, does } as Call);
}

/** As the API, and so a message, names it. */
export function operationOf({ does }: Call): string {
  return OPERATIONS[does] ?? does;
}

/** The record that a log has of a request, denied at a permission or not. */
export function recordOf(request: Request, id: string, denied?: { need: Need; code: string; message: string }): Logged {
  const { who, call, circumstances } = request;
  const { address = LOOPBACK, endpoint, plainHttp, at = NOW } = circumstances;
  const caller = callerOf(who);
  const copied = denied !== undefined && call.does === 'CopyObject' && denied.need.action === 's3:GetObject';
  const place = 'from' in call ? (copied ? call.from : call.to) : call;
  const acl = 'acl' in call || /Acl$/.test(call.does) ? { 'x-amz-acl': ('acl' in call && call.acl) || OWNED } : {};
  const encryption = 'encryption' in call && call.encryption ? ENCRYPTIONS[call.encryption] : {};
  const headers = Object.entries({ ...acl, ...encryption }).map(([name, value]) => [name.replace(/^s3:/, ''), value]);
  return {
    at: at.replace(/\.\d+Z/, 'Z'),
    bucket: 'bucket' in place ? place.bucket : '',
    ...(caller === undefined ? {} : { requester: caller }),
    id,
    operation: copied ? 'CopySource' : call.does === 'DeleteObjects' ? 'BatchDelete' : operationOf(call),
    ...('key' in place ? { key: place.key } : {}),
    ...('prefix' in call && call.prefix !== undefined ? { prefix: call.prefix } : {}),
    ...(/Version/.test(call.does) && 'key' in call ? { versionId: 'v1' } : {}),
    ...{ address, vpcEndpoint: endpoint, plainHttp, headers: Object.fromEntries(headers) },
    ...(call.does === 'AssumeRole' ? { roleArn: roleArn(call.role) } : {}),
    ...(denied === undefined ? {} : { status: 403, errorCode: denied.code, message: denied.message }),
  };
}

/** How programs show a denial, one after the other; the first alone names the place where the message does not. */
const PROGRAMS: readonly ((operation: string, code: string, message: string, place: string) => string)[] = [
  (operation, code, message, place) =>
    `upload failed: ./x to ${place} An error occurred (${code}) when calling the ${operation} operation: ${message}`,
  (operation, code, message) =>
    `Failed to copy: operation error S3: ${operation}, https response error StatusCode: 403, RequestID: 5NQV, HostID: T=, api error ${code}: ${message}`,
  (_, code, message, place) =>
    `java.nio.file.AccessDeniedException: ${place}: software.amazon.awssdk.services.s3.model.S3Exception: ${message} (Service: S3, Status Code: 403, Request ID: 7Q1):${code}`,
  (_, code, message) => `${code}: ${message} { '$fault': 'client', '$metadata': { httpStatusCode: 403 } }`,
];

/** What a vendor sends of a denial. The answer to a HEAD request has no body, and so no message. */
export function pasted({ call }: Request, { need }: Planted, code: string, message: string, nth: number): string {
  const operation = operationOf(call);
  if (need.bucket === undefined)
    return `An error occurred (${code}) when calling the ${operation} operation: ${message}`;
  const place = `s3://${need.bucket}${need.key === undefined ? '' : `/${need.key}`}`;
  const [first] = PROGRAMS;
  if (operation.startsWith('Head')) return first?.(operation, '403', 'Forbidden', place) ?? '';
  const program = message.startsWith('User: ') ? PROGRAMS[nth % PROGRAMS.length] : first;
  return program?.(operation, code, message, place) ?? '';
}
