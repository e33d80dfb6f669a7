import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answers, answers, comparisonPage, QUESTIONS } from './page';

let all: readonly Answers[];
beforeAll(async () => {
  all = await answers();
});

test('this project does the job and nothing beyond it, by each kind', () => {
  const ours = all.filter(({ way }) => way.name.startsWith('this project'));
  expect(ours).toHaveLength(3);
  for (const { way, job, leaks } of ours) {
    expect([way.name, job]).toEqual([way.name, QUESTIONS.job.map(() => true)]);
    expect([way.name, leaks.filter((leak) => leak)]).toEqual([way.name, []]);
  }
});

test('every question finds a leak in one of the others, but for three that stand there for what they deny', () => {
  const others = all.filter(({ way }) => !way.name.startsWith('this project'));
  const unseen = QUESTIONS.leaks.filter((_, at) => !others.some(({ leaks }) => leaks[at])).map(({ what }) => what);
  expect(unseen).toEqual([
    'change the ACL of an object',
    "change the bucket's policy",
    'another role of the vendor reads',
  ]);
});

test('docs/comparison.md is what npm run compare writes', () => {
  expect(readFileSync(join(__dirname, '../../docs/comparison.md'), 'utf8')).toBe(comparisonPage(all));
});
