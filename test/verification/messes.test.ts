import { runAws } from '../support/fake-aws-cli';
import { allKinds, judged } from './account-of-all-kinds';
import { MESSES } from './messes';

test('the account of all kinds is the same', () => {
  const { verdict, findings, notJudged } = judged(allKinds().account);
  expect({ verdict, findings, counting: notJudged.filter(({ counts }) => counts) }).toEqual({
    verdict: 'same',
    findings: [],
    counting: [],
  });
});

test.each(MESSES.map((mess) => [mess.name, mess] as const))('found, and taken back: %s', (_, mess) => {
  const { account } = allKinds();
  mess.make(account);
  const { verdict, findings } = judged(account);
  expect(verdict).toBe('differs');
  expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual([...mess.codes].sort());
  expect(findings.some((found) => JSON.stringify(found).includes(mess.names))).toBe(true);
  const undos = [...new Set(findings.map(({ undo }) => undo))];
  if (mess.noUndo) {
    expect(undos).toContain(null);
    return;
  }
  expect(undos).not.toContain(null);
  // In either order: a command may stand for several findings.
  for (const order of [undos, [...undos].reverse()]) {
    const repaired = structuredClone(account);
    for (const undo of order) runAws(repaired, undo ?? '');
    expect(judged(repaired).findings).toEqual([]);
    const text = JSON.stringify(repaired);
    expect((mess.keeps ?? []).filter((kept) => !text.includes(kept))).toEqual([]);
  }
});
