import { newKey, users } from '../../servers/users';
import type { Made, Place, ResourceType } from '../resource-type';

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

  remove: (place, { physicalId }, { UserName }) => users.removeKey(place.account.id, UserName, physicalId),
};

async function setStatus({ account }: Place, made: Made, { UserName, Status }: AccessKeyProperties): Promise<void> {
  if (Status === 'Inactive') return users.removeKey(account.id, UserName, made.physicalId);
  const { SecretAccessKey: secretAccessKey = '' } = made.attributes;
  return users.addKey(account.id, UserName, { accessKeyId: made.physicalId, secretAccessKey });
}
