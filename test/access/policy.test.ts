import { readPolicy, statementsOf, statementTexts } from '../../lib/access';
import { json } from './world-file';

const [A, B] = ['a', 'b'].map((name) => ({ Sid: name, Effect: 'Allow', Action: 's3:GetObject' })) as [object, object];
const ABSENT = { $absent: true };

test.each<[string, unknown, string]>([
  ['no choice', { Statement: [A, B] }, 'a b'],
  ['the same in both branches', { $choice: [{ Statement: [A] }, { Statement: A }] }, 'a a'],
  ['in one branch of two', { $choice: [{ Statement: [A, B] }, { Statement: [A] }] }, 'a b? a'],
  ['in two branches of three', { $choice: [{ Statement: [A] }, { Statement: [A] }, { Statement: [] }] }, 'a? a?'],
  ['in one branch, and no policy in the other', { $choice: [{ Statement: A }, ABSENT] }, 'a?'],
  ['a statement that may be left out', { Statement: [A, { $choice: [B, ABSENT] }] }, 'a b?'],
  ['one of two statements', { Statement: [{ $choice: [A, B] }] }, 'a? b?'],
  ['one of two lists', { Statement: { $choice: [[A, B], [A]] } }, 'a b? a'],
  ['one of two lists in a list', { Statement: [{ $choice: [[A, B], A] }] }, 'a b? a'],
  ['choices in choices', { Statement: [{ $choice: [{ $choice: [A, A] }, A] }, B] }, 'a a a b'],
  ['twice, once for sure', { Statement: [A, { $choice: [A, ABSENT] }] }, 'a a'],
  ['under two names', { statement: [A], Statement: [{ $choice: [B, ABSENT] }] }, 'a b?'],
  [
    'a choice inside of a statement, which its text has',
    { Statement: [{ ...A, Action: { $choice: ['a', 'b'] } }] },
    'a',
  ],
])('%s', (_, document, expected) => {
  const statements = statementsOf(readPolicy(json(document), { scope: 's', id: 'i', at: 'p' }));
  const found = statements.map(({ text, isPerhaps }) => `${/"Sid":"(.)"/.exec(text)?.[1]}${isPerhaps ? '?' : ''}`);
  expect(found.join(' ')).toBe(expected);
});

test('the texts of a document without choices', () => {
  expect(statementTexts(json({ Statement: [{ B: '1', A: ['2'] }, { C: '3' }] }))).toEqual([
    '{"A":"2","B":"1"}',
    '{"C":"3"}',
  ]);
  expect(statementTexts(json({ Statement: { C: '3' } }))).toEqual(['{"C":"3"}']);
  expect(statementTexts(json('text'))).toEqual([]);
});
