import { deployCommand } from './advice';
import type { CauseRule } from './cause-rule';
import { regionOf } from './grantee';

/**
 * The request went to the wrong place.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 */
export const PLACE: readonly CauseRule[] = [
  {
    when: ({ code, region, message }, { grantee }) =>
      ELSEWHERE.includes(code) ||
      (code === 'AuthorizationHeaderMalformed' && /region/i.test(message)) ||
      (region !== undefined && grantee.region !== undefined && region !== grantee.region),
    say: ({ region }, { grantee }) => ({
      code: 'wrong-region',
      cause:
        region !== undefined && region === grantee.region
          ? `the bucket ${grantee.bucket} is in ${region}, and the program asks another region`
          : `the bucket ${grantee.bucket} is ${region === undefined ? 'in another region than' : `in ${region}, not in`} ${regionOf(grantee)}`,
      who: region === undefined ? 'vendor or owner' : region === grantee.region ? 'vendor' : 'owner',
      fix:
        region !== undefined && region === grantee.region
          ? `the vendor sets the region ${region}`
          : `correct the client's region in the definition and write the hand-off again; until then the vendor sets ${region ?? 'the region that aws s3api get-bucket-location prints'}`,
      fatal: true,
    }),
  },
  {
    // A HEAD has no body, so that neither code nor region is told.
    when: ({ code, status }, { asked }) => status === 400 && BARE.includes(code) && /^Head/.test(asked.operation ?? ''),
    say: (_, { grantee }) => ({
      code: 'wrong-region',
      cause: `a HEAD request is answered with 400 alone: most often the bucket ${grantee.bucket} is in another region than the program's, or the session token has expired or is cut off`,
      who: 'vendor',
      fix: `set the region ${regionOf(grantee)}; if it is set, get a new session, and try a GET or a listing, whose answer says more`,
    }),
  },
  {
    codes: ['NoSuchBucket', 'InvalidBucketName'],
    say: (_, { grantee }) => ({
      code: 'no-bucket',
      cause: `there is no bucket ${grantee.bucket}: it was never deployed, was deleted, or has another name`,
      who: 'owner',
      fix: `deploy the client (${deployCommand(grantee)}, and its parts if it has any), or correct the name, and write the hand-off again`,
      fatal: true,
    }),
  },
  {
    codes: ['NoSuchKey', 'NoSuchVersion', 'NotFound'],
    say: () => ({
      code: 'no-object',
      cause: 'the object does not exist: the key is wrong, or something removes objects as they arrive',
      who: 'vendor or owner',
      fix: "check the key; look at what runs on the bucket's events and at its lifecycle rules",
    }),
  },
  {
    codes: ['AccessControlListNotSupported', 'InvalidBucketAclWithObjectOwnership'],
    say: () => ({
      code: 'acl-refused',
      cause: 'the bucket takes no ACL, not even bucket-owner-full-control',
      who: 'vendor or owner',
      fix: 'the vendor sends no ACL, or bucket-owner-full-control, which acl in access allows; object ownership BucketOwnerEnforced takes no other',
    }),
  },
  {
    when: ({ code }) => /^KMS\.|^KMS[A-Z]/.test(code),
    say: ({ code }) => ({
      code: 'key-unusable',
      cause: `the bucket's KMS key can't be used: ${code}`,
      who: 'owner',
      fix: 'enable the key, or cancel its deletion, or give the bucket another one',
    }),
  },
];

const BARE = ['400', 'BadRequest', 'Bad Request', 'Unknown'];

const ELSEWHERE = ['PermanentRedirect', 'TemporaryRedirect', 'IllegalLocationConstraintException', 'IncorrectEndpoint'];
