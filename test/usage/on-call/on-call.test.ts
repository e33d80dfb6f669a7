import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { run } from '../../support/run';
import { writeStory } from './story';

interface Question {
  readonly question: string;
  readonly command: readonly string[];
  readonly message?: string;
  readonly explain?: readonly string[];
  readonly answer: readonly string[];
  readonly never?: readonly string[];
  readonly docs: string;
  readonly leads: string;
}

const QUESTIONS: readonly Question[] = parse(readFileSync(join(__dirname, 'questions.yaml'), 'utf8'));
const ROOT = resolve(__dirname, '../../..');
const DIR = join(__dirname, '../../explain/integrations');
const logs = mkdtempSync(join(tmpdir(), 'story-'));

beforeAll(() => writeStory(logs));
afterAll(() => rmSync(logs, { recursive: true }));

test('there are ten questions', () => {
  expect(QUESTIONS).toHaveLength(10);
});

test.each(QUESTIONS.map((each) => [each.question, each] as const))('%s', async (_, asked) => {
  const { command, message, explain, answer, never = [] } = asked;
  const [verb = '', ...words] = command.map((word) => (word === 'LOGS' ? logs : word));
  const text = verb === 'explain' && message !== undefined ? [message] : [];
  const { out } = await run(verb, ...words, ...text, '--dir', DIR);
  for (const each of answer) expect(out).toContain(each);
  for (const each of never) expect(out).not.toContain(each);
  if (explain === undefined) return;
  const first = await run('explain', message ?? '', '--dir', DIR);
  for (const each of explain) expect(first.out).toContain(each);
});

test.each(QUESTIONS.map((each) => [each.question, each] as const))(
  'the docs lead to: %s',
  (_, { docs, leads, command }) => {
    const page = readFileSync(join(ROOT, docs), 'utf8');
    expect(page).toContain(leads);
    for (const option of command.filter((word) => word.startsWith('--'))) expect(page).toContain(option);
  },
);
