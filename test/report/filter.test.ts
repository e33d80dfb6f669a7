import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Row } from '../../lib/report/row';

interface Entry {
  readonly row: Row;
}
type Filter = Record<string, string>;

/** The filter as the page runs it. */
const page: {
  filterFrom(hash: string): Filter;
  hashOf(filter: Filter): string;
  entryOf(row: Row, today: string): Entry;
  matching(entries: readonly Entry[], filter: Filter): Entry[];
  inOrder(entries: readonly Entry[], sort: string): Entry[];
} = runInNewContext(
  `${readFileSync(join(__dirname, '../../lib/report/page/filter.js'), 'utf8')}; ({ filterFrom, hashOf, entryOf, matching, inOrder })`,
  { URLSearchParams },
);

const ROW: Row = {
  integration: 'kohler_adobe',
  client: 'kohler',
  vendor: 'adobe',
  kind: 'access-key',
  state: 'active',
  can: ['list', 'read'],
  bucket: 'integrations-kohler',
  prefix: 'adobe/',
  dedicated: false,
  who: ['user kohler_adobe'],
  externalId: false,
  from: [],
  reviewBy: '2026-12-01',
  owner: 'Data Platform',
  contact: 'help@adobe.example',
  risks: [{ code: 'long-lived-key', gravity: 'medium', what: '', why: '', fix: '', accepted: null }],
  file: 'kohler/adobe.yaml',
};
const ROWS: readonly Row[] = [
  ROW,
  {
    ...ROW,
    integration: 'acme_reltio',
    client: 'acme',
    vendor: 'reltio',
    kind: 'assumed-role',
    clientTitle: 'ACME Corporation',
    contact: undefined,
    risks: [],
    can: ['write'],
    reviewBy: undefined,
  },
  {
    ...ROW,
    integration: 'globex_boomi',
    client: 'globex',
    vendor: 'boomi',
    state: 'expired',
    expires: '2026-11-01',
    reviewBy: undefined,
  },
];
const entries = ROWS.map((row) => page.entryOf(row, '2026-11-22'));

function found(hash: string): string[] {
  return page.matching(entries, page.filterFrom(hash)).map(({ row }) => row.integration);
}

test.each([
  ['', ['kohler_adobe', 'acme_reltio', 'globex_boomi']],
  ['#kind=access-key', ['kohler_adobe', 'globex_boomi']],
  ['#kind=access-key&state=active', ['kohler_adobe']],
  ['#client=acme', ['acme_reltio']],
  ['#vendor=boomi', ['globex_boomi']],
  ['#can=write', ['acme_reltio']],
  ['#due=past', ['globex_boomi']],
  ['#due=30', ['kohler_adobe', 'globex_boomi']],
  ['#due=none', ['acme_reltio']],
  ['#q=DATA%20plat', ['kohler_adobe', 'acme_reltio', 'globex_boomi']],
  ['#q=platform+reltio', ['acme_reltio']],
  ['#q=s3://integrations-kohler/adobe/', ['kohler_adobe', 'acme_reltio', 'globex_boomi']],
  ['#q=acme+corporation', ['acme_reltio']],
  ['#q=help@adobe', ['kohler_adobe', 'globex_boomi']],
  ['#q=long-lived-key', ['kohler_adobe', 'globex_boomi']],
  ['#q=nowhere', []],
  ['#colour=red', ['kohler_adobe', 'acme_reltio', 'globex_boomi']],
])('%s lets through what it says', (hash, names) => {
  expect(found(hash)).toEqual(names);
});

test.each(['', '#kind=access-key', '#q=a+%26+b%3D%23&client=kohler&sort=-date'])(
  'the address %p comes back',
  (hash) => {
    expect(page.hashOf(page.filterFrom(hash))).toBe(hash);
  },
);

test.each([
  ['integration', ['acme_reltio', 'globex_boomi', 'kohler_adobe']],
  ['-integration', ['kohler_adobe', 'globex_boomi', 'acme_reltio']],
  ['date', ['globex_boomi', 'kohler_adobe', 'acme_reltio']],
  ['state', ['kohler_adobe', 'acme_reltio', 'globex_boomi']],
  ['nonsense', ['acme_reltio', 'globex_boomi', 'kohler_adobe']],
])('in the order of %s', (sort, names) => {
  expect(page.inOrder(entries, sort).map(({ row }) => row.integration)).toEqual(names);
});
