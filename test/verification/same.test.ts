import { toSnapshot } from '../../lib/account/snapshot';
import { load } from '../../lib/definitions/load';
import { verify } from '../../lib/verification/verify';
import { deployedAccount } from '../support/deployed-account';
import { EVERY_SHAPE, EXAMPLES } from '../support/every-shape';
import { inFolder } from '../support/folder';

function verified(dir: string) {
  return verify(load(dir).deployment, [toSnapshot(deployedAccount(dir))], { strict: false });
}

test('the examples, deployed, are the same', () => {
  const { findings, verdict, notJudged } = verified(EXAMPLES);
  expect(findings).toEqual([]);
  expect(notJudged.filter(({ counts }) => counts)).toEqual([]);
  expect(verdict).toBe('same');
});

test('one of each thing, deployed, is the same', () => {
  inFolder(EVERY_SHAPE, (dir) => {
    const { findings } = verified(dir);
    expect(findings).toEqual([]);
  });
});
