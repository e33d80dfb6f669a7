import type { CauseCode } from '../causes/cause';
import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { Capability } from '../rules/confinement';
import { either } from '../text/list';
import type { VendorError } from './model';

/** What goes wrong with S3 and IAM at every vendor, by the code of its cause. */
export interface KnownTrouble extends VendorError {
  readonly code: CauseCode;
}

/** What goes wrong with S3 and IAM at every vendor, where it can go wrong here: the likeliest first. */
export function troubleshooting(client: Client, integration: Integration): KnownTrouble[] {
  const { prefix, access } = integration;
  const context = {
    client,
    integration,
    kind: integration.kind,
    prefix,
    can: (each: Capability) => access.includes(each),
  };
  return (Object.keys(FOR_VENDORS) as CauseCode[]).flatMap((code) =>
    [FOR_VENDORS[code]?.(context)].flat().flatMap((row) => (row ? [{ code, ...row }] : [])),
  );
}

interface Context {
  readonly client: Client;
  readonly integration: Integration;
  readonly kind: Integration['kind'];
  readonly prefix: string;
  readonly can: (capability: Capability) => boolean;
}

type Row = VendorError | false | undefined;

/**
 * What a vendor sees in its own product, and can do itself, of each cause in the one table of causes. Null is one that a
 * vendor sees nothing of, or whose message says it all.
 */
