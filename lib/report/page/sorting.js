// Static tables, sorted by the buttons in their headings.

function startSorting() {
  for (const table of document.querySelectorAll('table[data-sorts]')) {
    for (const head of table.querySelectorAll('thead th')) {
      const label = head.textContent;
      const button = el('button', { type: 'button' }, label);
      button.addEventListener('click', () => sortTable(/** @type {HTMLTableElement} */ (table), head));
      head.replaceChildren(button);
    }
  }
}

/**
 * @param {HTMLTableElement} table
 * @param {Element} head
 */
function sortTable(table, head) {
  const column = [...(head.parentElement?.children ?? [])].indexOf(head);
  const sign = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
  const body = table.tBodies[0];
  if (!body) return;
  const keyed = [...body.rows].map((row) => {
    const cell = row.cells[column];
    const number = cell?.dataset.number;
    return { row, key: number === undefined ? (cell?.textContent ?? '') : Number(number) };
  });
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  body.append(...keyed.map(({ row }) => row));
  for (const other of table.querySelectorAll('thead th')) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
}
