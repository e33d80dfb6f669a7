import { policyDocument } from './document';
import { count, flag, instant, list, members, type Read, text, textLike, texts } from './shape';

/**
 * What IAM says of an account, as `GetAccountAuthorizationDetails` gives it: there a member that is absent is empty.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */

/** An ARN, or what stands in its place. */
export const arn = textLike(/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s, 'an ARN');

const inline = list(members({ PolicyName: text }, { PolicyDocument: policyDocument }), {
  by: ({ PolicyName }) => PolicyName,
  absentIsEmpty: true,
});
const attached = list(members({ PolicyArn: arn }, { PolicyName: text }), {
  by: ({ PolicyArn }) => PolicyArn,
  absentIsEmpty: true,
});
const tags = list(members({ Key: text }, { Value: text }), { by: ({ Key }) => Key, absentIsEmpty: true });
const boundary = members({ PermissionsBoundaryArn: arn }, { PermissionsBoundaryType: text });

const role = members(
  { RoleName: text, Arn: arn, RolePolicyList: inline, AttachedManagedPolicies: attached, Tags: tags },
  {
    Path: text,
    RoleId: text,
    CreateDate: instant,
    AssumeRolePolicyDocument: policyDocument,
    PermissionsBoundary: boundary,
    RoleLastUsed: members({}, { LastUsedDate: instant, Region: text }),
  },
);

const user = members(
  {
    UserName: text,
    Arn: arn,
    UserPolicyList: inline,
    GroupList: texts({ absentIsEmpty: true }),
    AttachedManagedPolicies: attached,
    Tags: tags,
  },
  { Path: text, UserId: text, CreateDate: instant, PermissionsBoundary: boundary },
);

const group = members(
  { GroupName: text, Arn: arn, GroupPolicyList: inline, AttachedManagedPolicies: attached },
  { Path: text, GroupId: text, CreateDate: instant },
);

/** The version in force is the one that says so, or that its policy names. */
const policyVersion = members(
  {},
  { VersionId: text, IsDefaultVersion: flag, Document: policyDocument, CreateDate: instant },
);

const managedPolicy = members(
  {
    Arn: arn,
    PolicyVersionList: list(policyVersion, { by: ({ VersionId = '' }) => VersionId, absentIsEmpty: true }),
  },
  {
    PolicyName: text,
    Path: text,
    PolicyId: text,
    DefaultVersionId: text,
    AttachmentCount: count,
    PermissionsBoundaryUsageCount: count,
    CreateDate: instant,
    UpdateDate: instant,
  },
);

const byArn = ({ Arn }: { readonly Arn: string }) => Arn;

/** Roles, users, groups and managed policies. */
export const iamDetails = members(
  {},
  {
    RoleDetailList: list(role, { by: byArn }),
    UserDetailList: list(user, { by: byArn }),
    GroupDetailList: list(group, { by: byArn }),
    Policies: list(managedPolicy, { by: byArn }),
  },
);

export const accessKey = members(
  { UserName: text, AccessKeyId: text },
  { Status: text, CreateDate: instant, LastUsedDate: instant },
);

export const oidcProvider = members({ Arn: arn }, { Url: text, ClientIDList: texts({ absentIsEmpty: true }) });

export const samlProvider = members({ Arn: arn }, { ValidUntil: instant, CreateDate: instant });

export type RoleDetail = Read<typeof role>;
export type UserDetail = Read<typeof user>;
export type GroupDetail = Read<typeof group>;
export type ManagedPolicy = Read<typeof managedPolicy>;
export type AccessKey = Read<typeof accessKey>;
export type OidcProvider = Read<typeof oidcProvider>;
