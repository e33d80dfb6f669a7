/** Of what somebody may do in a bucket today, the definition that comes nearest without giving more. */
import { Capability, DEFAULT_ACCESS } from '../rules/confinement';
import { covers, isWithin } from './globs';
import { type Grant, isListing, type Rights, shows } from './grants';
import { dayOf, earlier, type Limits } from './limits';
import { actionsGiven, KNOWN_BY, onWhat, WITH_DELETE } from './s3-actions';
import type { Condition } from './said';

/** What a definition would say of place, capabilities and conditions. */
export interface Proposal {
  /** In canonical form; the empty text is the whole bucket. */
  readonly prefix: string;
  /** Whether the account says this prefix, or nothing narrower than the bucket. */
  readonly isTold: boolean;
  readonly access: readonly Capability[];
  readonly limits: {
    readonly sourceIps: readonly string[];
    readonly vpcEndpoints: readonly string[];
    readonly sourceVpcs: readonly string[];
    readonly expires?: string;
  };
  /** Whether a denial limits everything, so that nothing is allowed without. */
  readonly isDenied: boolean;
  /** Actions that the definition gives and that are not given today. */
  readonly gained: readonly string[];
  /** Conditions of today that the definition does not have. */
  readonly dropped: readonly Condition[];
}

/** What nobody minds: it comes with what is given today, or shows no more. */
export const TRIVIAL = new Set([
  ...['s3:GetBucketLocation', 's3:GetObjectAttributes', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
  ...['s3:ListBucketMultipartUploads', 's3:GetObjectVersionAttributes', 's3:GetObjectVersionTagging'],
]);

/** The prefixes that rights speak of, in canonical form; the empty text where they speak of the whole bucket. */
export function prefixesIn({ grants }: Rights): readonly string[] {
  const starts = grants.flatMap(({ action, keys }) =>
    TELLING.has(action) ? keys.filter(({ all }) => all === 'under').map(({ start }) => start) : [],
  );
  const listed = grants.filter(({ action }) => isListing(action)).flatMap(({ keys }) => keys);
  // Where objects are of the whole bucket, or there are none, what may be listed tells the place.
  const ofListing =
    starts.includes('') || starts.length === 0
      ? listed.filter(({ all }) => all !== 'some').map(({ start }) => start)
      : [];
  return [...new Set([...starts, ...ofListing].map(canonical))].sort();
}

/** Actions on objects by which a capability is known. */
const TELLING = new Set(
  Object.values(KNOWN_BY).flatMap(({ one }) => one.filter((action) => onWhat(action) === 'objects')),
);

const CORE = new Set(['s3:GetObject', 's3:PutObject', 's3:DeleteObject']);

function canonical(start: string): string {
  return start === '' || start.endsWith('/') ? start : `${start}/`;
}

/** The prefix under which most is allowed; of several the widest. The whole bucket only where nothing names a prefix. */
export function mainPrefix(rights: Rights): string | undefined {
  const [first, ...others] = [...prefixesIn(rights)]
    .filter((prefix) => prefix !== '')
    .map((prefix) => ({
      prefix,
      count: [...CORE, 's3:ListBucket'].filter((action) => isAllowed(rights, action, prefix)).length,
    }));
  if (!first) return prefixesIn(rights)[0];
  return others.reduce((best, each) => (each.count > best.count ? each : best), first).prefix;
}

/** Those of several prefixes that are in no other, each for an integration of its own. */
export function topPrefixes(rights: Rights): readonly string[] {
  const listed = rights.grants.filter(({ action }) => isListing(action)).flatMap(({ keys }) => keys);
  const ofListing = listed.filter(({ all }) => all !== 'some').map(({ start }) => canonical(start));
  const all = [...new Set([...prefixesIn(rights), ...ofListing])].filter((prefix) => prefix !== '').sort();
  const top = all.filter((prefix) => !all.some((other) => other !== prefix && prefix.startsWith(other)));
  return top.length > 0 ? top : prefixesIn(rights).slice(0, 1);
}

/** The grants of an action that hold for everything under a prefix. */
export function grantsAt({ grants }: Rights, action: string, prefix: string): readonly Grant[] {
  return grants.filter((grant) => {
    if (grant.action !== action) return false;
    if (isListing(action)) return shows(grant, prefix);
    return onWhat(action) === 'objects' ? grant.keys.some((keys) => covers(keys, prefix)) : true;
  });
}

function isAllowed(rights: Rights, action: string, prefix: string): boolean {
  return grantsAt(rights, action, prefix).length > 0;
}

/**
 * What a definition at a prefix would give.
 *
 * @param isWhole whether it is to be the whole bucket, although a prefix is given for what nobody could tell
 * @param denied what is denied from elsewhere, or from some day on
 */
export function propose(
  rights: Rights,
  place: { readonly prefix: string; readonly measuredAt: string },
  denied: readonly Limits[],
  canListBuckets: boolean,
): Proposal {
  const { prefix, measuredAt } = place;
  const access = accessAt(rights, measuredAt, canListBuckets);
  const given = [...actionsGiven(prefix, access)];
  const atRoot = rights.grants.some(({ action, atRoot: root }) => root && action === 's3:ListBucket');
  const gained = given.filter(
    (action) =>
      !TRIVIAL.has(action) && !isAllowed(rights, action, measuredAt) && !(action === 's3:ListBucket' && atRoot),
  );
  const grants = given.flatMap((action) => (TRIVIAL.has(action) ? [] : grantsAt(rights, action, measuredAt)));
  return {
    prefix,
    isTold: prefix === measuredAt,
    access,
    limits: limitsOver(grants, denied),
    isDenied: denied.some((each) => each.sourceIps.length + each.vpcEndpoints.length + each.sourceVpcs.length > 0),
    gained,
    dropped: droppedBy(grants),
  };
}

/** The capabilities that somebody has under a prefix: the usual ones however they are given, the others where somebody named them. */
function accessAt(rights: Rights, prefix: string, canListBuckets: boolean): readonly Capability[] {
  const found: Capability[] = [];
  for (const capability of Object.values(Capability)) {
    const { one, all = [] } = KNOWN_BY[capability];
    const isUsual = DEFAULT_ACCESS.includes(capability);
    const by = one.flatMap((action) => grantsAt(rights, action, prefix));
    const isMeant =
      by.some(({ isNamed }) => isUsual || isNamed) && all.every((action) => isAllowed(rights, action, prefix));
    const more = WITH_DELETE[capability];
    const isMore = more !== undefined && found.includes(Capability.DELETE) && !isAllowed(rights, more, prefix);
    if (isMeant && !isMore && (capability !== Capability.LIST_BUCKETS || canListBuckets)) found.push(capability);
  }
  if (hasRootList(rights, found, prefix)) found.push(Capability.ROOT_LIST);
  return Object.values(Capability).filter((capability) => found.includes(capability));
}

function hasRootList({ grants }: Rights, found: readonly Capability[], prefix: string): boolean {
  const atRoot = grants.some(({ action, atRoot: root }) => root && action === 's3:ListBucket');
  return atRoot && !(prefix === '' && found.includes(Capability.LIST));
}

/** Conditions under which everything is given: where some of it is given without, the definition asks for them all the same. */
function limitsOver(grants: readonly Grant[], denied: readonly Limits[]): Proposal['limits'] {
  const all = [...grants.map(({ limits }) => limits)];
  const union = (of: (limits: Limits) => readonly string[]) => [...new Set([...all, ...denied].flatMap(of))].sort();
  const ends = [...all, ...denied].map(({ until }) => until).reduce(earlier, undefined);
  return {
    sourceIps: union((each) => each.sourceIps),
    vpcEndpoints: union((each) => each.vpcEndpoints),
    sourceVpcs: union((each) => each.sourceVpcs),
    expires: ends === undefined ? undefined : dayOf(ends),
  };
}

function droppedBy(grants: readonly Grant[]): readonly Condition[] {
  const all = grants.flatMap(({ limits }) => limits.others);
  return [...new Map(all.map((each) => [`${each.written} ${each.values.join()}`, each])).values()];
}

/** Whether a grant reaches beyond a prefix, and those that it reaches there. */
export function beyond({ keys }: Grant, prefix: string): Grant['keys'] {
  return keys.filter((each) => !isWithin(each, prefix));
}
