import { DeleteUserPolicyCommand, ListUserPoliciesCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { userName, users } from '../../servers/users';
import { completed, type Made, type Place, type ResourceType } from '../resource-type';
import { type InlinePolicy, NOT_JUDGED_OF_IAM } from './inline-policies';

interface UserProperties {
  readonly UserName: string;
  readonly Policies?: readonly InlinePolicy[];
  readonly PermissionsBoundary?: string;
  readonly Tags?: unknown;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html */
export const user: ResourceType<UserProperties> = {
  properties: { UserName: 'replace', Policies: 'update', PermissionsBoundary: 'update', Tags: 'update' },
  notJudged: NOT_JUDGED_OF_IAM,

  async create(place, { UserName, Policies = [] }) {
    await users.create(place.account.id, UserName);
    const made = madeOf(place, UserName);
    return completed(
      made,
      () => putPolicies(place, UserName, Policies),
      () => users.remove(place.account.id, UserName),
    );
  },

  async find(place, { UserName }) {
    return (await users.find(place.account.id, UserName)) && madeOf(place, UserName);
  },

  update: (place, { physicalId }, { Policies = [] }) => putPolicies(place, physicalId, Policies),

  async remove(place, { physicalId }) {
    const found = await users.find(place.account.id, physicalId);
    if (found === undefined) return;
    // IAM removes no user who has a key; Ceph would remove the key too.
    if (found.keys.length > 0) throw new Error(`the user ${physicalId} still has a key`);
    await users.remove(place.account.id, physicalId);
  },
};

function madeOf({ account }: Place, name: string): Made {
  return { physicalId: name, attributes: { Arn: `arn:aws:iam::${account.id}:user/${name}` } };
}

async function putPolicies(place: Place, name: string, policies: readonly InlinePolicy[]): Promise<void> {
  const { iam } = place.gateway;
  const UserName = userName(place.account.id, name);
  for (const { PolicyName, PolicyDocument: document } of policies) {
    const PolicyDocument = await place.policy(document, 'identity');
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
  }
  const { PolicyNames = [] } = await iam.send(new ListUserPoliciesCommand({ UserName }));
  for (const PolicyName of PolicyNames) {
    if (policies.some((policy) => policy.PolicyName === PolicyName)) continue;
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
  }
}
