import { Html, html, joined } from '../html/html';
import { htmlPage } from '../html/page';
import { withThousands } from '../text/plural';
import { explorer, picture } from './explorer';
import { clients, internal, limits, problems } from './holdings';
import { now } from './now';
import { seenFacts } from './observed';
import type { Report } from './report';
import type { Row } from './row';

/** The files in `page/` that the page is made of, in order. */
export const PAGE_FILES = {
  style: ['tokens.css', 'layout.css', 'table.css', 'map.css', 'print.css'],
  script: [
    'dom.js',
    'filter.js',
    'chips.js',
    'table.js',
    'static-table.js',
    'map.js',
    'map-detail.js',
    'map-ranks.js',
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
  const { today, integrations, company } = report;
  const body = html`${ICONS}
<a class="skip" href="#integrations">Skip to the integrations</a>
<header class="top"><div><h1>Access report</h1><p>${company && `${company.name}, `}as of ${today} · ${sourceText(report)}</p></div></header>
<nav class="places" aria-label="Sections"><ul>${PLACES.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${joined(
  [now, explorer, internal, picture, clients, limits, problems].map((part) => part(report)),
  '\n',
)}
</main>
<footer><p>This page holds no secret, no external ID and no session name.</p></footer>
<script type="application/json" id="data">${json({ many: integrations.length, columns: packed(integrations.map(pageRow)) })}</script>`;
  // A block keeps the script's names to itself, and lets no two of them be the same.
  return htmlPage({ title: `Access report, ${today}`, style, script: `'use strict';\n{\n${script}}\n`, body });
}

const PLACES = [
  ['now', 'What to do'],
  ['integrations', 'Who can reach what'],
  ['internal', 'Internal access'],
  ['map', 'Picture'],
  ['clients', 'Clients'],
  ['limits', 'Headroom'],
  ['problems', 'Warnings'],
] as const;

/** Of what the report is, and with what it was compared. */
function sourceText({ source, account, usage, integrations }: Report): Html {
  const commit = source?.commit
    ? html`commit <code>${source.commit.slice(0, 7)}</code>${source.changed ? ' and what is not committed' : ''}`
    : html`no commit`;
  const of = source && html`<code>${source.folder}</code>, ${commit} · `;
  const many = (verdict: string) =>
    withThousands(integrations.filter(({ deployed }) => deployed?.verdict === verdict).length);
  const compared = account
    ? `compared with account ${account.accounts.join(', ')} as of ${account.collectedAt.slice(0, 10)}: ${many('same')} as defined, ${many('differs')} not, ${many('unknown')} not judged`
    : 'not compared with AWS (--snapshot)';
  const days = usage && [usage.from, usage.to].map((instant) => instant?.slice(0, 10) ?? '?').join(' to ');
  return html`${of}${compared} · ${days ? `use in logs of ${days}` : 'use not known (--usage)'}`;
}

const ICONS = html`<svg class="hidden" aria-hidden="true"><defs>
<symbol id="icon-key" viewBox="0 0 16 16"><circle cx="5" cy="8" r="3.2"/><path d="M8.2 8H15M12 8v3M14.2 8v2"/></symbol>
<symbol id="icon-chevron" viewBox="0 0 16 16"><path d="M6 3.5 10.5 8 6 12.5"/></symbol>
</defs></svg>`;

/** JSON as a script element can hold it: nothing in it ends the element or begins a comment. */
function json(value: unknown): Html {
  return Html.trusted(JSON.stringify(value).replaceAll('<', '\\u003c'));
}

/** What the page's script knows of an integration. */
export type PageRow = ReturnType<typeof pageRow>;

function pageRow(row: Row) {
  const { expires: _, reviewBy: __, authorityEnds: ___, deployed, used, risks, ...rest } = row;
  return {
    ...rest,
    risks: risks.map(({ fix: _, ...risk }) => risk),
    aws: deployed?.verdict,
    seen: seenFacts({ deployed, used }),
  };
}

type Column = readonly [values: readonly unknown[], at?: readonly number[]];

/** Rows by columns, each different value once: thousands of them say much the same. */
function packed(rows: readonly PageRow[]): Readonly<Record<string, Column>> {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))] as (keyof PageRow)[];
  const columns = keys.map((key): [string, Column] => {
    const known = new Map<string, number>();
    const values: unknown[] = [];
    const at = rows.map((row) => {
      const text = JSON.stringify(row[key] ?? null);
      const number = known.get(text) ?? values.push(row[key] ?? null) - 1;
      known.set(text, number);
      return number;
    });
    return [key, values.length === rows.length ? [values] : [values, at]];
  });
  return Object.fromEntries(columns);
}
