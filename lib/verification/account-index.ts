/** What a snapshot has, by its names. */
import type { AccessPoint, Bucket } from '../account/bucket';
import type { AccessKey, RoleDetail, UserDetail } from '../account/iam';
import type { Key, RolesAnywhereProfile, Secret, Stack, TrustAnchor } from '../account/services';
import type { Snapshot } from '../account/snapshot';

export class AccountIndex {
  readonly account: string;
  readonly partition: string;
  private readonly roles: ReadonlyMap<string, RoleDetail>;
  private readonly users: ReadonlyMap<string, UserDetail>;
  private readonly buckets: ReadonlyMap<string, Bucket>;
  private readonly bucketNames: ReadonlySet<string>;
  private readonly keys: ReadonlyMap<string, Key>;
  private readonly secrets: ReadonlyMap<string, Secret>;
  private readonly accessKeys = new Map<string, AccessKey[]>();
  private readonly stacks = new Map<string, Stack[]>();
  private readonly profiles = new Map<string, RolesAnywhereProfile[]>();
  private readonly anchors: ReadonlyMap<string, TrustAnchor>;

  constructor(readonly snapshot: Snapshot) {
    const { account, partition, iam, buckets, bucketNames, keys, secrets, trustAnchors } = snapshot;
    this.account = account;
    this.partition = partition;
    // IAM's names have no case.
    this.roles = by(iam?.RoleDetailList, ({ RoleName }) => RoleName.toLowerCase());
    this.users = by(iam?.UserDetailList, ({ UserName }) => UserName.toLowerCase());
    this.buckets = by(buckets, ({ Name }) => Name);
    this.bucketNames = new Set(bucketNames);
    this.keys = by(keys, ({ Arn }) => Arn);
    this.secrets = by(secrets, ({ Name, Arn }) => `${Arn.split(':')[3]} ${Name}`);
    this.anchors = by(trustAnchors, ({ trustAnchorArn }) => trustAnchorArn);
    for (const key of snapshot.accessKeys ?? []) put(this.accessKeys, key.UserName.toLowerCase(), key);
    for (const stack of snapshot.stacks ?? []) put(this.stacks, stack.StackName, stack);
    for (const profile of snapshot.rolesAnywhereProfiles ?? [])
      for (const arn of new Set(profile.roleArns ?? [])) put(this.profiles, arn, profile);
  }

  role(name: string): RoleDetail | undefined {
    return this.roles.get(name.toLowerCase());
  }

  user(name: string): UserDetail | undefined {
    return this.users.get(name.toLowerCase());
  }

  /** A bucket that was looked into. */
  bucket(name: string): Bucket | undefined {
    return this.buckets.get(name);
  }

  /** Whether the account has a bucket; undefined where its buckets were not listed. */
  hasBucket(name: string): boolean | undefined {
    return this.snapshot.bucketNames === undefined ? undefined : this.bucketNames.has(name);
  }

  key(arn: string): Key | undefined {
    return this.keys.get(arn);
  }

  secret(region: string, name: string): Secret | undefined {
    return this.secrets.get(`${region} ${name}`);
  }

  accessKeysOf(user: string): readonly AccessKey[] {
    return this.accessKeys.get(user.toLowerCase()) ?? [];
  }

  /** The stacks of a name, which there may be in several Regions. */
  stacksNamed(name: string): readonly Stack[] {
    return this.stacks.get(name) ?? [];
  }

  /** The profiles that open sessions of a role. */
  profilesOf(roleArn: string): readonly RolesAnywhereProfile[] {
    return this.profiles.get(roleArn) ?? [];
  }

  anchor(arn: string): TrustAnchor | undefined {
    return this.anchors.get(arn);
  }

  accessPoint(bucket: string, name: string): AccessPoint | undefined {
    return this.bucket(bucket)?.AccessPoints?.find((point) => point.Name === name);
  }
}

export function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}

function by<T>(things: readonly T[] | undefined, key: (one: T) => string): ReadonlyMap<string, T> {
  return new Map((things ?? []).map((thing) => [key(thing), thing]));
}

function put<T>(all: Map<string, T[]>, key: string, value: T): void {
  const found = all.get(key);
  if (found) found.push(value);
  else all.set(key, [value]);
}
