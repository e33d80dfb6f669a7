import type { Kind } from '../rules/vocabulary';
import { opensSession } from './asked';
import type { CauseRule } from './cause-rule';
import { regionOf } from './grantee';

const TOKEN_CODES = [
  'InvalidIdentityToken',
  'InvalidIdentityTokenException',
  'IDPRejectedClaim',
  'IDPRejectedClaimException',
] as const;

const CERTIFICATE =
  /Untrusted (?:signing )?certificate|Insufficient certificate|Invalid signature|certificate (?:has )?(?:expired|been revoked|is revoked|revoked)/i;

/**
 * AWS does not know who asks: the credentials themselves.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
export const CALLER: readonly CauseRule[] = [
  {
    codes: ['CredentialsProviderError', 'CredentialsError'],
    say: (_, { grantee }) => ({
      code: 'no-credentials',
      cause: 'there are no credentials here',
      who: 'vendor',
      fix: `${GET[grantee.kind]} (--profile NAME, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)`,
      fatal: true,
    }),
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html#PresignedUrlUploadObject-LimitCapabilities
    codes: ['AccessDenied'],
    when: ({ message }) => /Request has expired/i.test(message),
    say: () => ({
      code: 'expired-session',
      cause: 'the presigned URL has expired: it ends at its own time, or with the session that signed it',
      who: 'vendor',
      fix: 'sign a new URL, in a session that lasts as long as the URL must',
      fatal: true,
    }),
  },
  {
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
    codes: [...TOKEN_CODES],
    when: ({ message }) => /audience/i.test(message),
    say: () => ({
      code: 'token-audience',
      cause: 'the token is meant for another audience (its aud claim) than the identity provider and the trust take',
      who: 'vendor or owner',
      fix: 'the vendor asks for a token with the audience of the hand-off; or the owner corrects audiences in the definition, and deploys',
      fatal: true,
    }),
  },
  {
    codes: [...TOKEN_CODES],
    when: ({ message }) => /No OpenIDConnect provider found/i.test(message),
    say: () => ({
      code: 'bad-token',
      cause: "the owner's account has no identity provider for the token's issuer",
      who: 'vendor or owner',
      fix: "compare the token's iss claim with the definition's provider; if they agree, the owner deploys the identity providers",
      fatal: true,
    }),
  },
  {
    // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html
    when: ({ message }) => CERTIFICATE.test(message),
    say: ({ message }) => ({
      code: 'certificate-refused',
      cause: `IAM Roles Anywhere does not accept the certificate (${CERTIFICATE.exec(message)?.[0]}): another authority issued it, it has expired or is revoked, the chain is incomplete, or the private key is another's`,
      who: 'vendor or owner',
      fix: 'the vendor uses a valid certificate of the authority that the definition names, with its intermediates; the owner compares trustAnchor in the definition, and deploys',
      fatal: true,
    }),
  },
  {
    codes: [...TOKEN_CODES],
    say: () => ({
      code: 'bad-token',
      cause:
        'the token is not accepted: another issuer or audience than the trust names, or a signature that does not fit',
      who: 'vendor or owner',
      fix: "compare the token's iss and aud claims with the definition's provider and audiences",
      fatal: true,
    }),
  },
  {
    codes: ['IDPCommunicationError', 'IDPCommunicationErrorException'],
    say: () => ({
      code: 'issuer-unreachable',
      cause: "AWS can't reach the issuer of the token to check it",
      who: 'vendor',
      fix: "publish the issuer's /.well-known/openid-configuration and keys on the internet, then try again",
      fatal: true,
    }),
  },
  {
    codes: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    say: (_, { asked }) => ({
      code: 'expired-session',
      cause: opensSession(asked) ? 'the session or token of the caller has expired' : 'the session has ended',
      who: 'vendor',
      fix: 'get new temporary credentials, or a new token, and try again',
      fatal: true,
    }),
  },
  {
    codes: ['InvalidAccessKeyId', 'InvalidClientTokenId', 'UnrecognizedClientException'],
    say: (_, { grantee }) =>
      grantee.kind === 'access-key'
        ? {
            code: 'unknown-key',
            cause: 'AWS knows no such access key: it was rotated, suspended or deleted, or cut off when it was entered',
            who: 'vendor or owner',
            fix: "enter the key again from its secret; if it is the same, see which key slots the definition has, and the integration's status",
            fatal: true,
          }
        : {
            code: 'unknown-key',
            cause:
              "AWS knows no such access key: the vendor's own key was deleted or made inactive, or cut off when it was entered",
            who: 'vendor',
            fix: 'use credentials that work: aws sts get-caller-identity shows whether they do',
            fatal: true,
          },
  },
  {
    when: ({ code, message, region }) =>
      code === 'AuthorizationHeaderMalformed' && region === undefined && !/region/i.test(message),
    say: () => ({
      code: 'unknown-key',
      cause: 'this is not an access key ID: it was cut off or changed when it was entered',
      who: 'vendor',
      fix: 'enter the access key ID and the secret again',
      fatal: true,
    }),
  },
  {
    codes: ['SignatureDoesNotMatch'],
    say: () => ({
      code: 'wrong-secret',
      cause: 'the secret access key does not belong to the access key ID, or was cut off when it was entered',
      who: 'vendor',
      fix: 'enter both again; a proxy that changes requests has the same effect',
      fatal: true,
    }),
  },
  {
    codes: ['InvalidToken', 'InvalidSecurity', 'MissingAuthenticationToken', 'IncompleteSignature'],
    say: () => ({
      code: 'bad-session-token',
      cause: 'the session token is missing, cut off, or of another key',
      who: 'vendor',
      fix: 'set access key ID, secret and session token together, exactly as you got them',
      fatal: true,
    }),
  },
  {
    // https://repost.aws/knowledge-center/iam-role-chaining-limit
    when: ({ message }) => /session limit for roles assumed by role chaining/.test(message),
    say: () => ({
      code: 'session-too-long',
      cause: 'the caller is itself in a session of a role, which AWS limits to one hour whatever the role allows',
      who: 'vendor',
      fix: 'ask for one hour and renew, or assume the role with a user or with the first role of the chain',
      fatal: true,
    }),
  },
  {
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (DurationSeconds)
    when: ({ message }) => /DurationSeconds exceeds|MaxSessionDuration/.test(message),
    say: () => ({
      code: 'session-too-long',
      cause: 'the session would be longer than the role allows',
      who: 'vendor or owner',
      fix: 'ask for a shorter one, or raise maxSessionDuration in the definition and deploy',
      fatal: true,
    }),
  },
  {
    codes: ['RegionDisabledException'],
    say: (_, { grantee }) => ({
      code: 'region-disabled',
      cause: `STS is not active in ${regionOf(grantee)} in the caller's account`,
      who: 'vendor',
      fix: `activate STS in ${regionOf(grantee)} (IAM, Account settings)`,
      fatal: true,
    }),
  },
  {
    codes: ['AccountProblem', 'AllAccessDisabled', 'NotSignedUp', 'OptInRequired', 'InvalidPayer'],
    say: ({ code }) => ({
      code: 'account-problem',
      cause: `AWS has closed the account, or part of it, to requests (${code})`,
      who: 'owner',
      fix: "see the account's billing and health pages, or ask AWS Support",
      fatal: true,
    }),
  },
];

const GET: Readonly<Record<Kind, string>> = {
  'assumed-role': 'give those of the role or user that assumes the role',
  'direct-trust': "give those of the role or user that the bucket's policy names",
  'roles-anywhere': 'give a profile whose credential_process is aws_signing_helper',
  'web-identity': 'give the token (--token-file FILE), or a profile with web_identity_token_file',
  'access-key': 'give the access key itself',
};
