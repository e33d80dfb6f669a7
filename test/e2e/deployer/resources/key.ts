import {
  CreateKeyCommand,
  EnableKeyRotationCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import { refuseMissing } from '../principals';
import type { ResourceType } from '../resource-type';

interface KeyProperties {
  readonly Description?: string;
  readonly EnableKeyRotation: true;
  readonly KeyPolicy: unknown;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
export const key: ResourceType<KeyProperties> = {
  properties: { Description: 'update', EnableKeyRotation: 'update', KeyPolicy: 'update', Tags: 'update' },
  unjudged: 'moto keeps the key and its policy, and asks nobody for it',

  async create({ moto: { kms } }, { Description, KeyPolicy, Tags = [] }) {
    await refuseMissing(KeyPolicy);
    const command = new CreateKeyCommand({
      Description,
      Policy: JSON.stringify(KeyPolicy),
      Tags: Tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
    });
    const { KeyId = '', Arn = '' } = (await kms.send(command)).KeyMetadata ?? {};
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    return { physicalId: KeyId, attributes: { Arn, KeyId } };
  },

  async update({ moto: { kms } }, { physicalId: KeyId }, { Description = '', KeyPolicy }) {
    await refuseMissing(KeyPolicy);
    await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: JSON.stringify(KeyPolicy) }));
    await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description }));
  },

  async remove({ moto: { kms } }, { physicalId: KeyId }) {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
  },
};
