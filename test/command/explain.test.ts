import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { run, runWith } from '../support/run';

const DIR = join(__dirname, '../explain/integrations');
const DENIED =
  'An error occurred (AccessDenied) when calling the DeleteObject operation: User: arn:aws:sts::111122223333:assumed-role/kohler_adobe/x is not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::integrations-kohler/adobe/a" because no identity-based policy allows the s3:DeleteObject action';
const EXPLAINED = {
  integration: 'kohler_adobe',
  principal: 'arn:aws:sts::111122223333:assumed-role/kohler_adobe/x',
  action: 's3:DeleteObject',
  resource: 'arn:aws:s3:::integrations-kohler/adobe/a',
  code: 'not-granted',
  cause: 's3:DeleteObject needs delete, which the definition of kohler_adobe does not give',
  who: 'vendor or owner',
  fix: "add delete to the definition's access if the vendor should have it, and deploy",
  edit: { file: 'kohler/adobe.yaml', key: 'access', value: ['list', 'read', 'write', 'delete'] },
};

test('a message in words, as JSON', async () => {
  const { exit, out } = await run('explain', ...DENIED.split(' '), '--dir', DIR, '--json');
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toEqual(EXPLAINED);
});

test('a message on standard input, for people', async () => {
  const { exit, out, err } = await runWith({ input: `\n${DENIED}\n` }, 'explain', '--dir', DIR);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  expect(out).toBe(
    [
      'integration: kohler_adobe',
      'who:         arn:aws:sts::111122223333:assumed-role/kohler_adobe/x',
      'action:      s3:DeleteObject',
      'resource:    arn:aws:s3:::integrations-kohler/adobe/a',
      'cause:       s3:DeleteObject needs delete, which the definition of kohler_adobe does not give [not-granted]',
      "to fix:      vendor or owner: add delete to the definition's access if the vendor should have it, and deploy",
      'edit:        kohler/adobe.yaml: access: [list, read, write, delete]\n',
    ].join('\n'),
  );
});

test('what a message does not say is not invented: it says what to ask for, and ends with 1', async () => {
  const { exit, out } = await run('explain', 'Access Denied', '--integration', 'kohler_adobe', '--dir', DIR, '--json');
  expect(exit).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ code: 'unknown', cause: 'this message does not say why', edit: null });
  expect(JSON.parse(out).fix).toContain('what was called (the operation), the bucket and the key, who called');
});

test.each([
  ['what is defined, and not deployed', 'GetObject', 'not-deployed'],
  ['what is not defined', 'DeleteObject', 'not-granted'],
])('with a snapshot: %s', async (_, operation, code) => {
  const empty = {
    ...{ format: 'bucket-integrations/snapshot@1', account: '111122223333', partition: 'aws', regions: ['eu-west-1'] },
    ...{ collectedAt: '2026-11-22T10:00:00Z', bucketNames: ['integrations-kohler'], buckets: [], stacks: [] },
    iam: { RoleDetailList: [], UserDetailList: [], GroupDetailList: [], Policies: [] },
  };
  const { out } = await inFolder({ 'account.json': JSON.stringify(empty) }, (folder) =>
    run(
      'explain',
      DENIED.replaceAll('DeleteObject', operation),
      '--dir',
      DIR,
      '--json',
      '--snapshot',
      `${folder}/account.json`,
    ),
  );
  expect(JSON.parse(out)).toMatchObject({ code, integration: 'kohler_adobe' });
});

test('a message with control characters is printed spelled out', async () => {
  const { out } = await run('explain', DENIED.replace('adobe/a', 'x\u001b[2J'), '--dir', DIR);
  expect(out).toContain('x\\u001b[2J');
  expect(out).not.toContain('\u001b');
});

test.each([
  ['no message', [], /give it as words/, 2],
  ['an integration that is not there', ['x', '--integration', 'kohler_adobee'], /did you mean kohler_adobe\?/, 1],
])('%s is refused', async (_, words, message, exit) => {
  const ran = await run('explain', ...words, '--dir', DIR);
  expect(ran).toMatchObject({ exit, out: '' });
  expect(ran.err).toMatch(message);
});

test('any text is explained, or not, and never fails', async () => {
  for (const text of [
    '<'.repeat(5000),
    '('.repeat(5000),
    's3://'.repeat(2000),
    `User: ${'arn:aws:iam::'.repeat(3000)}`,
    '\0\uffff',
  ])
    expect((await runWith({ input: text }, 'explain', '--dir', DIR, '--json')).exit).toBe(1);
});
