import type { CauseRule } from './cause-rule';
import { regionOf } from './grantee';

const TLS = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EPROTO',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/**
 * No answer of AWS: the network between, and servers too busy to answer. Codes are those of Node.js and of OpenSSL.
 *
 * @see https://nodejs.org/api/errors.html#common-system-errors
 * @see https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
export const NETWORK: readonly CauseRule[] = [
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'],
    say: (_, { grantee }) => ({
      code: 'no-network',
      cause: `the name of the server is not found: there is no network, its DNS knows only its own names, or there is no region ${regionOf(grantee)}`,
      who: 'network',
      fix: `let this machine resolve and reach s3.${regionOf(grantee)}.amazonaws.com and sts.${regionOf(grantee)}.amazonaws.com, port 443`,
      fatal: true,
    }),
  },
  {
    codes: ['ECONNREFUSED'],
    say: () => ({
      code: 'no-network',
      cause: 'the connection is refused: a firewall blocks it, or nothing listens at the endpoint',
      who: 'network',
      fix: 'open HTTPS to AWS from this machine; correct AWS_ENDPOINT_URL if it is set',
      fatal: true,
    }),
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'],
    say: () => ({
      code: 'no-network',
      cause: 'there is no route from this machine to the server',
      who: 'network',
      fix: 'give this machine a route to AWS: the internet, or VPC endpoints of S3 and STS',
      fatal: true,
    }),
  },
  {
    codes: ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'TimeoutError', 'AbortError', 'RequestTimeout'],
    say: () => ({
      code: 'no-network',
      cause:
        'no answer in time: a firewall drops the packets, or only a proxy reaches the internet, which this command does not use',
      who: 'network',
      fix: 'open HTTPS to AWS from this machine, or run this where the vendor has it open',
      fatal: true,
    }),
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED'],
    say: () => ({
      code: 'no-network',
      cause: 'the connection was closed during use',
      who: 'network',
      fix: 'try again; if it continues, a firewall or proxy inspects connections: exempt AWS from that',
      fatal: true,
    }),
  },
  {
    codes: TLS,
    say: ({ code }) => ({
      code: 'tls',
      cause: `the server's certificate is not accepted (${code}): a proxy inspects TLS, or this machine's clock is wrong`,
      who: 'network',
      fix: "exempt AWS from inspection, or name the proxy's authority in NODE_EXTRA_CA_CERTS",
      fatal: true,
    }),
  },
  {
    when: ({ code, status }) => code === 'UnreadableAnswer' || status === 407 || status === 511,
    say: ({ status }) => ({
      code: 'not-aws',
      cause: `what answers${status === undefined ? '' : ` (HTTP ${status})`} is not AWS: a proxy or a login page answers`,
      who: 'network',
      fix: 'pass requests to AWS unchanged; correct AWS_ENDPOINT_URL if it is set',
      fatal: true,
    }),
  },
  {
    codes: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
    say: clockOff,
  },
  {
    // Of STS, which has no code of its own for it.
    when: ({ message }) => /signature (?:expired|not yet current)/i.test(message),
    say: clockOff,
  },
  {
    when: ({ code, status }) =>
      status === 429 || /^(?:SlowDown|Throttl|TooManyRequests|RequestLimitExceeded|BandwidthLimit)/.test(code),
    say: () => ({
      code: 'throttled',
      cause: 'AWS asks for fewer requests',
      who: 'nobody',
      fix: 'try again in a few minutes; if it continues, something else sends too many requests to this bucket or account',
    }),
  },
  {
    when: ({ status }) => status !== undefined && status >= 500,
    say: ({ code, status }) => ({
      code: 'server-error',
      cause: `AWS, or the server in its place, could not answer: ${code} (HTTP ${status})`,
      who: 'nobody',
      fix: 'try again in a few minutes; health.aws.amazon.com shows incidents',
    }),
  },
];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html */
function clockOff() {
  return {
    code: 'clock-off',
    cause:
      "this machine's clock is wrong by more than some minutes, so AWS rejects its signatures as too old or too new",
    who: 'vendor',
    fix: 'set the clock from a time server (timedatectl set-ntp true), then try again',
    fatal: true,
  } as const;
}
