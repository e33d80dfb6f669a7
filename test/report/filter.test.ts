import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { daysOf } from '../../lib/report/due';
import type { PageRow as Row } from '../../lib/report/html';

interface Entry {
  readonly row: Row;
  readonly text: string;
}
type Filter = Record<string, string>;

/** The filter as the page runs it. */
const page: {
  filterFrom(hash: string): Filter;
  hashOf(filter: Filter): string;
  textOf(row: Row): string;
  matching(entries: readonly Entry[], filter: Filter): Entry[];
  inOrder(entries: readonly Entry[], sort: string): Entry[];
} = runInNewContext(
  `${readFileSync(join(__dirname, '../../lib/report/page/filter.js'), 'utf8')}; ({ filterFrom, hashOf, textOf, matching, inOrder })`,
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
  days: daysOf({ reviewBy: '2026-12-01' }, '2026-11-22'),
  arn: 'arn:aws:iam::111122223333:user/kohler_adobe',
  owner: 'Data Platform',
  contact: 'help@adobe.example',
  gravity: 'medium',
  risks: [{ code: 'long-lived-key', gravity: 'medium', what: '', why: '', accepted: null }],
  aws: 'differs',
  keyDays: 400,
  idle: 120,
  seen: [],
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
    arn: undefined,
    gravity: undefined,
    risks: [],
    can: ['write'],
    days: [],
    aws: 'same',
    keyDays: undefined,
    idle: -1,
  },
  {
    ...ROW,
    integration: 'globex_boomi',
    client: 'globex',
    vendor: 'boomi',
    state: 'expired',
    gravity: undefined,
    risks: [{ code: 'delete-without-end', gravity: 'low', what: '', why: '', accepted: { reason: 'x' } }],
    days: daysOf({ expires: '2026-11-01', reviewBy: '2026-11-25' }, '2026-11-22'),
    aws: undefined,
    keyDays: 90,
    idle: undefined,
  },
];
const entries = ROWS.map((row) => ({ row, text: page.textOf(row) }));

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
  ['#due=week', ['globex_boomi']],
  ['#due=month', ['kohler_adobe']],
  ['#due=later', []],
  ['#due=none', ['acme_reltio']],
  ['#risk=medium', ['kohler_adobe']],
  ['#risk=long-lived-key', ['kohler_adobe']],
  ['#risk=delete-without-end', []],
  ['#risk=accepted', ['globex_boomi']],
  ['#risk=none', ['acme_reltio', 'globex_boomi']],
  ['#name=kohler_adobe', ['kohler_adobe']],
  ['#aws=differs', ['kohler_adobe']],
  ['#keys=90', ['kohler_adobe']],
  ['#keys=365', ['kohler_adobe']],
  ['#used=-1', ['acme_reltio']],
  ['#used=90', ['kohler_adobe']],
  ['#used=365', []],
  ['#q=user/kohler', ['kohler_adobe', 'globex_boomi']],
  ['#q=DATA%20plat', ['kohler_adobe', 'acme_reltio', 'globex_boomi']],
  ['#q=platform+reltio', ['acme_reltio']],
  ['#q=s3://integrations-kohler/adobe/', ['kohler_adobe', 'acme_reltio', 'globex_boomi']],
  ['#q=acme+corporation', ['acme_reltio']],
  ['#q=help@adobe', ['kohler_adobe', 'globex_boomi']],
  ['#q=long-lived-key', ['kohler_adobe']],
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
  ['name', ['acme_reltio', 'globex_boomi', 'kohler_adobe']],
  ['-name', ['kohler_adobe', 'globex_boomi', 'acme_reltio']],
  ['date', ['globex_boomi', 'kohler_adobe', 'acme_reltio']],
  ['risk', ['kohler_adobe', 'acme_reltio', 'globex_boomi']],
  ['used', ['kohler_adobe', 'acme_reltio', 'globex_boomi']],
  ['nonsense', ['acme_reltio', 'globex_boomi', 'kohler_adobe']],
])('in the order of %s', (sort, names) => {
  expect(page.inOrder(entries, sort).map(({ row }) => row.integration)).toEqual(names);
});
