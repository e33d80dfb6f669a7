/** What a snapshot does not hold. */
import type { NotRead, Snapshot, SnapshotPart } from './snapshot';

/** Something of an account that was not read. */
export interface Gap extends NotRead {
  readonly account: string;
}

/** Why a list or a member is a gap where nothing in the snapshot says so. */
const ABSENT = 'the snapshot does not hold it';

/** Lists without which nobody knows who reaches what; the others are asked for where they are needed. */
const LISTS = [
  'accessKeys',
  'loginProfiles',
  'oidcProviders',
  'bucketNames',
  'buckets',
  'keys',
  'secrets',
  'trustAnchors',
  'rolesAnywhereProfiles',
  'accessGrants',
  'transferUsers',
  'transferAccesses',
  'stacks',
  'maxSessionDurations',
] as const satisfies readonly SnapshotPart[];

const IAM_LISTS = ['RoleDetailList', 'UserDetailList', 'GroupDetailList', 'Policies'] as const;

/** Members of a bucket that decide who reaches it, or how it is guarded. */
const BUCKET_MEMBERS = ['Policy', 'PublicAccessBlock', 'OwnershipControls', 'Acl', 'AccessPoints'] as const;

/** Everything that was not read: what the snapshot says, and what is neither there nor said. */
export function gapsOf(snapshot: Snapshot): readonly Gap[] {
  const { account, notRead } = snapshot;
  const said = new Set(notRead.map(({ list, arn }) => `${list} ${arn}`));
  const found = [...listGaps(snapshot), ...holderGaps(snapshot), ...thingGaps(snapshot)];
  const isSaid = ({ list, arn }: NotRead) =>
    said.has(`${list} ${arn}`) || (arn === null && notRead.some((each) => each.list === list));
  return [...notRead, ...found.filter((gap) => !isSaid(gap))].map((gap) => ({ ...gap, account }));
}

function gap(list: string, arn: string | null = null, why = ABSENT): NotRead {
  return { list, arn, why };
}

function listGaps(snapshot: Snapshot): readonly NotRead[] {
  const { iam } = snapshot;
  return [
    ...(iam ? IAM_LISTS.filter((list) => iam[list] === undefined).map((list) => gap(`iam.${list}`)) : [gap('iam')]),
    ...LISTS.filter((list) => snapshot[list] === undefined).map((list) => gap(list)),
  ];
}

/** Trusts that are not there, and attached policies whose documents are not. */
function holderGaps({ iam }: Snapshot): readonly NotRead[] {
  const { RoleDetailList = [], UserDetailList = [], GroupDetailList = [], Policies } = iam ?? {};
  const known = new Set((Policies ?? []).map(({ Arn }) => Arn));
  const used = new Set(
    [...RoleDetailList, ...UserDetailList, ...GroupDetailList].flatMap(({ AttachedManagedPolicies }) =>
      AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
    ),
  );
  const groups = new Set(GroupDetailList.map(({ GroupName }) => GroupName.toLowerCase()));
  return [
    ...RoleDetailList.filter((role) => role.AssumeRolePolicyDocument === undefined).map(({ Arn }) =>
      gap('iam.RoleDetailList.AssumeRolePolicyDocument', Arn),
    ),
    ...(Policies ? [...used].filter((arn) => !known.has(arn)).map((arn) => gap('iam.Policies', arn)) : []),
    ...UserDetailList.filter(({ GroupList }) => GroupList.some((name) => !groups.has(name.toLowerCase()))).map(
      ({ Arn }) => gap('iam.GroupDetailList', Arn, 'the user is in a group that the snapshot does not hold'),
    ),
  ];
}

function thingGaps({ partition, buckets = [], keys = [], secrets = [] }: Snapshot): readonly NotRead[] {
  return [
    ...buckets.flatMap((bucket) => [
      ...BUCKET_MEMBERS.filter((member) => bucket[member] === undefined).map((member) =>
        gap(`buckets.${member}`, `arn:${partition}:s3:::${bucket.Name}`),
      ),
      ...(bucket.AccessPoints ?? [])
        .filter(({ Policy }) => Policy === undefined)
        .map(({ Name, Arn }) =>
          gap('buckets.AccessPoints.Policy', Arn ?? `arn:${partition}:s3:::${bucket.Name}`, `${Name}: ${ABSENT}`),
        ),
    ]),
    ...keys.flatMap(({ Arn, Policy, Grants }) => [
      ...(Policy === undefined ? [gap('keys.Policy', Arn)] : []),
      ...(Grants === undefined ? [gap('keys.Grants', Arn)] : []),
    ]),
    ...secrets.filter(({ Policy }) => Policy === undefined).map(({ Arn }) => gap('secrets.Policy', Arn)),
  ];
}
