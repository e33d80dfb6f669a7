import fc from 'fast-check';
import { CAPABILITIES } from '../simulation/capabilities';
import { runs } from '../support/share';
import { folders, KINDS, STATUSES } from './definitions';
import { prove } from './prove';

// The same folders every time; `npm run prove` takes others.
const SEED = 20_261_122;
const DECISIONS = runs(20_000);

test('of any folder, every integration and everybody of ours gets what it was given, and nothing else', async () => {
  const { failure, decisions, allowed, about } = await prove({ seed: SEED, decisions: DECISIONS });
  if (failure) {
    throw new Error(`${failure.message}\nreplay: npm run prove -- --seed ${failure.seed} --path ${failure.path}`);
  }
  expect(decisions).toBeGreaterThanOrEqual(DECISIONS);
  expect(allowed).toBeGreaterThan(DECISIONS / 5);
  expect(decisions - allowed).toBeGreaterThan(DECISIONS / 2);
  const ofOurs = [...about].filter(([what]) => / of ours|another organization/.test(what));
  expect(ofOurs.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(DECISIONS / 20);
}, 300_000); // Long enough for a machine that is busy with others.

test('folders have every kind, status and capability, keys, restrictions and whole buckets', () => {
  const integrations = fc.sample(folders, { seed: SEED, numRuns: 100 }).flatMap((folder) => folder.integrations);
  const has = <T>(of: (one: (typeof integrations)[number]) => T) => new Set(integrations.map(of));
  expect(has(({ kind, status }) => `${kind} ${status}`).size).toBe(KINDS.length * STATUSES.length);
  for (const kind of KINDS) {
    const given = new Set(integrations.filter((one) => one.kind === kind).flatMap(({ access }) => access));
    const possible = Object.keys(CAPABILITIES).filter((one) => kind !== 'direct-trust' || one !== 'list-buckets');
    expect([kind, [...given].sort()]).toEqual([kind, possible.sort()]);
  }
  const both = new Set([true, false]);
  expect(has(({ stackPart }) => stackPart)).toEqual(new Set([undefined, 2, 3]));
  expect(has(({ stackPart, bucket }) => stackPart !== undefined && bucket.kmsKey === 'create')).toEqual(both);
  expect(has(({ kind, accessPoint }) => kind === 'direct-trust' && accessPoint !== undefined)).toEqual(both);
  expect(has(({ prefix }) => prefix === '')).toEqual(both);
  expect(has(({ bucket }) => bucket.existing)).toEqual(both);
  expect(has(({ sourceIps, vpcEndpoints }) => sourceIps.length > 0 && vpcEndpoints.length > 0)).toEqual(both);
  expect(has(({ sourceVpcs }) => sourceVpcs.length > 0)).toEqual(both);
  expect(has(({ trusts }) => trusts !== undefined)).toEqual(both);
  expect(has(({ kind, rolePath }) => `${kind} ${rolePath !== '/'}`).size).toBe(2 * KINDS.length);
  expect(has(({ sessionTags, sourceIdentity }) => `${sessionTags} ${sourceIdentity}`).size).toBe(4);
  expect(has(({ kind, roleName, client, vendor }) => roleName !== `${client}_${vendor}` && kind).size).toBe(4);
  expect(has(({ subjects }) => subjects.some((subject) => subject.endsWith('*')))).toEqual(both);
  expect(has(({ expires }) => expires !== undefined)).toEqual(both);
  expect(has(({ roleSessionName }) => roleSessionName?.includes('*'))).toEqual(new Set([undefined, true, false]));
  expect(has(({ kind, selfAssume }) => kind === 'assumed-role' && selfAssume)).toEqual(both);
  expect(has(({ externalIds }) => Math.min(externalIds.length, 2))).toEqual(new Set([0, 1, 2]));
  expect(has(({ bucket }) => bucket.kmsKey?.split('/')[0]?.split(':')[2])).toEqual(new Set([undefined, 'kms']));
  expect(has(({ bucket }) => bucket.kmsKey === 'create')).toEqual(both);
});

test('folders have our own people: named, of the organization and both, with keys and prefixes', () => {
  const internals = fc.sample(folders, { seed: SEED, numRuns: 100 }).flatMap((folder) => folder.internals);
  const has = <T>(of: (one: (typeof internals)[number]) => T) => new Set(internals.map(of));
  expect(has(({ principals, organization }) => `${principals.length > 0} ${organization}`)).toEqual(
    new Set(['true false', 'true true', 'false true']),
  );
  const both = new Set([true, false]);
  expect(has(({ prefix }) => prefix === '')).toEqual(both);
  expect(has(({ bucket }) => bucket.kmsKey === 'create')).toEqual(both);
  expect(has(({ access }) => access.includes('write'))).toEqual(both);
});
