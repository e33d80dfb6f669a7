import { explore } from '../../lib/access';
import { CASES } from './cases';
import { pathText, worldOf } from './world-file';

test.each(CASES.map((each) => [each.name, each] as const))('%s', (_, file) => {
  const { world, targets } = worldOf(file);
  const { paths, insiders } = explore(world, targets);
  expect(paths.map((path) => pathText(path, world)).sort()).toEqual([...file.paths].sort());
  if (file.insiders) {
    const found = insiders().map(
      ({ holder, targets: reached, byBootstrap }) =>
        `${holder?.name[0] ?? 'policy'}: ${reached.map(({ kind }) => kind).join()}${byBootstrap ? ' (by bootstrap)' : ''}`,
    );
    expect(found.sort()).toEqual([...file.insiders].sort());
  }
});

test('there are cases that find something, and cases that let pass, each with a source of AWS', () => {
  expect(CASES.filter(({ paths }) => paths.length > 0).length).toBeGreaterThanOrEqual(80);
  expect(CASES.filter(({ paths }) => paths.length === 0).length).toBeGreaterThanOrEqual(60);
  expect(
    CASES.filter(({ source }) => !/^https:\/\/(?:docs\.aws\.amazon\.com|aws\.amazon\.com)\//.test(source)),
  ).toEqual([]);
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
});
