import { load } from '../../../lib/definitions/load';
import { inFolder } from '../../support/folder';
import { shareOf } from '../../support/share';
import { deniedOf, notExplained, notFoundInLogs } from './explained';
import { definitions, HOME_SETTINGS } from './folder';
import { MATRIX } from './matrix';
import { planted } from './planted';

/** By the contract; denials.e2e.ts does the same with all that servers really denied. */
const { clients } = inFolder({ ...definitions(), ...HOME_SETTINGS }, (dir) => load(dir).deployment);
const ALLOWED = MATRIX.filter(({ allowed }) => allowed);
const ALL = deniedOf(MATRIX.filter(({ allowed }) => !allowed));
const DENIED = shareOf(ALL, 1);

test('nearly all denials of the matrix are of an integration, for reasons of every kind', () => {
  expect(ALL.length).toBeGreaterThan(1500);
  expect([...new Set(ALL.flatMap(({ planted: { reasons } }) => reasons))].sort()).toEqual(
    ['acl-refused', 'assume-denied', 'bucket-denies', 'expired', 'foreign-key', 'head-bucket', 'key-denied']
      .concat(['not-active', 'not-granted', 'nothing-allowed', 'outside-prefix', 'tags-not-granted', 'unknown-key'])
      .sort(),
  );
  expect(ALL.filter(({ planted: { reasons } }) => reasons.length === 0)).toEqual([]);
  expect(ALLOWED.filter((request) => planted(request) !== undefined)).toEqual([]);
});

test('explain finds in a message what was planted', () => {
  expect(notExplained(DENIED, clients)).toEqual([]);
});

test.each(['server-access', 'cloudtrail'] as const)('usage finds in a log (%s) what was planted', (log) => {
  expect(notFoundInLogs(log, DENIED, ALLOWED, clients)).toEqual([]);
});

test('another reason than the planted one is noticed, and another integration', () => {
  const some = DENIED.slice(0, 200).map((each) => ({
    ...each,
    planted: { ...each.planted, reasons: ['expired' as const] },
  }));
  expect(notExplained(some, clients).length).toBeGreaterThan(150);
  expect(notFoundInLogs('cloudtrail', some, ALLOWED, clients).length).toBeGreaterThan(150);
  expect(notFoundInLogs('server-access', DENIED.slice(0, 100), [], []).length).toBeGreaterThan(50);
});
