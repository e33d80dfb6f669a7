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
  }

  /** @param {readonly Entry[]} entries */
  show(entries) {
    this.entries = entries;
    this.shown = 0;
    this.table.setAttribute('aria-rowcount', String(entries.length + 1));
    this.body.replaceChildren();
    this.append(FIRST_ROWS);
  }

  /** Gives the first new row. @param {number} upTo */
  append(upTo) {
    const rows = this.entries.slice(this.shown, upTo).map(({ row }, at) => this.row(row, this.shown + at + 2));
    this.shown += rows.length;
    this.body.append(...rows);
    showRest(this.more, this.shown, this.entries.length, (to) => this.append(to)?.querySelector('button')?.focus());
    return rows[0];
  }

  /** Opens the first row. */
  open() {
    this.body.querySelector('button')?.click();
  }

  /** @type {(row: Row, index: number) => HTMLElement} */
  row(row, index) {
    const { integration, description, owner, state, who, gravity, days, idle, did = '' } = row;
    const name = el('span', { class: 'name' }, integration);
    const attributes = { class: 'disclose', 'aria-expanded': 'false' };
    const disclose = button(() => this.toggle(disclose, row), attributes, icon('chevron'), name);
    const about = [description, owner].filter(Boolean).join(' · ');
    const badge = state !== 'active' && el('span', { class: `badge ${state}` }, state);
    const used = idle === undefined ? '' : idle === -1 ? 'never seen' : `${did} ${ago(idle)}`;
    return el(
      'tr',
      { role: 'row', 'aria-rowindex': index },
      el('th', { scope: 'row', role: 'rowheader' }, disclose, ' ', badge, about !== '' && el('p', {}, about)),
      cell('Who', el('span', {}, ...who.flatMap((each) => [codeText(each), ' ']), moreOf(who), kindText(row))),
      cell('May', el('span', { class: 'can' }, row.can.join(' '))),
      cell('Where', codeText(`s3://${row.bucket}/${row.prefix}`)),
      cell('Risk', gravity && el('span', { class: `mark ${gravity}` }, gravity)),
      cell('Next date', days.length > 0 && datesText(days)),
      this.columns > 6 && cell('Last used', used),
    );
  }

  /** @type {(disclose: HTMLButtonElement, row: Row) => void} */
  toggle(disclose, row) {
    const open = disclose.getAttribute('aria-expanded') === 'true';
    disclose.setAttribute('aria-expanded', String(!open));
    const tr = disclose.closest('tr');
    if (open) tr?.nextElementSibling?.remove();
    else {
      const detail = el('td', { role: 'cell', colspan: this.columns }, detailOf(row));
      tr?.after(el('tr', { role: 'row', class: 'detail' }, detail));
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
    const said = values.filter(Boolean).map((value) => el('dd', {}, value));
    if (said.length > 0) list.append(el('dt', {}, label), ...said);
  }
  const copied = (/** @type {string} */ label, /** @type {HTMLElement} */ value) => {
    const done = el('span', {}, 'Copy');
    const of = el('span', { class: 'hidden' }, ` ${label.toLowerCase()} of ${integration}`);
    list.append(
      el('dt', {}, label),
      el(
        'dd',
        {},
        value,
        ' ',
        button(() => copy(done, value), {}, done, of),
      ),
    );
  };
  if (row.arn) copied('ARN', el('code', {}, row.arn));
  copied('File', el('code', {}, row.file));
  copied('Link', el('a', { href: hashOf({ ...NO_FILTER, name: integration }) }, 'this integration alone'));
  return list;
}

/**
 * How many there are beyond what is shown, and buttons for more of them.
 * @type {(place: HTMLElement, shown: number, all: number, show: (upTo: number) => void) => void}
 */
function showRest(place, shown, all, show) {
  const next = Math.min(shown + MORE_ROWS, all);
  place.hidden = shown >= all;
  place.replaceChildren(
    el('p', {}, `${grouped(shown)} of ${counted(all, 'row')} shown.`),
    button(() => show(next), { value: 'some' }, `Show ${grouped(next - shown)} more`),
    next < all ? button(() => show(all), { value: 'all' }, `Show all ${grouped(all)}`) : '',
  );
}

/** With a label, which is said where there is no room for columns. @type {(label: string, content: Child) => Element} */
function cell(label, content) {
  return el('td', { role: 'cell', 'data-label': label, class: !content && 'none' }, content || '–');
}

/** A value that breaks behind its slashes. @param {string} text */
function codeText(text) {
  return el('code', {}, ...text.split(/(?<=\w\/)/).flatMap((part, at) => (at > 0 ? [el('wbr'), part] : [part])));
}

/** On a screen two are shown. @param {readonly string[]} who */
function moreOf(who) {
  return who.length > 2 && el('small', { class: 'rest' }, `and ${who.length - 2} more `);
}

/** @param {Row} row */
function kindText({ kind, keyDays }) {
  const isKey = kind === 'access-key';
  const age = keyDays === undefined ? '' : `, ${counted(keyDays, 'day')} old`;
  return el('small', { class: isKey && 'key' }, isKey && icon('key'), `${kind}${age}`);
}

/** @param {Row['risks'][number]} risk */
function riskText({ gravity, what, why, accepted }) {
  const until = accepted?.until === undefined ? '' : ` until ${accepted.until}`;
  return `${gravity}: ${what}: ${why}${accepted ? ` (accepted${until}: ${accepted.reason})` : ''}`;
}

/** What is overdue, and what is next. @param {Row['days']} days */
function datesText(days) {
  const next = days.findIndex(({ period }) => period !== 'past');
  const shown = days.slice(0, next < 0 ? days.length : next + 1).map(({ on, says, period }) => {
    const urgent = period === 'past' || period === 'week';
    const time = el('time', { datetime: on }, on);
    return el('span', { class: urgent ? 'date urgent' : 'date' }, time, el('small', {}, says));
  });
  return el('span', {}, ...shown);
}

/** @param {number} days */
function ago(days) {
  return days === 0 ? 'today' : `${counted(days, 'day')} ago`;
}