const FOR_VENDORS: Readonly<Record<CauseCode, ((context: Context) => Row | Row[]) | null>> = {
  // No session.
  'assume-denied': assumeDenied,
  'tag-session': ({ integration }) => {
    const roles = integration.kind === 'assumed-role' || integration.kind === 'web-identity';
    return (
      roles &&
      !integration.sessionTags && {
        message: 'AccessDenied on sts:TagSession',
        cause: 'The call sends session tags, which this role does not allow.',
        remedy: 'Send none, or ask us to allow it if your product always sends them.',
      }
    );
  },
  'source-identity': ({ integration }) =>
    integration.kind === 'assumed-role' &&
    !integration.sourceIdentity && {
      message: 'AccessDenied on sts:SetSourceIdentity',
      cause: 'The call sends a source identity, which this role does not allow.',
      remedy: 'Send none, or ask us to allow it if your product always sends it.',
    },
  'token-audience': ({ integration }) =>
    integration.kind === 'web-identity' && {
      message: 'InvalidIdentityToken: Incorrect token audience',
      cause: 'The token is meant for another audience.',
      remedy: `Ask for a token whose aud claim is ${either(integration.audiences)}.`,
    },
  'bad-token': ({ integration }) =>
    integration.kind === 'web-identity' && {
      message: 'InvalidIdentityToken, with another text',
      cause: 'The token is of another issuer, has expired, or its signature is not accepted.',
      remedy: `Send a fresh token of ${integration.provider ?? 'the issuer'}.`,
    },
  'certificate-refused': ({ kind }) =>
    kind === 'roles-anywhere' && {
      message: 'Untrusted certificate, or Insufficient certificate',
      cause: 'The certificate has expired or is revoked, is not for a client, or another authority issued it.',
      remedy: 'Use the certificate that was issued for this, whole; send intermediate certificates along.',
    },
  'session-too-long': sessionTooLong,
  'expired-session': ({ kind }) =>
    kind !== 'access-key' && {
      message: 'ExpiredToken, also of a presigned URL that should still be valid',
      cause:
        'The session has ended. A presigned URL ends with the session that signed it, however long it should last.',
      remedy: 'Get a new session before the old one ends, and sign URLs for less than is left of it.',
    },
  'unknown-key': ({ kind }) =>
    kind === 'access-key' && {
      message: 'InvalidAccessKeyId or SignatureDoesNotMatch',
      cause: 'The key was rotated or suspended, or one of the two values was cut off when it was entered.',
      remedy: 'Enter both again, as you received them; ask us whether there is a newer key.',
    },
  'vendor-policy': ({ integration }) =>
    integration.kind === 'direct-trust' && {
      message: 'AccessDenied on everything',
      cause: 'The policies of your own role or user do not allow it, or it is not the one that we trust.',
      remedy: 'Allow it in your account, as above; aws sts get-caller-identity shows who calls.',
    },
  // The wrong place.
  'wrong-region': ({ client }) => ({
    message: 'PermanentRedirect, AuthorizationHeaderMalformed with another Region, or 400 Bad Request without a text',
    cause: "The request went to another Region than the bucket's.",
    remedy: `Set the Region ${client.region ?? 'that this hand-off names'}.`,
  }),
  'head-bucket': ({ prefix, can, kind, integration }) => {
    if (can(Capability.ROOT_LIST) || (prefix === '' && can(Capability.LIST))) return undefined;
    const rclone = kind === 'access-key' && integration.profile === undefined && can(Capability.WRITE);
    return [
      {
        message:
          'AccessDenied, Forbidden or "bucket does not exist" when the program starts (HeadBucket, BucketExists)',
        cause: 'The program asks for the bucket itself, which S3 counts as listing its root. That is not allowed here.',
        remedy:
          'Switch this check off in your program. If that is not possible, tell us: it can be allowed, and would show you the key names of others.',
      },
      // Nobody knows the vendor's product, and this one is at hand.
      rclone && {
        message: 'rclone: AccessDenied or Forbidden on upload',
        cause: 'rclone tries to create the bucket first, and asks for the version of what it has put.',
        remedy: 'Set no_check_bucket = true and no_head = true in rclone.conf.',
      },
    ];
  },
  'outside-prefix': ({ integration, prefix, can }) =>
    prefix !== '' && [
      {
        message: 'AccessDenied when an object is read or written',
        cause: `Its key does not begin with ${prefix}. All other keys are denied.`,
        remedy: `Correct the path in your product: keys begin with ${prefix}, slash included, upper and lower case as written.`,
      },
      can(Capability.LIST) && {
        message: 'AccessDenied when listing',
        cause: listingCause(integration, prefix),
        remedy: `Send the prefix with the request, slash included: ${prefix}`,
      },
    ],
  'no-object': ({ prefix, can }) =>
    can(Capability.READ) &&
    !(prefix === '' && can(Capability.LIST)) && {
      message: 'AccessDenied (403) for an object that does not exist',
      cause: `S3 answers 404 only to callers that may list that key${can(Capability.LIST) ? `: here, keys under ${prefix}` : ', which you may not do'}. All others get 403.`,
      remedy: `Check the key, its upper and lower case${prefix === '' ? '' : ', and that it begins with the prefix'}.`,
    },
  // What is not granted.
  'tags-not-granted': ({ can }) =>
    can(Capability.WRITE) &&
    !can(Capability.TAGS) && {
      message: 'AccessDenied on an upload with tags, or on a copy or move of a large object',
      cause: 'The program sends or reads object tags. That is not among what you may do.',
      remedy:
        'Switch tags off; with the AWS CLI, add --copy-props metadata-directive. Ask us for tags if your product must have them.',
    },
  'acl-refused': ({ can }) =>
    can(Capability.WRITE) && {
      message: 'AccessDenied or AccessControlListNotSupported on upload',
      cause: can(Capability.ACL)
        ? 'The upload has another ACL than bucket-owner-full-control; ACLs are disabled in this bucket.'
        : 'The upload has an ACL; ACLs are disabled in this bucket.',
      remedy: `Leave the ACL out${can(Capability.ACL) ? ', or send bucket-owner-full-control' : '; if that cannot be set, ask us for the capability acl'}.`,
    },
  'foreign-key': ({ client, integration, can }) => {
    const { kmsKey } = bucketOf(client, integration);
    return (
      can(Capability.WRITE) && {
        message: 'AccessDenied on an upload with encryption headers',
        cause:
          kmsKey === undefined
            ? 'The bucket encrypts by itself, and refuses KMS keys and keys of your own (SSE-C).'
            : "The bucket encrypts by itself, with a KMS key, and refuses every other key, the key's id and its alias.",
        remedy:
          kmsKey === undefined
            ? 'Leave encryption headers out of the upload, or send AES256.'
            : "Leave encryption headers out of the upload, or send aws:kms with the key's full ARN.",
      }
    );
  },
  'key-denied': ({ client, integration, kind }) =>
    bucketOf(client, integration).kmsKey !== undefined && {
      message: 'AccessDenied that names a KMS key',
      cause: 'Objects are encrypted with a KMS key that may be used through S3 in this Region only.',
      remedy:
        kind === 'direct-trust'
          ? "Allow the key's ARN in your own account too, as above; use the S3 endpoint of this Region."
          : 'Use the S3 endpoint of this Region; the key cannot be used directly. Otherwise send us the message.',
    },
  'not-granted': ({ can }) => [
    !can(Capability.LIST) && {
      message: 'AccessDenied when listing',
      cause: can(Capability.ROOT_LIST)
        ? 'Only the root of the bucket can be listed: without a prefix, or with an empty one.'
        : 'Listing is not among what you may do.',
      remedy: 'Switch listing off in your product, or ask us for the capability list.',
    },
    !can(Capability.DELETE) && {
      message: 'AccessDenied on delete',
      cause: 'Deleting is not among what you may do.',
      remedy: 'Ask us for it if your product needs it.',
    },
  ],
  'nothing-allowed': ({ integration: { sourceIps, vpcEndpoints, sourceVpcs } }) => {
    const origins = [...sourceIps, ...vpcEndpoints, ...sourceVpcs];
    return (
      origins.length > 0 && {
        message: 'AccessDenied from some machines only',
        cause: `Requests are accepted from ${origins.join(', ')} only.`,
        remedy: 'Tell us the addresses that are missing.',
      }
    );
  },
  expired: ({ integration: { expires } }) =>
    expires !== undefined && {
      message: 'Everything is denied since a certain day',
      cause: `Access ends by itself on ${expires}, at 00:00 UTC.`,
      remedy: 'Ask us for a later day.',
    },
  unknown: () => ({
    message: 'Anything else',
    cause: 'It may be on our side.',
    remedy: 'Send us the time (UTC), the request ID and the error message, whole.',
  }),
  // Of the network and the machine, the message itself says it.
  ...{ 'no-network': null, tls: null, 'not-aws': null, 'clock-off': null, throttled: null, 'server-error': null },
  ...{ 'no-credentials': null, 'wrong-secret': null, 'bad-session-token': null, 'already-assumed': null },
  ...{ 'other-caller': null, 'issuer-unreachable': null, 'region-disabled': null, 'account-problem': null },
  // Of what is ours, a vendor sees a denial.
  ...{ 'no-bucket': null, 'nothing-there': null, 'other-content': null, 'key-unusable': null, 'left-behind': null },
  ...{ 'not-deployed': null, 'not-active': null, 'bucket-denies': null, 'organization-policy': null, boundary: null },
  ...{ 'session-policy': null, 'endpoint-policy': null },
  // What is open goes right for the vendor.
  ...{ 'external-id-not-asked': null, 'external-id-not-compared': null, 'session-name-not-compared': null },
  ...{ 'list-not-confined': null, 'list-no-slash': null, 'root-listed': null, 'objects-not-confined': null },
  ...{ 'no-slash': null, 'more-granted': null, 'policy-readable': null },
};

