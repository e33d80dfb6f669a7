// The picture: one by one up to forty on a screen that is wide enough, else ranked.

const MOST_DRAWN = 40;
const LEAST_WIDTH = 720;

/** @typedef {{ picture: Element, says: string }} Drawn */

class AccessMap {
  constructor() {
    this.frame = byId('map-frame', HTMLElement);
    this.says = byId('map-says', HTMLElement);
    this.legend = byId('legend', HTMLElement);
    /** @type {readonly Row[]} */
    this.rows = [];
    /** @type {Set<string>} */
    this.whole = new Set();
    this.width = 0;
    new ResizeObserver(() => {
      if (this.frame.clientWidth !== this.width) this.draw();
    }).observe(this.frame);
  }

  /** @param {readonly Row[]} rows */
  show(rows) {
    this.rows = rows;
    this.whole.clear();
    this.draw();
  }

  draw() {
    const { rows, frame } = this;
    this.width = frame.clientWidth;
    const single = rows.length <= MOST_DRAWN && this.width >= LEAST_WIDTH;
    const had = frame.contains(document.activeElement);
    frame.hidden = rows.length === 0;
    this.legend.replaceChildren(...legendOf(rows, single));
    if (single && rows.length > 0) {
      const drawn = drawnOneByOne(rows, this.width);
      this.says.textContent = drawn.says;
      frame.replaceChildren(drawn.picture);
    } else {
      this.says.textContent =
        rows.length === 0
          ? 'No integration matches the filter.'
          : `${counted(rows.length, 'integration')}. Select a vendor or a client to see its integrations.`;
      const showAll = (/** @type {string} */ key) => {
        this.whole.add(key);
        this.draw();
      };
      frame.replaceChildren(drawnAsRanks(rows, (key) => this.whole.has(key), showAll));
    }
    if (had) frame.focus({ preventScroll: true });
  }
}

/**
 * What lines or bars mean, of those that are drawn.
 * @param {readonly Row[]} rows
 * @param {boolean} single
 */
function legendOf(rows, single) {
  const sample = (/** @type {string} */ classes, /** @type {string} */ d) =>
    svg('svg', { class: 'sample', viewBox: '0 0 40 12', 'aria-hidden': 'true' }, svg('path', { class: classes, d }));
  const isKey = (/** @type {Row} */ row) => row.kind === 'access-key' && row.state === 'active';
  const states = ['active', 'pending', 'suspended', 'expired'].filter((state) =>
    rows.some((row) => row.state === state && !isKey(row)),
  );
  const lines = single
    ? states.map((state) => [sample(`line ${state}`, 'M0 6h40'), state])
    : [
        ...(states.includes('active') ? [[sample('open', 'M0 2h40v8H0z'), 'active']] : []),
        ...(states.some((state) => state !== 'active') ? [[sample('shut', 'M0 2h40v8H0z'), 'not active']] : []),
      ];
  if (rows.some(isKey)) {
    lines.push([single ? sample('line key', 'M0 6h40') : sample('keys', 'M0 2h40v8H0z'), 'long-lived access key']);
  }
  return lines.map((parts) => el('li', {}, ...parts));
}

/**
 * The frame of a picture, with its name and description.
 * @param {number} width
 * @param {number} height
 * @param {string} title
 * @param {string} description
 */
function picture(width, height, title, description) {
  return svg(
    'svg',
    {
      class: 'map',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'group',
      'aria-labelledby': 'map-name map-desc',
    },
    svg('title', { id: 'map-name' }, title),
    svg('desc', { id: 'map-desc' }, description),
  );
}

/**
 * A column's heading.
 * @param {number} x
 * @param {'start' | 'middle' | 'end'} anchor
 * @param {string} text
 */
function heading(x, anchor, text) {
  return svg('text', { class: 'heading', x, y: 16, 'text-anchor': anchor }, text);
}

/**
 * The address of the same page with one more choice.
 * @param {FilterKey} key
 * @param {string} value
 */
function chosen(key, value) {
  return hashOf({ ...filterFrom(location.hash), [key]: value });
}

/**
 * The address of the same page with what is in one bucket only: a word more for the search.
 * @param {string} bucket
 */
function chosenBucket(bucket) {
  const words = filterFrom(location.hash)
    .q.split(/\s+/)
    .filter((word) => !word.startsWith('s3://'));
  return chosen('q', [...words, `s3://${bucket}/`].filter(Boolean).join(' '));
}

/**
 * A text that fits a number of characters.
 * @param {string} text
 * @param {number} most
 */
function clipped(text, most) {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

/**
 * A key, drawn in a square of 16.
 * @param {number} x
 * @param {number} y
 */
function keySign(x, y) {
  return svg('use', { href: '#icon-key', class: 'key-sign', x, y, width: 16, height: 16 });
}
