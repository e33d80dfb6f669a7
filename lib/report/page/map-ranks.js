// The picture of many, or on a phone: every vendor and every client by how many integrations they have.

const FIRST_RANKS = 15;

/** @typedef {{ name: string, open: number, keys: number, shut: number }} Rank */

/**
 * @param {readonly Row[]} rows
 * @param {(key: 'vendor' | 'client') => boolean} isWhole whether all of them are shown
 * @param {(key: 'vendor' | 'client') => void} showAll
 */
function drawnAsRanks(rows, isWhole, showAll) {
  const lists = /** @type {const} */ (['vendor', 'client']).map((key) => {
    const ranks = ranksOf(rows, (row) => row[key]);
    const most = ranks[0] ? total(ranks[0]) : 1;
    const shown = ranks.slice(0, isWhole(key) ? ranks.length : FIRST_RANKS);
    const all = el('button', { type: 'button' }, `Show all ${grouped(ranks.length)} ${key}s`);
    all.addEventListener('click', () => showAll(key));
    return el(
      'div',
      {},
      el('h3', {}, `${grouped(ranks.length)} ${key}${ranks.length === 1 ? '' : 's'}`),
      el('ol', { 'data-of': key }, ...shown.map((rank) => el('li', {}, rankLink(key, rank, most)))),
      shown.length < ranks.length && all,
    );
  });
  return el('div', { class: 'ranks' }, ...lists);
}

/** @param {Rank} rank */
function total({ open, keys, shut }) {
  return open + keys + shut;
}

/**
 * @param {readonly Row[]} rows
 * @param {(row: Row) => string} by
 */
function ranksOf(rows, by) {
  /** @type {Map<string, Rank>} */
  const ranks = new Map();
  for (const row of rows) {
    const name = by(row);
    const rank = ranks.get(name) ?? { name, open: 0, keys: 0, shut: 0 };
    ranks.set(name, rank);
    rank[row.state !== 'active' ? 'shut' : row.kind === 'access-key' ? 'keys' : 'open'] += 1;
  }
  return [...ranks.values()].sort((a, b) => total(b) - total(a) || (a.name < b.name ? -1 : 1));
}

/**
 * @param {'vendor' | 'client'} key
 * @param {Rank} rank
 * @param {number} most
 */
function rankLink(key, rank, most) {
  const bar = svg('svg', { class: 'rank', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  let x = 0;
  for (const part of /** @type {const} */ (['open', 'keys', 'shut'])) {
    const width = (rank[part] / most) * 100;
    if (width > 0) bar.append(svg('rect', { class: part, x, width, height: 8 }));
    x += width;
  }
  const { name, keys, shut } = rank;
  const notes = [keys > 0 && counted(keys, 'key'), shut > 0 && `${grouped(shut)} not active`].filter(Boolean);
  return el(
    'a',
    { href: chosen(key, name) },
    el('span', { class: 'name' }, name),
    bar,
    el('b', {}, ` ${grouped(total(rank))} `),
    el('small', {}, notes.join(', ')),
  );
}
