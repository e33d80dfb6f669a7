import { type Provider, parseProvider } from '../../lib/rules/provider';
import {
  assumeSelf,
  certificateTrust,
  checkCertificateTrust,
  checkExternalId,
  checkRoleSessionName,
  nobodyTrusted,
  principalMatches,
  type RoleTrust,
  roleTrust,
  statementsFor,
  tokenTrust,
} from '../../lib/rules/trust';
import { Status } from '../../lib/rules/vocabulary';

const ROLE = 'arn:aws:iam::111122223333:role/team/exporter';
const USER = 'arn:aws:iam::111122223333:user/jobs';
const OTHER = 'arn:aws:iam::444455556666:role/x';
const CANONICAL = '0123456789abcdef'.repeat(4);
const root = (account: string) => `arn:aws:iam::${account}:root`;
const UNTIL = { DateLessThan: { 'aws:CurrentTime': '2030-01-31T00:00:00Z' } };

describe('an external ID', () => {
  test.each(['ab', 'x'.repeat(1224), 'X_SFCRole=2_a/b=', 'a+=,.@:/-_9Z'])('may be %.20s', (id) => {
    expect(checkExternalId(id)).toEqual([]);
  });

  const FIX = 'use 2 to 1,224 characters of A-Z a-z 0-9 _ + = , . @ : / -';
  test.each([
    ['a', 'the external ID is 1 character long'],
    ['', 'the external ID is 0 characters long'],
    ['x'.repeat(1225), 'the external ID is 1,225 characters long'],
    ['a b', 'the external ID "a b" has " ", which AWS does not take'],
    ['ab*', 'the external ID "ab*" has "*", which AWS does not take'],
    ['*ab', 'the external ID "*ab" has "*", which AWS does not take'],
    ['ab\n', 'the external ID "ab\\n" has "\\n", which AWS does not take'],
  ])('may not be %.20j', (id, message) => {
    expect(checkExternalId(id)).toEqual([{ code: 'bad-external-id', message, fix: FIX }]);
  });
});

describe('a session name', () => {
  test.each(['ab', 'export-*', '*-a', 'a*b', 'x'.repeat(64), 'a_+=,.@-9'])('may be %.20s', (name) => {
    expect(checkRoleSessionName(name)).toEqual([]);
  });

  test.each(['a', '', '**', '****', 'a b', 'a/b', 'a?', 'x'.repeat(65), ' ab', 'ab '])('may not be %.20j', (name) => {
    expect(checkRoleSessionName(name)).toEqual([
      {
        code: 'bad-session-name',
        message: `${JSON.stringify(name)} is not a role session name`,
        fix: 'use 2 to 64 characters of A-Z a-z 0-9 _ + = , . @ -, with * for a part that varies',
      },
    ]);
  });
});

describe('vendors', () => {
  test('roles and users are their accounts, with their ARNs as a condition', () => {
    expect(principalMatches([ROLE], 'aws')).toEqual([
      { principal: { AWS: root('111122223333') }, condition: { StringEquals: { 'aws:PrincipalArn': ROLE } } },
    ]);
    expect(principalMatches([ROLE, USER, OTHER], 'aws')).toEqual([
      {
        principal: { AWS: [root('111122223333'), root('444455556666')] },
        condition: { StringEquals: { 'aws:PrincipalArn': [ROLE, USER, OTHER] } },
      },
    ]);
  });

  test('whole accounts stand without a condition, in the deployment’s partition where they name none', () => {
    expect(principalMatches(['111122223333'], 'aws-cn')).toEqual([
      { principal: { AWS: 'arn:aws-cn:iam::111122223333:root' } },
    ]);
    expect(principalMatches([root('111122223333'), '111122223333', '444455556666'], 'aws')).toEqual([
      { principal: { AWS: [root('111122223333'), root('444455556666')] } },
    ]);
  });

  test('canonical users stand by themselves', () => {
    expect(principalMatches([CANONICAL], 'aws')).toEqual([{ principal: { CanonicalUser: CANONICAL } }]);
  });

  test('each sort has an element of its own, so that no condition of one weighs on another', () => {
    expect(principalMatches([CANONICAL, '444455556666', ROLE], 'aws')).toEqual([
      { principal: { AWS: root('111122223333') }, condition: { StringEquals: { 'aws:PrincipalArn': ROLE } } },
      { principal: { AWS: root('444455556666') } },
      { principal: { CanonicalUser: CANONICAL } },
    ]);
  });

  test('nobody is nobody, and what is no principal is refused', () => {
    expect(principalMatches([], 'aws')).toEqual([]);
    expect(() => principalMatches(['*'], 'aws')).toThrow('* is not a principal');
  });
});

