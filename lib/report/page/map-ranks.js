// The picture of many, or on a phone: every vendor and every client by how many integrations they have.

const FIRST_RANKS = 15;

/** How a bar looks, and what that means. @type {(row: Row) => [look: 'open' | 'keys' | 'shut', text: string]} */
function lookOfBar({ kind, state }) {
  if (state !== 'active') return ['shut', 'not active'];
  return kind === 'access-key' ? ['keys', 'long-lived access key'] : ['open', 'active'];
}

/** @param {readonly Row[]} rows */
function drawnAsRanks(rows) {
  const lists = /** @type {const} */ (['vendor', 'client']).map((key) => {
    /** @type {Map<string, Rank>} */
    const ranks = new Map();
    for (const row of rows) {
      const rank = ranks.get(row[key]) ?? { name: row[key], all: 0, open: 0, keys: 0, shut: 0 };
      ranks.set(rank.name, rank);
      rank.all += 1;
      rank[lookOfBar(row)[0]] += 1;
    }
    const sorted = [...ranks.values()].sort((a, b) => b.all - a.all || (a.name < b.name ? -1 : 1));
    const items = (/** @type {Rank[]} */ some) =>
      some.map((rank) => el('li', {}, rankLink(key, rank, sorted[0]?.all ?? 1)));
    const list = el('ol', { 'data-of': key }, ...items(sorted.slice(0, FIRST_RANKS)));
    const many = counted(sorted.length, key);
    const rest = button(
      () => {
        rest.remove();
        list.append(...items(sorted.slice(FIRST_RANKS)));
      },
      {},
      `Show all ${many}`,
    );
    return el('div', {}, el('h3', {}, many), list, sorted.length > FIRST_RANKS && rest);
  });
  return el('div', { class: 'ranks' }, ...lists);
}

/** @typedef {{ name: string, all: number, open: number, keys: number, shut: number }} Rank */

/** @type {(key: 'vendor' | 'client', rank: Rank, most: number) => Element} */
function rankLink(key, rank, most) {
  const { name, all, keys, shut } = rank;
  let x = 0;
  const parts = /** @type {const} */ (['open', 'keys', 'shut']).map((look) => {
    const part = svg('rect', { class: look, x, width: (rank[look] / most) * 100, height: 8 });
    x += (rank[look] / most) * 100;
    return part;
  });
  const attributes = { class: 'rank', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  const notes = [keys > 0 && counted(keys, 'key'), shut > 0 && `${grouped(shut)} not active`].filter(Boolean);
  return el(
    'a',
    { href: chosen(key, name) },
    el('span', { class: 'name' }, name),
    svg('svg', attributes, ...parts),
    el('b', {}, ` ${grouped(all)} `),
    el('small', {}, notes.join(', ')),
  );
}
