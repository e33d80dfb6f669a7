import { GetUserPolicyCommand, ListUserPoliciesCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { newKey, userName, users } from '../../servers/users';
import { type Made, type Place, type ResourceType, unless } from '../resource-type';

interface AccessKeyProperties {
  readonly UserName: string;
  readonly Status?: 'Active' | 'Inactive';
}

/** As many keys as IAM gives a user. */
const MOST_KEYS = 2;

/**
 * Ceph has no inactive keys: one is taken away, and given back as it was.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html
 */
export const accessKey: ResourceType<AccessKeyProperties> = {
  properties: { UserName: 'replace', Status: 'update' },

  async create(place, properties) {
    const { keys } = (await users.find(place.account.id, properties.UserName)) ?? { keys: [] };
    if (keys.length >= MOST_KEYS) throw new Error(`the user ${properties.UserName} has ${MOST_KEYS} keys already`);
    const { accessKeyId, secretAccessKey } = newKey();
    const made: Made = { physicalId: accessKeyId, attributes: { SecretAccessKey: secretAccessKey } };
    await setStatus(place, made, properties);
    return made;
  },

  update: setStatus,

  remove: (place, { physicalId }, { UserName }) =>
    keepingPolicies(place, UserName, () => users.removeKey(place.account.id, UserName, physicalId)),
};

async function setStatus(place: Place, made: Made, { UserName, Status }: AccessKeyProperties): Promise<void> {
  const { id } = place.account;
  const { SecretAccessKey: secretAccessKey = '' } = made.attributes;
  await keepingPolicies(place, UserName, () =>
    Status === 'Inactive'
      ? users.removeKey(id, UserName, made.physicalId)
      : users.addKey(id, UserName, { accessKeyId: made.physicalId, secretAccessKey }),
  );
}

/** Ceph forgets a user's inline policies when its keys change. */
async function keepingPolicies({ account, gateway: { iam } }: Place, name: string, change: () => Promise<void>) {
  const UserName = userName(account.id, name);
  const policies: { PolicyName: string; PolicyDocument: string }[] = [];
  const { PolicyNames = [] } =
    (await unless(['NoSuchEntity', 'NoSuchEntityException'], iam.send(new ListUserPoliciesCommand({ UserName })))) ??
    {};
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument = '' } = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }));
    policies.push({ PolicyName, PolicyDocument: decodeURIComponent(PolicyDocument) });
  }
  await change();
  for (const policy of policies) await iam.send(new PutUserPolicyCommand({ UserName, ...policy }));
}
