// The table of integrations: the first rows at once, more of them when asked for.

const FIRST_ROWS = 25;
const MORE_ROWS = 200;

class IntegrationTable {
  constructor() {
    this.body = byId('rows', HTMLTableSectionElement);
    this.table = byId('table', HTMLTableElement);
    this.more = byId('more', HTMLElement);
    this.columns = this.table.tHead?.rows[0]?.cells.length ?? 0;
    /** @type {readonly Entry[]} */
    this.entries = [];
    this.shown = 0;
    this.more.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button) this.showMore(button.value === 'all' ? this.entries.length : this.shown + MORE_ROWS);
    });
    this.body.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button?.classList.contains('disclose')) this.toggle(button);
      else if (button?.previousElementSibling) copy(button, /** @type {HTMLElement} */ (button.previousElementSibling));
    });
  }

  /** @param {readonly Entry[]} entries */
  show(entries) {
    this.entries = entries;
    this.shown = 0;
    this.body.replaceChildren();
    this.table.setAttribute('aria-rowcount', String(entries.length + 1));
    this.append(FIRST_ROWS);
  }

  /** Makes every row, for paper. */
  showAll() {
    this.append(this.entries.length);
  }

  /** Opens the first row. */
  open() {
    const button = this.body.querySelector('.disclose[aria-expanded="false"]');
    if (button instanceof HTMLButtonElement) this.toggle(button);
  }

  /** @param {number} upTo */
  showMore(upTo) {
    const next = this.shown;
    this.append(upTo);
    const first = this.body.querySelector(`[aria-rowindex="${next + 2}"] button`);
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {number} upTo */
  append(upTo) {
    const rows = this.entries.slice(this.shown, upTo).map((entry, at) => this.row(entry, this.shown + at));
    this.shown += rows.length;
    this.body.append(...rows);
    showRest(this.more, this.shown, this.entries.length);
  }

  /**
   * @param {Entry} entry
   * @param {number} at
   */
  row({ row }, at) {
    const { integration, description, owner, state, kind, who, gravity, days, idle, did = '' } = row;
    const button = el(
      'button',
      { type: 'button', class: 'disclose', 'aria-expanded': 'false', value: at },
      icon('chevron'),
      el('span', { class: 'name' }, integration),
    );
    const about = [description, owner].filter(Boolean).join(' · ');
    const badge = state !== 'active' && el('span', { class: `badge ${state}` }, state);
    const used = idle === undefined ? '–' : idle === -1 ? 'never seen' : `${did} ${ago(idle)}`;
    return el(
      'tr',
      { role: 'row', 'aria-rowindex': at + 2, class: `state-${state}` },
      el('th', { scope: 'row', role: 'rowheader' }, button, ' ', badge, about !== '' && el('p', {}, about)),
      cell('Who', el('span', {}, ...who.slice(0, 2).map(codeText), moreOf(who), kindText(kind))),
      cell('May', el('span', { class: 'can' }, row.can.join(' '))),
      cell('Where', codeText(`s3://${row.bucket}/${row.prefix}`)),
      cell('Risk', gravity && el('span', { class: `mark ${gravity}` }, gravity)),
      cell('Next date', days.length > 0 && datesText(days)),
      ...(this.columns > 6 ? [cell('Last used', used)] : []),
    );
  }

  /** @param {HTMLButtonElement} button */
  toggle(button) {
    const row = button.closest('tr');
    const entry = this.entries[Number(button.value)];
    if (!row || !entry) return;
    const open = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!open));
    if (open) row.nextElementSibling?.remove();
    else {
      const detail = el('td', { role: 'cell', colspan: this.columns }, detailOf(entry.row));
      row.after(el('tr', { role: 'row', class: 'detail' }, detail));
    }
  }
}

