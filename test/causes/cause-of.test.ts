import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asked } from '../../lib/causes/asked';
import { CAUSES, type Cause, type CauseCode, type CauseMeaning, type Who } from '../../lib/causes/cause';
import * as table from '../../lib/causes/cause-of';
import type { FailedRequest } from '../../lib/causes/cause-rule';
import type { Grantee } from '../../lib/causes/grantee';
import { isDenial, type Refusal } from '../../lib/causes/refusal';
import { askedBy, type StepName } from '../../lib/connection/step';
import { Capability } from '../../lib/rules/confinement';
import { Status } from '../../lib/rules/vocabulary';
import { HANDED } from '../connection/fake';

/** No case says that another must act than the table does. */
const causeOf = (refusal: Refusal, request: FailedRequest): Cause => {
  const found = table.causeOf(refusal, request);
  const { who } = CAUSES[found.code];
  expect(who === 'vendor or owner' ? ['vendor', 'owner', who] : [who]).toContain(found.who);
  return found;
};
const scene = (step: StepName, more: Partial<FailedRequest> = {}): FailedRequest => ({
  ...{ asked: askedBy(step, HANDED), grantee: HANDED, today: '2026-11-22', reached: true },
  ...more,
});
const code = (name: string, status?: number, message = ''): Refusal => ({ code: name, status, message });
const denied = (message = 'Access Denied') => code('AccessDenied', 403, message);
const WHO_ASKS = 'User: arn:aws:sts::111122223333:assumed-role/kohler_reltio/x is not authorized to perform:';
const because = (action: string, policy: string) =>
  denied(
    `${WHO_ASKS} ${action} on resource: "arn:aws:s3:::integrations-kohler" because no ${policy} allows the ${action} action`,
  );
const explicit = (action: string, policy: string) => denied(`${WHO_ASKS} ${action} with an explicit deny in ${policy}`);
const DIRECT: Partial<FailedRequest> = {
  grantee: { ...HANDED, kind: 'direct-trust', roleArn: undefined, externalIds: [] },
};
const KEY: Partial<FailedRequest> = { grantee: { ...HANDED, kind: 'access-key', roleArn: undefined, externalIds: [] } };
const TOKEN: Partial<FailedRequest> = { grantee: { ...HANDED, kind: 'web-identity', externalIds: [] } };

describe('no answer of AWS', () => {
  test.each<[string, Refusal, string, Who]>([
    ['no name', code('ENOTFOUND'), 'no-network', 'network'],
    ['no name server', code('EAI_AGAIN'), 'no-network', 'network'],
    ['a closed port', code('ECONNREFUSED'), 'no-network', 'network'],
    ['no route', code('ENETUNREACH'), 'no-network', 'network'],
    ['silence', code('TimeoutError'), 'no-network', 'network'],
    ['an end of patience', code('AbortError'), 'no-network', 'network'],
    ['a cut', code('ECONNRESET'), 'no-network', 'network'],
    ['a proxy that opens TLS', code('SELF_SIGNED_CERT_IN_CHAIN'), 'tls', 'network'],
    ['a certificate of old', code('CERT_HAS_EXPIRED'), 'tls', 'network'],
    ['a login page', code('UnreadableAnswer', 200), 'not-aws', 'network'],
    ['a proxy that wants a password', code('Unknown', 407), 'not-aws', 'network'],
    ['a clock that is off, for S3', code('RequestTimeTooSkewed', 403), 'clock-off', 'vendor'],
    [
      'a clock that is off, for STS',
      code('SignatureDoesNotMatch', 403, 'Signature expired: 20261122T100000Z is now earlier than 20261122T110000Z'),
      'clock-off',
      'vendor',
    ],
    [
      'a clock in the future',
      code('SignatureDoesNotMatch', 403, 'Signature not yet current: x'),
      'clock-off',
      'vendor',
    ],
    ['too many requests to S3', code('SlowDown', 503), 'throttled', 'nobody'],
    ['too many requests to STS', code('ThrottlingException', 400), 'throttled', 'nobody'],
    ['trouble at AWS', code('InternalError', 500), 'server-error', 'nobody'],
  ])('%s', (_, refusal, expected, who) => {
    expect(causeOf(refusal, scene('list'))).toMatchObject({ code: expected, who });
    expect(isDenial(refusal) && expected !== 'not-aws').toBe(false);
  });
});

