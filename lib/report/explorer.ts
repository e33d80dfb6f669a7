import { type Html, html, joined } from '../html/html';
import { Capability } from '../rules/confinement';
import { GRAVITIES, RISKS } from '../rules/risk';
import { KINDS } from '../rules/vocabulary';
import { PERIODS } from './due';
import { VERDICTS } from './observed';
import { section } from './parts';
import type { Report } from './report';
import { type Row, STATES } from './row';

/** A value of a filter, with what it is called where that differs. */
type Option = string | readonly [value: string, label: string];

/** Columns of the table of integrations; with a value where they sort. */
function columns({ account, usage }: Report): [value: string, label: string][] {
  return [
    ['name', 'Integration'],
    ['', 'Who'],
    ['', 'May'],
    ['where', 'Where'],
    ['risk', 'Risk'],
    ['date', 'Next date'],
    ...(account || usage ? [['used', 'Last used'] as [string, string]] : []),
  ];
}

/** The integrations: search and filter, and the table of them. */
export function explorer(report: Report): Html {
  const heads = columns(report).map(([value, label]) => {
    const shown = value === '' ? label : html`<button type="button" value="${value}">${label}</button>`;
    return html`<th scope="col" role="columnheader">${shown}</th>`;
  });
  const body = html`${filters(report)}
<div class="card js-only">
<h3 id="list" class="hidden" tabindex="-1">List</h3>
<table id="table" role="table" aria-labelledby="list">
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody id="rows" role="rowgroup"></tbody>
</table>
<div id="more" class="more"></div>
</div>
<noscript>
<p>Search, filters and the picture need JavaScript, which this page includes.</p>
${plainTable(report.integrations)}
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
  const values = (of: (row: Row) => string) => [...new Set(integrations.map(of))].sort();
  const periods = Object.entries(PERIODS).map(([value, [, title]]): Option => [value, title]);
  const ages = (said: (age: string) => string, days: readonly number[]) =>
    days.map((each): Option => [`${each}`, said(each === 365 ? 'a year' : `${each} days`)]);
  const choices: [id: string, label: string, options: readonly Option[]][] = [
    ['client', 'Client', values(({ client }) => client)],
    ['vendor', 'Vendor', values(({ vendor }) => vendor)],
    ['can', 'May', Object.values(Capability)],
    ['kind', 'Kind', KINDS],
    ['state', 'State', STATES],
    ['risk', 'Risk', [...GRAVITIES, ...RISKS, 'accepted', 'none']],
    ['due', 'Dates', [...periods, ['none', 'no date']]],
  ];
  if (account) {
    choices.push(['aws', 'In AWS', Object.entries(VERDICTS)]);
    choices.push(['keys', 'Keys', ages((age) => `older than ${age}`, [90, 365])]);
  }
  if (account || usage) {
    choices.push(['used', 'Last used', [['-1', 'never seen'], ...ages((age) => `over ${age} ago`, [30, 90, 365])]]);
  }
  const sorts = columns(report).filter(([value]) => value !== '');
  const orders = sorts.flatMap(([value, label]): Option[] => [
    [value, label],
    [`-${value}`, `${label}, backwards`],
  ]);
  return html`<form class="filters js-only" role="search" aria-label="Integrations">
<div class="search"><label for="q">Search</label><input id="q" type="search" placeholder="name, who, may, owner, bucket, ARN …" autocomplete="off" spellcheck="false" aria-describedby="count"></div>
<details id="choices" class="choices" open><summary>Filters</summary><div>
${choices.map(([id, label, options]) => html`<div class="choice"><label for="${id}">${label}</label><select id="${id}"><option value="">any</option>${options.map(option)}</select></div>\n`)}<div class="choice narrow"><label for="sort">Sort by</label><select id="sort">${orders.map(option)}</select></div>
</div></details>
<p class="found"><output id="count" role="status"></output> <span id="chips"></span> <button type="button" id="csv">Save as CSV</button></p>
</form>`;
}

function option(given: Option): Html {
  if (typeof given === 'string') return html`<option>${given}</option>`;
  return html`<option value="${given[0]}">${given[1]}</option>`;
}

/** For browsers that run no script; thousands of rows do without the end tags that HTML does not need. */
function plainTable(integrations: readonly Row[]): Html {
  const rows = integrations.map(({ integration, who, state, can, bucket, prefix, gravity, days, owner }) => {
    const dates = days.map(({ what, on }) => `${what} ${on}`).join(', ');
    const cells = [who.join(', '), state, can.join(' '), `s3://${bucket}/${prefix}`, gravity, dates, owner];
    return html`<tr><th>${integration}${cells.map((text) => html`<td>${text}`)}`;
  });
  const headings = ['Integration', 'Who', 'State', 'May', 'Where', 'Risk', 'Dates', 'Owner'];
  return html`<table><caption>All integrations</caption><thead><tr>${headings.map((each) => html`<th>${each}`)}</thead><tbody>${joined(rows, '\n')}</table>`;
}
