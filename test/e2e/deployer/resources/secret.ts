import {
  CreateSecretCommand,
  DeleteSecretCommand,
  type Tag,
  TagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { type ResourceType, unless } from '../resource-type';

interface SecretProperties {
  readonly Name: string;
  readonly Description?: string;
  readonly SecretString: string;
  readonly Tags?: Tag[];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html */
export const secret: ResourceType<SecretProperties> = {
  properties: { Name: 'replace', Description: 'update', SecretString: 'update', Tags: 'update' },
  secret: ['SecretString'],

  async create({ moto }, properties) {
    const { ARN = '' } = await moto.secrets.send(new CreateSecretCommand(properties));
    return { physicalId: ARN, attributes: {} };
  },

  async update({ moto }, { physicalId: SecretId }, { Description, SecretString, Tags = [] }) {
    await moto.secrets.send(new UpdateSecretCommand({ SecretId, Description, SecretString }));
    await moto.secrets.send(new TagResourceCommand({ SecretId, Tags }));
  },

  // As CloudFormation does, without a time in which the name would be taken.
  async remove({ moto }, { physicalId: SecretId }) {
    const command = new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true });
    await unless(['ResourceNotFoundException'], moto.secrets.send(command));
  },
};
