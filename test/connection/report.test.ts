import { headLine, lastLine, reportJson, stepLine } from '../../lib/connection/report';
import type { Step } from '../../lib/connection/step';
import { HANDED } from './fake';

const RIGHT: Step = { step: 'put', expected: 'works', outcome: 'works', detail: 'reltio/x' };
const DENIED: Step = { step: 'bare-prefix', expected: 'denied', outcome: 'denied', detail: 'reltio' };
const SKIPPED: Step = { step: 'credentials', expected: 'works', outcome: 'skipped', detail: 'not told' };
const WRONG: Step = {
  ...{ step: 'root-list', expected: 'denied', outcome: 'works', detail: 'no prefix' },
  cause: { code: 'root-listed', cause: 'The cause', who: 'owner', fix: 'the fix' },
};

test('each step is a line, with cause and remedy below it where it went wrong', () => {
  expect(headLine(HANDED)).toBe(
    'kohler_reltio (assumed-role): s3://integrations-kohler/reltio/ in eu-west-1: list, read, write, delete\n',
  );
  expect([RIGHT, DENIED, SKIPPED, WRONG].map(stepLine).join('')).toBe(
    [
      'ok    put                             reltio/x',
      'ok    bare-prefix                     denied: reltio',
      'skip  credentials                     not told',
      'FAIL  root-list                       NOT denied: no prefix',
      '      cause: The cause',
      "      to fix: the bucket's owner: the fix",
      '',
    ].join('\n'),
  );
});

test('the last line counts, and names what went wrong', () => {
  const report = (...steps: Step[]) => ({ integration: 'kohler_reltio', ok: !steps.includes(WRONG), steps });
  expect(lastLine(report(RIGHT, DENIED))).toBe('kohler_reltio: 2 steps, all as expected\n');
  expect(lastLine(report(RIGHT, WRONG))).toBe('kohler_reltio: 1 of 2 steps went wrong: root-list\n');
});

test('the JSON has cause and remedy only where something went wrong', () => {
  const steps = [RIGHT, WRONG];
  expect(JSON.parse(reportJson({ integration: 'kohler_reltio', ok: false, steps }))).toEqual({
    integration: 'kohler_reltio',
    ok: false,
    steps: [
      { step: 'put', expected: 'works', outcome: 'works', detail: 'reltio/x' },
      {
        ...{ step: 'root-list', expected: 'denied', outcome: 'works', detail: 'no prefix' },
        ...{ code: 'root-listed', cause: 'The cause', who: 'owner', fix: 'the fix' },
      },
    ],
  });
});
