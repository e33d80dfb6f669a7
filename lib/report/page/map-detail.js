// The map one by one: every integration a line from its vendor through its prefix to its bucket.

const ROW_HEIGHT = 34;
const BOX_HEIGHT = 26;
const TOP = 32;
const CHARACTER = 7.3;

/** @typedef {{ name: string, y: number, rows: number[] }} Group */

/**
 * @param {readonly Row[]} all
 * @param {number} width
 * @returns {Drawn}
 */
function drawnOneByOne(all, width) {
  const rows = inMapOrder(all);
  const height = TOP + rows.length * ROW_HEIGHT;
  const vendors = groupsOf(rows, ({ vendor }) => vendor);
  const buckets = groupsOf(rows, ({ bucket }) => bucket);
  const side = Math.round(width * 0.2);
  const middle = Math.round(width * 0.36);
  const left = Math.round((width - middle) / 2);
  const says = `${counted(rows.length, 'integration')} of ${counted(vendors.length, 'vendor')} in ${counted(buckets.length, 'bucket')}, one by one.`;
  const drawing = picture(
    width,
    height,
    'Access map',
    `${says} Lines lead from the vendor through its prefix to the bucket.`,
  );
  const columns = [
    heading(0, 'start', 'Vendors'),
    heading(left, 'start', 'Prefixes, and what may be done'),
    heading(width - side, 'start', 'Buckets'),
  ];
  drawing.append(...columns);
  for (const group of vendors) {
    for (const at of group.rows) drawing.append(line(rows[at], side, group.y, left, rowY(at)));
  }
  for (const group of buckets) {
    for (const at of group.rows) drawing.append(line(rows[at], left + middle, rowY(at), width - side, group.y));
  }
  for (const { name, y, rows: own } of vendors) drawing.append(groupBox('vendor', name, own.length, 0, y, side));
  drawing.append(...rows.map((row, at) => prefixBox(row, left, rowY(at), middle)));
  for (const { name, y, rows: own } of buckets) {
    drawing.append(groupBox('bucket', name, own.length, width - side, y, side));
  }
  return { picture: drawing, says };
}

/**
 * Rows so that few lines cross: by whichever side has fewer boxes.
 * @param {readonly Row[]} rows
 */
function inMapOrder(rows) {
  const count = (/** @type {(row: Row) => string} */ by) => new Set(rows.map(by)).size;
  const byVendor = count(({ vendor }) => vendor) <= count(({ bucket }) => bucket);
  const key = (/** @type {Row} */ { vendor, bucket, prefix }) =>
    (byVendor ? [vendor, bucket, prefix] : [bucket, vendor, prefix]).join('\n');
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** @param {number} at */
function rowY(at) {
  return TOP + (at + 0.5) * ROW_HEIGHT;
}

/**
 * Rows with the same name, at the middle of them all as far as no two boxes touch.
 * @param {readonly Row[]} rows
 * @param {(row: Row) => string} by
 * @returns {Group[]}
 */
function groupsOf(rows, by) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  rows.forEach((row, at) => {
    const group = groups.get(by(row)) ?? { name: by(row), y: 0, rows: [] };
    groups.set(group.name, group);
    group.rows.push(at);
  });
  const sorted = [...groups.values()];
  for (const group of sorted) group.y = rowY(group.rows.reduce((sum, at) => sum + at, 0) / group.rows.length);
  sorted.sort((a, b) => a.y - b.y);
  sorted.forEach((group, at) => {
    group.y = Math.max(group.y, (sorted[at - 1]?.y ?? Number.NEGATIVE_INFINITY) + ROW_HEIGHT);
  });
  let lowest = rowY(rows.length - 1);
  for (const group of sorted.toReversed()) {
    group.y = Math.min(group.y, lowest);
    lowest = group.y - ROW_HEIGHT;
  }
  return sorted;
}

/**
 * @param {Row | undefined} row
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
function line(row, x1, y1, x2, y2) {
  const half = (x1 + x2) / 2;
  const classes = ['line', row?.state ?? '', row?.kind === 'access-key' ? 'key' : ''].filter(Boolean).join(' ');
  return svg('path', { class: classes, d: `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}` });
}

/**
 * A vendor or a bucket, which leads to all of its integrations.
 * @param {'vendor' | 'bucket'} what
 * @param {string} name
 * @param {number} count
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
function groupBox(what, name, count, x, y, width) {
  const href = what === 'vendor' ? chosen('vendor', name) : chosenBucket(name);
  const room = Math.floor((width - 20) / CHARACTER) - (count > 1 ? String(count).length + 1 : 0);
  return svg(
    'a',
    { href, class: 'box' },
    svg('title', {}, `${what} ${name}, ${counted(count, 'integration')}`),
    svg('rect', { x: x + 1, y: y - BOX_HEIGHT / 2, width: width - 2, height: BOX_HEIGHT, rx: 6 }),
    svg('text', { x: x + 10, y: y + 4 }, clipped(name, room)),
    count > 1 && svg('text', { class: 'count', x: x + width - 10, y: y + 4, 'text-anchor': 'end' }, String(count)),
  );
}

/**
 * @param {Row} row
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
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
    svg('rect', { x: x + 1, y: y - BOX_HEIGHT / 2, width: width - 2, height: BOX_HEIGHT, rx: 6 }),
    isKey && keySign(x + 9, y - 8),
    svg('text', { x: start, y: y + 4 }, name),
    svg(
      'text',
      { class: 'may', x: x + width - 10, y: y + 4, 'text-anchor': 'end' },
      clipped(may, all - name.length - 1),
    ),
  );
}
