// Joins the parts: what is chosen, what is shown, and the address that keeps it.

/** @typedef {{ today: string, integrations: Row[] }} Data */

const CHOICES = /** @type {const} */ (['kind', 'state', 'client', 'vendor', 'can', 'due']);

class Explorer {
  /** @param {Data} data */
  constructor({ today, integrations }) {
    this.entries = integrations.map((row) => entryOf(row, today));
    this.search = byId('q', HTMLInputElement);
    this.selects = CHOICES.map((key) => byId(key, HTMLSelectElement));
    this.order = byId('sort', HTMLSelectElement);
    this.count = byId('count', HTMLElement);
    this.clear = byId('clear', HTMLButtonElement);
    this.heads = [...document.querySelectorAll('#table thead button')];
    this.table = new IntegrationTable(today);
    this.map = new AccessMap();
    this.filter = { ...NO_FILTER };
    this.sorted = { by: '', entries: this.entries };
    this.listen();
    this.fold();
    this.follow();
  }

  listen() {
    this.search.addEventListener('input', () => this.change({ q: this.search.value }));
    // Enter has nothing to send: what is typed is found already.
    this.search.form?.addEventListener('submit', (event) => event.preventDefault());
    for (const select of [...this.selects, this.order]) {
      select.addEventListener('change', () => this.change({ [select.id]: select.value }));
    }
    for (const head of this.heads) head.addEventListener('click', () => this.sortBy(head));
    this.clear.addEventListener('click', () => {
      this.change({ ...NO_FILTER, sort: this.filter.sort });
      this.search.focus();
    });
    addEventListener('hashchange', () => this.follow());
    addEventListener('beforeprint', () => this.table.showAll());
    document.addEventListener('keydown', (event) => {
      const typing = event.target instanceof Element && event.target.closest('input, select, textarea');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.search.focus();
    });
  }

  /** Where they would fill the screen, the filters are closed until somebody wants them. */
  fold() {
    const narrow = matchMedia('(max-width: 48rem)');
    const choices = byId('choices', HTMLDetailsElement);
    choices.open = !narrow.matches;
    narrow.addEventListener('change', () => {
      choices.open = !narrow.matches;
    });
  }

  /** @param {Element} head */
  sortBy(head) {
    const column = head.getAttribute('value') ?? '';
    this.change({ sort: this.filter.sort === column ? `-${column}` : column });
  }

  /** Takes the filter from the address; one that only names a place on the page changes nothing. */
  follow() {
    if (location.hash !== '' && !location.hash.includes('=')) return;
    const filter = filterFrom(location.hash);
    for (const select of [...this.selects, this.order]) {
      const key = /** @type {FilterKey} */ (select.id);
      // What no control can show must not filter unseen.
      if (![...select.options].some(({ value }) => value === filter[key])) filter[key] = NO_FILTER[key];
    }
    this.show(filter);
  }

  /** @param {Partial<Filter>} changed */
  change(changed) {
    const filter = { ...this.filter, ...changed };
    history.replaceState(null, '', hashOf(filter) || location.pathname + location.search);
    this.show(filter);
  }

  /** @param {Filter} filter */
  show(filter) {
    this.filter = filter;
    if (this.search.value !== filter.q) this.search.value = filter.q;
    for (const select of [...this.selects, this.order]) select.value = filter[/** @type {FilterKey} */ (select.id)];
    if (this.sorted.by !== filter.sort) this.sorted = { by: filter.sort, entries: inOrder(this.entries, filter.sort) };
    const found = matching(this.sorted.entries, filter);
    this.table.show(found);
    this.map.show(found.map(({ row }) => row));
    const all = grouped(this.entries.length);
    this.count.textContent =
      found.length === this.entries.length
        ? `All ${all} integrations`
        : `${grouped(found.length)} of ${all} integrations`;
    this.clear.hidden = CHOICES.every((key) => filter[key] === '') && filter.q === '';
    for (const head of this.heads) this.mark(head);
  }

  /** @param {Element} head */
  mark(head) {
    const column = head.getAttribute('value');
    const { sort } = this.filter;
    const order = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : undefined;
    if (order) head.closest('th')?.setAttribute('aria-sort', order);
    else head.closest('th')?.removeAttribute('aria-sort');
  }
}

/** Links to places on the page lead there without taking the address, which keeps the filter. */
function startPlaces() {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const href = link?.getAttribute('href') ?? '';
    const goal = link?.getAttribute('data-to') ?? (href.includes('=') ? '' : href.slice(1));
    const place = goal === '' ? null : document.getElementById(goal);
    if (!place) return;
    if (!href.includes('=')) event.preventDefault();
    place.scrollIntoView();
    place.focus({ preventScroll: true });
  });
}

/** On paper everything is open. */
function startPrinting() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details')].filter(({ open }) => !open);
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}

document.documentElement.classList.add('js');
startTheme();
startSorting();
startPlaces();
startPrinting();
new Explorer(JSON.parse(byId('data', HTMLScriptElement).textContent));
