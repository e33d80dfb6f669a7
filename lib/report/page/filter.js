// Which integrations are shown, and in which order. Nothing here knows the page.

/** @typedef {import('../html').PageRow} Row */
/** @typedef {'q' | 'name' | 'client' | 'vendor' | 'can' | 'kind' | 'state' | 'risk' | 'due' | 'aws' | 'keys' | 'used' | 'sort'} FilterKey */
/** @typedef {Record<FilterKey, string>} Filter */
/** @typedef {{ row: Row, text: string }} Entry */

/** @type {Readonly<Filter>} */
const NO_FILTER = {
  ...{ q: '', name: '', client: '', vendor: '', can: '', kind: '', state: '', risk: '', due: '' },
  ...{ aws: '', keys: '', used: '', sort: 'name' },
};
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
 * Rows from their columns, each with the text that a search looks at.
 * @param {{ many: number, columns: Record<string, [values: unknown[], at?: number[]]> }} data
 * @returns {Entry[]}
 */
function entriesOf({ many, columns }) {
  const rows = Array.from({ length: many }, () => /** @type {Record<string, unknown>} */ ({}));
  for (const [key, [values, at]] of Object.entries(columns)) {
    rows.forEach((row, n) => {
      row[key] = values[at?.[n] ?? n] ?? undefined;
    });
  }
  return /** @type {Row[]} */ (/** @type {unknown} */ (rows)).map((row) => ({ row, text: textOf(row) }));
}

/** @param {Row} row */
function textOf(row) {
  const { integration, clientTitle, vendor, description, request, owner, contact, reason, kind, state, file } = row;
  const own = [integration, clientTitle, vendor, description, request, owner, contact, reason, kind, state, file];
  const codes = row.risks.map(({ code }) => code);
  const all = [...own, row.arn, `s3://${row.bucket}/${row.prefix}`, ...row.can, ...row.who, ...row.from, ...codes];
  return all.join('\n').toLowerCase();
}

/** Whether each filter but the search lets a row through. @type {Record<Exclude<FilterKey, 'q' | 'sort'>, (row: Row, value: string) => boolean>} */
const TESTS = {
  name: (row, value) => row.integration === value,
  client: (row, value) => row.client === value,
  vendor: (row, value) => row.vendor === value,
  can: (row, value) => row.can.includes(value),
  kind: (row, value) => row.kind === value,
  state: (row, value) => row.state === value,
  risk: ({ gravity, risks }, value) =>
    value === 'none'
      ? gravity === undefined
      : value === 'accepted'
        ? risks.some(({ accepted }) => accepted !== null)
        : risks.some(
            (risk) => risk.accepted === null && [risk.gravity, risk.code].includes(/** @type {'high'} */ (value)),
          ),
  due: ({ days }, value) => (value === 'none' ? days.length === 0 : days.some(({ period }) => period === value)),
  aws: (row, value) => row.aws === value,
  keys: ({ keyDays = 0 }, value) => keyDays > Number(value),
  used: ({ idle }, value) => idle !== undefined && (value === '-1' ? idle === -1 : idle > Number(value)),
};

/**
 * The entries that a filter lets through, in their order. Every word of the search must be found somewhere.
 * @param {readonly Entry[]} entries
 * @param {Filter} filter
 */
function matching(entries, filter) {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = Object.entries(TESTS).filter(([key]) => filter[/** @type {FilterKey} */ (key)] !== '');
  return entries.filter(
    ({ row, text }) =>
      tests.every(([key, test]) => test(row, filter[/** @type {FilterKey} */ (key)])) &&
      words.every((word) => text.includes(word)),
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
 * Entries in an order: the name of a column, with a minus before it for the other way round. Equals stay as they were.
 * @param {readonly Entry[]} entries
 * @param {string} sort
 */
function inOrder(entries, sort) {
  const by = SORTS[sort.replace(/^-/, '')] ?? SORTS.name;
  if (!by) return [...entries];
  const sign = sort.startsWith('-') ? -1 : 1;
  const keyed = entries.map((entry) => ({ entry, key: by(entry.row) }));
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map(({ entry }) => entry);
}
