/** Roles and users of an account with every statement that is theirs. */
import { AT, documentInForce } from '../account/holders';
import type { ManagedPolicy, RoleDetail, UserDetail } from '../account/iam';
import { isObject } from '../account/json';
import type { Snapshot } from '../account/snapshot';
import { type Said, saidIn } from './said';

export class AccountPolicies {
  private readonly roles: ReadonlyMap<string, RoleDetail>;
  private readonly users: ReadonlyMap<string, UserDetail>;
  private readonly managed: ReadonlyMap<string, ManagedPolicy>;

  constructor(readonly snapshot: Snapshot) {
    const { RoleDetailList = [], UserDetailList = [], Policies = [] } = snapshot.iam ?? {};
    this.roles = new Map(RoleDetailList.map((role) => [role.Arn, role]));
    this.users = new Map(UserDetailList.map((user) => [user.Arn, user]));
    this.managed = new Map(Policies.map((policy) => [policy.Arn, policy]));
  }

  role(arn: string): RoleDetail | undefined {
    return this.roles.get(arn);
  }

  user(arn: string): UserDetail | undefined {
    return this.users.get(arn);
  }

  trustOf({ Arn, AssumeRolePolicyDocument }: RoleDetail): readonly Said[] {
    return saidIn(AssumeRolePolicyDocument, { scope: this.snapshot.account, id: Arn, at: AT.trust });
  }

  ofRole(role: RoleDetail): readonly Said[] {
    return this.held(role.Arn, role.RolePolicyList, role.AttachedManagedPolicies);
  }

  /** Of a user and the groups that it is in. */
  ofUser(user: UserDetail): readonly Said[] {
    const names = new Set(user.GroupList.map((name) => name.toLowerCase()));
    const groups = (this.snapshot.iam?.GroupDetailList ?? []).filter(({ GroupName }) =>
      names.has(GroupName.toLowerCase()),
    );
    return [
      ...this.held(user.Arn, user.UserPolicyList, user.AttachedManagedPolicies),
      ...groups.flatMap((group) => this.held(group.Arn, group.GroupPolicyList, group.AttachedManagedPolicies)),
    ];
  }

  /** Policies of a role or user, and groups, of which nothing is known. */
  unreadOf(holder: RoleDetail | UserDetail | undefined): readonly string[] {
    if (!holder) return [];
    const { AttachedManagedPolicies } = holder;
    const groupNames = 'GroupList' in holder ? holder.GroupList.map((name) => name.toLowerCase()) : [];
    const groups = (this.snapshot.iam?.GroupDetailList ?? []).filter(({ GroupName }) =>
      groupNames.includes(GroupName.toLowerCase()),
    );
    const inline = [
      ...('GroupList' in holder ? holder.UserPolicyList : holder.RolePolicyList),
      ...groups.flatMap(({ GroupPolicyList }) => GroupPolicyList),
    ];
    const attached = [...AttachedManagedPolicies, ...groups.flatMap((group) => group.AttachedManagedPolicies)];
    const isKnown = (arn: string) => {
      const policy = this.managed.get(arn);
      return policy !== undefined && isObject(documentInForce(policy));
    };
    return [
      ...inline
        .filter(({ PolicyDocument }) => !isObject(PolicyDocument))
        .map(({ PolicyName }) => `its policy ${PolicyName}`),
      ...attached.filter(({ PolicyArn }) => !isKnown(PolicyArn)).map(({ PolicyArn }) => `its policy ${PolicyArn}`),
      ...(groups.length < groupNames.length ? ['a group that it is in'] : []),
    ];
  }

  private held(
    id: string,
    inline: RoleDetail['RolePolicyList'],
    attached: RoleDetail['AttachedManagedPolicies'],
  ): readonly Said[] {
    const place = (at: string) => ({ scope: this.snapshot.account, id, at });
    return [
      ...inline.flatMap(({ PolicyName, PolicyDocument }) => saidIn(PolicyDocument, place(AT.inline(PolicyName)))),
      ...attached.flatMap(({ PolicyArn }) => {
        const policy = this.managed.get(PolicyArn);
        return policy ? saidIn(documentInForce(policy), place(AT.managed(PolicyArn))) : [];
      }),
    ];
  }
}