describe('who asks is not known', () => {
  test.each<[string, Refusal, string, Who, Partial<FailedRequest>?]>([
    ['no credentials', code('CredentialsProviderError'), 'no-credentials', 'vendor'],
    ['an ended session', code('ExpiredToken', 400), 'expired-session', 'vendor'],
    ['an ended session, for STS', code('ExpiredTokenException', 403), 'expired-session', 'vendor'],
    ["a deleted key of the vendor's", code('InvalidClientTokenId', 403), 'unknown-key', 'vendor'],
    ['a rotated access key', code('InvalidAccessKeyId', 403), 'unknown-key', 'vendor or owner', KEY],
    [
      'a wrong secret',
      code('SignatureDoesNotMatch', 403, 'The request signature we calculated'),
      'wrong-secret',
      'vendor',
    ],
    [
      'half a key',
      code('AuthorizationHeaderMalformed', 400, 'a non-empty Access Key (AKID) must be provided'),
      'unknown-key',
      'vendor',
    ],
    ['half a session', code('InvalidToken', 400), 'bad-session-token', 'vendor'],
    ['a token of another issuer', code('InvalidIdentityToken', 400), 'bad-token', 'vendor or owner', TOKEN],
    ['a hidden issuer', code('IDPCommunicationError', 400), 'issuer-unreachable', 'vendor', TOKEN],
    [
      'a session that is too long',
      code('ValidationError', 400, 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'),
      'session-too-long',
      'vendor or owner',
    ],
    [
      'a long session of a session',
      code(
        'ValidationError',
        400,
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      ),
      'session-too-long',
      'vendor',
    ],
    ['a region without STS', code('RegionDisabledException', 403), 'region-disabled', 'vendor'],
    ['a closed account', code('AllAccessDisabled', 403), 'account-problem', 'owner'],
  ])('%s', (_, refusal, expected, who, more = {}) => {
    expect(causeOf(refusal, scene('assume', more))).toMatchObject({ code: expected, who, fatal: true });
    expect(isDenial(refusal)).toBe(false);
  });
});

describe('the wrong place', () => {
  test('names the region in which the bucket is', () => {
    const elsewhere = { ...code('PermanentRedirect', 301), region: 'us-west-2' };
    expect(causeOf(elsewhere, scene('location'))).toMatchObject({
      code: 'wrong-region',
      who: 'owner',
      cause: 'the bucket integrations-kohler is in us-west-2, not in eu-west-1',
    });
  });

  test.each<[string, Refusal, string]>([
    ['a redirect', code('PermanentRedirect', 301), 'wrong-region'],
    [
      'a wrong region in the signature',
      code('AuthorizationHeaderMalformed', 400, "the region 'eu-west-1' is wrong; expecting 'us-west-2'"),
      'wrong-region',
    ],
    ['an opt-in region', code('IllegalLocationConstraintException', 400), 'wrong-region'],
    ['a denial that names another region', { ...denied(), region: 'us-west-2' }, 'wrong-region'],
    ['no bucket', code('NoSuchBucket', 404), 'no-bucket'],
    ['a bucket that can not be', code('InvalidBucketName', 400), 'no-bucket'],
    ['no object', code('NoSuchKey', 404), 'no-object'],
    ['no ACL', code('AccessControlListNotSupported', 400), 'acl-refused'],
    ['a disabled key', code('KMS.DisabledException', 400), 'key-unusable'],
    ['anything else', code('MalformedXML', 400), 'unknown'],
  ])('%s', (_, refusal, expected) => {
    expect(causeOf(refusal, scene('put')).code).toBe(expected);
  });

  test('a denial in the right region is a denial', () => {
    expect(causeOf({ ...denied(), region: 'eu-west-1' }, scene('put')).code).toBe('not-granted');
  });
});

describe('a denial', () => {
  test.each<[string, Refusal, StepName, string, Who, Partial<FailedRequest>?]>([
    ['of the trust, unexplained', code('Unknown', 403), 'assume', 'assume-denied', 'vendor or owner'],
    [
      'of the trust, explained',
      because('sts:AssumeRole', 'role trust policy'),
      'assume',
      'assume-denied',
      'vendor or owner',
    ],
    ['of the trust, to a token', denied(), 'assume', 'assume-denied', 'vendor or owner', TOKEN],
    ['of a suspended trust', explicit('sts:AssumeRole', 'the role trust policy'), 'assume', 'not-active', 'owner'],
    [
      "of the vendor's own policies",
      because('sts:AssumeRole', 'identity-based policy'),
      'assume',
      'vendor-policy',
      'vendor',
    ],
    [
      "of the vendor's organization",
      explicit('sts:AssumeRole', 'a service control policy'),
      'assume',
      'organization-policy',
      'vendor',
    ],
    [
      "of the owner's organization",
      explicit('s3:PutObject', 'a service control policy'),
      'put',
      'organization-policy',
      'owner',
    ],
    [
      'of resources in the organization',
      explicit('s3:PutObject', 'a resource control policy'),
      'put',
      'organization-policy',
      'owner',
    ],
    ['of a suspended role', explicit('s3:ListBucket', 'an identity-based policy'), 'list', 'not-active', 'owner'],
    [
      "of the vendor's own Deny",
      explicit('s3:ListBucket', 'an identity-based policy'),
      'list',
      'vendor-policy',
      'vendor',
      DIRECT,
    ],
    ['of a boundary', because('s3:PutObject', 'permissions boundary'), 'put', 'boundary', 'owner'],
    ['of a VPC endpoint', because('s3:PutObject', 'VPC endpoint policy'), 'put', 'endpoint-policy', 'network'],
    ['of a session policy', because('s3:PutObject', 'session policy'), 'put', 'session-policy', 'vendor or owner'],
    ['of the bucket', explicit('s3:PutObject', 'a resource-based policy'), 'put', 'bucket-denies', 'vendor or owner'],
    ['of a key', because('kms:GenerateDataKey', 'identity-based policy'), 'put', 'key-denied', 'owner'],
    ['of a key, to direct trust', denied('kms:Decrypt'), 'put', 'key-denied', 'vendor or owner', DIRECT],
    ['of what the role lacks', because('s3:PutObject', 'identity-based policy'), 'put', 'not-granted', 'owner'],
    ['unexplained', denied(), 'delete', 'not-granted', 'owner'],
    ['unexplained, to direct trust', denied(), 'delete', 'not-granted', 'vendor or owner', DIRECT],
    ['of everything', denied(), 'list', 'nothing-allowed', 'vendor or owner', { reached: false }],
    ['after the end', denied(), 'assume', 'expired', 'owner', { grantee: { ...HANDED, expires: '2026-11-22' } }],
    [
      'before the end',
      denied(),
      'assume',
      'assume-denied',
      'vendor or owner',
      { grantee: { ...HANDED, expires: '2026-11-23' } },
    ],
  ])('%s', (_, refusal, step, expected, who, more = {}) => {
    expect(isDenial(refusal)).toBe(true);
    expect(causeOf(refusal, scene(step, more))).toMatchObject({ code: expected, who });
  });

  test('of the trust says all that STS does not tell apart', () => {
    const { cause, fix } = causeOf(code('Unknown', 403), scene('assume'));
    for (const word of ['external ID', 'does not exist', 'suspended', 'sts:AssumeRole']) expect(cause).toContain(word);
    expect(fix).toContain('get-caller-identity');
    expect(cause).not.toContain('5ez83245');
  });

  test('names what is missing, and the client to deploy', () => {
    expect(causeOf(denied(), scene('multipart'))).toMatchObject({
      cause: expect.stringContaining('does not grant write under reltio/'),
      fix: expect.stringContaining('npx cdk deploy kohler'),
    });
  });
});

const asking = (asked: Asked, more: Partial<Grantee> = {}, reached?: boolean): FailedRequest => ({
  ...{ asked, grantee: { ...HANDED, ...more }, today: '2026-11-22', reached },
});
const PUT = 's3:PutObject';
const IDENTITY_DENY = explicit(PUT, 'an identity-based policy');

describe('a denial of what the definition explains', () => {
  test.each<[string, Refusal, FailedRequest, CauseCode, Who]>([
    ['of a key elsewhere', denied(), asking({ action: PUT, key: 'adobe/a' }), 'outside-prefix', 'vendor'],
    ['of a key without the slash', denied(), asking({ action: PUT, key: 'reltio2/a' }), 'outside-prefix', 'vendor'],
    [
      'of an ACL on a key elsewhere: the key comes first',
      because('s3:PutObjectAcl', 'identity-based policy'),
      asking({ action: 's3:PutObjectAcl', key: 'a.csv' }),
      'outside-prefix',
      'vendor',
    ],
    ['of the root', denied(), asking({ action: 's3:ListBucket', prefix: '' }), 'outside-prefix', 'vendor'],
    [
      'of the bucket itself',
      code('403', 403),
      asking({ action: 's3:ListBucket', operation: 'HeadBucket', prefix: '' }),
      'head-bucket',
      'vendor or owner',
    ],
    [
      'of the bucket itself, to who may list its root',
      denied(),
      asking({ action: 's3:ListBucket', operation: 'HeadBucket', prefix: '' }, { access: [Capability.ROOT_LIST] }),
      'not-granted',
      'owner',
    ],
    [
      'of an upload with tags',
      because('s3:PutObjectTagging', 'identity-based policy'),
      asking({ action: 's3:PutObjectTagging', operation: 'PutObject', key: 'reltio/a' }),
      'tags-not-granted',
      'vendor or owner',
    ],
    [
      'of tags that are granted',
      denied(),
      asking({ action: 's3:PutObjectTagging' }, { access: [Capability.TAGS] }),
      'not-granted',
      'owner',
    ],
    [
      'of a capability that is not defined',
      denied(),
      asking({ action: 's3:GetObjectVersion', key: 'reltio/a' }),
      'not-granted',
      'vendor or owner',
    ],
    ['of what nobody gets', denied(), asking({ action: 's3:CreateBucket' }), 'not-granted', 'vendor'],
    [
      'of another key',
      denied(),
      asking({ action: PUT, key: 'reltio/a', foreignEncryption: true }),
      'foreign-key',
      'vendor',
    ],
    [
      'by a Deny of ours, in use',
      IDENTITY_DENY,
      asking({ action: PUT, key: 'reltio/a' }, {}, true),
      'foreign-key',
      'vendor',
    ],
    [
      'by a Deny of ours, as far as is known',
      IDENTITY_DENY,
      asking({ action: PUT, key: 'reltio/a' }),
      'not-active',
      'owner',
    ],
    [
      'by a Deny of ours, without a header',
      IDENTITY_DENY,
      asking({ action: PUT, foreignEncryption: false }, {}, true),
      'not-active',
      'owner',
    ],
    ['while suspended', denied(), asking({ action: PUT }, { status: Status.SUSPENDED }), 'not-active', 'owner'],
    [
      'by the organization, of a key elsewhere',
      explicit(PUT, 'a service control policy'),
      asking({ action: PUT, key: 'a' }),
      'organization-policy',
      'owner',
    ],
    [
      'of session tags',
      because('sts:TagSession', 'role trust policy'),
      asking({ action: 'sts:TagSession' }),
      'tag-session',
      'vendor or owner',
    ],
    [
      'of session tags, found in the message',
      because('sts:TagSession', 'role trust policy'),
      asking({ action: 'sts:AssumeRole' }),
      'tag-session',
      'vendor or owner',
    ],
    [
      'of a source identity',
      denied(`${WHO_ASKS} sts:SetSourceIdentity on resource: x`),
      asking({ action: 'sts:AssumeRole' }),
      'source-identity',
      'vendor or owner',
    ],
    [
      'of a certificate, unexplained',
      denied('Unable to assume role'),
      asking({ action: 'rolesanywhere:CreateSession' }, { kind: 'roles-anywhere' }),
      'assume-denied',
      'vendor or owner',
    ],
    [
      'of a role that is not there to be assumed',
      denied(),
      asking({ action: 'sts:AssumeRole' }, { kind: 'access-key' }),
      'assume-denied',
      'vendor',
    ],
  ])('%s', (_, refusal, request, expected, who) => {
    expect(causeOf(refusal, request)).toMatchObject({ code: expected, who });
  });
});

describe('what is no denial', () => {
  const HEAD = { action: 's3:GetObject', operation: 'HeadObject', key: 'reltio/a' };

  test.each<[string, Refusal, FailedRequest, CauseCode]>([
    ['a bare 400', code('400', 400, 'Bad Request'), asking(HEAD), 'wrong-region'],
    ['a 400 with a body', code('InvalidArgument', 400), asking(HEAD), 'unknown'],
    ['a bare 400 of a GET', code('400', 400), asking({ ...HEAD, operation: 'GetObject' }), 'unknown'],
    ['a presigned URL of old', denied('Request has expired'), asking(HEAD), 'expired-session'],
    [
      'another audience',
      code('InvalidIdentityToken', 400, 'Incorrect token audience'),
      asking({ action: 'sts:AssumeRoleWithWebIdentity' }, { kind: 'web-identity' }),
      'token-audience',
    ],
    [
      'another issuer',
      code('InvalidIdentityToken', 400, 'No OpenIDConnect provider found in your account for https://example.com'),
      asking({ action: 'sts:AssumeRoleWithWebIdentity' }, { kind: 'web-identity' }),
      'bad-token',
    ],
    [
      'another authority',
      code('AccessDeniedException', 403, 'Untrusted signing certificate'),
      asking({ action: 'rolesanywhere:CreateSession' }, { kind: 'roles-anywhere' }),
      'certificate-refused',
    ],
    [
      "somebody else's private key",
      code('AccessDeniedException', 403, 'Invalid signature'),
      asking({ action: 'rolesanywhere:CreateSession' }, { kind: 'roles-anywhere' }),
      'certificate-refused',
    ],
  ])('%s', (_, refusal, request, expected) => {
    expect(causeOf(refusal, request).code).toBe(expected);
  });
});

test('texts from outside are quoted and printable', () => {
  const { cause } = causeOf(denied(), asking({ action: PUT, key: '\u001b[31mred\n' }));
  expect(cause).toContain('"\\u001b[31mred\\n"');
});

test('each code has a cause, who fixes it, and how', () => {
  for (const { cause, who, fix } of Object.values<CauseMeaning>(CAUSES)) {
    expect(cause).toMatch(/^\S.*[^.]$/);
    expect(fix).toMatch(/^\S.*[^.]$/);
    expect(['vendor', 'owner', 'vendor or owner', 'network', 'nobody']).toContain(who);
  }
});

test('the documentation has each code of a cause, and no other', () => {
  const page = readFileSync(join(__dirname, '../../docs/test-connection.md'), 'utf8').split('## Causes')[1] ?? '';
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const said = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)]);
  expect(said.map(([, code]) => code).sort()).toEqual(Object.keys(CAUSES).sort());
});
