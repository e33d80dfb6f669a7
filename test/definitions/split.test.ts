import fc from 'fast-check';
import { load } from '../../lib/definitions/load';
import type { Client } from '../../lib/definitions/model/model';
import { FILL, moved, partFor, splitOf } from '../../lib/definitions/model/split';
import { stackSizes } from '../../lib/definitions/model/stack-sizes';
import { inFolder } from '../support/folder';

/** A client whose integrations are of these kinds, in these parts, named by their place. */
function clientOf(integrations: readonly { kind: string; part?: number }[], bucket = ''): Client {
  const text = ({ kind, part }: { kind: string; part?: number }) =>
    `${KINDS[kind]}${part === undefined ? '' : `stackPart: ${part}\n`}`;
  const files = integrations.map((one, at) => [`c/v${String(at).padStart(4, '0')}.yaml`, text(one)]);
  return inFolder({ 'c/client.yaml': bucket, ...Object.fromEntries(files) }, (dir) => {
    const [client] = load(dir).deployment.clients;
    if (!client) throw new Error('no client');
    return client;
  });
}

const KINDS: Readonly<Record<string, string>> = {
  role: 'kind: assumed-role\nstatus: pending\n',
  keys: 'kind: access-key\nreason: x\nkeys: [a, b]\n',
};

const nobody = () => false;
const told = (client: Client) =>
  [...stackSizes(client)].map(([part, { resources, outputs }]) => [part ?? 1, resources, outputs]);
const many = (count: number, kind: string, part?: number) => Array.from({ length: count }, () => ({ kind, part }));

describe('a client that does not fit one stack', () => {
  test('is filled stack by stack, by name, with room left in each', () => {
    const client = clientOf(many(400, 'role'));
    const split = splitOf(client, nobody);
    expect(told(moved(client, split))).toEqual([
      [1, 182, 180],
      [2, 180, 180],
      [3, 40, 40],
    ]);
    expect(split.moves[0]).toMatchObject({ integration: { vendor: 'v0180' }, part: 2 });
    expect(told(moved(clientOf(many(120, 'keys')), splitOf(clientOf(many(120, 'keys')), nobody)))).toEqual([
      [1, 447, 89],
      [2, 155, 31],
    ]);
  });

  test('keeps what is deployed where it is, however full that stack is', () => {
    const client = clientOf(many(230, 'role'));
    const deployed = new Set(client.integrations.slice(30).map(({ name }) => name));
    const { moves } = splitOf(client, ({ name }) => deployed.has(name));
    expect(moves.map(({ integration, part }) => `${integration.vendor} ${part}`)).toEqual(
      client.integrations.slice(0, 30).map(({ vendor }) => `${vendor} 2`),
    );
  });

  test('leaves what has room where its definition says', () => {
    expect(splitOf(clientOf([...many(5, 'role'), ...many(5, 'role', 7)]), nobody)).toEqual({ moves: [], left: [] });
    const { moves } = splitOf(clientOf(many(181, 'role', 7)), nobody);
    expect(moves).toEqual([expect.objectContaining({ part: 2 })]);
  });

  test('has an end: 99 stacks', () => {
    const [one] = clientOf(many(1, 'role')).integrations;
    const parts = [undefined, ...Array.from({ length: 98 }, (_, at) => at + 2)];
    const full = parts.flatMap((stackPart) =>
      Array.from({ length: 180 }, (_, at) => ({ ...one, name: `c_${stackPart}-${at}`, stackPart })),
    );
    const client = { ...clientOf([]), integrations: [...full, { ...one, name: 'c_z' }] } as Client;
    const { moves, left } = splitOf(client, nobody);
    expect([moves, left.map(({ name }) => name)]).toEqual([[], ['c_z']]);
  });
});

const integration = fc.record({
  kind: fc.constantFrom('role', 'keys'),
  part: fc.option(fc.integer({ min: 2, max: 5 }), { nil: undefined }),
  deployed: fc.boolean(),
});

test('of any client: deployed ones stay, new ones fit, and a second time nothing moves', () => {
  fc.assert(
    fc.property(fc.array(integration, { minLength: 1, maxLength: 300 }), fc.boolean(), (all, key) => {
      const client = clientOf(all, key ? 'bucket: {kmsKey: create}\n' : '');
      const isDeployed = ({ vendor }: { vendor: string }) => all[Number(vendor.slice(1))]?.deployed === true;
      const split = splitOf(client, isDeployed);
      const after = moved(client, split);
      const fixed = { ...client, integrations: client.integrations.filter(isDeployed) };
      for (const [part, { resources, outputs }] of stackSizes(after)) {
        const before = stackSizes(fixed).get(part);
        expect(resources).toBeLessThanOrEqual(Math.max(FILL.resources, before?.resources ?? 0));
        expect(outputs).toBeLessThanOrEqual(Math.max(FILL.outputs + 1, before?.outputs ?? 0));
      }
      expect(split.moves.filter((move) => isDeployed(move.integration))).toEqual([]);
      expect(splitOf(after, isDeployed)).toEqual({ moves: [], left: [] });
      expect(splitOf(client, isDeployed)).toEqual(split);
    }),
    { numRuns: 30 },
  );
}, 60_000);

test('what is deployed never moves, whatever is added or removed beside it', () => {
  fc.assert(
    fc.property(
      fc.array(integration, { minLength: 1, maxLength: 250 }),
      fc.array(fc.nat(), { maxLength: 20 }),
      (all, removed) => {
        const client = moved(clientOf(all), splitOf(clientOf(all), nobody));
        const rest = client.integrations.filter((_, at) => !removed.some((one) => one % all.length === at));
        const deployed = new Set(rest.map(({ name }) => name));
        const more = clientOf(many(5, 'role')).integrations.map((one) => ({ ...one, name: `${one.name}-new` }));
        const next = { ...client, integrations: [...more, ...rest] };
        const after = moved(
          next,
          splitOf(next, ({ name }) => deployed.has(name)),
        );
        const places = (of: Client) =>
          new Map(of.integrations.filter(({ name }) => deployed.has(name)).map((one) => [one.name, one.stackPart]));
        expect(places(after)).toEqual(places(client));
      },
    ),
    { numRuns: 20 },
  );
}, 60_000);

test('a new integration goes to the first stack with room', () => {
  const added = { ...(clientOf(many(1, 'role')).integrations[0] as Client['integrations'][number]), name: 'c_new' };
  const of = (...groups: readonly (readonly { kind: string; part?: number }[])[]) =>
    partFor({ ...clientOf(groups.flat()) }, added);
  expect(of(many(179, 'role'))).toBeUndefined();
  expect(of(many(180, 'role'))).toBe(2);
  expect(of(many(180, 'role'), many(180, 'role', 2))).toBe(3);
  expect(of(many(180, 'role'), many(1, 'role', 4))).toBe(2);
});
