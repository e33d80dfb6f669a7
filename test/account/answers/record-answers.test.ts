import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Anonymiser } from './anonymise';
import { answersIn, caseOf } from './record-answers';
import { vocabularyOf } from './vocabulary';

const SAID = { what: 'x', source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/' };

async function given(answers: Readonly<Record<string, unknown>>, keep?: readonly string[]) {
  const text = await caseOf(answers, { ...SAID, keep });
  return { text, ...JSON.parse(text) };
}

/** An account such as a company has: whatever may not be left of it is in small letters in IDENTIFYING. */
const POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'InitechReaders',
      Effect: 'Allow',
      Principal: {
        AWS: ['arn:aws:iam::918273645091:role/initech/warehouse-loader', '*'],
        Service: 'logging.s3.amazonaws.com',
      },
      Action: ['s3:GetObject', 's3:Put*', 'initech:Secret'],
      Resource: 'arn:aws:s3:::umbrella-payroll/hooli/*',
      Condition: {
        StringEquals: {
          'aws:PrincipalArn': 'arn:aws:iam::918273645091:role/initech/warehouse-loader',
          'aws:RequestTag/initechteam': 'x9y8z7',
        },
        IpAddress: { 'aws:SourceIp': ['203.0.113.77/32', '2a01:4f8:aa::77'] },
        StringLike: { 'login.initech.example/realms/payroll:sub': 'svc-payroll' },
      },
    },
  ],
};
const ANSWERS = {
  identity: {
    Account: '564738291056',
    Arn: 'arn:aws:iam::564738291056:user/peter.gibbons',
    UserId: 'AIDAQWERTYUIOPASDFGHJ',
  },
  iam: {
    UserDetailList: [
      {
        UserName: 'peter.gibbons@initech.example',
        UserId: 'AIDAQWERTYUIOPASDFGHJ',
        Arn: 'arn:aws:iam::564738291056:user/peter.gibbons@initech.example',
        Path: '/',
        CreateDate: '2023-07-19T08:41:07+00:00',
        Tags: [{ Key: 'Kostenstelle', Value: 'Geheim-4711-Überweisung' }],
      },
    ],
    RoleDetailList: [
      {
        RoleName: 'InitechWarehouse',
        RoleId: 'AROAZXCVBNMLKJHGFDSAQ',
        Arn: 'arn:aws:iam::564738291056:role/InitechWarehouse',
        Path: '/',
        AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(POLICY)),
        RolePolicyList: [{ PolicyName: 'hooli', PolicyDocument: POLICY }],
        AttachedManagedPolicies: [
          { PolicyName: 'AmazonS3ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' },
        ],
      },
    ],
  },
  maxSessionDurations: { InitechWarehouse: 43200 },
  accessKeys: [
    {
      UserName: 'peter.gibbons@initech.example',
      AccessKeyId: 'AKIAMNBVCXZLKJHGFDSA',
      Status: 'Active',
      CreateDate: '2023-07-19T08:41:07Z',
    },
  ],
  buckets: [
    {
      Name: 'umbrella-payroll',
      Region: 'eu-central-1',
      Policy: { Policy: JSON.stringify(POLICY) },
      Acl: {
        Owner: { DisplayName: 'lumbergh', ID: 'f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0f' },
      },
      Notifications: { Secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzSECRETKEY' },
    },
  ],
  keys: [
    {
      Arn: 'arn:aws:kms:eu-central-1:564738291056:key/8f14e45f-ceea-467f-a9b0-c0ffee15dead',
      Aliases: ['alias/initech'],
    },
  ],
};
const IDENTIFYING = [
  ...[
    'initech',
    'umbrella',
    'payroll',
    'hooli',
    'warehouse',
    'gibbons',
    'peter',
    'lumbergh',
    'kostenstelle',
    'geheim',
    'überweisung',
  ],
  ...[
    '918273645091',
    '564738291056',
    'qwertyuiop',
    'zxcvbnm',
    'mnbvcxz',
    'f0e1d2c3',
    '8f14e45f',
    'c0ffee',
    '203.0.113',
    '2a01',
  ],
  ...['2023', '4711', 'x9y8z7', 'wjalr', 'secretkey', 'realms'],
];

