import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { ReadResource, SynthesizedStack } from '../templates';
import { NamedResources } from './named-resources';
import type { Removals } from './removals';

/** One version of a stack, and where it is deployed, as far as that is known. */
export type Version = Pick<SynthesizedStack, 'account' | 'region' | 'template'>;

/** What a deployment does to one resource. */
export interface Change {
  readonly logicalId: string;
  /** Its type, for example `AWS::S3::Bucket`. */
  readonly type: string;
  /** Its own name, the old one of what is replaced; or else that of what it serves (a KMS key's bucket, an access key's secret). */
  readonly name?: string;
  readonly change: 'added' | 'updated' | 'replaced' | 'removed';
  /** Whether what is replaced or removed stays, outside the stack. */
  readonly retained: boolean;
  /** Whether the change must not be deployed: something in use goes that no definition says goes. */
  readonly atStake: boolean;
  /** One line for the person who decides. */
  readonly why: string;
}

/** What must not go by accident, and what goes with it. */
const IN_USE: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'the objects in it do not move to another',
  'AWS::KMS::Key': 'objects that it encrypted can be read with no other key',
  'AWS::SecretsManager::Secret': 'the access key in it is in use',
  'AWS::IAM::AccessKey': 'it is in use',
};

/** What may go, but not become another under the same name. */
const ADDRESSED: Readonly<Record<string, string>> = {
  ...IN_USE,
  'AWS::S3::AccessPoint': 'the vendor uses its alias, and a new access point has a new one',
};

/** Of a role that goes into another path; a user goes there in place. */
const MOVED = 'its ARN is in use, and none can be made beside it under the same name; keep the present rolePath';

/** What is kept even where a definition says that it goes: it holds a client's data, not a vendor's access. */
const KEPT: ReadonlySet<string> = new Set(['AWS::S3::Bucket', 'AWS::KMS::Key']);

/**
 * What deploying one version of a client's stack over another does, resource by resource; those that stay as they are
 * are left out. The promise that is checked: no change replaces or removes a bucket, a KMS key, a secret or an access
 * key unless the definition says so, and buckets and KMS keys are retained even then. Whether a secret or key is
 * `suspended` makes no difference, since it is to work again. Nothing is matched by name: CloudFormation knows
 * resources by logical id only.
 *
 * Two versions in different accounts or regions are two stacks. The first then stays behind, whole, under nobody's care,
 * and everything of the second is added. A region or account that is not known is taken to be the same.
 *
 * @param before undefined where the client is new
 * @param after undefined where the client is removed, and its stack with it
 * @param removals what definitions say goes
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function compareTemplates(
  before: Version | undefined,
  after: Version | undefined,
  removals: Removals,
): Change[] {
  const elsewhere = before && after && moved(before, after);
  if (elsewhere) return [...leftBehind(before, elsewhere), ...compareTemplates(undefined, after, removals)];
  const [was, is] = [before?.template ?? {}, after?.template ?? {}];
  const changes = Object.entries(fullDiff(exact(was), exact(is)).resources.changes);
  if (changes.length === 0) return [];
  const [old, now] = [new NamedResources(was), new NamedResources(is)];
  return changes
    .map(([logicalId, difference]) => changeOf(logicalId, difference, old, now, removals))
    .sort(byLogicalId);
}

function changeOf(
  logicalId: string,
  difference: ResourceDifference,
  old: NamedResources,
  now: NamedResources,
  removals: Removals,
): Change {
  const [was, is] = [old.all.get(logicalId), now.all.get(logicalId)];
  const what = { logicalId, type: (was ?? is)?.type ?? '', name: (was ? old : now).nameOf(logicalId) };
  if (was && !is) return { ...what, ...removed(was, saidOf(old, logicalId, removals)) };
  if (was && is) return { ...what, ...(replaced(difference, was, is) ?? updated(difference)) };
  return { ...what, change: 'added', retained: false, atStake: false, why: 'it is new in the stack' };
}

type Fate = Pick<Change, 'change' | 'retained' | 'atStake' | 'why'>;

/** @param said why definitions say that it goes; undefined where they don't */
function removed({ type, deletionPolicy }: ReadResource, said: string | undefined): Fate {
  const loss = IN_USE[type];
  const retained = keeps(deletionPolicy);
  const lost = KEPT.has(type) && !retained;
  const unsaid = `it is no longer in the stack${loss ? `, and no definition says so: ${loss}` : ''}`;
  return {
    change: 'removed',
    retained,
    atStake: loss !== undefined && (said === undefined || lost),
    why: `${said ?? unsaid}${lost ? '; it is not retained' : ''}`,
  };
}

