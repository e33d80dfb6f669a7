import { shareOf } from '../support/share';
import { FAMILIES, foundWith } from './families';
import { findingsOf, findingsOfSabotage, OF_SABOTAGES, writtenFindings } from './findings';
import { SABOTAGES } from './sabotages';

const FINDINGS = writtenFindings();

const CASES = (which: 'leaks' | 'twins') =>
  FAMILIES.flatMap((family) =>
    Object.entries(family[which] ?? {}).map(
      ([spelling, patch]) => [family.says, spelling, family.rule, patch] as const,
    ),
  );

test('a template to which nothing is done has nothing wrong', () => {
  expect(foundWith({})).toEqual([]);
});

test.each(shareOf(CASES('leaks'), 0))('%s: %s is %s', (says, spelling, rule, patch) => {
  const found = findingsOf(patch);
  expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${rule}\\[`)));
  expect(found).toEqual(FINDINGS[says]?.[spelling]);
});

test.each(shareOf(CASES('twins'), 1))('%s: %s goes through', (_says, _spelling, _rule, patch) => {
  expect(foundWith(patch)).toEqual([]);
});

test.each(shareOf(SABOTAGES, 2).map((sabotage) => [sabotage.name, sabotage] as const))('%s', (name, sabotage) => {
  expect(findingsOfSabotage(sabotage)).toEqual(FINDINGS[OF_SABOTAGES]?.[name]);
});

test('each family has three spellings, and each sentence is there once', () => {
  for (const { says, leaks } of FAMILIES) expect([says, Object.keys(leaks).length >= 3]).toEqual([says, true]);
  expect(new Set(FAMILIES.map(({ says }) => says)).size).toBe(FAMILIES.length);
});
