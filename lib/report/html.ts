import { Html, html, joined } from '../html/html';
import { htmlPage } from '../html/page';
import { counted } from '../text/plural';
import { dates, problems } from './attention';
import { explorer } from './explorer';
import { clients, limits } from './holdings';
import { overview } from './overview';
import type { Report } from './report';

/** The files in `page/` that the page is made of, in order. */
export const PAGE_FILES = {
  style: ['tokens.css', 'layout.css', 'table.css', 'map.css', 'print.css'],
  script: [
    'dom.js',
    'filter.js',
    'table.js',
    'map.js',
    'map-detail.js',
    'map-overview.js',
    'sorting.js',
    'theme.js',
    'main.js',
  ],
} as const;

/** The texts of those files, joined. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/** The report as one page that needs nothing else. The same report gives the same bytes. */
export function reportHtml(report: Report, { style, script }: PageAssets): string {
  const { today, integrations } = report;
  const said = `${counted(report.clients.length, 'client')}, ${counted(integrations.length, 'integration')}, as of ${today}`;
  const body = html`${ICONS}
<a class="skip" href="#integrations">Skip to the integrations</a>
<header class="top"><div>
<div><h1>Access report</h1><p>${said}</p></div>
${THEME}
</div></header>
<nav class="places" aria-label="Sections"><ul>${PLACES.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${joined(
  [overview, dates, explorer, clients, limits, problems].map((part) => part(report)),
  '\n',
)}
</main>
<footer><p>Computed from the definitions, not from what is deployed. It holds no secret.</p></footer>
<script type="application/json" id="data">${json({ today, integrations })}</script>`;
  // A block keeps the script's names to itself, and lets no two of them be the same.
  return htmlPage({ title: `Access report, ${today}`, style, script: `'use strict';\n{\n${script}}\n`, body });
}

const PLACES = [
  ['overview', 'Overview'],
  ['dates', 'Dates'],
  ['integrations', 'Integrations'],
  ['clients', 'Clients'],
  ['limits', 'Headroom'],
  ['problems', 'Warnings'],
] as const;

const THEME = html`<fieldset id="theme" class="theme js-only"><legend class="hidden">Colours</legend>${['auto', 'light', 'dark'].map((theme) => html`<label><input type="radio" name="theme" value="${theme}"> <span>${theme}</span></label>`)}</fieldset>`;

const ICONS = html`<svg class="hidden" aria-hidden="true"><defs>
<symbol id="icon-key" viewBox="0 0 16 16"><circle cx="5" cy="8" r="3.2"/><path d="M8.2 8H15M12 8v3M14.2 8v2"/></symbol>
<symbol id="icon-chevron" viewBox="0 0 16 16"><path d="M6 3.5 10.5 8 6 12.5"/></symbol>
</defs></svg>`;

/** JSON as a script element can hold it: nothing in it ends the element or begins a comment. */
function json(value: unknown): Html {
  return Html.trusted(JSON.stringify(value).replaceAll('<', '\\u003c'));
}
