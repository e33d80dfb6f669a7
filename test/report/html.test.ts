import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { documentAssets } from '../../lib/command/report';
import { load } from '../../lib/definitions/load';
import { reportHtml } from '../../lib/report/html';
import { reportOf } from '../../lib/report/report';
import { inFolder } from '../support/folder';

const EXAMPLES = join(__dirname, '../data/examples');
const ASSETS = documentAssets();

function pageIn(dir: string, today = '2026-11-22'): string {
  const { deployment, problems } = load(dir, { today });
  return reportHtml(reportOf(deployment, problems, today), ASSETS);
}

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)><!-- "' & ]]>`;

function hostile(): string {
  const definition = [
    'kind: assumed-role',
    'principals: [arn:aws:iam::111122223333:role/x]',
    'externalId: never-shown-1',
    ...['description', 'request', 'owner', 'contact', 'reason'].map(
      (key) => `${key}: ${JSON.stringify(`${key} ${HOSTILE} \\u202e`)}`,
    ),
    'sourceIps: [10.0.0.0/8]',
    'access: [read, delete, root-list]',
    `accept: [{code: delete-without-end, reason: ${JSON.stringify(HOSTILE)}}]`,
  ].join('\n');
  const settings = [`company: {name: ${JSON.stringify(HOSTILE)}}`, 'ownAccounts: ["444455556666"]'];
  const client = [
    `title: ${JSON.stringify(HOSTILE)}`,
    `internal: [{principals: ["444455556666"], reason: ${JSON.stringify(HOSTILE)}}]`,
  ];
  const token = [
    'kind: web-identity',
    'provider: https://accounts.google.com',
    `audiences: [${JSON.stringify(HOSTILE)}]`,
    `subjects: [${JSON.stringify(`subject ${HOSTILE}`)}]`,
    'expires: 2020-01-01',
    `owner: ${JSON.stringify(HOSTILE)}`,
  ].join('\n');
  const files = {
    'settings.yaml': settings.join('\n'),
    'kohler/client.yaml': client.join('\n'),
    ...{ 'kohler/a.yaml': definition, 'kohler/b.yaml': token },
  };
  return inFolder(files, (dir) => pageIn(dir));
}

test('the same definitions and day give the same bytes, another day others', () => {
  expect(pageIn(EXAMPLES)).toBe(pageIn(EXAMPLES));
  expect(pageIn(EXAMPLES, '2026-11-23')).not.toBe(pageIn(EXAMPLES));
});

test('what a definition says never becomes markup', () => {
  const page = hostile();
  expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script/g)).toHaveLength(2);
  expect(page).not.toMatch(/<img|<!--/);
  expect(page).not.toContain('never-shown');
});

test('the data in the page are the ones of the definitions, whatever stands in them', () => {
  const data = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(hostile())?.[1] ?? '';
  const [first] = JSON.parse(data).integrations;
  expect(first.description).toBe(`description ${HOSTILE} \\u202e`);
});

test('its policy lets its own style and script work, and nothing else', () => {
  const page = pageIn(EXAMPLES);
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1] ?? '';
  const hash = (text: string | undefined) =>
    `'sha256-${createHash('sha256')
      .update(text ?? '')
      .digest('base64')}'`;
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `style-src ${hash(/<style>([\s\S]*?)<\/style>/.exec(page)?.[1])}`,
    `script-src ${hash(/<script>([\s\S]*?)<\/script>/.exec(page)?.[1])}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ]);
  // It would be blocked, and so be a mistake.
  expect(page).not.toMatch(/ style="| on[a-z]+="/);
});

test('names nothing to fetch', () => {
  const page = pageIn(EXAMPLES);
  expect(page).not.toMatch(/@import|url\((?!#)|fetch\(|XMLHttpRequest|WebSocket|sendBeacon/);
  const markup = page.replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, '');
  const places = [...markup.matchAll(/ (?:src|srcset|href|action|data|poster)="([^"]*)"/g)].map(
    ([, place]) => place ?? '',
  );
  expect(places.length).toBeGreaterThan(20);
  expect(places.filter((place) => !place.startsWith('#'))).toEqual(['data:,']);
});

test('every heading that is linked is there, once', () => {
  const page = pageIn(EXAMPLES);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const linked = [...page.matchAll(/(?:href="#|data-to=")([a-z-]+)"/g)].map(([, id]) => id);
  expect(linked.filter((id) => !ids.includes(id))).toEqual([]);
});

const section = (page: string, id: string) =>
  new RegExp(`<section id="${id}"[\\s\\S]*?</section>`).exec(page)?.[0] ?? '';
/** The texts of the cells of its tables, a row each. */
const rowsIn = (html: string) =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, cells = '']) =>
    [...cells.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
  );

test('risks stand by how grave they are, and what is accepted stands apart, with its day', () => {
  const whole = 'kind: direct-trust\nprincipals: ["123456789876"]\nallowWholeAccount: true\naccess: [read, delete]\n';
  const files = {
    'kohler/client.yaml': '',
    'kohler/a.yaml': `${whole}accept: [{code: delete-without-end, reason: needed, until: 2027-01-31}]\n`,
    'kohler/b.yaml': 'kind: access-key\nreason: x\nowner: Ann\n',
  };
  const page = inFolder(files, (dir) => pageIn(dir));
  const risks = section(page, 'risks');
  expect(
    [...risks.matchAll(/<summary>(\w+) <span class="figure">(\d+)/g)].map(([, title, many]) => [title, many]),
  ).toEqual([
    ['High', '1'],
    ['Medium', '1'],
    ['Accepted', '1'],
  ]);
  const rows = rowsIn(risks);
  expect(
    rows.filter(([name]) => name?.startsWith('kohler_')).map(([name, what, , , owner]) => [name, what, owner]),
  ).toEqual([
    ['kohler_a', 'everybody in the account 123456789876 is allowed', '–'],
    ['kohler_b', 'an access key lives until somebody removes it', 'Ann'],
    ['kohler_a', 'low', '2027-01-31'],
  ]);
  expect(page).toContain('href="#risks"><b>2</b> <span>risks</span> <small>1 high</small>');
  expect(section(page, 'problems')).toContain('None.');
});

test('our own company is in a table of its own, and never among the integrations', () => {
  const files = {
    'settings.yaml': 'ownAccounts: ["444455556666"]\naccount: "111122223333"\ncompany: {name: We}\n',
    'kohler/client.yaml':
      'title: Kohler Co.\ninternal: [{principals: ["444455556666"], reason: reports}, {principals: ["444455556666"], prefix: x/, grant: false}]\n',
  };
  const page = inFolder(files, (dir) => pageIn(dir));
  expect(rowsIn(section(page, 'internal')).slice(1)).toEqual([
    ['kohler', '444455556666', 'list read', 's3://integrations-kohler/', 'granted', 'reports'],
    ['kohler', '444455556666', 'list read', 's3://integrations-kohler/x/', 'meant, by its own policy alone', '–'],
  ]);
  expect(page).toContain('1 client, 0 integrations');
  expect(page).toContain('<h1>Access report</h1><p>We</p>');
  expect(section(page, 'clients')).toContain('<span class="note">Kohler Co.</span>');
});

test('an empty folder is a page too', () => {
  const page = inFolder({ 'settings.yaml': '' }, (dir) => pageIn(dir));
  expect(page).toContain('0 clients, 0 integrations');
  expect(page).toContain('No integration has a date.');
});
