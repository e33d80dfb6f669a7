import type { Client, Deployment, Integration } from '../../lib/definitions/model/model';
import { loadCase, problemsOf, readCases } from './cases';

const cases = readCases('good');

describe('an unusual definition is taken as it is meant', () => {
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const loaded = loadCase(each);
    const { deployment, failed } = loaded;
    expect(problemsOf(each, loaded).filter(({ severity }) => severity !== 'accepted')).toEqual([]);
    expect(failed).toBe(false);
    // As JSON, in which what is not there is null, and __proto__ a key like any other.
    const actual = each.values.map(({ path }) => `${path} ${json(valueAt(deployment, path))}`);
    expect(actual).toEqual(each.values.map(({ path, value }) => `${path} ${json(value)}`));
  });
});

test('the corpus has at least 25 cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(25);
});

/** The value at `kohler.bucket.name` (of a client) or `kohler_adobe.prefix` (of an integration). */
function valueAt(deployment: Deployment, path: string): unknown {
  const [name, ...keys] = path.split('.');
  const named: readonly (Client | Integration)[] = deployment.clients.flatMap((client) => [
    client,
    ...client.integrations,
  ]);
  const found = named.find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return keys.reduce<unknown>((of, key) => (of as Readonly<Record<string, unknown>> | undefined)?.[key], found);
}

/** With the keys of every mapping in order. */
function json(value: unknown): string {
  const sorted = (_: string, of: unknown) =>
    of !== null && typeof of === 'object' && !Array.isArray(of)
      ? Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)))
      : of;
  return JSON.stringify(value ?? null, sorted);
}
