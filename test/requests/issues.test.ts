import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { integrationText } from '../../lib/definitions/yaml/write';
import { YamlFile } from '../../lib/definitions/yaml/yaml-file';
import { readIssue } from '../../lib/requests/issue';
import { requestOf } from '../../lib/requests/request';
import { inFolder } from '../support/folder';
import { run, runWith } from '../support/run';
import { type IssueCase, readIssueCases } from './cases';

const FILES = {
  'kohler/client.yaml': '',
  'kohler/adobe.yaml': 'kind: access-key\nreason: It takes a key only\n',
};
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Makes a definition of an issue, and gives what was written. */
function made(body: string, ...options: string[]) {
  return inFolder({ ...FILES, '.issue.md': body }, async (dir) => {
    const issue = join(dir, '.issue.md');
    const before = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
    const result = await run('new', '--from-issue', issue, '--dir', dir, ...options);
    const after = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
    const added = after.filter((file) => !before.includes(file));
    const [file] = added;
    const text = file === undefined ? undefined : readFileSync(join(dir, file), 'utf8');
    const { exit: checked } = await run('check', '--dir', dir);
    expect(checked).toBe(0);
    return { ...result, err: result.err.replaceAll(issue, 'issue.md'), added, text };
  });
}

const cases = readIssueCases();

test.each(cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
  const { exit, out, err, added, text } = await made(each.body, ...each.options);
  const lines = err.split('\n').slice(0, -1);
  expect(lines.map(placed)).toEqual(each.expected);
  for (const said of each.says) expect(err).toContain(said);
  for (const line of lines) expect(line).not.toMatch(/undefined|\[object|NaN|stand-in|[\p{Cc}\p{Cf}]/u);
  if (refused(each)) {
    expect([exit, out, added]).toEqual([1, '', []]);
  } else {
    expect([exit, added]).toEqual([0, [expect.stringMatching(/^kohler\/[a-z-]+\.yaml$/)]]);
    expect(text?.replace(UUID, 'UUID')).toBe(each.definition);
    expect(out).toContain('kind: ');
  }
});

function refused({ expected, definition, name }: IssueCase): boolean {
  const errors = expected.some((line) => line.includes(' error['));
  if (errors === (definition !== undefined)) throw new Error(`${name}: problems, or a definition`);
  return errors;
}

/** `LINE:COLUMN SEVERITY[CODE]` of a line that says more. */
function placed(line: string): string {
  const [, place, what] = /^issue\.md:(\d+:\d+): ((?:error|warning)\[[a-z-]+\]): .+; .+$/.exec(line) ?? [];
  return `${place} ${what}`;
}

const right = cases.find(({ name }) => name === 'assumed-role') as IssueCase;

test('the kind is explained, as by new', async () => {
  const { out } = await made(right.body);
  expect(out).toContain('kind: assumed-role\nIt is the safest kind that the vendor can use.\n');
  expect(out).toMatch(
    /Next: npx bucket-integrations check --dir \S+, then npx cdk deploy kohler -c integrations=\S+\.\n/,
  );
});

test('standard input will do', async () => {
  await inFolder(FILES, async (dir) => {
    const made = await runWith({ input: right.body }, 'new', '--from-issue', '-', '--dir', dir);
    expect(made.exit).toBe(0);
    expect(existsSync(join(dir, 'kohler/tool.yaml'))).toBe(true);
    const again = await runWith({ input: right.body }, 'new', '--from-issue', '-', '--dir', dir);
    expect(again.exit).toBe(1);
    expect(again.err).toMatch(/^stdin:7:1: error\[file-exists\]: .* exists already; edit it, or choose another/);
  });
});

test('what the command line says wins over the issue', async () => {
  const broken = right.body
    .replace('\nkohler\n', '\nKohler Co.\n')
    .replace('exporter', '*')
    .replace('\ntool\n', '\nb*d\n');
  const { exit, err, added, text } = await made(
    broken,
    ...[
      'kohler',
      'exports',
      '--principal',
      'arn:aws:iam::111122223333:role/x',
      '--request',
      'DATA-7',
      '--expires',
      '2027-01-01',
    ],
  );
  expect([exit, err, added]).toEqual([0, '', ['kohler/exports.yaml']]);
  expect(text).toContain('request: DATA-7\n');
  expect(text).toContain('principals:\n  - arn:aws:iam::111122223333:role/x\n');
  expect(text).toContain('expires: 2027-01-01\n');
});

test('--json gives the problems as one document, with a fix for each', async () => {
  const { exit, out, err } = await made(right.body.replace('\nkohler\n', '\nkohlr\n'), '--json');
  expect([exit, err]).toEqual([1, '']);
  expect(JSON.parse(out)).toEqual({
    problems: [
      {
        file: expect.stringMatching(/issue\.md$/),
        line: 3,
        column: 1,
        severity: 'error',
        code: 'unknown-client',
        message: 'there is no client "kohlr"',
        fix: expect.stringMatching(/^did you mean kohler\? /),
      },
    ],
  });
  const { out: done } = await made(right.body, '--json');
  expect(JSON.parse(done)).toMatchObject({ integration: 'kohler_tool', kind: 'assumed-role', status: 'active' });
});

