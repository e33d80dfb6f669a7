// What is chosen, each with a button that takes it back; and what is shown, as a file for a spreadsheet.

/**
 * @param {HTMLElement} place
 * @param {Filter} filter
 * @param {(key?: FilterKey) => void} remove
 */
function showChips(place, filter, remove) {
  const chosen = FILTER_KEYS.filter((key) => key !== 'sort' && filter[key] !== '');
  const chips = chosen.map((key) => {
    const select = document.getElementById(key);
    const label = key === 'name' ? 'Only' : (select?.parentElement?.querySelector('label')?.textContent ?? key);
    const shown = select instanceof HTMLSelectElement ? (select.selectedOptions[0]?.label ?? '') : filter[key];
    const chip = el('button', { type: 'button', class: 'chip', value: key }, `${label}: ${shown} `);
    chip.append(el('span', { 'aria-hidden': 'true' }, '×'), el('span', { class: 'hidden' }, ', remove'));
    chip.addEventListener('click', () => remove(key));
    return chip;
  });
  const all = el('button', { type: 'button', id: 'clear' }, 'Clear all');
  all.addEventListener('click', () => remove());
  place.replaceChildren(...chips, ...(chips.length > 1 ? [all] : []));
}

/** @type {[string, (row: Row) => string | undefined][]} */
const CSV_COLUMNS = [
  ['integration', ({ integration }) => integration],
  ['client', ({ client }) => client],
  ['vendor', ({ vendor }) => vendor],
  ['kind', ({ kind }) => kind],
  ['state', ({ state }) => state],
  ['who', ({ who }) => who.join(' ')],
  ['may', ({ can }) => can.join(' ')],
  ['where', ({ bucket, prefix }) => `s3://${bucket}/${prefix}`],
  ['arn', ({ arn }) => arn],
  ['risks', ({ risks }) => risks.map(({ code, accepted }) => (accepted ? `${code} (accepted)` : code)).join(' ')],
  ['dates', ({ days }) => days.map(({ what, on }) => `${what} ${on}`).join(', ')],
  ['days since last use', ({ idle }) => (idle === -1 ? 'never seen' : idle?.toString())],
  ['days since key was made', ({ keyDays }) => keyDays?.toString()],
  ['in AWS', ({ aws }) => aws],
  ['owner', ({ owner }) => owner],
  ['contact', ({ contact }) => contact],
  ['request', ({ request }) => request],
  ['file', ({ file }) => file],
];

/** A cell that no spreadsheet takes for a formula. @param {string} text */
function csvCell(text) {
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** @param {readonly Row[]} rows */
function csvOf(rows) {
  const lines = rows.map((row) => CSV_COLUMNS.map(([, of]) => of(row) ?? ''));
  return [CSV_COLUMNS.map(([name]) => name), ...lines].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

/** @param {readonly Row[]} rows */
function saveCsv(rows) {
  const href = URL.createObjectURL(new Blob(['\ufeff', csvOf(rows)], { type: 'text/csv' }));
  el('a', { href, download: 'integrations.csv' }).click();
  setTimeout(() => URL.revokeObjectURL(href));
}

/**
 * Copies a text; where the clipboard is closed to the page, by selecting it.
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} value
 */
async function copy(button, value) {
  const text = value instanceof HTMLAnchorElement ? value.href : value.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection()?.selectAllChildren(value);
    document.execCommand('copy');
  }
  const label = button.firstChild;
  if (label) label.textContent = 'Copied';
  setTimeout(() => {
    if (label) label.textContent = 'Copy';
  }, 1500);
}