test("nothing of an account is left but what is AWS's own", async () => {
  const { text } = await given(ANSWERS);
  const decoded = `${text}${decodeURIComponent(text.replace(/%(?![0-9A-F]{2})/g, ''))}`.toLowerCase();
  expect(IDENTIFYING.filter((word) => decoded.includes(word))).toEqual([]);
});

test("what is AWS's own stays: members, ARNs, actions, condition keys, Regions", async () => {
  const { given: made, text } = await given(ANSWERS);
  const [role] = made.iam.RoleDetailList;
  expect(role.Arn).toMatch(/^arn:aws:iam::111122223333:role\/N\d+$/);
  const [{ PolicyDocument: policy }] = role.RolePolicyList;
  const [statement] = policy.Statement;
  expect(statement).toMatchObject({
    Effect: 'Allow',
    Principal: {
      AWS: [expect.stringMatching(/^arn:aws:iam::9999\d{8}:role\/n\d+\/n\d+-n\d+$/), '*'],
      Service: 'logging.s3.amazonaws.com',
    },
    Action: ['s3:GetObject', 's3:Put*', expect.stringMatching(/^n\d+:N\d+$/)],
    Resource: expect.stringMatching(/^arn:aws:s3:::n\d+-n\d+\/n\d+\/\*$/),
  });
  expect(Object.keys(statement.Condition)).toEqual(['StringEquals', 'IpAddress', 'StringLike']);
  expect(Object.keys(statement.Condition.StringEquals)).toEqual([
    'aws:PrincipalArn',
    expect.stringMatching(/^aws:RequestTag\/n\d+$/),
  ]);
  expect(statement.Condition.IpAddress['aws:SourceIp']).toEqual(['192.0.2.1/32', '2001:db8::1']);
  expect(made.buckets[0].Region).toBe('eu-central-1');
  expect(made.accessKeys[0].AccessKeyId).toMatch(/^AKIAEXAMPLE\d{9}$/);
  expect(made.maxSessionDurations).toEqual({ [role.RoleName]: 43200 });
  expect(text).toContain('2012-10-17');
});

test('the same is replaced by the same, in every spelling of a document', async () => {
  const { given: made, read } = await given(ANSWERS);
  const [role] = made.iam.RoleDetailList;
  const [bucket] = made.buckets;
  const { PolicyDocument: policy } = role.RolePolicyList[0];
  expect(JSON.parse(decodeURIComponent(role.AssumeRolePolicyDocument))).toEqual(policy);
  expect(JSON.parse(bucket.Policy.Policy)).toEqual(policy);
  expect(policy.Statement[0].Resource).toContain(`:::${bucket.Name}/`);
  expect(made.accessKeys[0].UserName).toBe(made.iam.UserDetailList[0].UserName);
  // As a snapshot is read.
  expect(read.iam.RoleDetailList[0].AssumeRolePolicyDocument).toEqual(policy);
});

test('a word that somebody has looked at is kept', async () => {
  const answers = { samlProviders: [{ Arn: 'arn:aws:iam::564738291056:saml-provider/AWSSSO_1' }] };
  expect((await given(answers)).text).not.toContain('AWSSSO');
  expect((await given(answers, ['AWSSSO'])).given.samlProviders[0].Arn).toContain('saml-provider/AWSSSO_1');
});

