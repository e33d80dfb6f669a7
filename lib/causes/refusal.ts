/** A request that failed, as far as the server, or what is before it, told why. */
export interface Refusal {
  /** S3's, STS's or the operating system's code; `Unknown` where none was told. */
  readonly code: string;
  /** The HTTP status; none where no answer came. */
  readonly status?: number;
  /** On one line. */
  readonly message: string;
  /** The region that S3 names as the bucket's. */
  readonly region?: string;
}

/** Whether a server that knows the caller says no, and not that it can't tell who asks, or when, or where. */
export function isDenial({ code, status }: Refusal): boolean {
  return status === 403 && !NOT_DENIALS.has(code);
}

/**
 * Codes with status 403 that say nothing about what the caller may do.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const NOT_DENIALS: ReadonlySet<string> = new Set([
  'AccountProblem',
  'AllAccessDisabled',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidObjectState',
  'InvalidPayer',
  'InvalidSecurity',
  'InvalidToken',
  'MissingAuthenticationToken',
  'NotSignedUp',
  'OptInRequired',
  'RegionDisabledException',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'UnreadableAnswer',
  'UnrecognizedClientException',
]);
