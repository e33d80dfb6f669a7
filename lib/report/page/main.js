// Joins the parts: what is chosen, what is shown, and the address that keeps it.

/** What stands below the rows is drawn when nobody has typed for so long. */
const PAUSE_MS = 120;

class Explorer {
  /** @param {Parameters<typeof entriesOf>[0]} data */
  constructor(data) {
    this.entries = entriesOf(data);
    this.search = byId('q', HTMLInputElement);
    // Some are there only where an account or logs were looked at.
    this.selects = /** @type {HTMLSelectElement[]} */ ([...document.querySelectorAll('.choice select')]);
    this.heads = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('#table thead button')]);
    this.count = byId('count', HTMLElement);
    this.chips = byId('chips', HTMLElement);
    this.table = new IntegrationTable();
    const tables = /** @type {HTMLTableElement[]} */ ([...document.querySelectorAll('table[data-sorts]')]);
    this.statics = tables.map((table) => new StaticTable(table));
    this.map = new AccessMap();
    this.filter = { ...NO_FILTER };
    this.sorted = { by: '', entries: this.entries };
    /** @type {Entry[]} */
    this.found = [];
    this.typing = false;
    this.timer = 0;
    this.listen();
    this.follow();
    this.rest();
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
    for (const head of this.heads) {
      head.addEventListener('click', () => {
        this.change({ sort: this.filter.sort === head.value ? `-${head.value}` : head.value });
      });
    }
    byId('csv', HTMLButtonElement).addEventListener('click', () => saveCsv(this.found.map(({ row }) => row)));
    addEventListener('popstate', () => this.follow());
    addEventListener('beforeprint', () => {
      this.rest();
      this.table.append(this.found.length);
      for (const table of this.statics) table.show(table.kept.length);
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    document.addEventListener('keydown', (event) => {
      const typing = event.target instanceof Element && event.target.closest('input, select, textarea');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.search.focus();
    });
    // Where they would fill the screen, the filters are closed until somebody wants them.
    const narrow = matchMedia('(max-width: 48rem)');
    const fold = () => {
      byId('choices', HTMLDetailsElement).open = !narrow.matches;
    };
    narrow.addEventListener('change', fold);
    fold();
  }

  /** Takes the filter from the address, and leads to what it asks for; one that only names a place changes nothing. */
  follow() {
    const { hash } = location;
    if (hash !== '' && !hash.includes('=')) return;
    const filter = filterFrom(hash);
    const isShown = (/** @type {FilterKey} */ key) => {
      if (key === 'q') return true;
      if (key === 'name') return this.entries.some(({ row }) => row.integration === filter.name);
      return this.selects.some(
        ({ id, options }) => id === key && [...options].some(({ value }) => value === filter[key]),
      );
    };
    // What no control can show must not filter unseen.
    for (const key of FILTER_KEYS) if (!isShown(key)) filter[key] = NO_FILTER[key];
    this.show(filter);
    if (filter.name !== '') this.table.open();
  }

  /** Again: whether it goes on with what was changed last. @type {(changed: Partial<Filter>, again?: boolean) => void} */
  change(changed, again = false) {
    const filter = { ...this.filter, ...changed };
    const address = hashOf(filter) || location.pathname + location.search;
    history[again ? 'replaceState' : 'pushState'](null, '', address);
    this.show(filter);
  }

  /** @param {FilterKey} [key] none takes all of them away */
  remove(key) {
    this.change(key ? { [key]: '' } : { ...NO_FILTER, sort: this.filter.sort });
    (this.chips.querySelector('button') ?? this.search).focus();
  }

  /** @param {Filter} filter */
  show(filter) {
    const { entries, sorted, search } = this;
    this.filter = filter;
    this.typing = false;
    if (search.value !== filter.q) search.value = filter.q;
    for (const select of this.selects) select.value = filter[/** @type {FilterKey} */ (select.id)];
    if (sorted.by !== filter.sort) this.sorted = { by: filter.sort, entries: inOrder(entries, filter.sort) };
    this.found = matching(this.sorted.entries, filter);
    this.table.show(this.found);
    const all = `${grouped(entries.length)} integrations`;
    const isAll = this.found.length === entries.length;
    this.count.textContent = isAll ? `All ${all}` : `${grouped(this.found.length)} of ${all}`;
    showChips(this.chips, filter, (key) => this.remove(key));
    for (const { value, parentElement } of this.heads) {
      const order = filter.sort === value ? 'ascending' : filter.sort === `-${value}` ? 'descending' : null;
      if (parentElement) parentElement.ariaSort = order;
    }
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.rest(), PAUSE_MS);
  }

  /** What stands below the rows. */
  rest() {
    clearTimeout(this.timer);
    this.map.show(this.found.map(({ row }) => row));
    const { client, can } = this.filter;
    const words = wordsOf(this.filter);
    const clients = new Set(this.found.map(({ row }) => row.client));
    const isAll = this.found.length === this.entries.length;
    for (const table of this.statics) {
      table.filter(({ dataset }, text) => {
        if (dataset.can === undefined) return isAll || clients.has(dataset.client ?? '');
        const isChosen = ['', dataset.client].includes(client) && ['', ...dataset.can.split(' ')].includes(can);
        return isChosen && words.every((word) => text.includes(word));
      });
    }
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

document.documentElement.classList.add('js');
new Explorer(JSON.parse(byId('data', HTMLScriptElement).textContent));
startPlaces();
