/** What somebody may do to an account, and what it must be found as. */
import type { VerificationCode } from '../../lib/verification/finding';
import { canonicalId, encoded, HOME, ownersGrant, type Raw } from '../support/deployed-account';
import { OWN, VENDOR } from './account-of-all-kinds';

export interface Mess {
  readonly name: string;
  readonly make: (account: Raw) => void;
  /** What it must be found as, each at least once, and nothing else. */
  readonly codes: readonly VerificationCode[];
  /** What must be named: an ARN or a name. */
  readonly names: string;
  /** Whether no command can take it back. */
  readonly noUndo?: true;
}

const { account: ACCOUNT } = HOME;
const BUCKET = 'integrations-kohler';
const BUCKET_ARN = `arn:aws:s3:::${BUCKET}`;
const STRANGER = '999900001111';

const role = (account: Raw, name: string) => account.iam.RoleDetailList.find(({ RoleName }: Raw) => RoleName === name);
const user = (account: Raw, name: string) => account.iam.UserDetailList.find(({ UserName }: Raw) => UserName === name);
const bucket = (account: Raw, name = BUCKET) => account.buckets.find(({ Name }: Raw) => Name === name);
const anchor = (account: Raw, of: string) => account.trustAnchors.find(({ name }: Raw) => name === of);
const profile = (account: Raw, of: string) => account.rolesAnywhereProfiles.find(({ name }: Raw) => name === of);

export const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
export const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
export const trust = (Principal: object | string, Condition?: object) =>
  document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) });
export const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

const MANAGED = {
  'arn:aws:iam::aws:policy/AmazonS3FullAccess': document(allow(['s3:*', 's3-object-lambda:*'])),
  'arn:aws:iam::aws:policy/AdministratorAccess': document(allow('*')),
  'arn:aws:iam::aws:policy/ReadOnlyAccess': document(allow(['a4b:Get*', 's3:Get*', 's3:List*'])),
} as const;

export function attach(account: Raw, to: Raw, PolicyArn: keyof typeof MANAGED): void {
  if (!account.iam.Policies.some(({ Arn }: Raw) => Arn === PolicyArn)) {
    account.iam.Policies.push({
      Arn: PolicyArn,
      DefaultVersionId: 'v1',
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: encoded(MANAGED[PolicyArn]) }],
    });
  }
  to.AttachedManagedPolicies.push({ PolicyArn, PolicyName: PolicyArn.split('/').at(-1) });
}

export function addRole(account: Raw, RoleName: string, trusts: object, ...policies: readonly object[]): Raw {
  const made = {
    RoleName,
    Path: '/',
    RoleId: `AROA${RoleName.toUpperCase()}`,
    Arn: `arn:aws:iam::${account.account}:role/${RoleName}`,
    CreateDate: '2026-11-20T10:00:00Z',
    AssumeRolePolicyDocument: encoded(trusts),
    RolePolicyList: policies.map((each, at) => ({ PolicyName: `inline-${at}`, PolicyDocument: encoded(each) })),
    AttachedManagedPolicies: [],
  };
  account.iam.RoleDetailList.push(made);
  return made;
}

export function addUser(account: Raw, UserName: string, ...policies: readonly object[]): Raw {
  const made = {
    UserName,
    Path: '/',
    UserId: `AIDA${UserName.toUpperCase()}`,
    Arn: `arn:aws:iam::${account.account}:user/${UserName}`,
    UserPolicyList: policies.map((each, at) => ({ PolicyName: `inline-${at}`, PolicyDocument: encoded(each) })),
    GroupList: [],
    AttachedManagedPolicies: [],
  };
  account.iam.UserDetailList.push(made);
  return made;
}

/** What `cdk bootstrap` makes. */
export function addBootstrap(account: Raw): void {
  const name = (what: string) => `cdk-hnb659fds-${what}-role-${account.account}-eu-west-1`;
  const own = trust(root(account.account));
  const executes = `arn:aws:iam::${account.account}:role/${name('cfn-exec')}`;
  addRole(account, name('deploy'), own, document(allow('cloudformation:*'), allow('iam:PassRole', executes)));
  addRole(
    account,
    name('file-publishing'),
    own,
    document(allow(['s3:GetObject*', 's3:PutObject*'], 'arn:aws:s3:::cdk-hnb659fds-assets-*')),
  );
  addRole(account, name('lookup'), own);
  attach(
    account,
    addRole(account, name('cfn-exec'), trust({ Service: 'cloudformation.amazonaws.com' })),
    'arn:aws:iam::aws:policy/AdministratorAccess',
  );
}

