/** What is said of a way in: everybody by name, in sentences that hold for one and for several. */
import { HOME, type Raw } from '../support/deployed-account';
import { allKinds, judged, OWN } from './account-of-all-kinds';
import { addBootstrap, addGroup, addRole, allow, BUCKET, bucket, document, opens, root, trust } from './messes/edits';

const ISSUER = `arn:aws:iam::${HOME.account}:oidc-provider/token.actions.githubusercontent.com`;
const S3 = document(allow('s3:*'));

const strangers = (count: number) =>
  ['999900001111', '999900002222', '999900003333', '999900004444', '999900005555']
    .slice(0, count)
    .map((id) => root(id).AWS);

const inPolicy = (statement: Raw) => (account: Raw) => {
  bucket(account).Policy = document(...bucketStatements(account), { ...opens(statement.Principal), ...statement });
};

function bucketStatements(account: Raw): Raw[] {
  const { Policy } = bucket(account);
  return (typeof Policy === 'string' ? JSON.parse(Policy) : Policy).Statement;
}

const ROWS: readonly (readonly [name: string, make: (account: Raw) => void, says: RegExp])[] = [
  [
    'two accounts',
    (account) => addRole(account, 'both', trust({ AWS: strangers(2) }), S3),
    /^account 999900001111 and account 999900002222 can become \S+, which may s3:\*, and so reach the buckets of 2 clients \(/,
  ],
  [
    'five accounts',
    (account) => addRole(account, 'all', trust({ AWS: strangers(5) }), S3),
    /^account 999900001111, account 999900002222, account 999900003333 and 2 others can become .* and so reach the/,
  ],
  [
    'an organization',
    inPolicy({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-stranger00' } } }),
    /^anybody in organization o-stranger00 may .*, and so reaches the bucket of kohler /,
  ],
  [
    'a subject of an issuer',
    (account) => {
      const Condition = { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:octo/x:ref:main' } };
      const Statement = { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Condition };
      addRole(account, 'ci', document({ ...Statement, Principal: { Federated: ISSUER } }), S3);
    },
    /^anyone with a token of \S+githubusercontent\.com for subject repo:octo\/x:ref:main can become /,
  ],
  [
    'a group',
    (account) => {
      addGroup(account, 'admins', S3);
      account.iam.UserDetailList.find(({ UserName }: Raw) => UserName === 'kohler_boomi').GroupList.push('admins');
    },
    /^the vendor of kohler_boomi is in group \S+:group\/admins, which may s3:\*, and so reaches/,
  ],
  [
    'another inline policy',
    (account) => {
      const { RolePolicyList } = account.iam.RoleDetailList.find(({ RoleName }: Raw) => RoleName === 'kohler_adobe');
      RolePolicyList.push({ PolicyName: 'more', PolicyDocument: document(allow('s3:Get*', `arn:aws:s3:::${BUCKET}`)) });
    },
    /\(in the inline policy more of arn:aws:iam::\d+:role\/integrations\/kohler_adobe\)$/,
  ],
  [
    'another trust',
    (account) => {
      const found = account.iam.RoleDetailList.find(({ RoleName }: Raw) => RoleName === 'kohler_adobe');
      found.AssumeRolePolicyDocument = trust(root('999900001111'));
    },
    /\(it names account 999900001111\)$/,
  ],
  [
    'one day',
    (account) => {
      for (const rule of bucket(account).Lifecycle.Rules) rule.Expiration = { Days: 1 };
    },
    /objects expire after 1 day, and should never$/,
  ],
  [
    "S3's log delivery, where ACLs end",
    (account) => {
      const Grantee = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' };
      bucket(account).OwnershipControls.Rules[0].ObjectOwnership = 'ObjectWriter';
      bucket(account).Acl.Grants.push({ Grantee, Permission: 'WRITE' });
    },
    /takes ACLs; without ACLs these grants end: WRITE of LogDelivery$/,
  ],
];

test.each(ROWS)('%s', (_, make, says) => {
  const { account } = allKinds();
  make(account);
  const messages = judged(account).findings.map(({ message }) => message);
  expect(messages).toContainEqual(expect.stringMatching(says));
});

test('whom outsiders can become is no insider', () => {
  const { account } = allKinds();
  addBootstrap(account);
  addRole(account, 'admin', trust(root(HOME.account)), document(allow('*')));
  const insiders = () => judged(account).insiders.map(({ principal }) => principal.split('/').at(-1));
  const before = insiders();
  expect(before).toContain('admin');
  expect(before.some((name) => /^cdk-.*-deploy-role/.test(name ?? ''))).toBe(true);
  // Whoever has any repository deploys, and so becomes everybody whom a deployment may change.
  const Condition = { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } };
  const trusts = document({
    Effect: 'Allow',
    Principal: { Federated: ISSUER },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition,
  });
  addRole(account, 'deploy', trusts, document(allow('sts:AssumeRole', `arn:aws:iam::${HOME.account}:role/cdk-*`)));
  const after = insiders();
  expect(after.filter((name) => /^(?:cdk-|deploy$)/.test(name ?? ''))).toEqual([]);
  expect(judged(account).insiders.map(({ principal }) => principal)).toContain(`arn:aws:iam::${OWN}:role/analyst`);
});
