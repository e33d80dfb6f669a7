import { type Html, html, joined } from '../html/html';
import { withThousands } from '../text/plural';

/** A section of the page, with a heading that a link can lead to. */
export function section(id: string, title: string, body: Html, lead?: Html): Html {
  return html`<section id="${id}" aria-label="${title}" tabindex="-1">
<h2>${title}</h2>
${lead && html`<p class="lead">${lead}</p>\n`}${body}
</section>`;
}

/** One cell: what it shows, and the number that it is sorted by where that is not its text. */
export interface Cell {
  readonly shown: Html;
  readonly number?: number;
}

/** A text as a cell; a dash where there is none. */
export function textCell(value: string | undefined): Cell {
  return { shown: html`${value || '–'}` };
}

/** A number as a cell. */
export function count(value: number): Cell {
  return { shown: html`${withThousands(value)}`, number: value };
}

/** Where a name leads to: the integrations that a filter lets through. */
export function link(key: string, value: string, shown: string = value): Cell {
  return { shown: html`<a href="#${key}=${encodeURIComponent(value)}">${shown}</a>` };
}

export interface TableOptions {
  /** What the table is of, for readers who cannot see where it stands. */
  readonly caption: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whose each row is, and what may be done: the headings then sort, and the filter of the integrations applies. */
  readonly of?: readonly { readonly client: string; readonly can?: readonly string[] }[];
}

/** A table in a frame that scrolls where it is too wide; the first cell of each row names it. */
export function table({ caption, headings, rows, of }: TableOptions): Html {
  const head = headings.map((heading) => html`<th scope="col">${heading}</th>`);
  const body = rows.map((cells, at) => {
    const { client, can } = of?.[at] ?? {};
    const whose = client && html` data-client="${client}"${can && html` data-can="${can.join(' ')}"`}`;
    return html`<tr${whose}>${cells.map(cell)}</tr>`;
  });
  return html`<div class="frame" role="region" aria-label="Table: ${caption}" tabindex="0"><table${of ? ' data-sorts' : ''}>
<caption class="hidden">${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${joined(body, '\n')}
</tbody>
</table></div>`;
}

function cell({ shown, number }: Cell, at: number): Html {
  const sorted = number === undefined ? undefined : html` class="number" data-number="${number}"`;
  return at === 0 ? html`<th scope="row"${sorted}>${shown}</th>` : html`<td${sorted}>${shown}</td>`;
}

/** From this share of a limit on, somebody should know. */
const NEAR = 0.8;

/** A bar as long as a share of a limit, of another colour where that is near; what it says stands beside it. */
export function limitBar(share: number): Html {
  const width = Math.min(100, Math.max(share > 0 ? 1 : 0, Math.round(share * 100)));
  const full = share >= NEAR ? html` class="near"` : undefined;
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect${full} width="${width}" height="8"/></svg>`;
}

/** How much of a limit is used, as a cell. */
export function use(used: number | undefined, most: number): Cell {
  if (used === undefined) return textCell(undefined);
  return {
    shown: html`<span>${withThousands(used)} <small>${percent(used / most)}</small></span>`,
    number: used,
  };
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A group of rows that folds, with how many it holds. */
export function group(title: string, many: number, body: Html): Html {
  return html`<details class="card"${many <= FEW ? ' open' : ''}><summary>${title} <span class="figure">${many}</span></summary>
${body}</details>`;
}

/** So many are shown without being asked for. */
const FEW = 5;
