import type { Key } from './ceph';

/** Where the servers of this run are. */
export interface Endpoints {
  /** CloudFormation, Secrets Manager, KMS and SSM; enforces nothing. */
  readonly moto: string;
  /** S3, STS and IAM, with policies enforced; requests count as sent over TLS. */
  readonly gateway: string;
  /** The same server, with requests that count as sent over plain HTTP. */
  readonly plainGateway: string;
  /** Of whoever may make and remove the gateway's users. */
  readonly operator: Key;
}

/** The environment variable in which the servers of a run are told to its tests. */
export const ENDPOINTS = 'E2E_ENDPOINTS';

/** @throws where no servers were started: the suite is run with `npm run test:e2e` */
export function endpoints(): Endpoints {
  const text = process.env[ENDPOINTS];
  if (text === undefined) throw new Error('no servers were started: use npm run test:e2e');
  return JSON.parse(text) as Endpoints;
}
