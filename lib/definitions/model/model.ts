/**
 * Definitions as the rest of the program sees them: valid, with every default filled in, and nothing
 * of files or YAML left but the name of the file each came from.
 */
import type { Capability } from '../../rules/confinement';
import type { CertificateSubject } from '../../rules/trust';
import type { KeySlot, Status } from '../../rules/vocabulary';

export interface Deployment {
  /** Of the settings. */
  readonly region?: string;
  /** Of the settings. */
  readonly tags: Readonly<Record<string, string>>;
  /** How many clients a deployment may end unless you give their number. */
  readonly removeAtMost: number;
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
  /** The name of its vendor profile. */
  readonly profile?: string;
  readonly description?: string;
  readonly request?: string;
  readonly owner?: string;
  /** Why no safer kind will do. */
  readonly reason?: string;
  readonly status: Status;
  /** Canonical; empty for the whole bucket. */
  readonly prefix: string;
  readonly dedicatedBucket?: Bucket;
  readonly access: readonly Capability[];
  readonly expires?: string;
  readonly sourceIps: readonly string[];
  readonly vpcEndpoints: readonly string[];
  /** The further stack of its client that it is in; none is the client's own. */
  readonly stackPart?: number;
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
  /** Whether it has an access point of its own, and nothing in the bucket's policy. */
  readonly accessPoint: boolean;
}

export interface RolesAnywhere extends Common {
  readonly kind: 'roles-anywhere';
  /** The certificate authority as PEM, or the ARN of a trust anchor; neither while nobody is let in. */
  readonly certificateAuthority?: string;
  readonly trustAnchorArn?: string;
  readonly subject?: CertificateSubject;
  readonly maxSessionSeconds: number;
  readonly acceptRoleSessionName: boolean;
  readonly roleName: string;
}

export interface WebIdentity extends Common {
  readonly kind: 'web-identity';
  /** An issuer's address or a provider's ARN; none while nobody is let in. */
  readonly provider?: string;
  readonly audiences: readonly string[];
  readonly subjects: readonly string[];
  readonly roleSessionName?: string;
  readonly maxSessionSeconds: number;
  readonly roleName: string;
}

export interface AccessKey extends Common {
  readonly kind: 'access-key';
  readonly reviewBy?: string;
  /** The slots that hold a key, the newest key's last. */
  readonly keys: readonly KeySlot[];
}

export type Integration = AssumedRole | DirectTrust | RolesAnywhere | WebIdentity | AccessKey;

/** The bucket in which an integration acts. */
export function bucketOf(client: Client, integration: Integration): Bucket {
  return integration.dedicatedBucket ?? client.bucket;
}

/** The stacks of a client: its own (undefined), then its parts by number. */
export function partsOf({ integrations }: Client): readonly (number | undefined)[] {
  const parts = new Set(integrations.flatMap(({ stackPart }) => stackPart ?? []));
  return [undefined, ...[...parts].sort((a, b) => a - b)];
}