function assumeDenied({ integration }: Context): Row {
  switch (integration.kind) {
    case 'assumed-role':
      return {
        message: 'AccessDenied on sts:AssumeRole',
        cause: `${integration.externalIds.length > 0 ? 'The external ID is missing or differs by a character, or the' : 'The'} call is not made by the role or user that we trust${integration.roleSessionName === undefined ? '' : ', or has another session name'}.`,
        remedy:
          'Compare with Who we trust; aws sts get-caller-identity shows who calls. Your own policies must allow sts:AssumeRole on our role. After a change, wait a minute.',
      };
    case 'web-identity':
      return {
        message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
        cause: `A claim of the token is another one than we trust${integration.roleSessionName === undefined ? '' : ', or the session name is'}.`,
        remedy: 'Decode the token, and compare iss, aud and sub with Who we trust, letter by letter.',
      };
    case 'roles-anywhere':
      return {
        message: 'Unable to assume role, or AccessDenied from IAM Roles Anywhere',
        cause: 'The subject of the certificate is another one than we trust, or the three ARNs do not belong together.',
        remedy: 'Enter the three ARNs again; compare the subject (openssl x509 -noout -subject) with Who we trust.',
      };
    case 'direct-trust':
    case 'access-key':
      return undefined;
    default:
      return integration satisfies never;
  }
}

function sessionTooLong({ integration }: Context): Row {
  switch (integration.kind) {
    case 'assumed-role':
      return {
        message: 'DurationSeconds exceeds the MaxSessionDuration, or the 1 hour session limit of role chaining',
        cause:
          'The session would be longer than this role allows; or the caller is itself in a session of a role, which AWS limits to one hour.',
        remedy: 'Ask for less (3600 seconds always works) and renew.',
      };
    case 'roles-anywhere':
    case 'web-identity':
      return {
        message: 'DurationSeconds exceeds the MaxSessionDuration',
        cause: 'The session would be longer than allowed.',
        remedy: `Ask for ${integration.maxSessionSeconds} seconds at most, and renew.`,
      };
    case 'direct-trust':
    case 'access-key':
      return undefined;
    default:
      return integration satisfies never;
  }
}

/** What of a bucket can be listed, below a prefix. */
function listingCause({ access }: Integration, prefix: string): string {
  const bare = `not ${prefix.slice(0, -1)} without its slash`;
  if (access.includes(Capability.ROOT_LIST))
    return `Only the root of the bucket and what is under ${prefix} can be listed, ${bare}.`;
  return `Only what is under ${prefix} can be listed: not the root of the bucket, and ${bare}.`;
}
