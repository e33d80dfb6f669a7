import { LONG, shareOf } from '../support/share';
import { SABOTAGES } from './sabotages';
import { found, subject } from './subject';
import { sabotageTable, type Verdict, verdicts, writtenTable } from './table';

let all: Verdict[];

beforeAll(async () => {
  all = await verdicts(shareOf(SABOTAGES, 3));
}, 60_000);

const names = (test: (verdict: Verdict) => unknown) => all.filter(test).map(({ sabotage }) => sabotage.name);

test('there are many sabotages, each under a name of its own', () => {
  const harmful = SABOTAGES.filter(({ effect }) => effect !== 'harmless');
  expect(harmful.length).toBeGreaterThanOrEqual(60);
  expect(SABOTAGES.length - harmful.length).toBeGreaterThanOrEqual(8);
  expect(new Set(SABOTAGES.map(({ name }) => name)).size).toBe(SABOTAGES.length);
});

test('each changes the template, and only a copy of it', () => {
  const [template, same] = [subject(), subject()];
  for (const { name, apply } of SABOTAGES) expect([name, apply(template)]).not.toEqual([name, template]);
  expect(template).toEqual(same);
});

test('nothing is found in the template itself', () => {
  expect(found(subject())).toEqual([]);
});

test('whatever gives more access or guards less is caught', () => {
  expect(names(({ sabotage, caught }) => sabotage.effect !== 'harmless' && caught.length === 0)).toEqual([]);
});

test('whatever simulation shows to be a leak is caught', () => {
  expect(names(({ leak }) => leak).length).toBeGreaterThanOrEqual(LONG ? 60 : 12);
  expect(names(({ leak, caught }) => leak && caught.length === 0)).toEqual([]);
});

test('whatever is said to give more access is a leak, where the simulator can judge', () => {
  expect(names(({ sabotage, leak }) => sabotage.effect === 'more access' && leak === false)).toEqual([]);
});

test('what does no harm is neither caught nor a leak', () => {
  expect(names(({ sabotage, caught, leak }) => sabotage.effect === 'harmless' && (caught.length > 0 || leak))).toEqual(
    [],
  );
});

(LONG ? test : test.skip)('the table in docs/ is up to date', () => {
  expect(writtenTable()).toBe(sabotageTable(all));
});
