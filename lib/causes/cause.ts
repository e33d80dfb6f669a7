/** Who must do something. `owner` is who owns the bucket; `network` who runs the network between; `nobody`: try again. */
export type Who = 'vendor' | 'owner' | 'vendor or owner' | 'network' | 'nobody';

/** What one code means, to everyone who asks. */
export interface CauseMeaning {
  readonly cause: string;
  /** Who can fix it; a single case may name fewer. */
  readonly who: Who;
  readonly fix: string;
}

const CLOSE_IT = 'deploy the client, and remove manual changes';

/** What can be behind a request that went wrong, by its code, which is stable: the one list, also of the documentation. */
export const CAUSES = {
  // Between here and AWS.
  'no-network': {
    cause: 'this machine gets no answer from AWS',
    who: 'network',
    fix: 'open HTTPS to S3 and STS, port 443',
  },
  tls: {
    cause: "the server's certificate is not accepted",
    who: 'network',
    fix: "exempt AWS from inspection, or trust the proxy's authority",
  },
  'not-aws': {
    cause: 'a proxy or login page answers in place of AWS',
    who: 'network',
    fix: 'pass requests to AWS unchanged',
  },
  'clock-off': { cause: "this machine's clock is wrong", who: 'vendor', fix: 'set it from a time server' },
  throttled: { cause: 'AWS asks for fewer requests', who: 'nobody', fix: 'try again in a few minutes' },
  'server-error': { cause: 'AWS could not answer', who: 'nobody', fix: 'try again in a few minutes' },
  // Who asks.
  'no-credentials': { cause: 'there are no credentials', who: 'vendor', fix: 'give those of this kind of integration' },
  'expired-session': {
    cause: 'the session, the token or a presigned URL has expired',
    who: 'vendor',
    fix: 'get a new one; a URL ends with the session that signed it',
  },
  'unknown-key': {
    cause: 'AWS knows no such access key',
    who: 'vendor or owner',
    fix: 'enter it again, and see whether it was rotated or deleted',
  },
  'wrong-secret': { cause: 'secret and access key ID do not belong together', who: 'vendor', fix: 'enter both again' },
  'bad-session-token': {
    cause: 'the session token is missing, cut off, or of another key',
    who: 'vendor',
    fix: 'set all three values together',
  },
  'already-assumed': {
    cause: 'the credentials are a session of the role already',
    who: 'vendor',
    fix: 'give those that assume it',
  },
  'other-caller': {
    cause: "the credentials are somebody else's",
    who: 'vendor',
    fix: 'give those of this integration',
  },
  'bad-token': {
    cause: 'the token is of another issuer, or its signature is not accepted',
    who: 'vendor or owner',
    fix: "compare its iss claim with the definition's provider",
  },
  'token-audience': {
    cause: 'the token is meant for another audience',
    who: 'vendor or owner',
    fix: "compare its aud claim with the definition's audiences",
  },
  'certificate-refused': {
    cause: 'IAM Roles Anywhere does not accept the certificate',
    who: 'vendor or owner',
    fix: 'use one that is valid, that the authority of the definition issued, and that is not revoked',
  },
  'issuer-unreachable': {
    cause: "AWS cannot read the issuer's keys",
    who: 'vendor',
    fix: 'publish them to the internet',
  },
  'session-too-long': {
    cause: 'the session would last longer than allowed',
    who: 'vendor or owner',
    fix: 'ask for less, or raise maxSessionDuration',
  },
  'region-disabled': { cause: 'STS is off in the region', who: 'vendor', fix: 'activate it there' },
  'account-problem': {
    cause: 'AWS has closed the account, or part of it',
    who: 'owner',
    fix: 'see its billing and health pages',
  },
  // Where.
  'wrong-region': {
    cause: 'the bucket is in another region',
    who: 'vendor or owner',
    fix: "set the bucket's region; correct the client's region if the definition has another",
  },
  'no-bucket': { cause: 'the bucket does not exist', who: 'owner', fix: 'deploy the client, or correct the name' },
  'no-object': {
    cause: 'the object does not exist',
    who: 'vendor or owner',
    fix: 'check the key, and what removes objects',
  },
  'nothing-there': {
    cause: 'there is no object to try it on',
    who: 'owner',
    fix: 'put one there, and name it with --object',
  },
  'other-content': {
    cause: 'an object is read with other content than was written',
    who: 'vendor or owner',
    fix: 'check what changes objects on arrival',
  },
  'acl-refused': {
    cause: 'the bucket takes no ACL',
    who: 'vendor or owner',
    fix: 'send none; set its object ownership to BucketOwnerEnforced, which takes bucket-owner-full-control',
  },
  'key-unusable': {
    cause: "the bucket's KMS key cannot be used",
    who: 'owner',
    fix: 'enable it, or cancel its deletion',
  },
  'left-behind': {
    cause: 'something that this run wrote could not be removed',
    who: 'owner',
    fix: 'remove it manually',
  },
  // What is denied.
  'assume-denied': {
    cause: 'the role cannot be assumed',
    who: 'vendor or owner',
    fix: 'compare ARN, external ID, token or certificate, status, and what is deployed',
  },
  'tag-session': {
    cause: 'the caller sends session tags, which the trust does not allow',
    who: 'vendor or owner',
    fix: 'send none; or set sessionTags, and deploy',
  },
  'source-identity': {
    cause: 'the caller sends a source identity, which the trust does not allow',
    who: 'vendor or owner',
    fix: 'send none; or set sourceIdentity, and deploy',
  },
  'nothing-allowed': {
    cause: 'nothing is allowed at all',
    who: 'vendor or owner',
    fix: 'check status, sourceIps, vpcEndpoints, and whose credentials these are',
  },
  'outside-prefix': {
    cause: "the request is for something outside the integration's prefix",
    who: 'vendor',
    fix: 'correct the path: it begins with the prefix, slash included',
  },
  'head-bucket': {
    cause: 'the program asks for the bucket itself (HeadBucket), which is a listing of its root',
    who: 'vendor or owner',
    fix: 'switch the check off in the program; root-list would allow it, and shows the key names of others',
  },
  'tags-not-granted': {
    cause: 'the upload sends tags, or tags are read or set',
    who: 'vendor or owner',
    fix: 'send none; or add tags to access, and deploy',
  },
  'foreign-key': {
    cause: "the upload names another encryption than the bucket's",
    who: 'vendor',
    fix: "leave encryption headers out, or name the bucket's own key",
  },
  'not-granted': {
    cause: 'a capability is not granted',
    who: 'vendor or owner',
    fix: 'add it to access if it should be, and deploy the client',
  },
  'not-deployed': {
    cause: 'what is deployed is not what is defined',
    who: 'owner',
    fix: 'deploy the client, and remove manual changes',
  },
  'not-active': {
    cause: 'the integration is pending or suspended',
    who: 'owner',
    fix: 'remove its status, and deploy',
  },
  expired: { cause: 'the day of expires has come', who: 'owner', fix: 'set a later one, and deploy' },
  'key-denied': {
    cause: "the bucket's KMS key is not allowed",
    who: 'vendor or owner',
    fix: 'name it in kmsKey, and deploy; a vendor that acts as itself allows it on its own side too',
  },
  'bucket-denies': {
    cause: "the bucket's policy denies it",
    who: 'vendor or owner',
    fix: 'use HTTPS; then look for a Deny that no definition made',
  },
  'vendor-policy': { cause: "the vendor's own policies do not allow it", who: 'vendor', fix: 'allow the action there' },
  'organization-policy': {
    cause: 'a policy of the organization denies it',
    who: 'vendor or owner',
    fix: 'allow the action there',
  },
  boundary: { cause: 'a permissions boundary denies it', who: 'vendor or owner', fix: 'allow the action there' },
  'session-policy': {
    cause: "the session's own policy denies it",
    who: 'vendor or owner',
    fix: 'allow the action there, or in the Roles Anywhere profile',
  },
  'endpoint-policy': {
    cause: "a VPC endpoint's policy denies it",
    who: 'network',
    fix: 'allow the action and the bucket there',
  },
  // What is open.
  'external-id-not-asked': { cause: 'the trust asks for no external ID', who: 'owner', fix: CLOSE_IT },
  'external-id-not-compared': { cause: 'the trust takes other external IDs too', who: 'owner', fix: CLOSE_IT },
  'session-name-not-compared': { cause: 'the trust takes other session names too', who: 'owner', fix: CLOSE_IT },
  'list-not-confined': { cause: 'every key name can be listed', who: 'owner', fix: CLOSE_IT },
  'list-no-slash': { cause: 'listing is granted without the slash', who: 'owner', fix: CLOSE_IT },
  'root-listed': { cause: "the bucket's root can be listed", who: 'owner', fix: CLOSE_IT },
  'objects-not-confined': { cause: 'objects outside the prefix are granted', who: 'owner', fix: CLOSE_IT },
  'no-slash': { cause: 'objects are granted without the slash', who: 'owner', fix: CLOSE_IT },
  'more-granted': {
    cause: 'more is deployed than the hand-off says',
    who: 'owner',
    fix: 'deploy the client, or write the hand-off again',
  },
  'policy-readable': { cause: "the bucket's policy can be read", who: 'owner', fix: CLOSE_IT },
  // Anything else.
  unknown: {
    cause: 'the answer, or the message, does not say',
    who: 'vendor or owner',
    fix: 'ask for the whole message, its time and request ID; look its code up in the reference of S3 or STS',
  },
} as const satisfies Readonly<Record<string, CauseMeaning>>;

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
