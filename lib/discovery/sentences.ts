/** What a definition would not give of what is allowed today, in sentences. */
import { Capability } from '../rules/confinement';
import { someOf } from '../text/list';
import { counted } from '../text/plural';
import { printable } from '../text/quote';
import { covers, type Keys } from './globs';
import { type Grant, isListing, type Rights } from './grants';
import { beyond, grantsAt, type Proposal } from './proposal';
import { actionsGiven, administers, objectWords, onWhat } from './s3-actions';

/** What today's access has that the definition would not give. */
export interface Difference {
  /** What goes beyond its place, administers the bucket, or comes with a wildcard that nobody needed. */
  readonly excess: readonly string[];
  /** What somebody gave by name, or may well be in use. */
  readonly lost: readonly string[];
}

/**
 * @param others how many prefixes others have in the bucket, as far as they are known
 * @param accounted further prefixes that have definitions of their own
 */
export function difference(
  rights: Rights,
  proposal: Proposal,
  others: number,
  accounted: readonly string[] = [],
): Difference {
  const { prefix, access } = proposal;
  const given = actionsGiven(prefix, access);
  const at = proposal.isTold ? prefix : '';
  const ofObjects = rights.grants.filter(({ action }) => onWhat(action) === 'objects');
  const more = ofObjects.filter(({ action }) => !given.has(action) && grantsAt(rights, action, at).length > 0);
  const named = new Set(more.filter(({ isNamed }) => isNamed).map(({ action }) => action));
  const unnamed = new Set(more.map(({ action }) => action).filter((action) => !named.has(action)));
  const place = prefix === '' ? 'in the bucket' : `under ${quoted(prefix)}`;
  return {
    excess: [
      ...listingSentences(rights, proposal, others),
      ...wholeSentences(ofObjects, proposal),
      ...objectWords(unnamed).map((words) => `may ${words}, which a wildcard in its policy includes`),
      ...administration(rights),
      ...bucketNames(rights, access),
      ...elsewhereSentences(rights),
    ],
    lost: [
      ...(proposal.isTold ? [] : [`it may use any place in the bucket today; afterwards only ${quoted(prefix)}`]),
      ...objectWords(named).map((words) => `may ${words} ${place}: no capability in its access gives that`),
      ...otherPlaces(ofObjects, proposal, accounted),
      ...rootListing(rights, proposal),
      ...someWithoutLimits(rights, proposal, given),
      ...(rights.elsewhere.length > 0
        ? [
            `may use other services: ${someOf(rights.elsewhere.map(printable), 5)}; an integration has this bucket alone`,
          ]
        : []),
    ],
  };
}

function listingSentences({ grants }: Rights, { prefix }: Proposal, others: number): readonly string[] {
  if (prefix === '') return [];
  const listing = grants.filter(({ action }) => isListing(action));
  const all = listing.some(({ keys }) => keys.some((each) => covers(each, '')));
  if (all) {
    const whose = others > 0 ? `, in all ${others + 1} prefixes` : '';
    return [`can list the whole bucket: every file name${whose}`];
  }
  const wider = listing
    .flatMap((grant) => beyond(grant, prefix))
    .filter(({ start }) => prefix.startsWith(start) && start !== '');
  return [...new Set(wider.map(({ start }) => `can list everything that begins with ${quoted(start)}`))];
}

/** Objects beside the prefix, by what the rights say of them. */
function wholeSentences(ofObjects: readonly Grant[], { prefix, isTold }: Proposal): readonly string[] {
  if (prefix === '') return [];
  const byStart = new Map<string, Set<string>>();
  for (const grant of ofObjects) {
    for (const keys of beyond(grant, prefix).filter((each) => each.all === 'under' && prefix.startsWith(each.start))) {
      const actions = byStart.get(keys.start) ?? new Set();
      byStart.set(keys.start, actions.add(grant.action));
    }
  }
  return [...byStart].flatMap(([start, actions]) => {
    const words = someOf(objectWords(actions), 4);
    if (words === '') return [];
    if (start !== '')
      return [`may ${words} wherever the key begins with ${quoted(start)}, not only under ${quoted(prefix)}`];
    return [`may ${words} in the whole bucket${isTold ? `, not only under ${quoted(prefix)}` : ''}`];
  });
}

