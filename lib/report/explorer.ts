import { type Html, html } from '../html/html';
import { Capability } from '../rules/confinement';
import { KINDS } from '../rules/vocabulary';
import { section, table, textCell } from './parts';
import type { Report } from './report';
import { type Row, STATES } from './row';

type Option = readonly [value: string, label: string];

const DUE: readonly Option[] = [
  ['past', 'past'],
  ['30', 'past or within 30 days'],
  ['90', 'past or within 90 days'],
  ['none', 'no date'],
];

/** Columns of the table of integrations; with a value where they sort. */
const COLUMNS: readonly Option[] = [
  ['integration', 'Integration'],
  ['kind', 'Kind'],
  ['state', 'State'],
  ['', 'May'],
  ['where', 'Where'],
  ['date', 'Next date'],
];

/** The integrations: search and filter, the access map, and the table of them. */
export function explorer(report: Report): Html {
  const { integrations } = report;
  const body = html`${filters(integrations)}
<div class="card map-card js-only">
<h3 id="map" tabindex="-1">Access map</h3>
<p id="map-says"></p>
<p id="map-choice" hidden><button type="button" id="map-all" aria-pressed="false">Draw each one</button></p>
<p><a class="skip" href="#list">Skip the map</a></p>
<div id="map-frame" class="frame" role="region" aria-label="Access map" tabindex="0"></div>
${LEGEND}
<details id="map-details"><summary>The map as a table</summary><div id="map-table" class="frame" role="region" aria-label="The map as a table" tabindex="0"></div></details>
</div>
<div class="card js-only">
<h3 id="list" tabindex="-1">List</h3>
<table id="table" role="table" aria-labelledby="list">
<thead role="rowgroup"><tr role="row">${COLUMNS.map(column)}</tr></thead>
<tbody id="rows" role="rowgroup"></tbody>
</table>
<div id="more"></div>
</div>
<noscript>
<p>Search, filters and the access map need JavaScript, which this page includes.</p>
${plainTable(integrations)}
</noscript>`;
  return section('integrations', 'Integrations', body);
}

function filters(integrations: readonly Row[]): Html {
  const values = (of: (row: Row) => string): Option[] =>
    [...new Set(integrations.map(of))].sort().map((value) => [value, value]);
  const same = (each: readonly string[]): Option[] => each.map((value) => [value, value]);
  const sorts = COLUMNS.filter(([value]) => value !== '').flatMap(([value, label]): Option[] => [
    [value, label],
    [`-${value}`, `${label}, backwards`],
  ]);
  return html`<form class="filters js-only" role="search" aria-label="Integrations">
<div class="search"><label for="q">Search</label><input id="q" type="search" placeholder="name, owner, bucket, ARN …" autocomplete="off" spellcheck="false" aria-describedby="count"></div>
<details id="choices" class="choices" open><summary>Filters</summary><div>
${select('kind', 'Kind', same(KINDS))}
${select('state', 'State', same(STATES))}
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
${select('due', 'Dates', DUE)}
<div class="choice narrow"><label for="sort">Sort by</label><select id="sort">${sorts.map(option)}</select></div>
</div></details>
<p class="found"><output id="count" role="status"></output> <button type="button" id="clear" hidden>Clear filters</button></p>
</form>`;
}

function select(id: string, label: string, options: readonly Option[]): Html {
  return html`<div class="choice"><label for="${id}">${label}</label><select id="${id}"><option value="">any</option>${options.map(option)}</select></div>`;
}

function option([value, label]: Option): Html {
  return html`<option value="${value}">${label}</option>`;
}

function column([value, label]: Option): Html {
  const shown = value === '' ? label : html`<button type="button" value="${value}">${label}</button>`;
  return html`<th scope="col" role="columnheader">${shown}</th>`;
}

const LEGEND = html`<ul id="legend" class="legend" aria-label="What the lines of the map mean">
<li class="single">${sample('line active')} active</li>
<li class="single">${sample('line active key')} <svg class="icon" aria-hidden="true"><use href="#icon-key"/></svg> long-lived access key</li>
<li class="single">${sample('line pending')} pending</li>
<li class="single">${sample('line suspended')} suspended</li>
<li class="single">${sample('line expired')} expired</li>
<li class="summed">${sample('band open', 'M0 1h40v10H0z')} active</li>
<li class="summed">${sample('band open key', 'M0 1h40v10H0z')} <svg class="icon" aria-hidden="true"><use href="#icon-key"/></svg> long-lived access keys</li>
<li class="summed">${sample('band shut', 'M0 1h40v10H0z')} not active: pending, suspended or expired</li>
</ul>`;

function sample(classes: string, d = 'M0 6h40'): Html {
  return html`<svg class="sample" viewBox="0 0 40 12" aria-hidden="true"><path class="${classes}" d="${d}"/></svg>`;
}

/** For browsers that run no script. */
function plainTable(integrations: readonly Row[]): Html {
  const rows = integrations.map(({ integration, kind, state, can, bucket, prefix, expires, reviewBy }) =>
    [integration, kind, state, can.join(' '), `s3://${bucket}/${prefix}`, expires, reviewBy].map(textCell),
  );
  const headings = ['Integration', 'Kind', 'State', 'May', 'Where', 'Access ends', 'Key review'];
  return table({ caption: 'All integrations', headings, rows });
}
