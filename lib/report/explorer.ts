import { type Html, html, joined } from '../html/html';
import { Capability } from '../rules/confinement';
import { GRAVITIES, RISKS } from '../rules/risk';
import { KINDS } from '../rules/vocabulary';
import { PERIODS } from './due';
import { VERDICTS } from './observed';
import { section } from './parts';
import type { Report } from './report';
import { type Row, STATES } from './row';

type Option = readonly [value: string, label: string];

/** Columns of the table of integrations; with a value where they sort. */
function columns({ account, usage }: Report): Option[] {
  return [
    ['name', 'Integration'],
    ['', 'Who'],
    ['', 'May'],
    ['where', 'Where'],
    ['risk', 'Risk'],
    ['date', 'Next date'],
    ...(account || usage ? [['used', 'Last used'] as const] : []),
  ];
}

/** The integrations: search and filter, the table of them, and the picture. */
export function explorer(report: Report): Html {
  const { integrations } = report;
  const body = html`${filters(report)}
<div class="card js-only">
<h3 id="list" class="hidden" tabindex="-1">List</h3>
<table id="table" role="table" aria-labelledby="list">
<thead role="rowgroup"><tr role="row">${columns(report).map(column)}</tr></thead>
<tbody id="rows" role="rowgroup"></tbody>
</table>
<div id="more"></div>
</div>
<noscript>
<p>Search, filters and the picture need JavaScript, which this page includes.</p>
${plainTable(integrations)}
</noscript>`;
  return section('integrations', 'Who can reach what', body);
}

/** The picture, which the script draws. */
export function picture(): Html {
  const body = html`<div class="card"><p id="map-says"></p>
<div id="map-frame" class="frame" role="region" aria-label="Access map" tabindex="0"></div>
<ul id="legend" class="legend" aria-label="What lines and bars mean"></ul></div>`;
  return html`<div class="js-only">${section('map', 'Picture', body)}</div>`;
}

function filters(report: Report): Html {
  const { integrations, account, usage } = report;
  const values = (of: (row: Row) => string) => same([...new Set(integrations.map(of))].sort());
  const sorts = columns(report).filter(([value]) => value !== '');
  return html`<form class="filters js-only" role="search" aria-label="Integrations">
<div class="search"><label for="q">Search</label><input id="q" type="search" placeholder="name, who, may, owner, bucket, ARN …" autocomplete="off" spellcheck="false" aria-describedby="count"></div>
<details id="choices" class="choices" open><summary>Filters</summary><div>
${select(
  'client',
  'Client',
  values(({ client }) => client),
)}
${select(
  'vendor',
  'Vendor',
  values(({ vendor }) => vendor),
)}
${select('can', 'May', same(Object.values(Capability)))}
${select('kind', 'Kind', same(KINDS))}
${select('state', 'State', same(STATES))}
${select('risk', 'Risk', same([...GRAVITIES, ...RISKS, 'accepted', 'none']))}
${select('due', 'Dates', [...Object.entries(PERIODS).map(([value, [, title]]): Option => [value, title]), ['none', 'no date']])}
${account && select('aws', 'In AWS', Object.entries(VERDICTS))}
${
  account &&
  select('keys', 'Keys', [
    ['90', 'older than 90 days'],
    ['365', 'older than a year'],
  ])
}
${
  (account || usage) &&
  select('used', 'Last used', [
    ['-1', 'never seen'],
    ['30', 'over 30 days ago'],
    ['90', 'over 90 days ago'],
    ['365', 'over a year ago'],
  ])
}
<div class="choice narrow"><label for="sort">Sort by</label><select id="sort">${sorts.flatMap(([value, label]) => [option([value, label]), option([`-${value}`, `${label}, backwards`])])}</select></div>
</div></details>
<p class="found"><output id="count" role="status"></output> <span id="chips"></span> <button type="button" id="csv">Save as CSV</button></p>
</form>`;
}

function same(each: readonly string[]): Option[] {
  return each.map((value) => [value, value]);
}

function select(id: string, label: string, options: readonly Option[]): Html {
  return html`<div class="choice"><label for="${id}">${label}</label><select id="${id}"><option value="">any</option>${options.map(option)}</select></div>`;
}

function option([value, label]: Option): Html {
  return value === label ? html`<option>${label}</option>` : html`<option value="${value}">${label}</option>`;
}

function column([value, label]: Option): Html {
  const shown = value === '' ? label : html`<button type="button" value="${value}">${label}</button>`;
  return html`<th scope="col" role="columnheader">${shown}</th>`;
}

/** For browsers that run no script; thousands of rows do without the end tags that HTML does not need. */
function plainTable(integrations: readonly Row[]): Html {
  const rows = integrations.map(({ integration, who, state, can, bucket, prefix, gravity, days, owner }) => {
    const dates = days.map(({ what, on }) => `${what} ${on}`).join(', ');
    const cells = [who.join(', '), state, can.join(' '), `s3://${bucket}/${prefix}`, gravity, dates, owner];
    return html`<tr><th>${integration}${cells.map((text) => html`<td>${text}`)}`;
  });
  const headings = ['Integration', 'Who', 'State', 'May', 'Where', 'Risk', 'Dates', 'Owner'];
  return html`<table><caption>All integrations</caption><thead><tr>${headings.map((each) => html`<th>${each}</th>`)}</tr></thead><tbody>${joined(rows, '\n')}</tbody></table>`;
}
