import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAUSES } from '../../lib/causes/cause';
import { FAILURES } from '../../lib/command/host/failure';
import { CONSTRUCT_CODES, DEFINITION_CODES, REQUEST_CODES, ROTATION_CODES } from '../../lib/rules/codes';

const PAGE = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');

/** Words in the form of a code that are others'. */
const NO_CODES = new Set(['fetch-depth', 'role-duration-seconds']);

test('the codes in troubleshooting are printed by something', () => {
  const named = [...PAGE.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, code = '']) => code);
  const known = [DEFINITION_CODES, CONSTRUCT_CODES, REQUEST_CODES, ROTATION_CODES, FAILURES, CAUSES].flatMap((codes) =>
    Object.keys(codes),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((code) => !known.includes(code) && !NO_CODES.has(code))).toEqual([]);
});
