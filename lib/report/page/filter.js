// Which integrations are shown, and in which order. Nothing here knows the page.

/** @typedef {import('../row').Row} Row */
/** @typedef {'q' | 'kind' | 'state' | 'client' | 'vendor' | 'can' | 'due' | 'sort'} FilterKey */
/** @typedef {Record<FilterKey, string>} Filter */
/** @typedef {{ what: string, on: string, days: number }} Day */
/** @typedef {{ row: Row, text: string, next: Day | undefined }} Entry */

/** @type {Readonly<Filter>} */
const NO_FILTER = { q: '', kind: '', state: '', client: '', vendor: '', can: '', due: '', sort: 'integration' };
const FILTER_KEYS = /** @type {FilterKey[]} */ (Object.keys(NO_FILTER));

/**
 * The filter that an address keeps; keys that it does not know are not looked at.
 * @param {string} hash
 * @returns {Filter}
 */
function filterFrom(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const filter = { ...NO_FILTER };
  for (const key of FILTER_KEYS) filter[key] = said.get(key) ?? NO_FILTER[key];
  return filter;
}

/**
 * What an address keeps of a filter; empty where it filters nothing.
 * @param {Filter} filter
 */
function hashOf(filter) {
  const said = new URLSearchParams();
  for (const key of FILTER_KEYS) if (filter[key] !== NO_FILTER[key]) said.set(key, filter[key]);
  const text = said.toString();
  return text === '' ? '' : `#${text}`;
}

/**
 * An integration with what the filter looks at, worked out once.
 * @param {Row} row
 * @param {string} today
 * @returns {Entry}
 */
function entryOf(row, today) {
  const { integration, description, request, owner, contact, reason, bucket, prefix, kind, state, file } = row;
  const texts = [
    integration,
    row.vendor,
    description,
    request,
    owner,
    contact,
    reason,
    `s3://${bucket}/${prefix}`,
    kind,
    state,
  ];
  const text = [
    ...texts,
    file,
    row.clientTitle,
    ...row.can,
    ...row.who,
    ...row.from,
    ...row.risks.map(({ code }) => code),
  ]
    .join('\n')
    .toLowerCase();
  return { row, text, next: daysOf(row, today)[0] };
}

/**
 * The dates of an integration, the nearest first.
 * @param {Row} row
 * @param {string} today
 * @returns {Day[]}
 */
function daysOf({ expires, reviewBy, authorityEnds }, today) {
  /** @type {[string, string | undefined][]} */
  const dates = [
    ['access ends', expires],
    ['review', reviewBy],
    ['authority ends', authorityEnds],
  ];
  return dates
    .flatMap(([what, on]) => (on === undefined ? [] : [{ what, on, days: daysBetween(today, on) }]))
    .sort((a, b) => a.days - b.days);
}

/**
 * @param {string} from
 * @param {string} to
 */
function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/**
 * The entries that a filter lets through, in their order. Every word of the search must be found somewhere.
 * @param {readonly Entry[]} entries
 * @param {Filter} filter
 */
function matching(entries, { q, kind, state, client, vendor, can, due }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(
    ({ row, text, next }) =>
      (kind === '' || row.kind === kind) &&
      (state === '' || row.state === state) &&
      (client === '' || row.client === client) &&
      (vendor === '' || row.vendor === vendor) &&
      (can === '' || row.can.includes(can)) &&
      (due === '' || isDue(next, due)) &&
      words.every((word) => text.includes(word)),
  );
}

/**
 * @param {Day | undefined} next
 * @param {string} due `past`, `none`, or a number of days from today
 */
function isDue(next, due) {
  if (due === 'none') return next === undefined;
  return next !== undefined && next.days <= (due === 'past' ? 0 : Number(due));
}

/** @type {Readonly<Record<string, (entry: Entry) => string>>} */
const SORTS = {
  integration: ({ row }) => row.integration,
  kind: ({ row }) => row.kind,
  state: ({ row }) => row.state,
  where: ({ row }) => `${row.bucket}/${row.prefix}`,
  // What has no date comes last.
  date: ({ next }) => next?.on ?? '~',
};

/**
 * Entries in an order: the name of a column, with a minus before it for the other way round. Equals stay as they were.
 * @param {readonly Entry[]} entries
 * @param {string} sort
 */
function inOrder(entries, sort) {
  const by = SORTS[sort.replace(/^-/, '')] ?? SORTS.integration;
  if (!by) return [...entries];
  const sign = sort.startsWith('-') ? -1 : 1;
  const keyed = entries.map((entry) => ({ entry, key: by(entry) }));
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map(({ entry }) => entry);
}