test('nobody is asked, even where somebody could answer', async () => {
  await inFolder(FILES, async (dir) => {
    const body = right.body.replace(/(works? in AWS\?\n\n)Yes/, '$1_No response_');
    expect(body).not.toBe(right.body);
    const { exit, err } = await runWith({ input: body, answers: [] }, 'new', '--from-issue', '-', '--dir', dir);
    expect(exit).toBe(1);
    expect(err).toContain(
      'error[missing-answer]: it is not known whether the vendor works in AWS; answer it in the issue',
    );
  });
});

test('what the settings ask of every integration is asked at its field, or by a flag where the form has none', async () => {
  const settings = 'require: [contact, expires, request]\n';
  await inFolder({ ...FILES, 'settings.yaml': settings, '.issue.md': right.body }, async (dir) => {
    const issue = join(dir, '.issue.md');
    const { exit, err } = await run('new', '--from-issue', issue, '--dir', dir);
    expect(exit).toBe(1);
    expect(err).toContain(
      'contact is missing, and settings.yaml asks it of every integration; answer it in the issue, or add --contact',
    );
    expect(err).toContain('asks it of every integration; answer it in the issue, or add --expires YYYY-MM-DD\n');
    expect(err).toContain('asks it of every integration; add --request TICKET\n');
    expect(err.split('\n').slice(0, -1).map(placed)).toHaveLength(3);
    expect(err).not.toContain('required-key');
    expect(existsSync(join(dir, 'kohler/tool.yaml'))).toBe(false);
  });
});

describe('a text that is no issue', () => {
  const bytes = (content: Buffer) =>
    inFolder(FILES, async (dir) => {
      const file = join(dir, '.issue.md');
      writeFileSync(file, content);
      return run('new', '--from-issue', file, '--dir', dir);
    });

  test.each<[string, Buffer, string]>([
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x41]), 'it is not UTF-8 text'],
    ['endless', Buffer.alloc(300_000, 0x61), 'it is longer than 262144 bytes'],
  ])('%s', async (_, content, said) => {
    const { exit, out, err } = await bytes(content);
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain(said);
    expect(err).toContain('gh issue view');
  });

  test('not there, or nobody gives it', async () => {
    expect(await run('new', '--from-issue', '/nowhere/issue.md')).toMatchObject({ exit: 1, out: '' });
    expect((await run('new', '--from-issue', '-')).err).toContain('there is no standard input');
  });

  test('hostile in length, and judged all the same at once', async () => {
    for (const hostile of [`# a${' '.repeat(60_000)}b`, '#'.repeat(60_000), '`'.repeat(60_000), ' ,'.repeat(30_000)]) {
      const started = performance.now();
      const body = right.body.replace('It writes the daily export.', hostile);
      expect((await made(body)).exit).toBe(1);
      expect(performance.now() - started).toBeLessThan(5000);
    }
  });
});

test('without an issue, both names are needed', async () => {
  for (const argv of [[], ['kohler']]) {
    expect(await run('new', ...argv)).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining('--from-issue FILE'),
    });
  }
});

test('whatever an answer says, it is refused, or is one text in the definition and nothing else', () => {
  const pieces = fc.constantFrom(
    ...'\n: #-[]{}&*!|>\'"%@`,?\\\t\r\u2028\u0085~=$<'.split(''),
    'null',
    'yes',
    '<<',
    '---',
    '...',
    '0x1',
    '1e3',
  );
  const answer = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 12 })
    .map((each) => each.join(''));
  let accepted = 0;
  fc.assert(
    fc.property(answer, (said) => {
      const issue = readIssue(
        right.body.replace('It writes the daily export.', () => said),
        'issue.md',
      );
      const { request, problems } = requestOf(issue, 'issue.md', '2026-11-22', new Set());
      if (problems.length > 0 || request.description === undefined) return;
      accepted++;
      const words = said
        .trim()
        .replace(/^`([^`]+)`$/, '$1')
        .split(/\s+/)
        .filter((word) => word !== '');
      expect(request.description).toBe(words.join(' '));
      expect(request).toMatchObject({ client: 'kohler', vendor: 'tool', owner: 'data-platform@example.com' });
      const draft = { kind: 'direct-trust', description: request.description, owner: request.owner };
      const { data, problems: unread } = new YamlFile('tool.yaml', integrationText('', draft, []));
      expect([{ ...data }, unread]).toEqual([draft, []]);
    }),
    { numRuns: 300 },
  );
  expect(accepted).toBeGreaterThan(30);
});
