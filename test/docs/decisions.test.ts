import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../docs/decisions');
const decisions = readdirSync(FOLDER).sort();

test('each decision has its own number, and none is missing', () => {
  const numbers = decisions.map((name) => /^(\d{2})-[a-z-]+\.md$/.exec(name)?.[1]);
  expect(numbers).toEqual(decisions.map((_, at) => String(at + 1).padStart(2, '0')));
});

test.each(decisions)('the title of %s has the number of its file', (name) => {
  const [title] = readFileSync(join(FOLDER, name), 'utf8').split('\n');
  expect(title).toMatch(new RegExp(`^# ${Number(name.slice(0, 2))}\\. \\S`));
});
