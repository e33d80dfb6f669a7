import type { Meaning } from '../rules/codes';

/** Who must do something. `owner` is who owns the bucket; `network` who runs the network between; `nobody`: try again. */
export type Who = 'vendor' | 'owner' | 'vendor or owner' | 'network' | 'nobody';

/** What can be behind a step that went wrong, by its code, which is stable: the one list, also of docs/problem-codes.md. */
export const CAUSES = {
  // Between here and AWS.
  'no-network': 'this machine gets no answer from AWS; open HTTPS to S3 and STS, port 443',
  tls: "the server's certificate is not accepted; exempt AWS from inspection, or trust the proxy's authority",
  'not-aws': 'a proxy or login page answers in place of AWS; pass requests to AWS unchanged',
  'clock-off': "this machine's clock is wrong; set it from a time server",
  throttled: 'AWS asks for fewer requests; try again in a few minutes',
  'server-error': 'AWS could not answer; try again in a few minutes',
  // Who asks.
  'no-credentials': 'there are no credentials; give those of this kind of integration',
  'expired-session': 'the session or token has expired; get a new one',
  'unknown-key': 'AWS knows no such access key; enter it again, and see whether it was rotated or deleted',
  'wrong-secret': 'secret and access key ID do not belong together; enter both again',
  'bad-session-token': 'the session token is missing, cut off, or of another key; set all three values together',
  'already-assumed': 'the credentials are a session of the role already; give those that assume it',
  'other-caller': "the credentials are somebody else's; give those of this integration",
  'bad-token': 'the token is of another issuer or audience; compare its iss and aud claims with the definition',
  'issuer-unreachable': "AWS cannot read the issuer's keys; publish them to the internet",
  'session-too-long': 'the session would last longer than allowed; ask for less, or raise maxSessionDuration',
  'region-disabled': 'STS is off in the region; activate it there',
  'account-problem': 'AWS has closed the account, or part of it; see its billing and health pages',
  // Where.
  'wrong-region': "the bucket is in another region; correct the client's region, and write the hand-off again",
  'no-bucket': 'the bucket does not exist; deploy the client, or correct the name',
  'no-object': 'the object does not exist; check the key, and what removes objects',
  'nothing-there': 'there is no object to try it on; put one there, and name it with --object',
  'other-content': 'an object is read with other content than was written; check what changes objects on arrival',
  'acl-refused': 'the bucket takes no ACL; set its object ownership to BucketOwnerEnforced',
  'key-unusable': "the bucket's KMS key cannot be used; enable it, or cancel its deletion",
  'left-behind': 'something that this run wrote could not be removed; remove it manually',
  // What is denied.
  'assume-denied': 'the role cannot be assumed; compare ARN, external ID, status, and what is deployed',
  'nothing-allowed':
    'nothing is allowed at all; check status, sourceIps, vpcEndpoints, and whose credentials these are',
  'not-granted': 'a capability is defined and not deployed; deploy the client, and write the hand-off again',
  'not-active': 'the integration is pending or suspended; remove its status, and deploy',
  expired: 'the day of expires has come; set a later one, and deploy',
  'key-denied': "the bucket's KMS key is not allowed; name it in kmsKey, and deploy",
  'bucket-denies': "the bucket's policy denies it; look for a Deny that no definition made",
  'vendor-policy': "the vendor's own policies do not allow it; allow the action there",
  'organization-policy': 'a policy of the organization denies it; allow the action there',
  boundary: 'a permissions boundary denies it; allow the action there',
  'session-policy': "the session's own policy denies it; allow the action there, or in the Roles Anywhere profile",
  'endpoint-policy': "a VPC endpoint's policy denies it; allow the action and the bucket there",
  // What is open.
  'external-id-not-asked': 'the trust asks for no external ID; deploy the client, and remove manual changes',
  'external-id-not-compared': 'the trust takes other external IDs too; deploy the client, and remove manual changes',
  'session-name-not-compared': 'the trust takes other session names too; deploy the client, and remove manual changes',
  'list-not-confined': 'every key name can be listed; deploy the client, and remove manual changes',
  'list-no-slash': 'listing is granted without the slash; deploy the client, and remove manual changes',
  'root-listed': "the bucket's root can be listed; deploy the client, and remove manual changes",
  'objects-not-confined': 'objects outside the prefix are granted; deploy the client, and remove manual changes',
  'no-slash': 'objects are granted without the slash; deploy the client, and remove manual changes',
  'more-granted': 'more is deployed than the hand-off says; deploy the client, or write the hand-off again',
  'policy-readable': "the bucket's policy can be read; deploy the client, and remove manual changes",
  // Anything else.
  unknown: 'the answer is not expected here; look its code up in the reference of S3 or STS',
} as const satisfies Readonly<Record<string, Meaning>>;

export type CauseCode = keyof typeof CAUSES;

/** Why a step went otherwise than it should, as far as that can be told. */
export interface Cause {
  readonly code: CauseCode;
  /** The likely cause, in a sentence. */
  readonly cause: string;
  readonly who: Who;
  readonly fix: string;
  /** Whether everything after it would go wrong alike. */
  readonly fatal?: boolean;
}
