// Tables of the page itself: sorted by their headings, filtered with the integrations, a page at a time.

class StaticTable {
  /** @param {HTMLTableElement} table */
  constructor(table) {
    this.body = /** @type {HTMLTableSectionElement} */ (table.tBodies[0]);
    this.rows = [...this.body.rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
    this.kept = this.rows;
    this.more = el('div', { class: 'more' });
    table.parentElement?.after(this.more);
    for (const head of table.querySelectorAll('thead th')) {
      head.replaceChildren(button(() => this.sort(head), {}, head.textContent));
    }
  }

  /** @param {(row: HTMLTableRowElement, text: string) => boolean} keeps */
  filter(keeps) {
    this.kept = this.rows.filter(({ row, text }) => keeps(row, text));
    this.show(FIRST_ROWS);
  }

  /** @param {number} most */
  show(most) {
    const shown = this.kept.slice(0, most);
    this.body.replaceChildren(...shown.map(({ row }) => row));
    showRest(this.more, shown.length, this.kept.length, (upTo) => {
      this.show(upTo);
      this.kept[shown.length]?.row.querySelector('a')?.focus();
    });
  }

  /** @param {Element} head */
  sort(head) {
    const heads = [...(head.parentElement?.children ?? [])];
    const down = head.ariaSort === 'ascending';
    const column = heads.indexOf(head);
    const kept = new Set(this.kept);
    const key = (/** @type {HTMLTableCellElement | undefined} */ cell) =>
      cell?.dataset.number === undefined ? (cell?.textContent ?? '') : Number(cell.dataset.number);
    this.rows = sortedBy(this.rows, ({ row }) => key(row.cells[column]), down);
    this.kept = this.rows.filter((each) => kept.has(each));
    for (const each of heads) each.ariaSort = each === head ? (down ? 'descending' : 'ascending') : null;
    this.show(FIRST_ROWS);
  }
}
