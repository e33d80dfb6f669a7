import { type Html, html, joined } from '../html/html';
import { withThousands } from '../text/plural';

/** A section of the page, with a heading that a link can lead to. */
export function section(id: string, title: string, body: Html, lead?: Html): Html {
  return html`<section id="${id}" aria-label="${title}" tabindex="-1">
<h2>${title}</h2>
${lead && html`<p class="lead">${lead}</p>\n`}${body}
</section>`;
}

/** Where a name leads to: a place on the page, or the integrations that a filter lets through. */
export function link(address: string, shown: string): Html {
  return html`<a href="#${address}">${shown}</a>`;
}

/** What a cell shows, a dash where that is nothing; with the number that it is sorted by, where it has one. */
export type Cell = Html | string | undefined | Counted;

interface Counted {
  readonly shown: Html;
  readonly number: number;
}

export function count(number: number): Counted {
  return { shown: figure(number), number };
}

/** A number as it is read. */
export function figure(number: number): Html {
  return html`<span class="figure">${withThousands(number)}</span>`;
}

/** How much of a limit is used, as a cell. */
export function use(used: number | undefined, most: number): Cell {
  return used === undefined
    ? used
    : { shown: html`${figure(used)} <small>${percent(used / most)}</small>`, number: used };
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/**
 * A table in a frame that scrolls where it is too wide; the first cell of each row names it.
 *
 * @param caption what it is of, for anyone who cannot see where it stands
 * @param of whose each row is, and what may be done: the headings then sort, and the filter of the integrations applies
 */
export function table(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  of?: readonly { readonly client: string; readonly can?: readonly string[] }[],
): Html {
  const body = rows.map((cells, at) => {
    const { client, can } = of?.[at] ?? {};
    const whose = client && html` data-client="${client}"${can && html` data-can="${can.join(' ')}"`}`;
    return html`<tr${whose}>${cells.map(cell)}</tr>`;
  });
  return html`<div class="frame" role="region" aria-label="Table: ${caption}" tabindex="0"><table${of && ' data-sorts'}>
<caption class="hidden">${caption}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>
${joined(body, '\n')}
</tbody>
</table></div>`;
}

function cell(given: Cell, at: number): Html {
  const { shown, number } = typeof given === 'object' && 'number' in given ? given : { shown: given || '–' };
  const sorted = number === undefined ? undefined : html` data-number="${number}"`;
  return at === 0 ? html`<th scope="row"${sorted}>${shown}</th>` : html`<td${sorted}>${shown}</td>`;
}

/** So many rows of a group are shown before anybody opens it. */
const FEW = 5;

/** A table that folds, with how many rows it has. */
export function group(title: string, headings: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  return html`<details class="card"${rows.length <= FEW ? ' open' : ''}><summary>${title} ${figure(rows.length)}</summary>
${table(title, headings, rows)}</details>`;
}
