/** What statements give somebody in one bucket, action by action. */

import { covers, type Keys, keysOfPrefix, type Meant, meantBy, type Variables } from './globs';
import { type Limits, limitsOf } from './limits';
import { actionsBut, actionsMeant, type On, onWhat } from './s3-actions';
import type { Said } from './said';

/** A bucket, or an access point that stands for it. */
export interface Site {
  /** Of the bucket. */
  readonly name: string;
  readonly arn: string;
  /** What the ARNs of its objects begin with. */
  readonly objects: string;
}

/** An action, and on what. */
export interface Grant {
  readonly action: string;
  /** Whether it is named, and not one of many that a pattern means. */
  readonly isNamed: boolean;
  /** Whether the resource names the bucket, and not several. */
  readonly byName: boolean;
  /** Of an action on objects, which; of a listing, what it shows. */
  readonly keys: readonly Keys[];
  /** Of a listing: whether it may leave the prefix out, or send it empty. */
  readonly atRoot: boolean;
  readonly limits: Limits;
  readonly said: Said;
}

/** What statements give in a bucket. */
export interface Rights {
  readonly site: Site;
  readonly grants: readonly Grant[];
  /** Actions that have nothing to do with this bucket: of other services, as they are written. */
  readonly elsewhere: readonly string[];
  /** Buckets and patterns of buckets beside this one. */
  readonly otherBuckets: readonly string[];
}

/** @param statements that allow something, of whoever is meant */
export function rightsIn(site: Site, statements: readonly Said[], variables: Variables = {}): Rights {
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  return {
    site,
    grants: allows.flatMap((each) => grantsOf(site, each, variables)),
    elsewhere: [...new Set(allows.flatMap(elsewhereIn))].sort(),
    otherBuckets: [...new Set(allows.flatMap((each) => otherBucketsIn(site, each)))].sort(),
  };
}

const EVERYTHING: Meant = { itself: true, keys: [{ all: 'under', start: '' }], byName: false };

function grantsOf(site: Site, statement: Said, variables: Variables): readonly Grant[] {
  const { resources, notResources } = statement;
  const meant = resources.map((resource) => meantBy(resource, site, variables));
  if (notResources.length > 0) meant.push(EVERYTHING);
  const itself = meant.some((each) => each.itself);
  const keys = meant.flatMap((each) => each.keys);
  if (!itself && keys.length === 0) return [];
  const limits = limitsOf(statement);
  const byName = meant.every((each) => each.byName || (!each.itself && each.keys.length === 0));
  const listing = listingOf(statement, variables);
  const isOn: Readonly<Record<On, boolean>> = {
    account: resources.includes('*'),
    bucket: itself,
    objects: keys.length > 0,
  };
  return namedActions(statement)
    .filter(({ action }) => isOn[onWhat(action)])
    .map(({ action, isNamed }) => {
      const of = LISTS.has(action) ? listing : { keys: onWhat(action) === 'objects' ? keys : [], atRoot: false };
      return { action, isNamed, byName, limits, said: statement, ...of };
    });
}

const LISTS = new Set(['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads']);

function namedActions({ actions, notActions }: Said): readonly Pick<Grant, 'action' | 'isNamed'>[] {
  const found = new Map<string, boolean>();
  for (const pattern of actions)
    for (const action of actionsMeant(pattern))
      found.set(
        action,
        (found.get(action) ?? false) || pattern.replace(/\*$/, '').toLowerCase() === action.toLowerCase(),
      );
  if (notActions.length > 0)
    for (const action of actionsBut(notActions)) if (!found.has(action)) found.set(action, false);
  return [...found].map(([action, isNamed]) => ({ action, isNamed }));
}

/** What a listing shows: a request without a prefix shows everything. */
function listingOf({ conditions }: Said, variables: Variables): Pick<Grant, 'keys' | 'atRoot'> {
  const asked = conditions.find(({ key, operator }) => key === 's3:prefix' && /^string(?:equals|like)/.test(operator));
  if (!asked) return { keys: [{ all: 'under', start: '' }], atRoot: false };
  const isLike = asked.operator.startsWith('stringlike');
  const values = asked.values.filter((value) => value !== '');
  return {
    keys: values.map((value) => keysOfPrefix(value, isLike, variables)),
    atRoot: values.length < asked.values.length || asked.operator.endsWith('ifexists'),
  };
}

function elsewhereIn({ actions, notActions }: Said): readonly string[] {
  if (notActions.length > 0) return ['every service'];
  return actions.flatMap((action) =>
    action === '*' ? ['every service'] : /^(?:s3|kms|sts):/i.test(action) ? [] : [action],
  );
}

function otherBucketsIn(site: Site, { actions, notActions, resources, notResources }: Said): readonly string[] {
  if (
    notActions.length === 0 &&
    !actions.some((action) => actionsMeant(action).some((each) => onWhat(each) !== 'account'))
  )
    return [];
  if (notResources.length > 0) return ['*'];
  return resources.flatMap((resource) => {
    if (resource === '*') return ['*'];
    const [, bucket] = /^arn:[^:]*:s3:::([^/]+)/.exec(resource) ?? [];
    return bucket === undefined || bucket === site.name ? [] : [bucket];
  });
}

/** Whether a listing of a prefix is allowed. */
export function shows({ keys }: Grant, prefix: string): boolean {
  return keys.some(
    (each) =>
      covers(each, prefix) ||
      // With the prefix itself everything under it is listed.
      (prefix !== '' && each.all === 'exactly' && [prefix, prefix.slice(0, -1)].includes(each.start)),
  );
}

/** Whether an action on a bucket lists its keys. */
export function isListing(action: string): boolean {
  return LISTS.has(action);
}
