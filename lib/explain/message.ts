import { actionOf } from '../causes/operations';
import type { Refusal } from '../causes/refusal';
import { checkRegion } from '../rules/names';

/** What a message of any client says, as far as it does. */
export interface Message {
  readonly refusal: Refusal;
  /** Who was denied, as an ARN. */
  readonly principal?: string;
  /** As IAM names it. */
  readonly action?: string;
  /** As the API names it. */
  readonly operation?: string;
  /** The ARN that the message names. */
  readonly resource?: string;
  readonly bucket?: string;
  readonly key?: string;
  /** Of a listing. */
  readonly prefix?: string;
  /** Whether the key is that of a folder, with or without a slash at its end. */
  readonly folder?: true;
  /** Whether it says that a role does not assume itself. */
  readonly ofItself?: true;
}

/** Nobody pastes more than this of one error; the rest is not read. */
const MOST = 64 * 1024;

/**
 * Reads an error message of an AWS client, SDK or service, or of a program around one. It takes what is there and adds
 * nothing: a message may name no code, no action and nobody.
 */
export function readMessage(pasted: string): Message {
  const text = unescaped(pasted.slice(0, MOST)).replace(FRAMES, ' ').trim();
  const status = statusIn(text);
  const code = codeIn(text, status);
  const operation = operationIn(text, code);
  const resource = /on resource: (?:"(arn:[^"]+)"|'(arn:[^']+)'|(arn:[^"'\s,;)<]+))/.exec(text)?.slice(1).find(Boolean);
  const action = /not authorized to perform:? ([a-z0-9-]+:\w+)/i.exec(text)?.[1] ?? actionFor(operation);
  const region = /expecting '([a-z0-9-]+)'|<Region>([a-z0-9-]+)<\/Region>|in this region: ([a-z0-9-]+)/
    .exec(text)
    ?.slice(1)
    .find(Boolean);
  const place = placeIn(text, resource, action);
  const isKnown = region !== undefined && checkRegion(region).length === 0;
  return {
    refusal: {
      code,
      status: status ?? (DENIALS.test(code) ? 403 : undefined),
      message: text,
      ...(isKnown ? { region } : {}),
    },
    ...some({ principal: /User: (arn:aws[\w-]*:\S+) is not authorized/.exec(text)?.[1], action, operation, resource }),
    ...some({ ...place, prefix: /with prefix "([^"]*)"/.exec(text)?.[1] }),
    ...(FOLDER.test(text) ? { folder: true } : {}),
    ...(OF_ITSELF.test(text) ? { ofItself: true } : {}),
  };
}

function some<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** White space, and the lines that programs draw around their messages. */
const FRAMES = /[\s\u2500-\u257f]+/g;

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** What Databricks says of a place, and of a role. */
const FOLDER = /permissions on url s3:/;
const OF_ITSELF = /\bnon[- ]self[- ]assuming\b|\bnot self[- ]assuming\b/i;

const DENIALS = /^(?:AccessDenied|AccessDeniedException|Forbidden|UnauthorizedAccess|403)$/;

/** Codes of S3, STS, KMS and IAM Roles Anywhere that stand alone in messages. */
const CODES = [
  ...['AccessControlListNotSupported', 'InvalidBucketAclWithObjectOwnership', 'AuthorizationHeaderMalformed'],
  ...['PermanentRedirect', 'TemporaryRedirect', 'IllegalLocationConstraintException', 'IncorrectEndpoint'],
  ...['ExpiredTokenException', 'ExpiredToken', 'TokenRefreshRequired', 'InvalidAccessKeyId', 'InvalidClientTokenId'],
  ...['UnrecognizedClientException', 'SignatureDoesNotMatch', 'InvalidIdentityTokenException', 'InvalidIdentityToken'],
  ...['IDPCommunicationErrorException', 'IDPCommunicationError', 'IDPRejectedClaimException', 'IDPRejectedClaim'],
  ...['NoSuchKey', 'NoSuchBucket', 'NoSuchVersion', 'InvalidBucketName', 'RequestTimeTooSkewed', 'RequestExpired'],
  ...[
    'InvalidToken',
    'InvalidSecurity',
    'MissingAuthenticationToken',
    'IncompleteSignature',
    'RegionDisabledException',
  ],
  ...['AllAccessDisabled', 'AccountProblem', 'NotSignedUp', 'OptInRequired', 'SlowDown', 'ThrottlingException'],
  ...['ServiceUnavailable', 'InternalError', 'AccessDeniedException', 'AccessDenied', 'UnauthorizedAccess'],
] as const;