test('statements of a bucket policy name each sort of vendor, and keep their own conditions', () => {
  const confined = [
    { Sid: 'Location', Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: 'b' },
    { Sid: 'List', Effect: 'Allow', Action: 's3:ListBucket', Resource: 'b', Condition: { StringLike: { p: 'x/*' } } },
  ] as const;
  const who = { StringEquals: { 'aws:PrincipalArn': ROLE } };
  expect(statementsFor([ROLE, CANONICAL], 'aws', 'adobe', confined)).toEqual([
    { ...confined[0], Sid: 'adobeLocation', Principal: { AWS: root('111122223333') }, Condition: who },
    {
      ...confined[1],
      Sid: 'adobeList',
      Principal: { AWS: root('111122223333') },
      Condition: { ...who, StringLike: { p: 'x/*' } },
    },
    { ...confined[0], Sid: 'adobeLocationFor2', Principal: { CanonicalUser: CANONICAL } },
    { ...confined[1], Sid: 'adobeListFor2', Principal: { CanonicalUser: CANONICAL } },
  ]);
});

describe('the trust of a role', () => {
  const trust = (more: Partial<RoleTrust> = {}) =>
    roleTrust({ principals: [ROLE], externalIds: [], partition: 'aws', ...more });
  const VENDOR = {
    Sid: 'Vendor',
    Effect: 'Allow',
    Principal: { AWS: root('111122223333') },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:PrincipalArn': ROLE } },
  };
  const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

  test('lets in its principals and nobody else', () => {
    expect(trust()).toEqual(document(VENDOR));
    expect(trust({ principals: [] })).toEqual(document());
  });

  test('asks for one of the external IDs', () => {
    const asking = (id: unknown) => ({ StringEquals: { 'aws:PrincipalArn': ROLE, 'sts:ExternalId': id } });
    expect(trust({ externalIds: ['e1'] })).toEqual(document({ ...VENDOR, Condition: asking('e1') }));
    expect(trust({ externalIds: ['e1', 'e2'] })).toEqual(document({ ...VENDOR, Condition: asking(['e1', 'e2']) }));
  });

  test('asks for the session name, letter by letter where nothing in it varies', () => {
    expect(trust({ roleSessionName: 'export' })).toEqual(
      document({
        ...VENDOR,
        Condition: { StringEquals: { 'aws:PrincipalArn': ROLE, 'sts:RoleSessionName': 'export' } },
      }),
    );
    expect(trust({ roleSessionName: 'export-*' })).toEqual(
      document({
        ...VENDOR,
        Condition: { ...VENDOR.Condition, StringLike: { 'sts:RoleSessionName': 'export-*' } },
      }),
    );
  });

  test('ends with the date', () => {
    expect(trust({ expires: '2030-01-31' })).toEqual(
      document({ ...VENDOR, Condition: { ...VENDOR.Condition, ...UNTIL } }),
    );
  });

  test('says the same of every sort of principal, and of the role itself', () => {
    const roleArn = 'arn:aws:iam::999988887777:role/kohler_adobe';
    const asked = { 'sts:ExternalId': 'e1' };
    expect(
      trust({
        principals: [ROLE, '444455556666'],
        externalIds: ['e1'],
        expires: '2030-01-31',
        self: { roleArn, account: '999988887777' },
      }),
    ).toEqual(
      document(
        { ...VENDOR, Condition: { StringEquals: { 'aws:PrincipalArn': ROLE, ...asked }, ...UNTIL } },
        {
          ...VENDOR,
          Sid: 'Vendor2',
          Principal: { AWS: root('444455556666') },
          Condition: { StringEquals: asked, ...UNTIL },
        },
        {
          Sid: 'Self',
          Effect: 'Allow',
          Principal: { AWS: root('999988887777') },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:PrincipalArn': roleArn, ...asked }, ...UNTIL },
        },
      ),
    );
  });

  test('a role that assumes itself is allowed to, by its own policy too', () => {
    expect(assumeSelf(ROLE)).toEqual({ Sid: 'AssumeSelf', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE });
  });

  test('lets nobody in while it is not active', () => {
    expect(nobodyTrusted()).toEqual(
      document({ Sid: 'NotActive', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
    );
  });
});

describe('the trust of a certificate', () => {
  const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/1';
  const statementOf = (subject: Parameters<typeof certificateTrust>[0]['subject'], expires?: string) =>
    certificateTrust({ trustAnchorArn: ANCHOR, subject, expires });
  const expected = (subject: Record<string, string>, more = {}) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Certificate',
        Effect: 'Allow',
        Principal: { Service: 'rolesanywhere.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition: { ArnEquals: { 'aws:SourceArn': ANCHOR }, StringEquals: subject, ...more },
      },
    ],
  });

  test('is of one anchor and one subject, as much of it as is named', () => {
    expect(statementOf({ commonName: 'c' })).toStrictEqual(expected({ 'aws:PrincipalTag/x509Subject/CN': 'c' }));
    expect(statementOf({ commonName: 'c', organization: 'o' })).toStrictEqual(
      expected({ 'aws:PrincipalTag/x509Subject/CN': 'c', 'aws:PrincipalTag/x509Subject/O': 'o' }),
    );
    expect(statementOf({ commonName: 'c', organizationalUnit: 'u' })).toStrictEqual(
      expected({ 'aws:PrincipalTag/x509Subject/CN': 'c', 'aws:PrincipalTag/x509Subject/OU': 'u' }),
    );
  });

  test('ends with the date', () => {
    expect(statementOf({ commonName: 'c' }, '2030-01-31')).toStrictEqual(
      expected({ 'aws:PrincipalTag/x509Subject/CN': 'c' }, UNTIL),
    );
  });

  test('lacks nothing while active', () => {
    const lacks = (status: Status, trustAnchor: boolean, commonName?: string) =>
      checkCertificateTrust({ status, trustAnchor, commonName });
    const anchor = {
      code: 'missing-key',
      message: 'the trust anchor is missing',
      fix: "name the authority that issues the vendor's certificate, or set status: pending until it is known",
    };
    const name = {
      code: 'missing-key',
      message: 'the common name is missing',
      fix: "say which certificate: its subject's CN, or set status: pending until it is known",
    };
    expect(lacks(Status.ACTIVE, true, 'c')).toStrictEqual([]);
    expect(lacks(Status.ACTIVE, false, 'c')).toStrictEqual([anchor]);
    expect(lacks(Status.ACTIVE, true)).toStrictEqual([name]);
    expect(lacks(Status.ACTIVE, false)).toStrictEqual([anchor, name]);
    expect(lacks(Status.PENDING, false)).toStrictEqual([]);
    expect(lacks(Status.SUSPENDED, false)).toStrictEqual([]);
  });
});

