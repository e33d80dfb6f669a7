import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { documentAssets } from '../../lib/command/report';
import { load } from '../../lib/definitions/load';
import { reportHtml } from '../../lib/report/html';
import type { Observed } from '../../lib/report/observed';
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
  const [first] = JSON.parse(data).columns.description[0];
  expect(first).toBe(`description ${HOSTILE} \\u202e`);
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
  expect(places.length).toBeGreaterThan(15);
  expect(places.filter((place) => !place.startsWith('#'))).toEqual(['data:,']);
});

test('every heading that is linked is there, once', () => {
  const page = pageIn(EXAMPLES);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const linked = [...page.matchAll(/href="#([a-z-]+)"/g)].map(([, id]) => id);
  expect(linked.filter((id) => !ids.includes(id))).toEqual([]);
});

const section = (page: string, id: string) =>
  new RegExp(`<section id="${id}"[\\s\\S]*?</section>`).exec(page)?.[0] ?? '';
/** The texts of the cells of its tables, a row each. */
const rowsIn = (html: string) =>
  [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/g)].map(([, cells = '']) =>
    [...cells.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
  );

/** The texts of the items of a card. */
const card = (page: string, title: string) => {
  const list = new RegExp(`<h3>${title} [\\s\\S]*?</div>`).exec(page)?.[0] ?? '';
  return [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([, item = '']) => item.replace(/<[^>]*>/g, ''));
};

test('risks stand by how grave they are, each with a way to all of it; what is accepted stands last', () => {
  const whole = 'kind: direct-trust\nprincipals: ["123456789876"]\nallowWholeAccount: true\naccess: [read, delete]\n';
  const files = {
    'kohler/client.yaml': '',
    'kohler/a.yaml': `${whole}accept: [{code: delete-without-end, reason: needed, until: 2027-01-31}]\n`,
    'kohler/b.yaml': 'kind: access-key\nreason: x\nowner: Ann\n',
  };
  const page = inFolder(files, (dir) => pageIn(dir));
  expect(card(page, 'Risks, worst first')).toEqual([
    'high a whole account is allowed 1 kohler_a',
    'medium long-lived access key 1',
    'accepted 1',
  ]);
  expect(page).toContain('href="#risk=whole-account-open"');
  expect(section(page, 'problems')).toContain('None.');
});

test('what is overdue stands apart from this week and the next, nothing in two of them', () => {
  const role = 'kind: assumed-role\nprincipals: [arn:aws:iam::111122223333:role/x]\nexternalId: x1\n';
  const files = {
    'kohler/client.yaml': '',
    'kohler/a.yaml': `${role}expires: 2026-11-01\nowner: Ann\n`,
    'kohler/b.yaml': `${role}reviewBy: 2026-11-29\n`,
    'kohler/c.yaml': `${role}expires: 2026-12-22\n`,
    'kohler/d.yaml': `${role}expires: 2026-12-23\n`,
  };
  const page = inFolder(files, (dir) => pageIn(dir));
  expect(['Act now', 'This week', 'Next 30 days'].map((title) => card(page, title))).toEqual([
    ['kohler_a access ended 21 days ago Ann'],
    ['kohler_b review in 7 days'],
    ['kohler_c access ends in 30 days'],
  ]);
});

test('says of which commit it is, and what an account and logs showed', () => {
  const { deployment, problems } = load(EXAMPLES, { today: '2026-11-22' });
  const plain = reportHtml(reportOf(deployment, problems, '2026-11-22'), ASSETS);
  expect(plain).toContain('not compared with AWS (--snapshot) · use not known (--usage)');
  expect(plain).not.toContain('id="keys"');
  const observed: Observed = {
    source: { folder: 'integrations', commit: '1a2b3c4d5e', changed: true },
    account: {
      ...{ accounts: ['111122223333'], collectedAt: '2026-11-21T10:00:00Z', others: ['<b>a role'] },
      of: (_, name) => ({
        verdict: name === 'kohler_adobe' ? 'differs' : 'same',
        findings: [],
        keys: name === 'kohler_adobe' ? [{ status: 'Active', days: 366 }] : [],
      }),
    },
    usage: {
      ...{ from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z', integrations: new Map() },
      strangers: [{ requester: '<i>who', bucket: 'integrations-kohler', requests: 3, last: '2026-11-20T00:00:00Z' }],
    },
  };
  const page = reportHtml(reportOf(deployment, problems, '2026-11-22', observed), ASSETS);
  expect(page).toContain('<code>integrations</code>, commit <code>1a2b3c4</code> and what is not committed');
  expect(page).toContain('account 111122223333 as of 2026-11-21: 8 as defined, 1 not, 0 not judged');
  expect(page).toContain('use in logs of 2026-11-01 to 2026-11-21');
  expect(card(page, 'Act now')).toEqual([
    'not as defined in AWS 1',
    'other findings of verify 1',
    'unknown principals in logs 1',
  ]);
  expect(card(page, 'Risks, worst first')).toContain('access keys older than a year 1');
  expect(section(page, 'problems')).toContain('&lt;i&gt;who');
  expect(section(page, 'problems')).toContain('&lt;b&gt;a role');
  expect(page).toContain('id="keys"');
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
  expect(page).toContain('>0 integrations</a>, 0 open');
  expect(page).toContain('<h1>Access report</h1><p>We, as of 2026-11-22 · not compared with AWS');
  expect(section(page, 'clients')).toContain('<span class="note">Kohler Co.</span>');
});

test('an empty folder is a page too', () => {
  const page = inFolder({ 'settings.yaml': '' }, (dir) => pageIn(dir));
  expect(page).toContain('>0 clients</a> · <a href="#integrations">0 integrations</a>');
  expect(card(page, 'Act now')).toEqual([]);
});