/** What clients say in their own words, and the code that means it. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/Incorrect token audience|No OpenIDConnect provider found/i, 'InvalidIdentityToken'],
  [/DurationSeconds exceeds/, 'ValidationError'],
  [
    /Unable to (?:locate|load)(?: AWS)? credentials|No AWS Credentials|NoCredential|Could not load credentials/i,
    'CredentialsError',
  ],
  [
    /x509: |certificate verify failed|PKIX path building|self[- ]signed certificate|CERTIFICATE_VERIFY_FAILED/i,
    'CERT_UNTRUSTED',
  ],
  [
    /ENOTFOUND|Name or service not known|Temporary failure in name resolution|UnknownHostException|no such host/i,
    'ENOTFOUND',
  ],
  [/ECONNREFUSED|connection refused/i, 'ECONNREFUSED'],
  [/ETIMEDOUT|connect(?:ion)? timed? ?out|i\/o timeout|Could not connect to the endpoint/i, 'ETIMEDOUT'],
  [/ECONNRESET|connection reset/i, 'ECONNRESET'],
  [/Error assuming AWS_ROLE/i, 'AccessDenied'],
  [/does not have (?:READ|WRITE|LIST|DELETE) permissions/, 'AccessDenied'],
  [/is not authorized to perform|Not authorized to perform sts:/i, 'AccessDenied'],
  [/Untrusted (?:signing )?certificate|Insufficient certificate/i, 'AccessDeniedException'],
  [OF_ITSELF, 'AccessDenied'],
];

function codeIn(text: string, status: number | undefined): string {
  const kms = /\bKMS\.\w+/.exec(text)?.[0];
  if (kms !== undefined) return kms;
  const named = CODES.find((code) =>
    new RegExp(`(?<![\\w.])${code}(?!\\w)`).test(text.replace(/java\.nio\.file\.\w+/g, '')),
  );
  const [, meant] = WORDS.find(([words]) => words.test(text)) ?? [];
  // A denial is the least that a code can say.
  if (meant !== undefined && (named === undefined || /^AccessDenied/.test(named))) return meant;
  if (named !== undefined) return named;
  if (/Access Denied/i.test(text)) return 'AccessDenied';
  if (/\bForbidden\b/.test(text)) return 'Forbidden';
  return status === undefined ? 'Unknown' : String(status);
}

function statusIn(text: string): number | undefined {
  const [, status] =
    /(?:status(?: ?code)?|httpStatusCode|HTTP)['"]?[:= ]+(\d{3})\b/i.exec(text) ??
    /An error occurred \((\d{3})\)|client error \((\d{3})\)/.exec(text) ??
    /\b(40[0-9]|30[17]) (?:Forbidden|Bad Request|Not Found)/.exec(text) ??
    [];
  return status === undefined ? undefined : Number(status);
}

/** Where clients name the operation. */
const OPERATIONS: readonly RegExp[] = [
  /when calling the (\w+) operation/,
  /operation error [\w ]+: (\w+),/,
  /Error executing "(\w+)"/,
];

