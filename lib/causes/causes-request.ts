import { Capability } from '../rules/confinement';
import { ACTS_AS_ITSELF } from '../rules/vocabulary';
import { quote } from '../text/quote';
import { deployCommand } from './advice';
import { capabilitiesAsked, opensSession } from './asked';
import type { Cause } from './cause';
import type { FailedRequest } from './cause-rule';
import type { Grantee } from './grantee';
import type { Refusal } from './refusal';

/** What the request asks for that an integration never has, or that this one is not defined to have. */
export function beyondDefinition(refusal: Refusal, request: FailedRequest): Cause | undefined {
  return (
    otherBucket(request) ??
    missingObject(request) ??
    headBucket(request) ??
    outsidePrefix(refusal, request) ??
    notDefined(request) ??
    plainHttp(request) ??
    otherOrigin(request) ??
    otherAcl(refusal, request) ??
    foreignKey(refusal, request)
  );
}

function otherBucket({ asked, grantee }: FailedRequest): Cause | undefined {
  const { bucket } = asked;
  // Of a session, a bucket is no more than what a program wanted it for.
  if (opensSession(asked)) return undefined;
  if (bucket === undefined || bucket === '' || bucket === grantee.bucket) return undefined;
  return {
    code: 'outside-prefix',
    cause: `the request is for the bucket ${quote(bucket)}, and the integration may act in ${grantee.bucket} only`,
    who: 'vendor',
    fix: `correct the bucket in the vendor's product: ${grantee.bucket}`,
  };
}

/**
 * HeadBucket is a listing of the root. Programs ask it when they start, mostly only to see whether the bucket is there.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 */
function headBucket({ asked, grantee }: FailedRequest): Cause | undefined {
  const { prefix, access, bucket } = grantee;
  if (asked.operation !== 'HeadBucket' || access.includes(Capability.ROOT_LIST)) return undefined;
  if (prefix === '' && access.includes(Capability.LIST)) return undefined;
  return {
    code: 'head-bucket',
    cause: `the program asks for the bucket ${bucket} itself (HeadBucket), which counts as a listing of its root`,
    who: 'vendor or owner',
    fix: "the vendor switches off the program's check of the bucket; root-list in access would allow it, and would show the vendor the key names of others",
  };
}

/** What lists a bucket, and the capability that lets it do so under the prefix. */
const LISTS: Readonly<Record<string, Capability>> = {
  's3:ListBucket': Capability.LIST,
  's3:ListBucketVersions': Capability.VERSIONS,
};

const NOT_LISTED = /because no identity-based policy allows the s3:ListBucket(?:Versions)? action/;

/**
 * Reading what is not there is denied for want of `s3:ListBucket`, by which alone S3 would say that.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (Permissions)
 */
function missingObject({ asked }: FailedRequest): Cause | undefined {
  const { operation = '', action } = asked;
  if (action !== 's3:ListBucket' || !/^(?:Get|Head)Object$/.test(operation)) return undefined;
  return {
    code: 'no-object',
    cause: 'the object does not exist: S3 answers 403, and not 404, to a caller that may not list it',
    who: 'vendor or owner',
    fix: 'check the key; list in access would make the answer a 404',
  };
}

/** Of an object, whatever else the request has; of a listing, the prefix that it names. */
function outsidePrefix({ message }: Refusal, { asked, grantee }: FailedRequest): Cause | undefined {
  const { prefix, access } = grantee;
  const { key, action } = asked;
  if (prefix === '') return undefined;
  const outside = (where: string): Cause => ({
    code: 'outside-prefix',
    cause: `${where}, and the integration may act under ${prefix} only`,
    who: 'vendor',
    fix: `correct the path in the vendor's product: it begins with ${prefix}, slash included`,
  });
  if (key !== undefined && !key.startsWith(prefix)) return outside(`the key ${quote(key)} is elsewhere`);
  const listed = asked.prefix;
  const needed = LISTS[action ?? ''];
  if (needed === undefined) return undefined;
  // A role of ours may list, so that it is the place that is wrong.
  if (listed === undefined && access.includes(needed) && NOT_LISTED.test(message) && grantee.origins === undefined)
    return outside(`the listing is not of ${prefix} or under it`);
  if (listed === undefined || listed.startsWith(prefix)) return undefined;
  if (listed === '' && action === 's3:ListBucket' && access.includes(Capability.ROOT_LIST)) return undefined;
  return outside(listed === '' ? "the listing is of the bucket's root" : `the listing is of ${quote(listed)}`);
}