export function addKeyOf(account: Raw, UserName: string, AccessKeyId = 'AKIAIOSFODNN7EXAMPLE'): void {
  account.accessKeys.push({ UserName, AccessKeyId, Status: 'Active', CreateDate: '2026-11-25T10:00:00Z' });
}

export function addGroup(account: Raw, GroupName: string, ...policies: readonly object[]): void {
  account.iam.GroupDetailList.push({
    GroupName,
    Arn: `arn:aws:iam::${account.account}:group/${GroupName}`,
    GroupPolicyList: policies.map((each, at) => ({ PolicyName: `inline-${at}`, PolicyDocument: each })),
    AttachedManagedPolicies: [],
  });
}

function addStatement(of: { Policy: Raw }, statement: object): void {
  const policy = of.Policy === null ? document() : JSON.parse(of.Policy);
  policy.Statement = [policy.Statement, statement].flat();
  of.Policy = JSON.stringify(policy);
}

const opens = (Principal: object | string, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: `${BUCKET_ARN}/*`,
  ...more,
});

export const MESSES: readonly Mess[] = [
  // Integrations' own roles and users.
  {
    name: 'a managed policy on a role',
    make: (account) => attach(account, role(account, 'kohler_adobe'), 'arn:aws:iam::aws:policy/AmazonS3FullAccess'),
    codes: ['more-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'a managed policy on a user',
    make: (account) => attach(account, user(account, 'kohler_boomi'), 'arn:aws:iam::aws:policy/AdministratorAccess'),
    codes: ['more-access'],
    names: 'kohler_boomi',
  },
  {
    name: 'a second inline policy',
    make: (account) =>
      role(account, 'kohler_adobe').RolePolicyList.push({
        PolicyName: 'more',
        PolicyDocument: document(allow('s3:*')),
      }),
    codes: ['changed-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'a wider inline policy',
    make: (account) => {
      const [access] = role(account, 'kohler_adobe').RolePolicyList;
      access.PolicyDocument = decodeURIComponent(access.PolicyDocument).replaceAll('/adobe/', '/');
    },
    codes: ['changed-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'a group',
    make: (account) => {
      addGroup(account, 'readers', document(allow('s3:Get*')));
      user(account, 'kohler_boomi').GroupList.push('readers');
    },
    codes: ['more-access'],
    names: 'kohler_boomi',
  },
  {
    name: 'a console password',
    make: (account) => account.loginProfiles.push('kohler_boomi'),
    codes: ['more-access'],
    names: 'kohler_boomi',
  },
  {
    name: 'a boundary that is off',
    make: (account) => delete role(account, 'kohler_adobe').PermissionsBoundary,
    codes: ['more-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'another boundary on a user',
    make: (account) => {
      user(account, 'kohler_boomi').PermissionsBoundary.PermissionsBoundaryArn =
        'arn:aws:iam::aws:policy/AdministratorAccess';
    },
    codes: ['more-access'],
    names: 'kohler_boomi',
  },
  {
    name: 'a trust without its external ID',
    make: (account) => {
      const found = role(account, 'kohler_adobe');
      const widened = JSON.parse(decodeURIComponent(found.AssumeRolePolicyDocument));
      delete widened.Statement[0].Condition.StringEquals['sts:ExternalId'];
      found.AssumeRolePolicyDocument = widened;
    },
    codes: ['changed-trust'],
    names: 'kohler_adobe',
  },
  {
    name: 'a trust in somebody else as well',
    make: (account) => {
      const found = role(account, 'kohler_oidc');
      const widened = JSON.parse(decodeURIComponent(found.AssumeRolePolicyDocument));
      widened.Statement.push(...trust(root(STRANGER)).Statement);
      found.AssumeRolePolicyDocument = encoded(widened);
    },
    codes: ['changed-trust'],
    names: 'kohler_oidc',
  },
  {
    name: 'a trust that nobody can read',
    make: (account) => {
      role(account, 'kohler_adobe').AssumeRolePolicyDocument = 'not a policy';
    },
    codes: ['changed-trust'],
    names: 'kohler_adobe',
  },
  {
    name: 'longer sessions',
    make: (account) => {
      account.maxSessionDurations.kohler_adobe = 43200;
    },
    codes: ['changed-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'a role that is gone',
    make: (account) => {
      account.iam.RoleDetailList = account.iam.RoleDetailList.filter(
        ({ RoleName }: Raw) => RoleName !== 'kohler_adobe',
      );
    },
    codes: ['missing'],
    names: 'kohler_adobe',
    noUndo: true,
  },
  {
    name: 'a role with another path',
    make: (account) => {
      role(account, 'kohler_adobe').Arn = `arn:aws:iam::${ACCOUNT}:role/kohler_adobe`;
    },
    codes: ['missing'],
    names: 'kohler_adobe',
    noUndo: true,
  },
  // Access keys and secrets.
  {
    name: 'a second key',
    make: (account) => addKeyOf(account, 'kohler_boomi'),
    codes: ['unknown-key'],
    names: 'AKIAIOSFODNN7EXAMPLE',
  },
  {
    name: 'another key in place of the own',
    make: (account) => {
      account.accessKeys = account.accessKeys.filter(({ UserName }: Raw) => UserName !== 'kohler_boomi');
      addKeyOf(account, 'kohler_boomi');
    },
    codes: ['unknown-key', 'key-state'],
    names: 'AKIAIOSFODNN7EXAMPLE',
    noUndo: true,
  },
  {
    name: 'an active key of a suspended integration',
    make: (account) => {
      account.accessKeys.find(({ UserName }: Raw) => UserName === 'kohler_sap').Status = 'Active';
    },
    codes: ['key-state'],
    names: 'kohler_sap',
  },
  {
    name: 'an inactive key',
    make: (account) => {
      account.accessKeys.find(({ UserName }: Raw) => UserName === 'kohler_boomi').Status = 'Inactive';
    },
    codes: ['key-state'],
    names: 'kohler_boomi',
  },
  {
    name: 'a secret that is gone',
    make: (account) => {
      account.secrets = account.secrets.filter(({ Name }: Raw) => Name !== 'integrations/kohler/boomi/a');
    },
    codes: ['missing'],
    names: 'integrations/kohler/boomi/a',
    noUndo: true,
  },
  {
    name: 'a policy of a secret for somebody else',
    make: (account) => {
      account.secrets[0].Policy = JSON.stringify(
        document({
          Effect: 'Allow',
          Principal: root(STRANGER),
          Action: 'secretsmanager:GetSecretValue',
          Resource: '*',
        }),
      );
    },
    codes: ['unknown-statement'],
    names: STRANGER,
  },
  // Policies of buckets and keys.
  ...[
    ['another account', root(STRANGER), {}],
    ['a role of another account', { AWS: `arn:aws:iam::${STRANGER}:role/reader` }, {}],
    ['everybody', '*', {}],
    ['everybody of a network', '*', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
    [
      'everybody whose key may be absent',
      '*',
      { Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
    ],
    [
      'everybody of another organization',
      '*',
      { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' } } },
    ],
    ['a canonical user', { CanonicalUser: canonicalId(STRANGER) }, {}],
    ['a deleted role', { AWS: 'AROA1234567890ABCDEF' }, {}],
    ['a service without a source', { Service: 'cloudtrail.amazonaws.com' }, {}],
    ['another role of the vendor', { AWS: `arn:aws:iam::${VENDOR}:role/other` }, {}],
    ["an integration's role", { AWS: `arn:aws:iam::${ACCOUNT}:role/integrations/kohler_adobe` }, {}],
  ].map(
    ([name, principal, more]): Mess => ({
      name: `a statement of the bucket for ${name}`,
      make: (account) => addStatement(bucket(account), opens(principal as object, more as object)),
      codes: ['unknown-statement'],
      names: BUCKET,
    }),
  ),
  {
    name: 'a statement with NotPrincipal',
    make: (account) => {
      const { Principal: _, ...rest } = opens('*');
      addStatement(bucket(account), { ...rest, NotPrincipal: root(ACCOUNT) });
    },
    codes: ['unknown-statement'],
    names: BUCKET,
  },
  {
    name: 'a statement with NotAction',
    make: (account) => {
      const { Action: _, ...rest } = opens(root(STRANGER));
      addStatement(bucket(account), { ...rest, NotAction: 's3:DeleteObject' });
    },
    codes: ['unknown-statement'],
    names: BUCKET,
  },
  {
    name: 'a wider statement of a direct trust',
    make: (account) => {
      bucket(account).Policy = bucket(account).Policy.replaceAll('/etl/*', '/*');
    },
    codes: ['unknown-statement', 'missing'],
    names: BUCKET,
  },
  {
    name: 'a direct trust that is gone',
    make: (account) => {
      const policy = JSON.parse(bucket(account).Policy);
      policy.Statement = policy.Statement.filter(({ Sid }: Raw) => !String(Sid).startsWith('etl'));
      bucket(account).Policy = JSON.stringify(policy);
    },
    codes: ['bucket-guard', 'missing'],
    names: 'kohler_etl',
  },
  {
    name: 'a bucket that takes plain HTTP',
    make: (account) => {
      const policy = JSON.parse(bucket(account).Policy);
      policy.Statement = policy.Statement.filter(({ Sid }: Raw) => Sid !== 'TlsOnly');
      bucket(account).Policy = JSON.stringify(policy);
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'a bucket without a policy',
    make: (account) => {
      bucket(account).Policy = null;
    },
    codes: ['bucket-guard', 'missing'],
    names: BUCKET,
  },
  {
    name: 'an existing bucket that is open to another account',
    make: (account) =>
      addStatement(bucket(account, 'acme-landing-zone'), {
        ...opens(root(STRANGER)),
        Resource: 'arn:aws:s3:::acme-landing-zone/*',
      }),
    codes: ['unknown-statement'],
    names: 'acme-landing-zone',
  },
  {
    name: 'an existing bucket that does not block public access',
    make: (account) => {
      bucket(account, 'acme-landing-zone').PublicAccessBlock = null;
    },
    codes: ['bucket-guard'],
    names: 'acme-landing-zone',
  },
  {
    name: 'a key for somebody else',
    make: (account) =>
      addStatement(account.keys[0], {
        Effect: 'Allow',
        Principal: root(STRANGER),
        Action: 'kms:Decrypt',
        Resource: '*',
      }),
    codes: ['unknown-statement'],
    names: STRANGER,
  },
  {
    name: 'a grant of the key',
    make: (account) =>
      account.keys[0].Grants.push({
        GrantId: '1a2b3c',
        GranteePrincipal: `arn:aws:iam::${STRANGER}:role/reader`,
        IssuingAccount: `arn:aws:iam::${ACCOUNT}:root`,
        Operations: ['Decrypt'],
      }),
    codes: ['unknown-statement'],
    names: STRANGER,
  },
  // Settings.
  {
    name: 'ACLs that are on, with a stranger',
    make: (account) => {
      bucket(account).OwnershipControls.Rules[0].ObjectOwnership = 'ObjectWriter';
      bucket(account).Acl.Grants.push({
        Grantee: { Type: 'CanonicalUser', ID: canonicalId(STRANGER) },
        Permission: 'READ',
      });
    },
    codes: ['bucket-guard', 'unknown-statement'],
    names: BUCKET,
  },
  {
    name: 'an ACL of an existing bucket for everybody with an account',
    make: (account) => {
      const found = bucket(account, 'acme-landing-zone');
      found.OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] };
      found.PublicAccessBlock.IgnorePublicAcls = false;
      const Grantee = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' };
      found.Acl.Grants = [...ownersGrant(ACCOUNT), { Grantee, Permission: 'READ' }];
    },
    codes: ['bucket-guard', 'unknown-statement'],
    names: 'acme-landing-zone',
  },
  {
    name: 'public access that is not blocked',
    make: (account) => {
      bucket(account).PublicAccessBlock.RestrictPublicBuckets = false;
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'other encryption',
    make: (account) => {
      bucket(account).Encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] };
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'keys of callers',
    make: (account) => {
      bucket(account).Encryption.Rules[0].BlockedEncryptionTypes = { EncryptionType: ['NONE'] };
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'no versions',
    make: (account) => {
      bucket(account).Versioning = { Status: 'Suspended' };
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'objects that expire',
    make: (account) => bucket(account).Lifecycle.Rules.push({ ID: 'x', Status: 'Enabled', Expiration: { Days: 1 } }),
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'no events',
    make: (account) => {
      bucket(account).Notifications = {};
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'a bucket that is gone',
    make: (account) => {
      account.bucketNames = account.bucketNames.filter((name: string) => name !== 'acme-landing-zone');
      account.buckets = account.buckets.filter(({ Name }: Raw) => Name !== 'acme-landing-zone');
    },
    codes: ['missing'],
    names: 'acme-landing-zone',
    noUndo: true,
  },
  // Doors.
  {
    name: 'another access point',
    make: (account) =>
      bucket(account).AccessPoints.push({
        Name: 'side-door',
        Arn: `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/side-door`,
        Policy: JSON.stringify(document(opens(root(STRANGER)))),
      }),
    codes: ['unknown-door'],
    names: 'side-door',
  },
  {
    name: 'an access point to which the bucket delegates',
    make: (account) => {
      const Arn = `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/kohler--more`;
      const statement = { ...opens(root(STRANGER)), Resource: `${Arn}/object/*` };
      bucket(account).AccessPoints.push({ Name: 'kohler--more', Arn, Policy: JSON.stringify(document(statement)) });
    },
    codes: ['unknown-door', 'unknown-statement'],
    names: 'kohler--more',
  },
  {
    name: "a wider policy of an integration's access point",
    make: (account) => {
      const [point] = bucket(account).AccessPoints;
      point.Policy = point.Policy.replaceAll('/object/warehouse/*', '/object/*');
    },
    codes: ['changed-access'],
    names: 'kohler_warehouse',
  },
  {
    name: 'an access point that is gone',
    make: (account) => {
      bucket(account).AccessPoints = [];
    },
    codes: ['missing'],
    names: 'kohler_warehouse',
    noUndo: true,
  },
  {
    name: 'an access grant',
    make: (account) =>
      account.accessGrants.push({
        AccessGrantId: 'a1b2c3',
        AccessGrantArn: `arn:aws:s3:eu-west-1:${ACCOUNT}:access-grants/default/grant/a1b2c3`,
        Grantee: { GranteeType: 'IAM', GranteeIdentifier: `arn:aws:iam::${STRANGER}:role/reader` },
        Permission: 'READ',
        GrantScope: `s3://${BUCKET}/adobe/*`,
      }),
    codes: ['unknown-statement'],
    names: STRANGER,
  },
  {
    name: 'a file transfer user whose role reaches the bucket',
    make: (account) => {
      const Role = addRole(
        account,
        'transfer',
        trust({ Service: 'transfer.amazonaws.com' }),
        document(allow('s3:*')),
      ).Arn;
      account.transferUsers.push({
        ServerId: 's-01234567890abcdef',
        Arn: `arn:aws:transfer:eu-west-1:${ACCOUNT}:user/s-01234567890abcdef/partner`,
        UserName: 'partner',
        Role,
        HomeDirectory: '/somewhere',
      });
    },
    codes: ['unknown-door'],
    names: 'transfer',
  },
  {
    name: 'a file transfer user with a folder of the bucket',
    make: (account) =>
      account.transferUsers.push({
        ServerId: 's-01234567890abcdef',
        Arn: `arn:aws:transfer:eu-west-1:${ACCOUNT}:user/s-01234567890abcdef/partner`,
        UserName: 'partner',
        Role: addRole(account, 'transfer', trust({ Service: 'transfer.amazonaws.com' })).Arn,
        HomeDirectoryType: 'LOGICAL',
        HomeDirectoryMappings: [{ Entry: '/', Target: `/${BUCKET}/adobe` }],
      }),
    codes: ['unknown-door'],
    names: BUCKET,
  },
  {
    name: 'a copy of all objects elsewhere',
    make: (account) => {
      bucket(account).Replication = {
        Role: `arn:aws:iam::${ACCOUNT}:role/replication`,
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::strangers-bucket', Account: STRANGER } }],
      };
    },
    codes: ['unknown-door'],
    names: 'strangers-bucket',
  },
  {
    name: 'a list of all objects elsewhere',
    make: (account) =>
      bucket(account).Inventories.push({
        Id: 'all',
        Destination: { S3BucketDestination: { AccountId: STRANGER, Bucket: 'arn:aws:s3:::strangers-bucket' } },
      }),
    codes: ['unknown-door'],
    names: 'strangers-bucket',
  },
  {
    name: "a topic of somebody else's that hears of every object",
    make: (account) => {
      bucket(account).Notifications.TopicConfigurations = [
        { TopicArn: `arn:aws:sns:eu-west-1:${STRANGER}:t`, Events: ['s3:ObjectCreated:*'] },
      ];
    },
    codes: ['unknown-door'],
    names: STRANGER,
    noUndo: true,
  },
  // Roles Anywhere and identity providers.
  {
    name: 'another profile for a role',
    make: (account) =>
      account.rolesAnywhereProfiles.push({
        profileArn: `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:profile/99999999-2222-4333-8444-555555555555`,
        name: 'kohler_edge',
        enabled: true,
        roleArns: [`arn:aws:iam::${ACCOUNT}:role/integrations/kohler_edge`],
        durationSeconds: 3600,
      }),
    codes: ['unknown-profile'],
    names: '99999999-2222',
  },
  {
    name: 'a profile for a role of another kind',
    make: (account) =>
      account.rolesAnywhereProfiles.push({
        profileArn: `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:profile/99999999-2222-4333-8444-555555555555`,
        name: 'x',
        roleArns: [`arn:aws:iam::${ACCOUNT}:role/integrations/kohler_adobe`],
      }),
    codes: ['unknown-profile'],
    names: 'kohler_adobe',
  },
  {
    name: 'a profile with longer sessions',
    make: (account) => {
      profile(account, 'kohler_edge').durationSeconds = 43200;
    },
    codes: ['unknown-profile'],
    names: 'kohler_edge',
  },
  {
    name: "a profile that takes the caller's session name",
    make: (account) => {
      profile(account, 'kohler_edge').acceptRoleSessionName = true;
    },
    codes: ['unknown-profile'],
    names: 'profile/',
  },
  {
    name: 'a profile that is on while its integration is pending',
    make: (account) => {
      profile(account, 'kohler_later').enabled = true;
    },
    codes: ['unknown-profile'],
    names: 'kohler_later',
  },
  {
    name: 'a profile that takes less of a subject',
    make: (account) => {
      profile(account, 'kohler_edge').attributeMappings[0].mappingRules = [{ specifier: 'CN' }];
    },
    codes: ['changed-authority'],
    names: 'CN',
  },
  {
    name: 'a profile that is gone',
    make: (account) => {
      account.rolesAnywhereProfiles = [];
    },
    codes: ['missing'],
    names: 'kohler_edge',
    noUndo: true,
  },
  {
    name: 'another certificate authority',
    make: (account) => {
      anchor(account, 'kohler_edge').source = { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: 'arn:x' } };
    },
    codes: ['changed-authority'],
    names: 'kohler_edge',
  },
  {
    name: 'a trust anchor that is on while its integration is pending',
    make: (account) => {
      anchor(account, 'kohler_later').enabled = true;
    },
    codes: ['changed-authority'],
    names: 'kohler_later',
  },
  {
    name: 'a trust anchor that is gone',
    make: (account) => {
      account.trustAnchors = account.trustAnchors.filter(({ name }: Raw) => name !== 'kohler_edge');
    },
    codes: ['missing'],
    names: 'kohler_edge',
    noUndo: true,
  },
  {
    name: 'an identity provider without the audience',
    make: (account) => {
      account.oidcProviders[0].ClientIDList = ['other'];
    },
    codes: ['missing'],
    names: 'feeds',
  },
  {
    name: 'an identity provider that is gone',
    make: (account) => {
      account.oidcProviders = [];
    },
    codes: ['missing'],
    names: 'login.vendor.example',
    noUndo: true,
  },
  // Others who can become somebody.
  {
    name: 'a role of a stranger with full access',
    make: (account) =>
      attach(account, addRole(account, 'monitoring', trust(root(STRANGER))), 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
    codes: ['unknown-principal'],
    names: 'role/monitoring',
  },
  {
    name: 'a chain of two roles',
    make: (account) => {
      addRole(
        account,
        'second',
        trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/first` }),
        document(allow('s3:GetObject', `${BUCKET_ARN}/*`)),
      );
      addRole(account, 'first', trust(root(STRANGER), { StringEquals: { 'sts:ExternalId': 'x' } }));
    },
    codes: ['unknown-principal'],
    names: 'role/second',
  },
  {
    name: 'a user with a key and a policy',
    make: (account) => {
      addUser(account, 'uploader', document(allow('s3:PutObject', `${BUCKET_ARN}/adobe/*`)));
      addKeyOf(account, 'uploader');
    },
    codes: ['unknown-principal'],
    names: 'user/uploader',
  },
  {
    name: 'a user with a password and a group',
    make: (account) => {
      addGroup(account, 'admins', document(allow('*')));
      addUser(account, 'somebody').GroupList.push('admins');
      account.loginProfiles.push('somebody');
    },
    codes: ['unknown-principal'],
    names: 'group/admins',
  },
  {
    name: 'a role for any certificate',
    make: (account) =>
      addRole(account, 'servers', trust({ Service: 'rolesanywhere.amazonaws.com' }), document(allow('s3:*'))),
    codes: ['unknown-principal'],
    names: 'role/servers',
  },
  {
    name: 'a role for any repository',
    make: (account) => {
      addBootstrap(account);
      addRole(
        account,
        'pipeline',
        document({
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
        }),
        document(allow('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/cdk-*`)),
      );
    },
    codes: ['unknown-principal'],
    names: 'role/pipeline',
  },
  {
    name: 'a role that may read the secrets',
    make: (account) => addRole(account, 'ops', trust(root(STRANGER)), document(allow('secretsmanager:GetSecretValue'))),
    codes: ['unknown-principal'],
    names: 'role/ops',
  },
  {
    name: 'a role that may make keys for users',
    make: (account) => addRole(account, 'helpdesk', trust(root(STRANGER)), document(allow('iam:CreateAccessKey'))),
    codes: ['unknown-principal'],
    names: 'role/helpdesk',
  },
  {
    name: 'a role that may change trusts',
    make: (account) =>
      addRole(account, 'helpdesk', trust(root(STRANGER)), document(allow('iam:UpdateAssumeRolePolicy'))),
    codes: ['unknown-principal'],
    names: 'role/helpdesk',
  },
  {
    name: 'a second statement of an inline policy beside a harmless one',
    make: (account) =>
      addRole(
        account,
        'mixed',
        trust(root(STRANGER)),
        document(allow('sqs:*'), allow('s3:*'), allow(['kms:Decrypt', 's3:GetObject'])),
      ),
    codes: ['unknown-principal'],
    names: 'role/mixed',
  },
  // Stacks.
  {
    name: 'a stack that no definition has',
    make: (account) =>
      account.stacks.push({
        StackName: 'integrations-globex',
        StackId: `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/integrations-globex/1`,
        StackStatus: 'UPDATE_COMPLETE',
        Description: 'Bucket and integrations of globex',
        Outputs: [],
        Resources: [],
      }),
    codes: ['not-defined'],
    names: 'integrations-globex',
  },
  {
    name: 'an integration that no definition has',
    make: (account) => {
      const stack = account.stacks.find(({ StackName }: Raw) => StackName === 'integrations-kohler');
      const OutputValue = JSON.stringify({ integration: 'kohler_old', kind: 'assumed-role' });
      stack.Outputs.push({ OutputKey: 'old', OutputValue });
    },
    codes: ['not-defined'],
    names: 'kohler_old',
    noUndo: true,
  },
  {
    name: 'a user of another account of ours, whose keys nobody here sees',
    make: (account) =>
      addStatement(bucket(account), {
        ...opens({ AWS: `arn:aws:iam::${OWN}:user/analyst` }),
        Sid: 'More',
        NotAction: undefined,
      }),
    codes: ['unknown-statement'],
    names: BUCKET,
  },
];