function administration({ grants }: Rights): readonly string[] {
  const ofBucket = grants.filter(({ action }) => onWhat(action) === 'bucket' && !isListing(action));
  const names = (wanted: boolean) => [
    ...new Set(
      ofBucket
        .map(({ action }) => action)
        .filter((action) => administers(action) === wanted && action !== 's3:GetBucketLocation'),
    ),
  ];
  const [changes, reads] = [names(true), names(false)];
  return [
    ...(changes.length > 0 ? [`may change the bucket itself: ${someOf(changes.map(printable), 4)}`] : []),
    ...(reads.length > 0 ? [`may see or change settings of the bucket: ${someOf(reads.map(printable), 4)}`] : []),
  ];
}

function bucketNames({ grants }: Rights, access: readonly Capability[]): readonly string[] {
  const may = grants.some(({ action }) => action === 's3:ListAllMyBuckets');
  return may && !access.includes(Capability.LIST_BUCKETS) ? ['can see the names of all buckets of the account'] : [];
}

function elsewhereSentences({ otherBuckets }: Rights): readonly string[] {
  if (otherBuckets.length === 0) return [];
  if (otherBuckets.some((name) => /^\*+$/.test(name))) return ['reaches every bucket of the account'];
  const which = someOf(otherBuckets.map(quoted), 4);
  return [`reaches ${counted(otherBuckets.length, 'other bucket')}: ${which}`];
}

/** Other prefixes of the same rights: a definition has one. */
function otherPlaces(
  ofObjects: readonly Grant[],
  { prefix, isTold }: Proposal,
  accounted: readonly string[],
): readonly string[] {
  const found = new Map<string, Set<string>>();
  for (const grant of ofObjects) {
    for (const keys of beyond(grant, isTold ? prefix : '')) {
      if (isAccounted(keys, prefix, accounted)) continue;
      const where = written(keys);
      const actions = found.get(where) ?? new Set();
      found.set(where, actions.add(grant.action));
    }
  }
  return [...found].map(
    ([where, actions]) =>
      `may ${someOf(objectWords(actions), 4)} at ${quoted(where)}, outside of its prefix: make it an integration of its own`,
  );
}

function isAccounted(keys: Keys, prefix: string, accounted: readonly string[]): boolean {
  if (keys.all === 'under' && prefix.startsWith(keys.start)) return true;
  // The folder itself, as consoles make it.
  if (keys.all === 'exactly' && [prefix, prefix.slice(0, -1)].includes(keys.start)) return true;
  return accounted.some((other) => keys.start.startsWith(other) || `${keys.start}/` === other);
}

function written(keys: Keys): string {
  if (keys.all === 'some') return keys.written;
  return keys.all === 'under' ? `${keys.start}*` : keys.start;
}

function rootListing({ grants }: Rights, { prefix, access }: Proposal): readonly string[] {
  const isWhole = grants.some(
    ({ action, keys }) => action === 's3:ListBucket' && keys.some((each) => covers(each, '')),
  );
  if (!isWhole || prefix === '' || access.includes(Capability.ROOT_LIST)) return [];
  return [
    'HeadBucket and listings without a prefix will be denied; root-list gives them, and shows the file names of all',
  ];
}

/** What is limited afterwards and is not today. */
function someWithoutLimits(
  rights: Rights,
  { limits, prefix, isTold }: Proposal,
  given: ReadonlySet<string>,
): readonly string[] {
  const isLimited = limits.sourceIps.length + limits.vpcEndpoints.length + limits.sourceVpcs.length > 0;
  if (!isLimited) return [];
  const free = [...given].filter((action) => {
    if (onWhat(action) !== 'objects') return false;
    return grantsAt(rights, action, isTold ? prefix : '').some(
      ({ limits: own }) => own.sourceIps.length + own.vpcEndpoints.length + own.sourceVpcs.length === 0,
    );
  });
  const words = objectWords(new Set(free));
  return words.length > 0 ? [`may ${someOf(words, 3)} from anywhere today`] : [];
}

function quoted(text: string): string {
  const shown = printable(text);
  return shown.length > 100 ? `${shown.slice(0, 97)}…` : shown;
}
