/** Which judge can answer a request, and why another can't. */
import { type Call, needs } from './calls';
import { nameOfOurs } from './contract';
import { actors, idOf, type Request } from './request';
import { BUCKETS, bucketOf, SIMULATED_CLIENT, SUBJECTS, subject } from './subjects';

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
  if (
    'sessionOf' in who &&
    (call.does === 'AssumeRole' || needs(call).some(({ bucket }) => openedByGuest(who.sessionOf, bucket)))
  ) {
    return 'the gateway takes a session for whoever opened it';
  }
  if (call.does === 'ListBuckets' && !('sessionOf' in who)) {
    return 'the gateway shows a user its own buckets, whatever its policies say';
  }
  if ('encryption' in call) return 'no server here encrypts';
  return NOT_ON_GATEWAY[call.does];
}

/** Why the simulator can't judge a request; undefined where it can. */
export function notBySimulator({ who }: Request): string | undefined {
  const inactive = 'keyOf' in who && subject(who.keyOf).status !== undefined;
  return inactive ? 'the simulator knows no inactive keys' : undefined;
}

/** Why the gateway can't show that a policy is another; undefined where it can. */
export function notSwitchedOnGateway(request: Request): string | undefined {
  const { who, call } = request;
  if (call.does === 'ListObjectsV2' && call.prefix === '') return 'the gateway takes an empty prefix for none';
  if (call.does === 'AssumeRole' && !('person' in who))
    return 'the gateway never asks for what the caller may do itself';
  return notByGateway(request);
}

/** Whether the person who opened a session is let in by that bucket's own policy. */
function openedByGuest(session: string, bucket: string | undefined): boolean {
  const [opener] = actors({ ...subject(session), kind: 'direct-trust' }).map(idOf);
  const guests = SUBJECTS.filter((one) => one.kind === 'direct-trust' && bucketOf(one) === bucket);
  return guests
    .flatMap(actors)
    .map(idOf)
    .includes(opener ?? '');
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
