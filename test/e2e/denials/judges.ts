/** Which judge can answer a request, and why another can't. */
import { type Call, needs } from './calls';
import { nameOfOurs } from './contract';
import type { Request } from './request';
import { BUCKETS, bucketOf, prefixOf, SIMULATED_CLIENT, SUBJECTS, subject } from './subjects';

/** Calls that the gateway answers other than S3 does, whatever the policies say. */
const NOT_ON_GATEWAY: Partial<Record<Call['does'], string>> = {
  GetObjectAttributes: 'the gateway has no such call',
  GetObjectVersionAttributes: 'the gateway has no such call',
  PutObjectWithAcl: 'the gateway asks for s3:PutObjectAcl only in a call of its own',
  PutObjectWithTags: 'the gateway asks for s3:PutObjectTagging only in a call of its own',
  DeleteObjects: 'the gateway denies it to everybody',
  GetBucketEncryption: 'the gateway takes it for a list of the bucket',
  GetBucketNotificationConfiguration: 'the gateway takes it for a list of the bucket',
};

/** Why the gateway can't judge a request; undefined where it can. */
export function notByGateway(request: Request): string | undefined {
  const { who, call, circumstances } = request;
  if (clientsOf(request).includes(SIMULATED_CLIENT)) {
    return 'the gateway knows no KMS keys and no VPC endpoints';
  }
  if (circumstances.at !== undefined) return "the gateway's clock can't be set";
  if (call.does === 'AssumeRole' && 'sessionOf' in who) {
    return 'the gateway takes a session for whoever opened it';
  }
  if (call.does === 'ListBuckets' && !('sessionOf' in who)) {
    return 'the gateway shows a user its own buckets, whatever its policies say';
  }
  if (call.does === 'ListMultipartUploads' && call.prefix !== undefined && isShared(call.bucket)) {
    return 'the gateway sets no s3:prefix for it';
  }
  return NOT_ON_GATEWAY[call.does];
}

/** Why the simulator can't judge a request; undefined where it can. */
export function notBySimulator({ call }: Request): string | undefined {
  const prefixed = call.does === 'ListMultipartUploads' && call.prefix !== undefined;
  return prefixed ? "AWS's reference gives it no s3:prefix, so the simulator takes none" : undefined;
}

/** Whether integrations have prefixes there. */
function isShared(bucket: string): boolean {
  return SUBJECTS.some((one) => bucketOf(one) === bucket && prefixOf(one) !== '');
}

/** Whose stacks must be there for a request to mean anything. */
function clientsOf({ who, call }: Request): (string | undefined)[] {
  const ours = nameOfOurs(who);
  const caller = ours && subject(ours).client;
  return [
    caller,
    ...needs(call).map(
      (need) => need.kmsKeyOf ?? (need.role ? subject(need.role).client : BUCKETS.get(need.bucket ?? '')),
    ),
  ];
}
