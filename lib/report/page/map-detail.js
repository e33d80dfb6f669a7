// The map one by one: every integration a line from its vendor through its prefix to its bucket.

const ROW_HEIGHT = 34;
const BOX_HEIGHT = 26;
const TOP = 32;
const CHARACTER = 7.3;

/** How a line looks, and what that means. @type {(row: Row) => [look: string, text: string]} */
function lookOfLine({ kind, state }) {
  if (kind !== 'access-key') return [`line ${state}`, state];
  return [`line key ${state}`, state === 'active' ? 'long-lived access key' : `access key, ${state}`];
}

/** @type {(all: readonly Row[], width: number) => Element} */
function drawnOneByOne(all, width) {
  const rows = inMapOrder(all);
  const height = TOP + rows.length * ROW_HEIGHT;
  const side = Math.round(width * 0.2);
  const middle = Math.round(width * 0.36);
  const left = Math.round((width - middle) / 2);
  const right = width - side;
  const vendors = groupsOf(rows, ({ vendor }) => vendor);
  const buckets = groupsOf(rows, ({ bucket }) => bucket);
  const heading = (/** @type {number} */ x, /** @type {string} */ text) =>
    svg('text', { class: 'heading', x, y: 16 }, text);
  const words = wordsOf(filterFrom(location.hash)).filter((word) => !word.startsWith('s3://'));
  return svg(
    'svg',
    { class: 'map', width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'Access map' },
    heading(0, 'Vendors'),
    heading(left, 'Prefixes, and what may be done'),
    heading(right, 'Buckets'),
    ...vendors.flatMap(({ y, rows: own }) => own.map((row) => line(row, side, y, left, rowY(rows.indexOf(row))))),
    ...buckets.flatMap(({ y, rows: own }) =>
      own.map((row) => line(row, left + middle, rowY(rows.indexOf(row)), right, y)),
    ),
    ...vendors.map((group) => groupBox('vendor', group, chosen('vendor', group.name), 0, side)),
    ...rows.map((row, at) => prefixBox(row, left, rowY(at), middle)),
    ...buckets.map((group) =>
      groupBox('bucket', group, chosen('q', [...words, `s3://${group.name}/`].join(' ')), right, side),
    ),
  );
}

/** Rows so that few lines cross: by whichever side has fewer boxes. @param {readonly Row[]} rows */
function inMapOrder(rows) {
  const count = (/** @type {(row: Row) => string} */ by) => new Set(rows.map(by)).size;
  const byVendor = count(({ vendor }) => vendor) <= count(({ bucket }) => bucket);
  return sortedBy(
    rows,
    ({ vendor, bucket, prefix }) => (byVendor ? [vendor, bucket, prefix] : [bucket, vendor, prefix]).join('\n'),
    false,
  );
}

/** @param {number} at */
function rowY(at) {
  return TOP + (at + 0.5) * ROW_HEIGHT;
}

/** @typedef {{ name: string, y: number, rows: Row[] }} Group */

/**
 * Rows with the same name, at the middle of them all as far as no two boxes touch.
 * @type {(rows: readonly Row[], by: (row: Row) => string) => Group[]}
 */
function groupsOf(rows, by) {
  const groups = [...Map.groupBy(rows, by)].map(([name, own]) => {
    const y = own.reduce((sum, row) => sum + rowY(rows.indexOf(row)), 0) / own.length;
    return { name, y, rows: own };
  });
  groups.sort((a, b) => a.y - b.y);
  let next = rowY(0);
  for (const group of groups) {
    group.y = Math.max(group.y, next);
    next = group.y + ROW_HEIGHT;
  }
  let last = rowY(rows.length - 1);
  for (const group of groups.toReversed()) {
    group.y = Math.min(group.y, last);
    last = group.y - ROW_HEIGHT;
  }
  return groups;
}

/** @type {(row: Row, x1: number, y1: number, x2: number, y2: number) => Element} */
function line(row, x1, y1, x2, y2) {
  const half = (x1 + x2) / 2;
  return svg('path', { class: lookOfLine(row)[0], d: `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}` });
}

/** With a text from where it starts, and one at the right end. @type {(x: number, y: number, width: number, start: number, text: string, end: string) => Element[]} */
function box(x, y, width, start, text, end) {
  return [
    svg('rect', { x: x + 1, y: y - BOX_HEIGHT / 2, width: width - 2, height: BOX_HEIGHT, rx: 6 }),
    svg('text', { x: start, y: y + 4 }, text),
    svg('text', { class: 'may', x: x + width - 10, y: y + 4 }, end),
  ];
}

/**
 * A vendor or a bucket, which leads to all of its integrations.
 * @type {(what: string, group: Group, href: string, x: number, width: number) => Element}
 */
function groupBox(what, { name, y, rows }, href, x, width) {
  const count = rows.length > 1 ? String(rows.length) : '';
  const room = Math.floor((width - 20) / CHARACTER) - count.length - 1;
  return svg(
    'a',
    { href, class: 'box' },
    svg('title', {}, `${what} ${name}, ${counted(rows.length, 'integration')}`),
    ...box(x, y, width, x + 10, clipped(name, room), count),
  );
}

/** @type {(row: Row, x: number, y: number, width: number) => Element} */
function prefixBox({ integration, prefix, kind, state, can, bucket }, x, y, width) {
  const isKey = kind === 'access-key';
  const start = x + (isKey ? 30 : 10);
  const may = state === 'active' ? can.join(' ') : state;
  const all = Math.floor((x + width - 10 - start) / CHARACTER);
  const name = clipped(prefix || 'whole bucket', Math.max(all - may.length - 2, Math.floor(all / 2)));
  return svg(
    'g',
    { class: `prefix ${state}${isKey ? ' key' : ''}` },
    svg('title', {}, `${integration}: ${kind}, ${state}; may ${can.join(', ')} under s3://${bucket}/${prefix}`),
    ...box(x, y, width, start, name, clipped(may, all - name.length - 1)),
    isKey && svg('use', { href: '#icon-key', class: 'key-sign', x: x + 9, y: y - 8, width: 16, height: 16 }),
  );
}