/** What clients call operations by other names. */
const CALLED: readonly (readonly [RegExp, string])[] = [
  [/BucketExists|\bheadBucket\(|CheckBucket|Check bucket failed|doesBucketExist/, 'HeadBucket'],
  [/\blistBuckets\(/, 'ListBuckets'],
  [/getObjectMetadata\(|GetObjectMetadataRequest|\bheadObject\(|request: HEAD \S+ \S/, 'HeadObject'],
  [/PUT 0-byte object|\bputObject\(/, 'PutObject'],
  [/\bgetObject\(/, 'GetObject'],
  [/\blistObjects(?:V2)?\(/, 'ListObjectsV2'],
  [/does not have READ permissions/, 'GetObject'],
  [/does not have WRITE permissions/, 'PutObject'],
  [/does not have LIST permissions/, 'ListObjectsV2'],
  [/does not have DELETE permissions/, 'DeleteObject'],
  [/Error assuming AWS_ROLE/i, 'AssumeRole'],
  [OF_ITSELF, 'AssumeRole'],
  [/Untrusted (?:signing )?certificate|Insufficient certificate/i, 'CreateSession'],
];

function operationIn(text: string, code: string): string | undefined {
  for (const pattern of OPERATIONS) {
    const named = pattern.exec(text)?.[1];
    if (named !== undefined) return named;
  }
  const [, called] = CALLED.find(([words]) => words.test(text)) ?? [];
  if (called !== undefined) return called;
  return /^InvalidIdentityToken|^IDP/.test(code) ? 'AssumeRoleWithWebIdentity' : undefined;
}

function actionFor(operation: string | undefined): string | undefined {
  return operation === undefined ? undefined : actionOf(operation);
}

interface Place {
  readonly bucket?: string;
  readonly key?: string;
}

/** Where clients name bucket and key, the surest first. */
const PLACES: readonly RegExp[] = [
  // The AWS CLI: keys may have spaces.
  /(?:upload failed: .+? to|(?:download|copy|move|delete) failed:) s3:\/\/(?<bucket>[\w.-]+)\/(?<key>\S.*?)(?: to .+?)? An? (?:client )?error /,
  /s3[an]?:\/\/(?<bucket>[\w.-]+)\/?(?<key>[^\s:"']*)/,
  /https?:\/\/(?<bucket>[a-z0-9][a-z0-9.-]+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?\/(?<key>[^\s"'`;?]*)/,
  /https?:\/\/s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?\/(?<bucket>[\w.-]+)\/?(?<key>[^\s"'`;?]*)/,
  /s3:(?:https:\/\/)?s3[\w.-]*amazonaws\.com\/(?<bucket>[\w.-]+)\/?(?<key>[^\s:"']*)/,
  /object "(?<key>[^"]+)" in S3 bucket "(?<bucket>[^"]+)"/,
  /in S3 bucket "(?<bucket>[^"]+)"/,
  /Failed to upload \S+ to (?<bucket>[\w.-]+)\/(?<key>[^\s:]+):/,
];

function placeIn(text: string, resource: string | undefined, action: string | undefined): Place {
  const [, bucket, key] = /^arn:aws[\w-]*:s3:::([^/]+)(?:\/(.+))?$/.exec(resource ?? '') ?? [];
  if (bucket !== undefined) return { bucket, ...(key === undefined ? {} : { key }) };
  // Beside another service's action, a place is no more than where it began.
  if (action !== undefined && !action.startsWith('s3:')) return whereIn(text);
  const xmlKey = /<Key>([^<]+)<\/Key>/.exec(text)?.[1];
  const where = whereIn(text);
  return xmlKey === undefined ? where : { ...where, key: xmlKey };
}

function whereIn(text: string): Place {
  for (const pattern of PLACES) {
    const { bucket, key } = pattern.exec(text)?.groups ?? {};
    // A sentence may end behind it.
    const bare = key?.replace(/[.,)]+$/, '');
    if (bucket !== undefined) return { bucket, ...(bare === undefined || bare === '' ? {} : { key: bare }) };
  }
  return {};
}
