import { type Html, html, joined } from '../html/html';
import { counted } from '../text/plural';
import { type Due, periods } from './due';
import { link, section, table, textCell } from './parts';
import type { Report } from './report';

/** What ends, and what is due for review. */
export function dates({ dates: due, today }: Report): Html {
  const lead = html`As of ${today}. Access ends at the first instant of its day, UTC.`;
  if (due.length === 0) return section('dates', 'Dates', html`<p>No integration has a date.</p>`, lead);
  const groups = periods(due).map(({ title, urgent, due: own }, at) =>
    group(title, own.length, table({ caption: title, headings: HEADINGS, rows: own.map(dueRow) }), urgent || at === 0),
  );
  return section('dates', 'Dates', joined(groups, '\n'), lead);
}

const HEADINGS = ['Day', 'When', 'What', 'Integration', 'Owner'];

function dueRow({ on, days, what, integration, owner }: Due) {
  return [
    { shown: html`<time datetime="${on}">${on}</time>` },
    textCell(inDays(days)),
    textCell(what),
    link('q', integration),
    textCell(owner),
  ];
}

/** From here on nobody counts days. */
const MOST_DAYS = 999;

function inDays(days: number): string {
  if (days === 0) return 'today';
  const far = Math.abs(days);
  const count = far > MOST_DAYS ? counted(Math.round(far / 365.25), 'year') : counted(far, 'day');
  return days < 0 ? `${count} ago` : `in ${count}`;
}

/** What `check` warns of, by what it is. */
export function problems({ problems: all }: Report): Html {
  const lead = html`What <code>bucket-integrations check</code> says, with the fix.`;
  if (all.length === 0) return section('problems', 'Warnings', html`<p>None.</p>`, lead);
  const codes = [...new Set(all.map(({ code }) => code))].sort();
  const groups = codes.map((code) => {
    const own = all.filter((problem) => problem.code === code);
    const rows = own.map(({ file, line, column, message, fix }) => [
      { shown: html`<code>${file}:${line}:${column}</code>` },
      textCell(message),
      textCell(fix),
    ]);
    return group(
      code,
      own.length,
      table({ caption: code, headings: ['Where', 'What', 'What to do'], rows }),
      own.length <= FEW,
    );
  });
  return section('problems', 'Warnings', joined(groups, '\n'), lead);
}

const FEW = 5;

function group(title: string, many: number, body: Html, open: boolean): Html {
  return html`<details class="card"${open ? ' open' : ''}><summary>${title} <span class="figure">${many}</span></summary>
${body}</details>`;
}
