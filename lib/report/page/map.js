// The access map: one by one where that can be read, summed up where it cannot, and the same as a table.

/** So many are drawn one by one without being asked for, and so many where they are. */
const FEW_DRAWN = 40;
const MOST_DRAWN = 400;
const LEAST_WIDTH = 760;

/**
 * A line of the table that says what the map shows.
 * @typedef {readonly [vendor: string, prefix: string, bucket: string, kind: string, state: string]} MapLine
 */
/** @typedef {{ picture: SVGSVGElement, says: string, headings: readonly string[], lines: () => readonly (readonly string[])[] }} Drawn */

class AccessMap {
  constructor() {
    this.frame = byId('map-frame', HTMLElement);
    this.says = byId('map-says', HTMLElement);
    this.details = byId('map-details', HTMLDetailsElement);
    this.table = byId('map-table', HTMLElement);
    this.legend = byId('legend', HTMLElement);
    /** @type {readonly Row[]} */
    this.rows = [];
    /** @type {Drawn | undefined} */
    this.drawn = undefined;
    this.choice = byId('map-choice', HTMLElement);
    this.all = byId('map-all', HTMLButtonElement);
    this.width = 0;
    this.waiting = false;
    this.all.addEventListener('click', () => {
      this.all.setAttribute('aria-pressed', String(this.all.getAttribute('aria-pressed') !== 'true'));
      this.draw();
    });
    this.details.addEventListener('toggle', () => this.tabulate());
    new ResizeObserver(() => {
      if (this.fit() !== this.width) this.draw();
    }).observe(this.frame);
  }

  /**
   * Draws the map of these rows once the rows themselves are on the screen; of several in a row the last alone.
   * @param {readonly Row[]} rows
   */
  show(rows) {
    this.rows = rows;
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => setTimeout(() => this.draw()));
  }

  /** The width of the picture: the frame's, in which it scrolls where that is too narrow to read. */
  fit() {
    return Math.max(LEAST_WIDTH, this.frame.clientWidth);
  }

  draw() {
    this.waiting = false;
    this.width = this.fit();
    const many = this.rows.length;
    const each = this.all.getAttribute('aria-pressed') === 'true';
    const single = many <= (each ? MOST_DRAWN : FEW_DRAWN);
    this.choice.hidden = many <= FEW_DRAWN || many > MOST_DRAWN;
    this.frame.hidden = this.rows.length === 0;
    this.legend.hidden = this.rows.length === 0;
    this.legend.dataset.map = single ? 'single' : 'summed';
    this.details.hidden = this.rows.length === 0;
    this.drawn = undefined;
    if (this.rows.length === 0) {
      this.says.textContent = 'No integration matches the filter.';
      this.frame.replaceChildren();
    } else {
      this.drawn = single ? drawnOneByOne(this.rows, this.width) : drawnInSum(this.rows, this.width);
      this.says.textContent = this.drawn.says;
      this.frame.replaceChildren(this.drawn.picture);
    }
    this.tabulate();
  }

  /** The table is made when somebody opens it. */
  tabulate() {
    if (!this.details.open || !this.drawn) {
      this.table.replaceChildren();
      return;
    }
    const { headings, lines } = this.drawn;
    const head = el('tr', {}, ...headings.map((heading) => el('th', { scope: 'col' }, heading)));
    const body = lines().map((line) => el('tr', {}, ...line.map((text) => el('td', {}, text))));
    this.table.replaceChildren(el('table', {}, el('thead', {}, head), el('tbody', {}, ...body)));
  }
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
