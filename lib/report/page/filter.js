// Which integrations are shown, and in which order. Nothing here knows the page.

/** @typedef {import('../html').PageRow} Row */
/** @typedef {keyof typeof NO_FILTER} FilterKey */
/** @typedef {Record<FilterKey, string>} Filter */
/** @typedef {{ row: Row, text: string }} Entry */

const NO_FILTER = {
  ...{ q: '', name: '', client: '', vendor: '', can: '', kind: '', state: '', risk: '', due: '' },
  ...{ aws: '', keys: '', used: '', sort: 'name' },
};
const FILTER_KEYS = /** @type {FilterKey[]} */ (Object.keys(NO_FILTER));

/** The filter that an address keeps; keys that it does not know are not looked at. @param {string} hash */
function filterFrom(hash) {
  return { ...NO_FILTER, ...Object.fromEntries(new URLSearchParams(hash.replace(/^#/, ''))) };
}

/** What an address keeps of a filter; empty where it filters nothing. @param {Filter} filter */
function hashOf(filter) {
  const text = new URLSearchParams(
    FILTER_KEYS.filter((key) => filter[key] !== NO_FILTER[key]).map((key) => [key, filter[key]]),
  ).toString();
  return text === '' ? '' : `#${text}`;
}

/** The words of a search. @param {Filter} filter */
function wordsOf({ q }) {
  return q.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * Rows from their columns, each with the text that a search looks at.
 * @type {(data: { many: number, columns: Record<string, [values: unknown[], at?: number[]]> }) => Entry[]}
 */
function entriesOf({ many, columns }) {
  return Array.from({ length: many }, (_, n) => {
    const cells = Object.entries(columns).map(([key, [values, at]]) => [key, values[at?.[n] ?? n] ?? undefined]);
    const row = /** @type {Row} */ (Object.fromEntries(cells));
    return { row, text: textOf(row) };
  });
}

/** @param {Row} row */
function textOf(row) {
  const { integration, clientTitle, vendor, description, request, owner, contact, reason, kind, state, file } = row;
  const own = [integration, clientTitle, vendor, description, request, owner, contact, reason, kind, state, file];
  const codes = row.risks.map(({ code }) => code);
  const all = [...own, row.arn, `s3://${row.bucket}/${row.prefix}`, ...row.can, ...row.who, ...row.from, ...codes];
  return all.join('\n').toLowerCase();
}

/** Whether each filter but the search lets a row through. @type {Record<string, (row: Row, value: string) => boolean>} */
const TESTS = {
  name: (row, value) => row.integration === value,
  client: (row, value) => row.client === value,
  vendor: (row, value) => row.vendor === value,
  can: (row, value) => row.can.includes(value),
  kind: (row, value) => row.kind === value,
  state: (row, value) => row.state === value,
  risk: ({ gravity, risks }, value) => {
    if (value === 'none') return gravity === undefined;
    if (value === 'accepted') return risks.some(({ accepted }) => accepted !== null);
    return risks.some((risk) => risk.accepted === null && (risk.gravity === value || risk.code === value));
  },
  due: ({ days }, value) => (value === 'none' ? days.length === 0 : days.some(({ period }) => period === value)),
  aws: (row, value) => row.aws === value,
  keys: ({ keyDays = 0 }, value) => keyDays > Number(value),
  used: ({ idle }, value) => idle !== undefined && (value === '-1' ? idle === -1 : idle > Number(value)),
};

/**
 * The entries that a filter lets through, in their order. Every word of the search must be found somewhere.
 * @type {(entries: readonly Entry[], filter: Filter) => Entry[]}
 */
function matching(entries, filter) {
  const words = wordsOf(filter);
  const tests = FILTER_KEYS.flatMap((key) => (TESTS[key] && filter[key] !== '' ? [{ key, test: TESTS[key] }] : []));
  return entries.filter(
    ({ row, text }) =>
      tests.every(({ key, test }) => test(row, filter[key])) && words.every((word) => text.includes(word)),
  );
}

/** What has none of it comes last. @type {Readonly<Record<string, (row: Row) => string | number>>} */
const SORTS = {
  name: ({ integration }) => integration,
  where: ({ bucket, prefix }) => `${bucket}/${prefix}`,
  risk: ({ gravity }) => (gravity === undefined ? 3 : ['high', 'medium', 'low'].indexOf(gravity)),
  date: ({ days: [next] }) => next?.days ?? Number.POSITIVE_INFINITY,
  used: ({ idle = 1e8 }) => (idle === -1 ? 1e7 : idle),
};

/**
 * Entries in an order: the name of a column, with a minus before it for the other way round.
 * @type {(entries: readonly Entry[], sort: string) => Entry[]}
 */
function inOrder(entries, sort) {
  const by = SORTS[sort.replace(/^-/, '')] ?? (({ integration }) => integration);
  return sortedBy(entries, ({ row }) => by(row), sort.startsWith('-'));
}

/** Equals stay as they were. @type {<T>(all: readonly T[], by: (one: T) => string | number, down: boolean) => T[]} */
function sortedBy(all, by, down) {
  const sign = down ? -1 : 1;
  const keyed = all.map((one) => ({ one, key: by(one) }));
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map(({ one }) => one);
}
