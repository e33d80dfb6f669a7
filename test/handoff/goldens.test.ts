import { Capability } from '../../lib/rules/confinement';
import { Status } from '../../lib/rules/vocabulary';
import { WAYS } from '../support/vendor-ways';
import { golden, goldens, handed, scene } from './goldens';

const made = goldens();
const pages = [...made].filter(([file]) => file.endsWith('.md') && !file.includes('.internal.'));

test('the hand-offs are as they were read: npm run goldens writes them again', () => {
  const there = golden();
  expect([...made.keys()].sort()).toEqual([...there.keys()].sort());
  for (const [file, content] of made) expect([file, content]).toEqual([file, there.get(file)]);
});

test('they are of every kind in every status, and of every way of every profile', () => {
  const kinds = ['assumed-role', 'direct-trust', 'roles-anywhere', 'web-identity', 'access-key'];
  for (const kind of kinds)
    for (const status of Object.values(Status)) expect(made.has(`${kind}-${status}.md`)).toBe(true);
  for (const { vendor, choice } of WAYS) expect([vendor, made.has(`${vendor}--${choice}.md`)]).toEqual([vendor, true]);
});

describe.each(pages)('%s', (file, page) => {
  test('begins with what to do', () => {
    const [first] = page.match(/^## (?!What has changed).*$/m) ?? [];
    expect(first).toBe('## Do this');
    expect(page).toMatch(/^# Access to \S+ bucket for /);
  });

  test('has nothing that a vendor cannot do', () => {
    const ours =
      /\b(dedicatedBucket|wholeBucket|allowWholeAccount|sourceIps|vpcEndpoints|cdk deploy|bucket-integrations)\b|\bto access\b(?!@)|the definition|integrations\/(kohler|globex)\/|DRAFT/;
    const draft = file.startsWith('draft');
    expect(page.replace(draft ? /DRAFT/ : '', '').match(ours)).toBeNull();
    expect(page.includes('DRAFT')).toBe(draft);
  });

  test('says who is trusted, and whom to answer', () => {
    expect(page).toContain('\n## Who we trust\n');
    expect(page).toContain('access@data.example');
  });

  test('ends in an answer, or says what to wait for', () => {
    if (/-pending\.md$/.test(file)) expect(page).toMatch(/What to send back|Wait until we tell you/);
    else if (/-suspended\.md$/.test(file)) expect(page).toContain('Keep what you have entered');
    else expect(page).toMatch(/Answer \*\*.* works\*\* to /);
    if (page.includes('## What to send back')) expect(page).toMatch(/: ____\n/);
  });
});

describe('its tests can pass', () => {
  const all = scene().flatMap((client) => client.integrations.map((integration) => handed(client, integration)));
  const active = all.filter(({ integration }) => integration.status === Status.ACTIVE);

  test.each(active.map((each) => [each.integration.name, each] as const))('%s', (_, { handoff, integration }) => {
    const typed = handoff.commands.map(({ code }) => code).join('\n');
    const can = (capability: Capability) => integration.access.includes(capability);
    expect(/s3 ls/.test(typed) && !can(Capability.LIST)).toBe(false);
    expect(/s3 cp \S+\.txt/.test(typed) && !can(Capability.WRITE)).toBe(false);
    expect(/s3 rm/.test(typed) && !(can(Capability.DELETE) && can(Capability.WRITE))).toBe(false);
    // What is read was put before, or is named.
    const [, got] = / s3 cp "?s3:\/\/[^/]+\/(\S*?)"? -( |$)/m.exec(typed) ?? [];
    if (got !== undefined && can(Capability.WRITE)) expect(typed.indexOf('echo test')).toBeLessThan(typed.indexOf(got));
    else if (got !== undefined) expect(got).toMatch(/KEY-(FROM-THE-LIST|THAT-WE-NAME)$/);
    expect(typed).not.toMatch(/'/);
  });

  test.each(
    all
      .filter(({ integration }) => integration.status !== Status.ACTIVE)
      .map((each) => [each.integration.name, each] as const),
  )('%s has none, since all would fail', (_, { handoff }) => {
    expect([...handoff.commands, ...handoff.test, ...handoff.troubleshooting]).toEqual([]);
  });
});

test('the JSON has the trust with the same members for every kind', () => {
  const members = ['audiences', 'certificate', 'externalIds', 'principals', 'sessionName', 'sourceIps', 'subjects'];
  const documents = [...made].filter(([file]) => /-active\.json$/.test(file)).map(([, text]) => JSON.parse(text));
  expect(documents).toHaveLength(5);
  for (const { trust } of documents) expect(Object.keys(trust).sort()).toEqual(members);
  const of = (kind: string) => documents.find((each) => each.kind === kind)?.trust;
  expect(of('assumed-role')).toEqual({
    principals: ['arn:aws:iam::123456789876:role/exporter', 'arn:aws:iam::123456789876:user/loader'],
    externalIds: ['kohler-7f3c9a52', 'kohler-2f0e41d8'],
    subjects: [],
    audiences: [],
    certificate: null,
    sessionName: 'exporter-*',
    sourceIps: ['203.0.113.0/24'],
  });
  expect(of('roles-anywhere').certificate).toEqual({ commonName: 'exporter', organization: 'Vendor Ltd' });
  expect(of('web-identity')).toMatchObject({ subjects: ['tenant:kohler'], sessionName: 'kohler' });
  expect(of('access-key')).toMatchObject({ principals: [], certificate: null });
});
