import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { problemLine } from '../../lib/definitions/yaml/problem';

// The tests have examples of their own, so that a team may put its definitions in the place of these.
test('the definitions of this repository are deployable', () => {
  const dir = join(__dirname, '../../integrations');
  const { problems } = load(dir, { today: '2026-11-22' });
  expect(problems.filter(({ severity }) => severity === 'error').map((problem) => problemLine(problem, dir))).toEqual(
    [],
  );
});
