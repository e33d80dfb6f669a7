import { inFolder } from '../support/folder';
import { run } from '../support/run';

const used = (integration: string, lastSeen: string | null, unused: string[] | null) => ({
  ...{ integration, lastSeen, lastList: null, lastRead: null, lastWrite: null, lastDelete: null, unused },
  ...{ requests: 0, bytesIn: 0, bytesOut: 0, denied: [], byPrefix: false },
});
const FILES = {
  'kohler/client.yaml': '',
  'kohler/old.yaml':
    'kind: assumed-role\nprincipals: [arn:aws:iam::444455556666:role/x]\nexternalId: a1\nowner: Data Team\nexpires: 2026-11-01\n',
  'kohler/soon.yaml':
    'kind: assumed-role\nprincipals: [arn:aws:iam::444455556666:role/y]\nexternalId: a2\nowner: Sales\nreviewBy: 2026-12-01\n',
  'kohler/accepted.yaml':
    'kind: access-key\nreason: none\nowner: Data Team\nreviewBy: 2027-11-01\naccept:\n  - code: long-lived-key\n    reason: the product has nothing else\n    until: 2026-12-05\n',
  'kohler/nobody.yaml': 'kind: assumed-role\nprincipals: [arn:aws:iam::444455556666:role/z]\nexternalId: a3\n',
  'usage.json': JSON.stringify({
    ...{ from: '2026-08-01T00:00:00Z', to: '2026-11-21T00:00:00Z', lines: 1, skipped: 0, strangers: [] },
    integrations: [
      used('kohler_nobody', null, ['list', 'read', 'write']),
      used('kohler_soon', '2026-11-20T00:00:00Z', ['list']),
      used('kohler_accepted', null, null),
    ],
  }),
};
const reviewed = (...more: string[]) =>
  inFolder(
    Object.fromEntries(Object.entries(FILES).map(([name, text]) => [name === 'usage.json' ? name : `i/${name}`, text])),
    (dir) => run('review', '--dir', `${dir}/i`, '--usage', `${dir}/usage.json`, ...more),
  );

test('lists what is due, the past first', async () => {
  const { exit, out } = await reviewed('--json');
  expect(exit).toBe(0);
  const { due, today } = JSON.parse(out);
  expect(today).toBe('2026-11-22');
  expect(due.map(({ what, integration, owner }: Record<string, unknown>) => [what, integration, owner])).toEqual([
    ['expired', 'kohler_old', 'Data Team'],
    ['review-soon', 'kohler_soon', 'Sales'],
    ['acceptance-ends', 'kohler_accepted', 'Data Team'],
    ['unused', 'kohler_nobody', null],
    ['unused-capabilities', 'kohler_soon', 'Sales'],
    ['no-owner', 'kohler_nobody', null],
  ]);
});

test('of one owner, as Markdown that can be sent', async () => {
  const { out, err } = await reviewed('--owner', 'Data Team', '--format', 'markdown');
  expect(out).toContain(
    '# Review of 2026-11-22\n\n## Data Team\n\n- [ ] `kohler_old`: access ended on 2026-11-01. Remove the file, or set a later day.\n',
  );
  expect(out).not.toContain('Sales');
  expect(err).toBe('2 items due for Data Team\n');
});

test('a section for each owner, and one for what has none', async () => {
  const { out } = await reviewed('--format', 'markdown');
  expect([...out.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
    'Data Team',
    'Sales',
    'Without an owner',
  ]);
});

test('for people a table; without usage nothing is called unused; on another day other things are due', async () => {
  const { out } = await inFolder({ 'kohler/client.yaml': '', 'kohler/soon.yaml': FILES['kohler/soon.yaml'] }, (dir) =>
    run('review', '--dir', dir),
  );
  expect(out).toMatch(/Sales +kohler_soon +it is due for review on 2026-12-01, in 9 days/);
  expect(out).not.toContain('not used');
  const { out: early } = await inFolder(
    { 'kohler/client.yaml': '', 'kohler/soon.yaml': FILES['kohler/soon.yaml'] },
    (dir) => run('review', '--dir', dir, '--today', '2026-10-01'),
  );
  expect(early).toBe('nothing is due\n');
});

test('an owner that is not there is refused, with the one that is meant', async () => {
  expect(await reviewed('--owner', 'Data Taem')).toMatchObject({
    exit: 1,
    err: expect.stringContaining('did you mean "Data Team"?'),
  });
});

test.each(['[]', '{"from": 1}', 'no'])('a file of usage that is %s is refused', async (text) => {
  const { exit, err } = await inFolder(
    { 'kohler/client.yaml': '', 'kohler/soon.yaml': FILES['kohler/soon.yaml'], '.usage': text },
    (dir) => run('review', '--dir', dir, '--usage', `${dir}/.usage`),
  );
  expect(exit).toBe(1);
  expect(err).toContain('name a file that usage --json wrote');
});