/** A capability that the definition does not give; tags have a code of their own, since most who send them need not. */
function notDefined({ asked, grantee }: FailedRequest): Cause | undefined {
  if (asked.action === undefined || /^(?:sts|rolesanywhere|kms):/.test(asked.action)) return undefined;
  const capabilities = capabilitiesAsked(asked, grantee);
  if (capabilities === undefined) {
    return {
      code: 'not-granted',
      cause: `no integration may do ${asked.action}`,
      who: 'vendor',
      fix: "switch it off in the vendor's product",
    };
  }
  if (asked.action === 's3:ListBucketMultipartUploads' && grantee.prefix !== '') {
    return {
      code: 'not-granted',
      cause:
        'only an integration of a whole bucket may list unfinished uploads: the request carries no prefix by which it could be confined',
      who: 'vendor',
      fix: "switch it off in the vendor's product; an upload is continued or aborted by its own ID",
    };
  }
  const lacking = capabilities.filter((each) => !grantee.access.includes(each));
  if (lacking.length === 0) return undefined;
  if (lacking.includes(Capability.TAGS)) {
    return {
      code: 'tags-not-granted',
      cause: `${asked.operation === 'PutObject' ? 'the upload sends tags' : 'tags are read or set'}, which ${grantee.integration} may not do`,
      who: 'vendor or owner',
      fix: "the vendor switches tags off in its product; or the owner adds tags to the definition's access, and deploys",
    };
  }
  const what = lacking.join(' and ');
  return {
    code: 'not-granted',
    cause: `${asked.action} needs ${what}, which the definition of ${grantee.integration} does not give`,
    who: 'vendor or owner',
    fix:
      INSTEAD[lacking[0] ?? Capability.READ] ??
      `add ${what} to the definition's access if the vendor should have it, and deploy`,
  };
}

const INSTEAD: Readonly<Partial<Record<Capability, string>>> = {
  [Capability.LIST_BUCKETS]:
    "the vendor names the bucket in its product instead of choosing it from a list; list-buckets would allow it, and would show the names of all the account's buckets",
  [Capability.ACL]:
    'the vendor sends no ACL; or the owner adds acl to access, which allows bucket-owner-full-control alone, and deploys',
  [Capability.ROOT_LIST]:
    'the vendor names the prefix in its listings; root-list would allow the root, and would show the key names of others',
};

/**
 * An upload that names another key than the bucket's, `aws:kms` without a key, or a key that the caller sends.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
 */
function foreignKey({ message }: Refusal, { asked, grantee, reached }: FailedRequest): Cause | undefined {
  if (asked.action !== 's3:PutObject' || asked.foreignEncryption === false) return undefined;
  const isDenied =
    /explicit deny in an identity-based policy/.test(message) && (reached ?? grantee.status === 'active');
  const isTheirs = ACTS_AS_ITSELF[grantee.kind];
  if (asked.foreignEncryption !== true && (!isDenied || isTheirs)) return undefined;
  return {
    code: 'foreign-key',
    cause: `the upload names another encryption than that of ${grantee.bucket}`,
    who: 'vendor',
    fix: grantee.encrypted
      ? "leave encryption headers out, or send aws:kms with the full ARN of the bucket's key"
      : 'leave encryption headers out, or send AES256: the bucket encrypts by itself',
  };
}

/** The one that does no harm where the bucket's owner owns all objects. */
const OWNER_ACL = 'bucket-owner-full-control';

function otherAcl({ message }: Refusal, { asked, grantee, mayGuess }: FailedRequest): Cause | undefined {
  const { acl, action } = asked;
  const named = /because no identity-based policy allows the s3:PutObjectAcl action/.test(message);
  if (acl === undefined && mayGuess === false && !named) return undefined;
  if (acl === OWNER_ACL && !grantee.access.includes(Capability.ACL))
    return notDefined({ grantee, today: '', asked: { ...asked, action: 's3:PutObjectAcl' } });
  if (acl === OWNER_ACL || (acl === undefined && action !== 's3:PutObjectAcl')) return undefined;
  return {
    code: 'acl-refused',
    cause: `${acl === undefined ? 'the ACL' : `the ACL ${quote(acl)}`} is not one that ${grantee.integration} may send: ${OWNER_ACL} alone is`,
    who: 'vendor',
    fix: `send no ACL, or ${OWNER_ACL}${grantee.access.includes(Capability.ACL) ? '' : ', which needs acl in access'}`,
  };
}