/** @param {Row} row */
function detailOf(row) {
  const { kind, who, externalId, from, dedicated, integration, client, clientTitle } = row;
  /** @type {[string, readonly (string | undefined | false)[]][]} */
  const facts = [
    ['Client', [clientTitle ? `${client}: ${clientTitle}` : client]],
    ['Vendor', [row.vendor]],
    ['Who', who.length > 0 ? who : ['nobody yet']],
    ['Must send', [externalId && 'an external ID', kind === 'access-key' && 'a long-lived access key']],
    ['Only from', from],
    ['Bucket', [dedicated && `${row.bucket}, for this integration alone`]],
    ['Dates', row.days.map(({ on, says }) => `${says} (${on})`)],
    ...row.seen,
    ['Risks', row.risks.map(riskText)],
    ['Reason', [row.reason]],
    ['Owner', [row.owner]],
    ['Contact', [row.contact]],
    ['Request', [row.request]],
  ];
  const list = el('dl');
  for (const [label, values] of facts) {
    const said = values.filter((value) => typeof value === 'string' && value !== '');
    if (said.length > 0) list.append(el('dt', {}, label), ...said.map((value) => el('dd', {}, value)));
  }
  const copied = (/** @type {string} */ label, /** @type {HTMLElement} */ value) => {
    const button = el('button', { type: 'button' }, el('span', {}, 'Copy'));
    button.append(el('span', { class: 'hidden' }, ` ${label.toLowerCase()} of ${integration}`));
    list.append(el('dt', {}, label), el('dd', {}, value, ' ', button));
  };
  if (row.arn) copied('ARN', el('code', {}, row.arn));
  copied('File', el('code', {}, row.file));
  copied('Link', el('a', { href: hashOf({ ...NO_FILTER, name: integration }) }, 'this integration alone'));
  return list;
}

/**
 * How many there are beyond what is shown, and buttons for more of them.
 * @param {HTMLElement} place
 * @param {number} shown
 * @param {number} all
 */
function showRest(place, shown, all) {
  const left = all - shown;
  const some = Math.min(MORE_ROWS, left);
  place.hidden = left <= 0;
  const button = (/** @type {string} */ value, /** @type {string} */ text) =>
    el('button', { type: 'button', value }, text);
  place.replaceChildren(
    el('p', {}, `${grouped(shown)} of ${counted(all, 'row')} shown.`),
    button('some', `Show ${grouped(some)} more`),
    some < left ? button('all', `Show all ${grouped(all)}`) : '',
  );
}

/**
 * @param {string} label said where there is no room for columns
 * @param {Child} content
 */
function cell(label, content) {
  return el('td', { role: 'cell', 'data-label': label, class: content ? undefined : 'none' }, content || '–');
}

/** A value that breaks behind its slashes. @param {string} text */
function codeText(text) {
  return el('code', {}, ...text.split(/(?<=\w\/)/).flatMap((part, at) => (at > 0 ? [el('wbr'), part] : [part])));
}

/** @param {readonly string[]} who */
function moreOf(who) {
  return who.length > 2 && el('small', {}, `and ${who.length - 2} more `);
}

/** @param {string} kind */
function kindText(kind) {
  const isKey = kind === 'access-key';
  return el('small', { class: isKey ? 'kind key' : 'kind' }, isKey && icon('key'), kind);
}

/** @param {Row['risks'][number]} risk */
function riskText({ gravity, what, why, accepted }) {
  const until = accepted?.until === undefined ? '' : ` until ${accepted.until}`;
  return `${gravity}: ${what}: ${why}${accepted ? ` (accepted${until}: ${accepted.reason})` : ''}`;
}

/** What is overdue, and what is next. @param {Row['days']} days */
function datesText(days) {
  const next = days.find(({ period }) => period !== 'past');
  const shown = [...days.filter(({ period }) => period === 'past'), ...(next ? [next] : [])];
  return el('span', {}, ...shown.map(dateText));
}

/** @param {Row['days'][number]} day */
function dateText({ on, says, period }) {
  const urgent = period === 'past' || period === 'week';
  return el(
    'span',
    { class: urgent ? 'date urgent' : 'date' },
    el('time', { datetime: on }, on),
    el('small', {}, says),
  );
}

/** @param {number} days */
function ago(days) {
  return days === 0 ? 'today' : `${counted(days, 'day')} ago`;
}
