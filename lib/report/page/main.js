// Joins the parts: what is chosen, what is shown, and the address that keeps it.

const CHOICES = FILTER_KEYS.filter((key) => !['q', 'name', 'sort'].includes(key));

class Explorer {
  /** @param {Parameters<typeof entriesOf>[0]} data */
  constructor(data) {
    this.entries = entriesOf(data);
    this.search = byId('q', HTMLInputElement);
    // Some are there only where an account or logs were looked at.
    this.selects = [...CHOICES, 'sort'].flatMap((key) => {
      const select = document.getElementById(key);
      return select instanceof HTMLSelectElement ? [select] : [];
    });
    this.count = byId('count', HTMLElement);
    this.chips = byId('chips', HTMLElement);
    this.heads = [...document.querySelectorAll('#table thead button')];
    this.table = new IntegrationTable();
    this.statics = [...document.querySelectorAll('table[data-sorts]')].map(
      (table) => new StaticTable(/** @type {HTMLTableElement} */ (table)),
    );
    this.map = new AccessMap();
    this.filter = { ...NO_FILTER };
    this.sorted = { by: '', entries: this.entries };
    /** @type {Entry[]} */
    this.found = [];
    this.typing = false;
    this.waiting = false;
    this.listen();
    this.fold();
    this.follow();
  }

  listen() {
    this.search.addEventListener('input', () => {
      // One way back for all that is typed in a row.
      this.change({ q: this.search.value }, this.typing);
      this.typing = true;
    });
    // Enter has nothing to send: what is typed is found already.
    this.search.form?.addEventListener('submit', (event) => event.preventDefault());
    for (const select of this.selects) {
      select.addEventListener('change', () => this.change({ [select.id]: select.value }));
    }
    for (const head of this.heads) head.addEventListener('click', () => this.sortBy(head));
    byId('csv', HTMLButtonElement).addEventListener('click', () => saveCsv(this.found.map(({ row }) => row)));
    addEventListener('popstate', () => this.follow());
    addEventListener('beforeprint', () => {
      this.rest();
      this.table.showAll();
      for (const table of this.statics) {
        table.most = table.kept.length;
        table.page();
      }
    });
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

  /** Takes the filter from the address, and leads to what it asks for; one that only names a place changes nothing. */
  follow() {
    const { hash } = location;
    if (hash !== '' && !hash.includes('=')) return;
    const filter = filterFrom(hash);
    for (const key of /** @type {FilterKey[]} */ ([...CHOICES, 'sort'])) {
      const select = this.selects.find(({ id }) => id === key);
      // What no control can show must not filter unseen.
      if (![...(select?.options ?? [])].some(({ value }) => value === filter[key])) filter[key] = NO_FILTER[key];
    }
    if (!this.entries.some(({ row }) => row.integration === filter.name)) filter.name = '';
    this.typing = false;
    this.show(filter);
    if (filter.name !== '') this.table.open();
  }

  /**
   * @param {Partial<Filter>} changed
   * @param {boolean} [again] whether it goes on with what was changed last
   */
  change(changed, again = false) {
    const filter = { ...this.filter, ...changed };
    const address = hashOf(filter) || location.pathname + location.search;
    if (again) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.typing = false;
    this.show(filter);
  }

  /** @param {FilterKey | undefined} key none takes all of them away */
  remove(key) {
    this.change(key ? { [key]: '' } : { ...NO_FILTER, sort: this.filter.sort });
    const next = this.chips.querySelector('button') ?? this.search;
    next.focus();
  }

  /** @param {Filter} filter */
  show(filter) {
    this.filter = filter;
    if (this.search.value !== filter.q) this.search.value = filter.q;
    for (const select of this.selects) select.value = filter[/** @type {FilterKey} */ (select.id)];
    if (this.sorted.by !== filter.sort) this.sorted = { by: filter.sort, entries: inOrder(this.entries, filter.sort) };
    this.found = matching(this.sorted.entries, filter);
    this.table.show(this.found);
    const all = grouped(this.entries.length);
    this.count.textContent =
      this.found.length === this.entries.length
        ? `All ${all} integrations`
        : `${grouped(this.found.length)} of ${all} integrations`;
    showChips(this.chips, filter, (key) => this.remove(key));
    for (const head of this.heads) this.mark(head);
    if (this.waiting) return;
    this.waiting = true;
    // Once the rows are on the screen; of several in a row the last alone.
    requestAnimationFrame(() => setTimeout(() => this.rest()));
  }

  /** What stands below the rows. */
  rest() {
    this.waiting = false;
    this.map.show(this.found.map(({ row }) => row));
    const { q, client, can } = this.filter;
    const clients = new Set(this.found.map(({ row }) => row.client));
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const isAll = this.found.length === this.entries.length;
    for (const table of this.statics) {
      table.filter(({ dataset }, text) => {
        if (dataset.can === undefined) return isAll || clients.has(dataset.client ?? '');
        const isOfClient = client === '' || dataset.client === client;
        return (
          isOfClient && (can === '' || dataset.can.split(' ').includes(can)) && words.every((w) => text.includes(w))
        );
      });
    }
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

/** Links to places on the page lead there without taking the address, which keeps the filter; links to integrations to the list. */
function startPlaces() {
  const goTo = (/** @type {string} */ id) => {
    const place = byId(id, HTMLElement);
    place.scrollIntoView();
    place.focus({ preventScroll: true });
  };
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const href = link?.getAttribute('href') ?? '#';
    if (href.includes('=') && !link?.closest('#map-frame')) goTo('integrations');
    if (href.includes('=') || href === '#') return;
    event.preventDefault();
    goTo(href.slice(1));
  });
  if (location.hash.includes('=')) goTo('integrations');
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
startPrinting();
new Explorer(JSON.parse(byId('data', HTMLScriptElement).textContent));
startPlaces();
