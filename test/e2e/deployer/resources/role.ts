import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  type Role,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { completed, type Made, type Place, type ResourceType, unless } from '../resource-type';
import { type InlinePolicy, NOT_JUDGED_OF_IAM } from './inline-policies';

interface RoleProperties {
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: unknown;
  readonly Policies?: readonly InlinePolicy[];
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: string;
  readonly Tags?: unknown;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const role: ResourceType<RoleProperties> = {
  properties: {
    RoleName: 'replace',
    AssumeRolePolicyDocument: 'update',
    Policies: 'update',
    MaxSessionDuration: 'update',
    PermissionsBoundary: 'update',
    Tags: 'update',
  },
  notJudged: NOT_JUDGED_OF_IAM,

  async create(place, { RoleName, AssumeRolePolicyDocument: trust, Policies = [], MaxSessionDuration }) {
    const AssumeRolePolicyDocument = await place.policy(trust, 'trust');
    const command = new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, MaxSessionDuration });
    const { Role } = await place.gateway.iam.send(command);
    const made = madeOf(RoleName, Role);
    return completed(
      made,
      () => putPolicies(place, RoleName, Policies),
      () => remove(place, made),
    );
  },

  async find({ gateway: { iam } }, { RoleName }) {
    const there = await unless(['NoSuchEntityException'], iam.send(new GetRoleCommand({ RoleName })));
    return there && madeOf(RoleName, there.Role);
  },

  async update(
    place,
    { physicalId: RoleName },
    { AssumeRolePolicyDocument, Policies = [], MaxSessionDuration },
    before,
  ) {
    if (MaxSessionDuration !== before.MaxSessionDuration) {
      throw new Error(`Ceph 16 cannot change how long sessions of ${RoleName} last`);
    }
    const PolicyDocument = await place.policy(AssumeRolePolicyDocument, 'trust');
    await place.gateway.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    await putPolicies(place, RoleName, Policies);
  },

  remove,
};

function madeOf(RoleName: string, role?: Role): Made {
  return { physicalId: RoleName, attributes: { Arn: role?.Arn ?? '', RoleId: role?.RoleId ?? '' } };
}

async function remove(place: Place, { physicalId: RoleName }: Made): Promise<void> {
  await putPolicies(place, RoleName, []);
  await unless(['NoSuchEntityException'], place.gateway.iam.send(new DeleteRoleCommand({ RoleName })));
}

async function putPolicies(place: Place, RoleName: string, policies: readonly InlinePolicy[]): Promise<void> {
  const { iam } = place.gateway;
  for (const { PolicyName, PolicyDocument: document } of policies) {
    const PolicyDocument = await place.policy(document, 'identity');
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  }
  const there = await unless(['NoSuchEntityException'], iam.send(new ListRolePoliciesCommand({ RoleName })));
  for (const PolicyName of there?.PolicyNames ?? []) {
    if (policies.some((policy) => policy.PolicyName === PolicyName)) continue;
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  }
}
