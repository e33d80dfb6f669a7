// Tables of the page itself: sorted by their headings, filtered with the integrations, a page at a time.

class StaticTable {
  /** @param {HTMLTableElement} table */
  constructor(table) {
    this.body = /** @type {HTMLTableSectionElement} */ (table.tBodies[0]);
    this.rows = [...this.body.rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
    this.kept = this.rows;
    this.most = FIRST_ROWS;
    this.more = el('div', { class: 'more' });
    table.parentElement?.after(this.more);
    this.more.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (!button) return;
      const next = this.most;
      this.most = button.value === 'all' ? this.kept.length : this.most + MORE_ROWS;
      this.page();
      const link = this.kept[next]?.row.querySelector('a');
      if (link) link.focus();
    });
    for (const head of table.querySelectorAll('thead th')) {
      const button = el('button', { type: 'button' }, head.textContent);
      button.addEventListener('click', () => this.sort(head));
      head.replaceChildren(button);
    }
  }

  /** @param {(row: HTMLTableRowElement, text: string) => boolean} keeps */
  filter(keeps) {
    this.kept = this.rows.filter(({ row, text }) => keeps(row, text));
    this.most = FIRST_ROWS;
    this.page();
  }

  page() {
    const shown = new Set(this.kept.slice(0, this.most));
    for (const each of this.rows) {
      const hidden = !shown.has(each);
      if (each.row.hidden !== hidden) each.row.hidden = hidden;
    }
    showRest(this.more, shown.size, this.kept.length);
  }

  /** @param {Element} head */
  sort(head) {
    const column = [...(head.parentElement?.children ?? [])].indexOf(head);
    const sign = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    const key = (/** @type {HTMLTableRowElement} */ row) => {
      const cell = row.cells[column];
      const number = cell?.dataset.number;
      return number === undefined ? (cell?.textContent ?? '') : Number(number);
    };
    const keyed = this.rows.map((each) => ({ each, key: key(each.row) }));
    keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
    this.rows = keyed.map(({ each }) => each);
    const kept = new Set(this.kept);
    this.kept = this.rows.filter((each) => kept.has(each));
    this.body.append(...this.rows.map(({ row }) => row));
    for (const other of head.parentElement?.children ?? []) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
    this.page();
  }
}
