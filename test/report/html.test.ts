import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pageAssets } from '../../lib/command/report';
import { load } from '../../lib/definitions/load';
import { reportHtml } from '../../lib/report/html';
import { reportOf } from '../../lib/report/report';
import { inFolder } from '../support/folder';

const EXAMPLES = join(__dirname, '../data/examples');
const ASSETS = pageAssets();

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
    ...['description', 'request', 'owner', 'reason'].map(
      (key) => `${key}: ${JSON.stringify(`${key} ${HOSTILE} \\u202e`)}`,
    ),
    'sourceIps: [10.0.0.0/8]',
  ].join('\n');
  const token = [
    'kind: web-identity',
    'provider: https://accounts.google.com',
    `audiences: [${JSON.stringify(HOSTILE)}]`,
    `subjects: [${JSON.stringify(`subject ${HOSTILE}`)}]`,
    'expires: 2020-01-01',
    `owner: ${JSON.stringify(HOSTILE)}`,
  ].join('\n');
  const files = { 'kohler/client.yaml': '', 'kohler/a.yaml': definition, 'kohler/b.yaml': token };
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

test('an empty folder is a page too', () => {
  const page = inFolder({ 'settings.yaml': '' }, (dir) => pageIn(dir));
  expect(page).toContain('0 clients, 0 integrations');
  expect(page).toContain('No integration has a date.');
});
