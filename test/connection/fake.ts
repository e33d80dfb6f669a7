import type { Refusal } from '../../lib/causes/refusal';
import type { ReceivedHandoff } from '../../lib/connection/received-handoff';
import { Refused } from '../../lib/connection/refused';
import type { ObjectVersion, RoleRequest, Session, Vendor } from '../../lib/connection/vendor';
import { Capability } from '../../lib/rules/confinement';

/** Whether a request is let through: `on` is a key, or the prefix of a list (undefined where it is left out). */
export type Policy = (action: string, on: string | undefined) => boolean;

export interface FakeOptions {
  readonly allows?: Policy;
  /** Whether the role may be assumed like this. */
  readonly trusts?: (request: RoleRequest, token?: string) => boolean;
  /** Requests that end otherwise than by policy. */
  readonly fails?: (action: string, on: string | undefined) => Partial<Refusal> | undefined;
  readonly identity?: string;
  readonly versioned?: boolean;
  readonly location?: string;
  /** Objects that are there before. */
  readonly objects?: readonly string[];
  /** What is said with a denial. */
  readonly says?: (action: string) => string;
}

export const HANDED: ReceivedHandoff = {
  integration: 'kohler_reltio',
  kind: 'assumed-role',
  bucket: 'integrations-kohler',
  prefix: 'reltio/',
  region: 'eu-west-1',
  roleArn: 'arn:aws:iam::111122223333:role/kohler_reltio',
  externalIds: ['5ez83245-6b31'],
  access: [Capability.LIST, Capability.READ, Capability.WRITE, Capability.DELETE],
  accessAssumed: false,
};

/** What is granted by capability, of its own, so that a slip of the rules is not repeated here. */
export function confined({ access, prefix }: Pick<ReceivedHandoff, 'access' | 'prefix'>): Policy {
  const can = (capability: Capability) => access.includes(capability);
  const under = (on: string | undefined) => on?.startsWith(prefix) ?? prefix === '';
  return (action, on) => {
    switch (action) {
      case 'GetBucketLocation':
        return true;
      case 'ListBucket':
        return (can(Capability.LIST) && under(on)) || (can(Capability.ROOT_LIST) && !on);
      case 'ListBucketVersions':
        return can(Capability.VERSIONS) && under(on);
      case 'GetObject':
        return can(Capability.READ) && under(on);
      case 'PutObject':
      case 'AbortMultipartUpload':
      case 'ListMultipartUploadParts':
        return can(Capability.WRITE) && under(on);
      case 'PutObjectAcl':
        return can(Capability.ACL) && under(on);
      case 'DeleteObject':
        return can(Capability.DELETE) && under(on);
      case 'GetObjectVersion':
        return can(Capability.VERSIONS) && under(on);
      case 'DeleteObjectVersion':
        return can(Capability.VERSIONS) && can(Capability.DELETE) && under(on);
      case 'GetObjectTagging':
      case 'PutObjectTagging':
        return can(Capability.TAGS) && under(on);
      case 'DeleteObjectTagging':
        return can(Capability.TAGS) && can(Capability.DELETE) && under(on);
      case 'GetObjectRetention':
      case 'GetObjectLegalHold':
        return can(Capability.RETENTION_READ) && under(on);
      case 'ListAllMyBuckets':
        return can(Capability.LIST_BUCKETS);
      default:
        return false;
    }
  };
}

/** AWS in memory: one bucket, one role, and whoever asks. */
export class Fake implements Vendor {
  /** Key → versions, the newest last; undefined is a delete marker. */
  readonly objects = new Map<string, { id: string; body: string | undefined }[]>();
  readonly uploads = new Map<string, string>();
  readonly requests: string[] = [];
  readonly tagged = new Map<string, Readonly<Record<string, string>>>();
  private ids = 0;

  constructor(
    readonly handed: ReceivedHandoff,
    private readonly options: FakeOptions = {},
  ) {
    for (const key of options.objects ?? []) this.objects.set(key, [{ id: 'v0', body: 'from before' }]);
  }

  /** The keys that a list would show. */
  get keys(): string[] {
    return [...this.objects].filter(([, versions]) => versions.at(-1)?.body !== undefined).map(([key]) => key);
  }

  async identity(): Promise<string> {
    this.ask('GetCallerIdentity', undefined, true);
    return this.options.identity ?? identityOf(this.handed);
  }

  async assume(request: RoleRequest): Promise<Session> {
    this.ask('AssumeRole', undefined, (this.options.trusts ?? trusted(this.handed))(request));
    return this.session();
  }

  async assumeWithToken(request: RoleRequest, token: string): Promise<Session> {
    this.ask('AssumeRoleWithWebIdentity', undefined, (this.options.trusts ?? trusted(this.handed))(request, token));
    return this.session();
  }

  async own(): Promise<Session> {
    return this.session();
  }

