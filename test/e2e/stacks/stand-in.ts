import type { Deployment } from '../../../lib/definitions/model/model';
import { Cloud, WITHOUT_CHANGE_SETS } from '../cli/cloud';
import { REGION } from '../servers/ceph';
import { motoCredentials } from '../servers/clients';
import { ENDPOINTS } from '../servers/endpoints';
import { CloudFormationOfServices } from './cloud-formation';
import { deployFolder } from './deploy-folder';

/** An account of a stand-in for AWS. */
export interface StandIn {
  /** What leads the CDK and the command to it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The names of the stacks that were deployed to it. */
  readonly stacks: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens an account in which everything that is deployed comes to be.
 * @param moto its endpoint
 * @param definitions are deployed to it first
 */
export async function openStandIn(moto: string, definitions?: Deployment): Promise<StandIn> {
  const services = await CloudFormationOfServices.start(moto);
  process.env[ENDPOINTS] = JSON.stringify({ ...JSON.parse(process.env[ENDPOINTS] ?? '{}'), moto: services.url });
  const cloud = await Cloud.open();
  const { account, recorder } = cloud;
  const where = { endpoint: recorder.url, account, region: REGION, credentials: await motoCredentials(account) };
  return {
    environment: { ...cloud.environment, ...WITHOUT_CHANGE_SETS },
    stacks: definitions ? await deployFolder(definitions, where) : [],
    close: async () => {
      await cloud.close();
      await services.close();
    },
  };
}
