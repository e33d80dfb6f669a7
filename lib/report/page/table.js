// The table of integrations: the first rows at once, more of them when asked for.

const FIRST_ROWS = 40;
const MORE_ROWS = 200;

class IntegrationTable {
  /** @param {string} today */
  constructor(today) {
    this.today = today;
    this.body = byId('rows', HTMLTableSectionElement);
    this.table = byId('table', HTMLTableElement);
    this.more = byId('more', HTMLElement);
    /** @type {readonly Entry[]} */
    this.entries = [];
    this.shown = 0;
    this.more.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button) this.showMore(button.value === 'all' ? this.entries.length : this.shown + MORE_ROWS);
    });
    this.body.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button) this.toggle(button);
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
    const left = this.entries.length - this.shown;
    this.more.hidden = left === 0;
    const some = Math.min(MORE_ROWS, left);
    this.more.replaceChildren(
      el('p', {}, `${grouped(this.shown)} of ${counted(this.entries.length, 'row')} shown.`),
      el('button', { type: 'button', value: 'some' }, `Show ${grouped(some)} more`),
    );
    if (some < left) {
      this.more.append(el('button', { type: 'button', value: 'all' }, `Show all ${grouped(this.entries.length)}`));
    }
  }

  /**
   * @param {Entry} entry
   * @param {number} at
   */
  row({ row, next }, at) {
    const button = el(
      'button',
      { type: 'button', class: 'disclose', 'aria-expanded': 'false', value: at },
      icon('chevron'),
      el('span', { class: 'name' }, row.integration),
    );
    return el(
      'tr',
      { role: 'row', 'aria-rowindex': at + 2, class: `state-${row.state}` },
      el('th', { scope: 'row', role: 'rowheader' }, button, row.description && el('p', {}, row.description)),
      cell('Kind', kindBadge(row.kind)),
      cell('State', el('span', { class: `badge ${row.state}` }, row.state)),
      cell('May', el('span', { class: 'can' }, row.can.join(' '))),
      cell('Where', el('code', {}, `s3://${row.bucket}/${row.prefix}`)),
      cell('Next date', next && dateText(next)),
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
    else
      row.after(el('tr', { role: 'row', class: 'detail' }, el('td', { role: 'cell', colspan: 6 }, this.detail(entry))));
  }

  /** @param {Entry} entry */
  detail({ row }) {
    const { kind, who, externalId, from, dedicated } = row;
    const dates = daysOf(row, this.today).map(({ what, on, days }) => `${what} ${on} (${inDays(days)})`);
    /** @type {[string, readonly (string | undefined | false)[]][]} */
    const facts = [
      ['Client', [row.clientTitle ? `${row.client}: ${row.clientTitle}` : row.client]],
      ['Vendor', [row.vendor]],
      ['Who', who.length > 0 ? who : ['nobody yet']],
      ['Must send', [externalId && 'an external ID', kind === 'access-key' && 'a long-lived access key']],
      ['Only from', from],
      ['Bucket', [dedicated && `${row.bucket}, for this integration alone`]],
      ['Dates', dates],
      ['Risks', row.risks.map(riskText)],
      ['Reason', [row.reason]],
      ['Owner', [row.owner]],
      ['Contact', [row.contact]],
      ['Request', [row.request]],
      ['File', [row.file]],
    ];
    const list = el('dl');
    for (const [label, values] of facts) {
      const said = values.filter((value) => typeof value === 'string' && value !== '');
      if (said.length > 0) list.append(el('dt', {}, label), ...said.map((value) => el('dd', {}, value)));
    }
    return list;
  }
}

/**
 * @param {string} label said where there is no room for columns
 * @param {Child} content
 */
function cell(label, content) {
  return el('td', { role: 'cell', 'data-label': label, class: content ? undefined : 'none' }, content || '–');
}

/** @param {string} kind */
function kindBadge(kind) {
  const isKey = kind === 'access-key';
  return el('span', { class: isKey ? 'kind key' : 'kind' }, isKey && icon('key'), kind);
}

/** @param {Row['risks'][number]} risk */
function riskText({ gravity, what, why, accepted }) {
  const until = accepted?.until === undefined ? '' : ` until ${accepted.until}`;
  return `${gravity}: ${what}: ${why}${accepted ? ` (accepted${until}: ${accepted.reason})` : ''}`;
}

/** @param {Day} day */
function dateText({ what, on, days }) {
  const urgent = days <= 30;
  return el(
    'span',
    { class: urgent ? 'date urgent' : 'date' },
    el('time', { datetime: on }, on),
    el('small', {}, `${what} ${inDays(days)}`),
  );
}

/** From here on nobody counts days. */
const MOST_DAYS = 999;

/** @param {number} days */
function inDays(days) {
  if (days === 0) return 'today';
  const far = Math.abs(days);
  const count = far > MOST_DAYS ? counted(Math.round(far / 365.25), 'year') : counted(far, 'day');
  return days < 0 ? `${count} ago` : `in ${count}`;
}
