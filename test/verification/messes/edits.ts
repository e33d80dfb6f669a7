/** The edits of an account of which messes are made. */
import { encoded, HOME, type Raw } from '../../support/deployed-account';

export const { account: ACCOUNT } = HOME;
export const BUCKET = 'integrations-kohler';
export const BUCKET_ARN = `arn:aws:s3:::${BUCKET}`;
export const STRANGER = '999900001111';

export const role = (account: Raw, name: string) =>
  account.iam.RoleDetailList.find(({ RoleName }: Raw) => RoleName === name);
export const user = (account: Raw, name: string) =>
  account.iam.UserDetailList.find(({ UserName }: Raw) => UserName === name);
export const bucket = (account: Raw, name = BUCKET) => account.buckets.find(({ Name }: Raw) => Name === name);
export const anchor = (account: Raw, of: string) => account.trustAnchors.find(({ name }: Raw) => name === of);
export const profile = (account: Raw, of: string) => account.rolesAnywhereProfiles.find(({ name }: Raw) => name === of);

export const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
export const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
export const trust = (Principal: object | string, Condition?: object) =>
  document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) });
export const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

export const MANAGED = {
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

export function addStatement(of: { Policy: Raw }, statement: object): void {
  const policy = of.Policy === null ? document() : JSON.parse(of.Policy);
  policy.Statement = [policy.Statement, statement].flat();
  of.Policy = JSON.stringify(policy);
}

export const opens = (Principal: object | string, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: `${BUCKET_ARN}/*`,
  ...more,
});

/** Somebody who logs in to a file transfer server. */
export function addTransferUser(account: Raw, of: object): void {
  account.transferUsers.push({
    ServerId: 's-01234567890abcdef',
    Arn: `arn:aws:transfer:eu-west-1:${ACCOUNT}:user/s-01234567890abcdef/partner`,
    UserName: 'partner',
    ...of,
  });
}