/** Every bucket here denies plain HTTP to everybody. */
function plainHttp({ asked, grantee }: FailedRequest): Cause | undefined {
  if (asked.plainHttp !== true) return undefined;
  return {
    code: 'bucket-denies',
    cause: `the request came over plain HTTP, which the policy of the bucket ${grantee.bucket} denies to everybody`,
    who: 'vendor',
    fix: "use HTTPS: correct the endpoint's address in the vendor's product",
  };
}

/** From another address, endpoint or VPC than the definition names. */
function otherOrigin({ asked, grantee }: FailedRequest): Cause | undefined {
  if (asked.wrongOrigin === undefined) return undefined;
  return {
    code: 'nothing-allowed',
    cause: `the request came from ${asked.wrongOrigin}, which is not among ${originsText(grantee)}`,
    who: 'vendor or owner',
    fix: `the vendor sends its requests from there; or the owner adds the origin to ${originKeys(grantee)}, and deploys`,
  };
}

function originsText({ origins = {} }: Grantee): string {
  return Object.entries(origins)
    .flatMap(([key, values]) => (values?.length ? [`${key} (${values.join(', ')})`] : []))
    .join(' and ');
}

function originKeys({ origins = {} }: Grantee): string {
  return Object.entries(origins)
    .flatMap(([key, values]) => (values?.length ? [key] : []))
    .join(' or ');
}

/** What works at other times, so that this request differs from those. */
export function differs({ asked, grantee, worksElsewhere }: FailedRequest): Cause | undefined {
  if (worksElsewhere !== true) return undefined;
  const reads = asked.action === 's3:GetObject' || asked.action === 's3:GetObjectVersion';
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (Permissions)
  if (reads && !grantee.access.includes(Capability.LIST)) {
    return {
      code: 'no-object',
      cause: 'the object does not exist: S3 answers 403, and not 404, to a caller that may not list it',
      who: 'vendor or owner',
      fix: 'check the key; list in access would make the answer a 404',
    };
  }
  const headers = asked.action === 's3:PutObject' ? 'another encryption, an ACL, tags, ' : '';
  return {
    code: 'unknown',
    cause: `the same action works at other times: this request has something else (${headers}another address, a session policy), which the record does not say`,
    who: 'vendor or owner',
    fix: "ask the vendor for the whole message and the request's headers; CloudTrail data events have more than server access logs",
  };
}

/** What should work, and does not: defined and not deployed, as far as the answer tells. */
export function notGranted({ asked, grantee }: FailedRequest): Cause {
  if (grantee.origins !== undefined && asked.action?.startsWith('s3:')) {
    return {
      code: 'nothing-allowed',
      cause: `the definition allows it under ${grantee.prefix || 'the bucket'} and from ${originsText(grantee)} only: the request was for another place, or came from elsewhere`,
      who: 'vendor or owner',
      fix: `compare the place and the address of the request, which logs have, with the prefix and ${originKeys(grantee)}; if both are right, deploy the client again (${deployCommand(grantee)})`,
    };
  }
  const itself = ACTS_AS_ITSELF[grantee.kind];
  const capabilities = capabilitiesAsked(asked, grantee);
  const grant = capabilities?.length
    ? `what is deployed does not grant ${capabilities.join(' with ')}`
    : 'what is deployed does not allow it';
  const where = capabilities?.some((each) => ANYWHERE.includes(each)) ? '' : ` under ${grantee.prefix || 'the bucket'}`;
  return {
    code: 'not-granted',
    cause: `${grant}${where}: it was deployed before the definition was changed, or changed manually${itself ? "; or the vendor's own policies do not allow it" : ''}`,
    who: itself ? 'vendor or owner' : 'owner',
    fix: `deploy the client again (${deployCommand(grantee)}, and its parts if it has any) and write the hand-off from its outputs`,
  };
}

/** What is not granted under a prefix. */
const ANYWHERE: readonly Capability[] = [Capability.ROOT_LIST, Capability.LIST_BUCKETS];