test.each<[what: string, text: string]>([
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAinitech\n-----END RSA PRIVATE KEY-----'],
  ['a private key that is cut off', '-----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEAinitech'],
  [
    'a document in a document in a document',
    JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ c: 'initech' }) }) }),
  ],
  ['a text that only begins like a document', '{"initech'],
  ['what is encoded twice', encodeURIComponent(encodeURIComponent('{"a":"initech secret"}'))],
  ['what cannot be decoded', '%zz initech %e0'],
  ['an action with a name in it', 's3:initech*'],
  ['many wildcards', `s3:${'*initech'.repeat(2000)}`],
  ['a bucket as a host', 'https://initech.s3.eu-west-1.amazonaws.com/initech'],
  ['an account in a word', 'x564738291056y_564738291056'],
  ['other letters', 'ИНИТЕХ 株式会社 initech'],
])('%s leaves nothing', async (_, text) => {
  const { given: made } = await given({ iam: { Policies: [] }, more: { value: text, [text]: 1 } });
  const said = JSON.stringify(made.more ?? made).toLowerCase();
  for (const word of ['initech', '564738291056', 'miie', 'инитех', '株式会社']) expect(said).not.toContain(word);
});

test.each<[what: string, answers: Readonly<Record<string, unknown>>, said: string]>([
  ['nothing', { identity: { Account: '564738291056' } }, 'there is no answer in it'],
  ['what is no answer', { iam: 'initech' }, 'the answers are not such as a snapshot has'],
])('is refused: %s', async (_, answers, said) => {
  await expect(caseOf(answers, SAID)).rejects.toThrow(said);
  await expect(caseOf(answers, SAID)).rejects.not.toThrow('initech');
});

test('what would be left is counted, and never shown', async () => {
  const anonymiser = new Anonymiser(await vocabularyOf([]));
  expect(anonymiser.of('initech warehouse Allow')).toBe('n1 n2 Allow');
  expect(anonymiser.left('n1 n2 Allow')).toBe(0);
  expect(anonymiser.left('N1 INITECH and n2')).toBe(1);
});

test('a source of somebody else is refused', async () => {
  await expect(caseOf(ANSWERS, { ...SAID, source: 'https://initech.example/' })).rejects.toThrow(
    '--source names the page of AWS',
  );
});

describe('a folder of answers', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'answers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };

  test('is read by the names of its files; what the CLI printed nothing for is none', () => {
    write('identity.json', '{"Account": "564738291056"}');
    write('samlProviders.json', '{"SAMLProviderList": []}');
    write('buckets/logs/Policy.json', '{"Policy": "{}"}');
    write('buckets/logs/Encryption.json', '\n');
    expect(answersIn(folder)).toEqual({
      identity: { Account: '564738291056' },
      samlProviders: { SAMLProviderList: [] },
      buckets: [{ Name: 'logs', Policy: { Policy: '{}' }, Encryption: null }],
    });
  });

  test('a file may hold all of it', () => {
    write('account.json', JSON.stringify({ account: '564738291056', samlProviders: [] }));
    expect(answersIn(join(folder, 'account.json'))).toEqual({ account: '564738291056', samlProviders: [] });
  });

  test.each<[what: string, make: () => void, said: string]>([
    ['another file', () => write('initech.txt', 'x'), '1 files in the folder are no answers'],
    ['a link', () => symlinkSync('/etc/passwd', join(folder, 'iam.json')), '1 files in the folder are no answers'],
    ['another folder', () => write('more/iam.json', '{}'), '1 files in the folder are no answers'],
    ['what is no JSON', () => write('iam.json', 'initech'), 'an answer cannot be read: it is not JSON'],
    ['what is too deep', () => write('iam.json', '['.repeat(5000)), 'an answer cannot be read'],
    ['what is too long', () => write('iam.json', ' '.repeat(5 * 2 ** 20)), 'it is longer than'],
  ])('is refused where it has %s, and its name is not repeated', (_, make, said) => {
    make();
    expect(() => answersIn(folder)).toThrow(said);
    expect(() => answersIn(folder)).not.toThrow('initech');
  });
});