/** Undefined where it is not replaced. */
function replaced(difference: ResourceDifference, was: ReadResource, is: ReadResource): Fate | undefined {
  const forced = forcing(difference, was, is);
  if (forced.length === 0) return undefined;
  const loss = ADDRESSED[was.type] ?? (forced.includes('Path') ? MOVED : undefined);
  return {
    change: 'replaced',
    // Which of the two versions' policies CloudFormation goes by is not documented, so both must say so.
    retained: keeps(was.updateReplacePolicy) && keeps(is.updateReplacePolicy),
    atStake: loss !== undefined,
    why: `${forced.join(', ')} cannot change in place${loss ? `: ${loss}` : ''}`,
  };
}

function updated({ propertyUpdates, otherChanges }: ResourceDifference): Fate {
  const changed = [...Object.keys(propertyUpdates), ...Object.keys(otherChanges)].sort();
  return { change: 'updated', retained: false, atStake: false, why: `in place: ${changed.join(', ')}` };
}

/** What makes CloudFormation replace a resource, also where it only may. */
function forcing(difference: ResourceDifference, was: ReadResource, is: ReadResource): string[] {
  if (was.type !== is.type) return ['Type'];
  return Object.entries(difference.propertyUpdates)
    .filter(
      ([, { changeImpact }]) =>
        changeImpact === ResourceImpact.WILL_REPLACE || changeImpact === ResourceImpact.MAY_REPLACE,
    )
    .map(([property]) => property)
    .sort();
}

/** Why definitions say that a resource goes; undefined where they don't. */
function saidOf(resources: NamedResources, logicalId: string, { buckets, secrets }: Removals): string | undefined {
  const name = resources.nameOf(logicalId) ?? '';
  const type = resources.all.get(resources.ownerOf(logicalId) ?? '')?.type;
  if (type === 'AWS::SecretsManager::Secret') return secrets.get(name);
  return type === 'AWS::S3::Bucket' || type === 'AWS::S3::BucketPolicy' ? buckets.get(name) : undefined;
}

/** Where a stack was and is, if those are two. */
function moved(before: Version, after: Version): string | undefined {
  const differs = (key: 'account' | 'region') =>
    before[key] !== undefined && after[key] !== undefined && before[key] !== after[key];
  const keys = (['account', 'region'] as const).filter(differs);
  if (keys.length === 0) return undefined;
  return keys.map((key) => `${key} ${before[key]} became ${after[key]}`).join(', ');
}

function leftBehind({ template }: Version, elsewhere: string): Change[] {
  const resources = new NamedResources(template);
  return [...resources.all.values()]
    .map(
      ({ logicalId, type }): Change => ({
        logicalId,
        type,
        name: resources.nameOf(logicalId),
        change: 'removed',
        retained: true,
        atStake: IN_USE[type] !== undefined,
        why: `${elsewhere}: that is another stack, and this one stays unchanged`,
      }),
    )
    .sort(byLogicalId);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html */
function keeps(policy: string | undefined): boolean {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}

/** A template in which no text looks like a number: the library takes `0123` and `123` for the same, S3 and IAM don't. */
function exact<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) =>
    typeof member === 'string' && !Number.isNaN(Number(member)) ? `"${member}"` : member,
  );
}

function byLogicalId(a: Change, b: Change): number {
  return a.logicalId < b.logicalId ? -1 : 1;
}
