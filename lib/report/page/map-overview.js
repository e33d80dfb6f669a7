// The map in sum: how many integrations lead from which vendors by which kinds to which buckets.

const MOST_BOXES = 12;
const FLOW_HEIGHT = 420;
const SLOT = 26;
const BAR = 12;

/** @typedef {{ name: string, count: number, rest: number, y: number, height: number, out: number, into: number }} Stop */
/** @typedef {{ from: Stop, to: Stop, open: number, shut: number, key: boolean }} Flow */

/**
 * @param {readonly Row[]} rows
 * @param {number} width
 * @returns {Drawn}
 */
function drawnInSum(rows, width) {
  const vendors = stopsOf(rows, ({ vendor }) => vendor, 'vendors');
  const kinds = stopsOf(rows, ({ kind }) => kind, 'kinds');
  const buckets = stopsOf(rows, ({ bucket }) => bucket, 'buckets');
  const columns = [vendors, kinds, buckets];
  const unit = FLOW_HEIGHT / rows.length;
  const tallest = Math.max(...columns.map(({ stops }) => stacked(stops, unit, 0)));
  for (const { stops } of columns) stacked(stops, unit, (tallest - stacked(stops, unit, 0)) / 2);
  const [x1, x2, x3] = [Math.round(width * 0.22), Math.round(width * 0.5) - BAR / 2, Math.round(width * 0.78) - BAR];
  const first = flowsOf(rows, vendors, kinds);
  const second = flowsOf(rows, kinds, buckets);
  const says = `${counted(rows.length, 'integration')} of ${counted(vendors.all, 'vendor')} in ${counted(buckets.all, 'bucket')}, grouped: ${FEW_DRAWN} or fewer are drawn one by one. Choose a vendor or a bucket to see more.`;
  const drawing = picture(
    width,
    TOP + tallest,
    'Access map, grouped',
    `${says} Bands lead from vendors by kind of access to buckets; the width of a band is its number of integrations.`,
  );
  drawing.append(
    hatching(),
    heading(x1 + BAR, 'end', 'Vendors'),
    heading(x2 + BAR / 2, 'middle', 'Kinds of access'),
    heading(x3, 'start', 'Buckets'),
    ...first.flatMap((flow) => bands(flow, x1 + BAR, x2, unit)),
    ...second.flatMap((flow) => bands(flow, x2 + BAR, x3, unit)),
    ...vendors.stops.map((stop) => stopBox(stop, x1, 'vendor')),
    ...kinds.stops.map((stop) => stopBox(stop, x2, 'kind')),
    ...buckets.stops.map((stop) => stopBox(stop, x3, 'bucket')),
  );
  return {
    picture: drawing,
    says,
    headings: ['From', 'To', 'Active', 'Not active'],
    lines: () =>
      [...first, ...second].map(({ from, to, open, shut }) => [from.name, to.name, grouped(open), grouped(shut)]),
  };
}

/**
 * The most frequent values, and one stop for all the others.
 * @param {readonly Row[]} rows
 * @param {(row: Row) => string} by
 * @param {string} what
 */
function stopsOf(rows, by, what) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const row of rows) counts.set(by(row), (counts.get(by(row)) ?? 0) + 1);
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const most = sorted.length <= MOST_BOXES ? sorted.length : MOST_BOXES - 1;
  const left = sorted.slice(most);
  const stop = (/** @type {string} */ name, /** @type {number} */ count, rest = 0) => ({
    name,
    count,
    rest,
    y: 0,
    height: 0,
    out: 0,
    into: 0,
  });
  const stops = sorted.slice(0, most).map(([name, count]) => stop(name, count));
  const others = left.reduce((sum, [, count]) => sum + count, 0);
  const rest = left.length > 0 ? stop(`${grouped(left.length)} other ${what}`, others, left.length) : undefined;
  if (rest) stops.push(rest);
  const known = new Map(stops.map((each) => [each.name, each]));
  return { stops, all: sorted.length, of: (/** @type {Row} */ row) => known.get(by(row)) ?? rest };
}

