/** Roles, users and groups of an account, with every policy that is theirs. */
import { type Attached, type Holder, type Place, type Policy, plainJson, readPolicy, type Statement } from '../access';
import type { PolicyDocument } from './document';
import type { GroupDetail, ManagedPolicy, RoleDetail, UserDetail } from './iam';
import type { Snapshot } from './snapshot';

/** Where in a holder something stands: the words that findings and remedies know a place by. */
export const AT = {
  trust: 'AssumeRolePolicyDocument',
  inline: (name: string) => `Policies ${name}`,
  managed: (arn: string) => `ManagedPolicyArns ${arn}`,
  password: 'LoginProfile',
  groups: 'Groups',
  accessKey: (id: string) => `AccessKey ${id}`,
} as const;

/** @param meantUsers ARNs of users whose keys and passwords nobody but ours has */
export function holdersOf(snapshot: Snapshot, meantUsers: ReadonlySet<string>): readonly Holder[] {
  const { account, iam, accessKeys = [], loginProfiles = [] } = snapshot;
  const { RoleDetailList = [], UserDetailList = [], GroupDetailList = [], Policies = [] } = iam ?? {};
  const managed = new ManagedPolicies(Policies);
  const keysOf = new Map<string, string[]>();
  for (const { UserName, AccessKeyId } of accessKeys)
    keysOf.set(UserName, [...(keysOf.get(UserName) ?? []), AT.accessKey(AccessKeyId)]);
  const withPassword = new Set(loginProfiles);
  const common = (of: Detail, inline: Inline): Common => {
    const place = { scope: account, id: of.Arn, at: '' };
    return {
      account: [account],
      arn: [of.Arn],
      held: inline.flatMap(({ PolicyName, PolicyDocument }) => policyAt(PolicyDocument, place, AT.inline(PolicyName))),
      attached: of.AttachedManagedPolicies.flatMap(({ PolicyArn }) => managed.at(PolicyArn, place)),
      place,
    };
  };
  return [
    ...RoleDetailList.map((role): Holder => {
      const made = common(role, role.RolePolicyList);
      return { ...made, kind: 'role', name: [role.RoleName], ...idOf(role.RoleId), ...trustOf(role, made.place) };
    }),
    ...UserDetailList.map((user): Holder => {
      const made = common(user, user.UserPolicyList);
      const credentials = [
        ...(withPassword.has(user.UserName) ? [AT.password] : []),
        ...(keysOf.get(user.UserName) ?? []),
      ];
      return {
        ...made,
        kind: 'user',
        name: [user.UserName],
        ...idOf(user.UserId),
        groups: user.GroupList.map((name) => [name]),
        handedOut: meantUsers.has(user.Arn) ? [] : credentials.map((at) => ({ ...made.place, at })),
      };
    }),
    ...GroupDetailList.map(
      (group): Holder => ({ ...common(group, group.GroupPolicyList), kind: 'group', name: [group.GroupName] }),
    ),
  ];
}

type Detail = RoleDetail | UserDetail | GroupDetail;
type Inline = RoleDetail['RolePolicyList'];
type Common = Pick<Holder, 'account' | 'arn' | 'held' | 'attached' | 'place'>;

function idOf(id: string | undefined): Pick<Holder, 'id'> {
  return id === undefined ? {} : { id: [id] };
}

/** None where it was not read: that is a gap. */
function trustOf({ Arn, AssumeRolePolicyDocument: document }: RoleDetail, place: Place): Pick<Holder, 'trust'> {
  // Nobody but AWS makes such a role, or changes whom it trusts.
  if (document === undefined || isServiceLinked(Arn)) return {};
  return { trust: readDocument(document, { ...place, at: AT.trust }) };
}

/**
 * Whether a role is one that AWS itself makes and alone may assume: no other has that path.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
 */
export function isServiceLinked(arn: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//.test(arn);
}

function policyAt(document: PolicyDocument | undefined, place: Place, at: string): readonly Policy[] {
  return document === undefined ? [] : [readDocument(document, { ...place, at })];
}

/** Reads a policy's document; one that is a text can be read by nobody. */
export function readDocument(document: PolicyDocument, place: Place): Policy {
  return typeof document === 'string' ? { unreadable: place } : readPolicy(plainJson(document), place);
}

/** Managed policies by their ARNs: each is read once, for all who have it. */
class ManagedPolicies {
  private readonly documents: ReadonlyMap<string, PolicyDocument>;
  private readonly read = new Map<string, Policy>();

  constructor(policies: readonly ManagedPolicy[]) {
    this.documents = new Map(
      policies.flatMap((policy) => {
        const document = documentInForce(policy);
        return document === undefined ? [] : [[policy.Arn, document] as const];
      }),
    );
  }

  /** A policy as somebody has it; none where its document was not read. */
  at(arn: string, holder: Place): readonly Attached[] {
    const document = this.documents.get(arn);
    if (document === undefined) return [];
    const place = { ...holder, at: AT.managed(arn) };
    const known = this.read.get(arn) ?? readDocument(document, place);
    this.read.set(arn, known);
    const policy = 'unreadable' in known ? { unreadable: place } : known.map((each): Statement => ({ ...each, place }));
    return [{ policy, isSure: true }];
  }
}

/** Of the versions of a managed policy, the one in force. */
export function documentInForce({ PolicyVersionList, DefaultVersionId }: ManagedPolicy): PolicyDocument | undefined {
  const [only, ...others] = PolicyVersionList;
  const version =
    PolicyVersionList.find(({ VersionId }) => VersionId !== undefined && VersionId === DefaultVersionId) ??
    PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion) ??
    (others.length === 0 ? only : undefined);
  return version?.Document;
}
