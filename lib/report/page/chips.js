// What is chosen, each with a button that takes it back; and what is shown, as a file for a spreadsheet.

/** @type {(place: HTMLElement, filter: Filter, remove: (key?: FilterKey) => void) => void} */
function showChips(place, filter, remove) {
  const chosen = FILTER_KEYS.filter((key) => key !== 'sort' && filter[key] !== '');
  const chips = chosen.map((key) => {
    const field = document.getElementById(key);
    const label = field?.previousElementSibling?.textContent ?? 'Only';
    const shown = field instanceof HTMLSelectElement ? field.selectedOptions[0]?.label : filter[key];
    const cross = el('span', { 'aria-hidden': 'true' }, '×');
    const does = el('span', { class: 'hidden' }, ', remove');
    return button(() => remove(key), { class: 'chip', value: key }, `${label}: ${shown} `, cross, does);
  });
  place.replaceChildren(...chips, chips.length > 1 ? button(() => remove(), { id: 'clear' }, 'Clear all') : '');
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

/** Copies a text; where the clipboard is closed to the page, by selecting it. @type {(done: HTMLElement, value: HTMLElement) => Promise<void>} */
async function copy(done, value) {
  try {
    await navigator.clipboard.writeText(value instanceof HTMLAnchorElement ? value.href : value.textContent);
  } catch {
    getSelection()?.selectAllChildren(value);
    document.execCommand('copy');
  }
  done.textContent = 'Copied';
  setTimeout(() => {
    done.textContent = 'Copy';
  }, 1500);
}
