/**
 * Definitions as the rest of the program sees them: valid, with every default filled in, and nothing
 * of files or YAML left but the name of the file each came from.
 */
import type { Capability } from '../rules/confinement';
import type { KeySlot, Status } from '../rules/vocabulary';

export interface Deployment {
  /** By name. */
  readonly clients: readonly Client[];
}

export interface Client {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly permissionsBoundary?: string;
  readonly bucket: Bucket;
  /** By vendor. */
  readonly integrations: readonly Integration[];
  /** The file that defines it, relative to the folder. */
  readonly file: string;
}

export interface Bucket {
  readonly name: string;
  readonly existing: boolean;
  /** `create`, or the ARN of a key; none is SSE-S3. */
  readonly kmsKey?: string;
  readonly versioned: boolean;
  readonly abortUploadsAfterDays: number;
  readonly expireObjectsAfterDays?: number;
  readonly expireOldVersionsAfterDays?: number;
  readonly eventBridge: boolean;
  readonly accessLogs?: { readonly bucket: string; readonly prefix?: string };
}

interface Common {
  readonly client: string;
  readonly vendor: string;
  /** `<client>_<vendor>`. */
  readonly name: string;
  readonly description?: string;
  readonly request?: string;
  readonly owner?: string;
  readonly status: Status;
  /** Canonical; empty for the whole bucket. */
  readonly prefix: string;
  readonly dedicatedBucket?: Bucket;
  readonly access: readonly Capability[];
  readonly expires?: string;
  readonly sourceIps: readonly string[];
  readonly vpcEndpoints: readonly string[];
  /** The file that defines it, relative to the folder. */
  readonly file: string;
}

export interface AssumedRole extends Common {
  readonly kind: 'assumed-role';
  readonly principals: readonly string[];
  readonly externalIds: readonly string[];
  readonly allowWholeAccount: boolean;
  readonly maxSessionSeconds: number;
  readonly roleName: string;
  readonly roleSessionName?: string;
  readonly selfAssume: boolean;
}

export interface DirectTrust extends Common {
  readonly kind: 'direct-trust';
  readonly principals: readonly string[];
  readonly allowWholeAccount: boolean;
}

export interface AccessKey extends Common {
  readonly kind: 'access-key';
  readonly reason: string;
  readonly reviewBy?: string;
  readonly keys: readonly KeySlot[];
}

export type Integration = AssumedRole | DirectTrust | AccessKey;

/** The bucket in which an integration acts. */
export function bucketOf(client: Client, integration: Integration): Bucket {
  return integration.dedicatedBucket ?? client.bucket;
}