  private session(): Session {
    const s3 = (action: string, on?: string) => this.ask(action, on);
    return {
      location: async () => {
        s3('GetBucketLocation');
        return this.options.location ?? this.handed.region;
      },
      head: async () => s3('ListBucket'),
      list: async (prefix) => {
        s3('ListBucket', prefix);
        return this.keys.filter((key) => key.startsWith(prefix ?? ''));
      },
      listVersions: async (prefix) => {
        s3('ListBucketVersions', prefix);
        return [...this.objects].flatMap(([key, versions]) =>
          key.startsWith(prefix ?? '') ? versions.map(({ id }): ObjectVersion => ({ key, versionId: id })) : [],
        );
      },
      put: async (key, body, acl) => {
        s3('PutObject', key);
        if (acl !== undefined) s3('PutObjectAcl', key);
        return this.write(key, body);
      },
      get: async (key, versionId) => {
        s3(versionId === undefined ? 'GetObject' : 'GetObjectVersion', key);
        const versions = this.objects.get(key) ?? [];
        const found = versionId === undefined ? versions.at(-1) : versions.find(({ id }) => id === versionId);
        if (found?.body !== undefined) return found.body;
        if (!this.allows('ListBucket', undefined)) throw denied(this.options.says?.('ListBucket'));
        throw refused({ code: 'NoSuchKey', status: 404, message: '' });
      },
      delete: async (key, versionId) => {
        s3(versionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion', key);
        return this.erase(key, versionId);
      },
      startUpload: async (key) => {
        s3('PutObject', key);
        this.ids += 1;
        this.uploads.set(`u${this.ids}`, key);
        return `u${this.ids}`;
      },
      uploadPart: async (key, uploadId, body) => {
        s3('PutObject', key);
        if (!this.uploads.has(uploadId)) throw refused({ code: 'NoSuchUpload', status: 404, message: '' });
        return body;
      },
      countParts: async (key) => {
        s3('ListMultipartUploadParts', key);
        return 1;
      },
      completeUpload: async (key, uploadId, entityTag) => {
        s3('PutObject', key);
        this.uploads.delete(uploadId);
        return this.write(key, entityTag);
      },
      abortUpload: async (key, uploadId) => {
        s3('AbortMultipartUpload', key);
        this.uploads.delete(uploadId);
      },
      tags: async (key) => {
        s3('GetObjectTagging', key);
        return this.tagged.get(key) ?? {};
      },
      setTags: async (key, tags) => {
        s3('PutObjectTagging', key);
        this.tagged.set(key, tags);
      },
      deleteTags: async (key) => {
        s3('DeleteObjectTagging', key);
        this.tagged.delete(key);
      },
      retention: async (key) => {
        s3('GetObjectRetention', key);
        throw refused({ code: 'NoSuchObjectLockConfiguration', status: 404, message: '' });
      },
      legalHold: async (key) => {
        s3('GetObjectLegalHold', key);
        throw refused({ code: 'InvalidRequest', status: 400, message: 'Bucket is missing Object Lock Configuration' });
      },
      policy: async () => {
        s3('GetBucketPolicy');
        return '{}';
      },
      countBuckets: async () => {
        s3('ListAllMyBuckets');
        return 1;
      },
    };
  }

  private ask(action: string, on: string | undefined, allowed = this.allows(action, on)): void {
    this.requests.push(on === undefined ? action : `${action} ${on}`);
    const failure = this.options.fails?.(action, on);
    if (failure) throw refused({ code: 'Unknown', message: '', ...failure });
    if (!allowed) throw denied(this.options.says?.(action));
  }

  private allows(action: string, on: string | undefined): boolean {
    return (this.options.allows ?? confined(this.handed))(action, on);
  }

  private write(key: string, body: string): string | undefined {
    this.ids += 1;
    const version = { id: `v${this.ids}`, body };
    this.objects.set(key, this.options.versioned ? [...(this.objects.get(key) ?? []), version] : [version]);
    return this.options.versioned ? version.id : undefined;
  }

  private erase(key: string, versionId: string | undefined): string | undefined {
    const versions = this.objects.get(key) ?? [];
    if (!this.options.versioned) {
      this.objects.delete(key);
      return undefined;
    }
    if (versionId === undefined) {
      this.ids += 1;
      this.objects.set(key, [...versions, { id: `m${this.ids}`, body: undefined }]);
      return `m${this.ids}`;
    }
    const left = versions.filter(({ id }) => id !== versionId);
    if (left.length === 0) this.objects.delete(key);
    else this.objects.set(key, left);
    return versionId;
  }
}

export function refused(refusal: Refusal): Refused {
  return new Refused(refusal);
}

function denied(message = 'Access Denied'): Refused {
  return refused({ code: 'AccessDenied', status: 403, message });
}

function trusted({ externalIds, roleSessionName, kind }: ReceivedHandoff) {
  return ({ externalId, sessionName }: RoleRequest, token?: string) =>
    (kind !== 'web-identity' || token === 'a.b.c') &&
    (externalIds.length === 0 || externalIds.includes(externalId ?? '')) &&
    (roleSessionName === undefined || sessionName === roleSessionName);
}

function identityOf({ kind, integration }: ReceivedHandoff): string {
  switch (kind) {
    case 'access-key':
      return `arn:aws:iam::111122223333:user/${integration}`;
    case 'roles-anywhere':
    case 'web-identity':
      return `arn:aws:sts::111122223333:assumed-role/${integration}/session`;
    default:
      return 'arn:aws:iam::123456789876:user/reltio.platform.jobs';
  }
}