describe('the trust of a token', () => {
  const PROVIDER_ARN = 'arn:aws:iam::111122223333:oidc-provider/login.example.com/x';
  const of = (url: string) => parseProvider(url) as Provider;
  const token = (more: Partial<Parameters<typeof tokenTrust>[0]>) =>
    tokenTrust({
      provider: of('https://login.example.com/x'),
      providerArn: PROVIDER_ARN,
      audiences: ['a1'],
      subjects: ['s1'],
      ...more,
    });
  const TOKEN = {
    Sid: 'Token',
    Effect: 'Allow',
    Principal: { Federated: PROVIDER_ARN },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { 'login.example.com/x:aud': 'a1', 'login.example.com/x:sub': 's1' } },
  };
  const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

  test('is of one provider, its audiences and its subjects', () => {
    expect(token({})).toEqual(document(TOKEN));
    expect(token({ audiences: ['a1', 'a2'], subjects: ['s1', 's2'] })).toEqual(
      document({
        ...TOKEN,
        Condition: {
          StringEquals: { 'login.example.com/x:aud': ['a1', 'a2'], 'login.example.com/x:sub': ['s1', 's2'] },
        },
      }),
    );
  });

  test('is of a session name, instead of subjects or besides', () => {
    const audience = { 'login.example.com/x:aud': 'a1' };
    expect(token({ subjects: [], roleSessionName: 'run' })).toEqual(
      document({ ...TOKEN, Condition: { StringEquals: { ...audience, 'sts:RoleSessionName': 'run' } } }),
    );
    expect(token({ roleSessionName: 'run-*' })).toEqual(
      document({ ...TOKEN, Condition: { ...TOKEN.Condition, StringLike: { 'sts:RoleSessionName': 'run-*' } } }),
    );
  });

  test('ends with the date', () => {
    expect(token({ expires: '2030-01-31' })).toEqual(
      document({ ...TOKEN, Condition: { ...TOKEN.Condition, ...UNTIL } }),
    );
  });

  test('of Cognito, which AWS knows by itself too, the identity pool is asked', () => {
    const trusted = token({
      provider: of('https://cognito-identity.amazonaws.com'),
      audiences: ['eu-west-1:11111111-2222-4333-8444-555555555555'],
    });
    expect(trusted).toEqual(
      document({
        Sid: 'Token',
        Effect: 'Allow',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'cognito-identity.amazonaws.com:aud': 'eu-west-1:11111111-2222-4333-8444-555555555555',
            'cognito-identity.amazonaws.com:sub': 's1',
          },
        },
      }),
    );
  });

  test('of Google, which AWS knows by itself, both audience keys are asked', () => {
    const google = (Sid: string, key: string) => ({
      ...TOKEN,
      Sid,
      Principal: { Federated: 'accounts.google.com' },
      Condition: { StringEquals: { [`accounts.google.com:${key}`]: 'a1', 'accounts.google.com:sub': 's1' } },
    });
    expect(token({ provider: of('https://accounts.google.com') })).toEqual(
      document(google('Token', 'aud'), google('Token2', 'oaud')),
    );
  });
});
