import { type AssumedRole, bucketOf, type Client, type Integration } from '../definitions/model/model';
import { Capability } from '../rules/confinement';
import { all } from '../text/list';
import type { VendorError } from './model';

/** What goes wrong, with what only we can do about it, where there is something. */
export interface General extends VendorError {
  readonly ours?: string;
}

/** What goes wrong with S3 and IAM whoever the vendor is, where it can go wrong here. */
export function troubleshooting(client: Client, integration: Integration): General[] {
  const { kind, prefix, access, expires } = integration;
  const bucket = bucketOf(client, integration);
  const origins = [...integration.sourceIps, ...integration.vpcEndpoints, ...integration.sourceVpcs];
  const can = (capability: Capability) => access.includes(capability);
  const rows: (General | false)[] = [
    kind === 'assumed-role' && {
      message: 'AccessDenied on sts:AssumeRole',
      cause:
        integration.externalIds.length > 0
          ? 'The external ID is missing or differs by a character, or the call is not made by the role or user that is trusted.'
          : 'The call is not made by the role or user that is trusted.',
      remedy:
        'Compare both with this hand-off; aws sts get-caller-identity shows who calls. Your own policies must allow sts:AssumeRole on our role. After a change, wait a minute.',
      ours: 'Compare principals, externalId and status with what is deployed, and deploy again.',
    },
    kind === 'assumed-role' && {
      message: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
      cause: 'The caller is itself in a session of a role, which AWS limits to one hour whatever this role allows.',
      remedy: 'Ask for 3600 seconds and renew, or assume the role with a user or with the first role of the chain.',
    },
    kind === 'access-key' && {
      message: 'InvalidAccessKeyId or SignatureDoesNotMatch',
      cause: 'The key was rotated or suspended, or one of the two values was cut off when it was entered.',
      remedy: 'Enter both again, as you received them; ask us whether there is a newer key.',
      ours: 'See which slots keys has and the status; send the newest key again.',
    },
    prefix !== '' && {
      message: 'AccessDenied when listing',
      cause: listingCause(integration, prefix),
      remedy: can(Capability.LIST)
        ? `Send the prefix with the request, slash included: ${prefix}`
        : 'Switch listing off in your product, or ask us for the capability list.',
      ours: can(Capability.LIST)
        ? 'A start-up check that lists the root needs root-list in access, which shows the names of all keys in the bucket.'
        : 'Add list to access if the product must list.',
    },
    {
      message: 'AccessDenied (403) for an object that does not exist',
      cause: `S3 answers 404 only to callers that may list that key${can(Capability.LIST) ? `: here, keys under ${prefix === '' ? 'the root' : prefix}` : ', which this integration may not do'}. All others get 403.`,
      remedy: 'Check the key, its upper and lower case, and that it begins with the prefix.',
    },
    can(Capability.WRITE) && {
      message: 'AccessDenied or AccessControlListNotSupported on upload',
      cause: can(Capability.ACL)
        ? 'The upload has another ACL than bucket-owner-full-control; ACLs are disabled in this bucket.'
        : 'The upload has an ACL; ACLs are disabled in this bucket.',
      remedy: `Leave the ACL out${can(Capability.ACL) ? ', or send bucket-owner-full-control' : '; if that cannot be set, ask us for the capability acl'}.`,
      ours: can(Capability.ACL) ? undefined : 'Add acl to access if the product always sends an ACL.',
    },
    // Nobody knows the vendor's product, and this one is at hand.
    kind === 'access-key' &&
      integration.profile === undefined &&
      can(Capability.WRITE) && {
        message: 'rclone: AccessDenied or Forbidden on upload',
        cause: 'rclone tries to create the bucket first, and asks for the version of what it has put.',
        remedy: 'Set no_check_bucket = true and no_head = true in rclone.conf.',
      },
    !can(Capability.DELETE) && {
      message: 'AccessDenied on delete',
      cause: 'Deleting is not among what you may do.',
      remedy: 'Ask us for it if your product needs it.',
      ours: 'Add delete to access if the product must delete.',
    },
    integration.kind === 'assumed-role' &&
      notCarried(integration).length > 0 && {
        message: 'AccessDenied on sts:TagSession or sts:SetSourceIdentity',
        cause: `The call sends ${all(notCarried(integration))}, which this role does not allow.`,
        remedy: 'Send none, or ask us to allow it if your product always sends it.',
        ours: 'Set sessionTags or sourceIdentity to true if the product always sends them.',
      },
    bucket.kmsKey !== undefined && {
      message: 'AccessDenied that names a KMS key',
      cause: 'Objects are encrypted with a KMS key that may be used through S3 in this region only.',
      remedy: can(Capability.WRITE)
        ? "Leave encryption headers out of the upload, or send aws:kms with the key's full ARN; another key, its id or an alias is refused."
        : 'Use the S3 endpoint of this region; the key cannot be used directly.',
    },
    bucket.kmsKey === undefined &&
      can(Capability.WRITE) && {
        message: 'AccessDenied on an upload with encryption headers',
        cause: 'The bucket encrypts by itself, and refuses KMS keys and keys of your own (SSE-C).',
        remedy: 'Leave encryption headers out of the upload, or send AES256.',
      },
    {
      message: 'PermanentRedirect, or AuthorizationHeaderMalformed with another region',
      cause: "The request went to another region than the bucket's.",
      remedy: `Set the region ${client.region ?? 'that this hand-off names'}.`,
    },
    origins.length > 0 && {
      message: 'AccessDenied from some machines only',
      cause: `Requests are accepted from ${origins.join(', ')} only.`,
      remedy: 'Tell us the addresses that are missing.',
      ours: 'Add them to sourceIps, vpcEndpoints or sourceVpcs.',
    },
    expires !== undefined && {
      message: 'Everything is denied since a certain day',
      cause: `Access ends by itself on ${expires}, at 00:00 UTC.`,
      remedy: 'Ask us for a later day.',
      ours: 'Set a later day in expires.',
    },
  ];
  return rows.filter((row) => row !== false);
}

/** What a session may not carry. */
function notCarried({ sessionTags, sourceIdentity }: AssumedRole): string[] {
  return [...(sessionTags ? [] : ['session tags']), ...(sourceIdentity ? [] : ['a source identity'])];
}

/** What of a bucket can be listed, below a prefix. */
function listingCause({ access }: Integration, prefix: string): string {
  const bare = `not ${prefix.slice(0, -1)} without its slash`;
  const [list, root] = [Capability.LIST, Capability.ROOT_LIST].map((each) => access.includes(each));
  if (list && root) return `Only the root of the bucket and what is under ${prefix} can be listed, ${bare}.`;
  if (list) return `Only what is under ${prefix} can be listed: not the root of the bucket, and ${bare}.`;
  if (root) return 'Only the root of the bucket can be listed: without a prefix, or with an empty one.';
  return 'This integration may list nothing.';
}
