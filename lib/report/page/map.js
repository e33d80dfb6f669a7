// The picture: one by one up to forty on a screen that is wide enough, else ranked.

const MOST_DRAWN = 40;
const LEAST_WIDTH = 720;

class AccessMap {
  constructor() {
    this.frame = byId('map-frame', HTMLElement);
    this.says = byId('map-says', HTMLElement);
    this.legend = byId('legend', HTMLElement);
    /** @type {readonly Row[]} */
    this.rows = [];
    this.width = 0;
    new ResizeObserver(() => {
      if (this.frame.clientWidth !== this.width) this.show(this.rows);
    }).observe(this.frame);
  }

  /** @param {readonly Row[]} rows */
  show(rows) {
    const { frame } = this;
    this.rows = rows;
    this.width = frame.clientWidth;
    const isSingle = rows.length <= MOST_DRAWN && this.width >= LEAST_WIDTH;
    const had = frame.contains(document.activeElement);
    frame.hidden = rows.length === 0;
    this.legend.replaceChildren(...legendOf(rows, isSingle));
    const many = counted(rows.length, 'integration');
    this.says.textContent =
      rows.length === 0
        ? 'No integration matches the filter.'
        : isSingle
          ? `${many}, one by one: lines lead from the vendor through its prefix to the bucket.`
          : `${many}. Select a vendor or a client to see its integrations.`;
    frame.replaceChildren(isSingle && rows.length > 0 ? drawnOneByOne(rows, this.width) : drawnAsRanks(rows));
    if (had) frame.focus({ preventScroll: true });
  }
}

/** What lines or bars mean, of those that are drawn. @type {(rows: readonly Row[], isSingle: boolean) => Element[]} */
function legendOf(rows, isSingle) {
  const looks = new Map(rows.map((row) => (isSingle ? lookOfLine(row) : lookOfBar(row))));
  return [...looks].map(([look, text]) => {
    const path = svg('path', { class: look, d: isSingle ? 'M0 6h40' : 'M0 2h40v8H0z' });
    return el('li', {}, svg('svg', { class: 'sample', viewBox: '0 0 40 12', 'aria-hidden': 'true' }, path), text);
  });
}

/** The address of the same page with one more choice. @type {(key: FilterKey, value: string) => string} */
function chosen(key, value) {
  return hashOf({ ...filterFrom(location.hash), [key]: value });
}

/** A text that fits a number of characters. @type {(text: string, most: number) => string} */
function clipped(text, most) {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
