/**
 * Clients that vendors use, unmodified, each inside the prefix of an integration: what they need for what, no more and no
 * less, and that nothing else is within their reach. docs/clients.md says the same, from the same data.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Capability, DEFAULT_ACCESS } from '../../lib/rules/confinement';
import { CLIENTS } from './clients';
import type { Client, Operation, Place } from './clients/client';
import type { Asked } from './clients/front';
import { EVERYTHING, Household, OTHER_BUCKET } from './clients/household';
import { versionOf } from './clients/programs';

jest.setTimeout(300_000);

const needsOf = ({ needs }: Operation) => Object.keys(needs) as Capability[];
const allBut = (capability?: Capability) => EVERYTHING.filter((each) => each !== capability);
const INSIDE = [...DEFAULT_ACCESS, Capability.DELETE, Capability.ACL];

/** What Ceph 16 lets anybody do: see own buckets, send ACLs, and whatever who uploaded an object likes to do with it. */
const ONLY_SIMULATED = ['s3:GetObject', 's3:GetObjectVersion', 's3:ListAllMyBuckets', 's3:PutObjectAcl'];

let household: Household;

beforeAll(async () => {
  const operations = CLIENTS.flatMap((client) => client.operations);
  household = await Household.of([
    INSIDE,
    EVERYTHING,
    ...operations.map(needsOf).filter((needs) => needs.length > 0),
    ...operations.flatMap(needsOf).map(allBut),
  ]);
});
afterAll(async () => {
  const failures = household?.front.failures ?? [];
  await household?.end();
  expect(failures).toEqual([]);
});

/** What an operation came to. */
async function tried(
  client: Client,
  operation: Operation,
  access: readonly Capability[],
  without: readonly string[] = [],
) {
  const place = await household.place(access);
  const desk = household.desk(client, access, without);
  const { exit, said, asked } = await desk.type(operation.type(place));
  const refused = asked.flatMap((each) => each.refused ?? []).at(-1);
  const keys = await household.keys(place);
  const { makes, removes = [] } = operation;
  const done =
    (makes?.keys ?? []).every((key) => keys.includes(key)) &&
    (makes?.files ?? []).every((file) => existsSync(join(desk.cwd, file))) &&
    !removes.some((key) => keys.includes(key));
  return { works: exit === 0 && done, refused, said };
}

describe.each(CLIENTS.map((client) => [client.name, client] as const))('%s', (_, client) => {
  test('is of the version that the page tells of', () => {
    const release = client.release.replaceAll('.', '\\.');
    expect(versionOf(client.version)).toMatch(new RegExp(`(?<![\\d.])${release}\\.`));
  });

  test.each(client.operations.map((operation) => [operation.to, operation] as const))('%s', async (_, operation) => {
    const needs = needsOf(operation);
    const [enough, ...denied] = await Promise.all([
      tried(client, operation, needs.length > 0 ? needs : EVERYTHING),
      ...needs.map((need) => tried(client, operation, allBut(need))),
    ]);
    if (operation.never === undefined) expect(enough).toMatchObject({ works: true });
    else expect(enough).toMatchObject({ works: false, refused: operation.never });
    const refused = Object.fromEntries(needs.map((need, at) => [need, denied[at]]));
    expect(refused).toMatchObject(
      Object.fromEntries(needs.map((need) => [need, { works: false, refused: operation.needs[need] }])),
    );
  });

  for (const option of client.options) {
    test(`needs ${option.line}`, async () => {
      const operation = client.operations.find(({ to }) => to === option.tried) as Operation;
      const { works, refused } = await tried(client, operation, needsOf(operation), [option.line]);
      expect({ works, refused }).toEqual({ works: false, refused: option.refused });
    });
  }

  const { reaches } = client;
  if (!reaches) return;
  test('reaches nothing outside of the prefix', async () => {
    const own = await household.place(INSIDE);
    const { bucket, prefix } = household.of(INSIDE);
    const outside: readonly Place[] = [
      // A neighbour's, one that begins like the own, the root, and one in another bucket.
      { bucket, prefix: household.of(EVERYTHING).prefix },
      { bucket, prefix: `${prefix.slice(0, -1)}2/` },
      { bucket, prefix: '' },
      { bucket: OTHER_BUCKET, prefix },
    ];
    const reached = async (place: Place) => {
      await household.put(place, 'report.txt');
      const desk = household.desk(client, INSIDE);
      const works: boolean[] = [];
      const answers: Asked[] = [];
      for (const each of reaches(place)) {
        const { exit, asked } = await desk.type(each);
        works.push(exit === 0);
        // Every integration may ask in which region its bucket is.
        answers.push(...asked.filter(({ path }) => !path.endsWith('?location')));
      }
      return { works, answers };
    };
    expect((await reached(own)).works).toEqual([true, true, true, true]);
    const elsewhere = await Promise.all(outside.map(reached));
    expect(elsewhere.map(({ works }) => works)).toEqual(outside.map(() => [false, false, false, false]));
    // The server refuses all of it by itself, whatever the simulator says.
    for (const { answers } of elsewhere) {
      expect(answers.filter(({ gateway = 0 }) => gateway < 400)).toEqual([]);
      expect(answers.map(({ gateway }) => gateway)).toContain(403);
    }
    for (const place of outside) expect(await household.content(place, 'report.txt')).toBe('report.txt as it was');
  });
});

test('Ceph refuses what the simulator refuses, but for what it does not know', () => {
  const alone = household.front.asked.filter(({ refused, gateway = 400 }) => refused !== undefined && gateway < 400);
  const actions = [...new Set(alone.map(({ refused }) => refused))].sort();
  process.stdout.write(`e2e: refused by the simulator alone: ${actions.join(', ')}\n`);
  expect(ONLY_SIMULATED).toEqual(expect.arrayContaining(actions));
});