/**
 * Stands stops on each other, each high enough to be read.
 * @param {readonly Stop[]} stops
 * @param {number} unit
 * @param {number} top
 * @returns how high they are together
 */
function stacked(stops, unit, top) {
  let y = top;
  for (const stop of stops) {
    stop.height = Math.max(2, stop.count * unit);
    const slot = Math.max(SLOT, stop.height + 6);
    stop.y = TOP + y + (slot - stop.height) / 2;
    y += slot;
  }
  return y - top;
}

/**
 * @param {readonly Row[]} rows
 * @param {ReturnType<typeof stopsOf>} from
 * @param {ReturnType<typeof stopsOf>} to
 */
function flowsOf(rows, from, to) {
  /** @type {Map<Stop, Map<Stop, Flow>>} */
  const flows = new Map();
  for (const row of rows) {
    const [start, end] = [from.of(row), to.of(row)];
    if (!start || !end) continue;
    const own = flows.get(start) ?? new Map();
    flows.set(start, own);
    const flow = own.get(end) ?? { from: start, to: end, open: 0, shut: 0, key: false };
    own.set(end, flow);
    if (row.state === 'active') flow.open += 1;
    else flow.shut += 1;
    if (start.name === 'access-key' || end.name === 'access-key') flow.key = true;
  }
  return from.stops.flatMap((start) => to.stops.flatMap((end) => flows.get(start)?.get(end) ?? []));
}

/**
 * The bands of a flow: one for what is active, a hatched one for what is not.
 * @param {Flow} flow
 * @param {number} x1
 * @param {number} x2
 * @param {number} unit
 */
function bands({ from, to, open, shut, key }, x1, x2, unit) {
  const band = (/** @type {number} */ count, /** @type {string} */ kind) => {
    if (count === 0) return [];
    const thick = count * unit;
    const [a, b] = [from.y + from.out, to.y + to.into];
    from.out += thick;
    to.into += thick;
    const half = (x1 + x2) / 2;
    const d = `M${x1} ${a}C${half} ${a} ${half} ${b} ${x2} ${b}v${thick}C${half} ${b + thick} ${half} ${a + thick} ${x1} ${a + thick}z`;
    const says = `${from.name} to ${to.name}: ${counted(count, 'integration')}, ${kind === 'open' ? 'active' : 'not active'}`;
    return [svg('path', { class: `band ${kind}${key ? ' key' : ''}`, d }, svg('title', {}, says))];
  };
  return [...band(open, 'open'), ...band(shut, 'shut')];
}

/**
 * @param {Stop} stop
 * @param {number} x
 * @param {'vendor' | 'kind' | 'bucket'} what
 */
function stopBox({ name, count, rest, y, height }, x, what) {
  const isKey = name === 'access-key';
  const middle = y + height / 2;
  const before = what === 'vendor';
  const at = before ? x - 8 : x + BAR + 8;
  const label = svg(
    'text',
    { x: at + (isKey ? 20 : 0), y: middle + 4, 'text-anchor': before ? 'end' : 'start' },
    `${clipped(name, 26)} `,
    svg('tspan', { class: 'count' }, grouped(count)),
  );
  const parts = [
    svg('title', {}, `${name}: ${counted(count, 'integration')}`),
    svg('rect', { x, y, width: BAR, height, rx: Math.min(3, height / 2) }),
    isKey && keySign(at, middle - 8),
    label,
  ];
  if (rest > 0) return svg('g', { class: 'stop rest' }, ...parts);
  const href = what === 'bucket' ? chosenBucket(name) : chosen(what, name);
  const says = `${what} ${name}, ${counted(count, 'integration')}: show them`;
  return svg('a', { href, class: isKey ? 'stop key' : 'stop', 'aria-label': says }, ...parts);
}

/** The pattern of what is not active. */
function hatching() {
  const pattern = {
    id: 'hatching',
    width: 6,
    height: 6,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  };
  return svg('pattern', pattern, svg('rect', { class: 'hatch', width: 2, height: 6 }));
}
