import { Capability } from '../../lib/rules/confinement';
import { gravest, RISKS, type RiskFacts, risksOf } from '../../lib/rules/risk';
import { Status } from '../../lib/rules/vocabulary';

const ROLE = 'arn:aws:iam::111122223333:role/exporter';
const of = (more: Partial<RiskFacts>): RiskFacts => ({
  kind: 'assumed-role',
  status: Status.ACTIVE,
  access: [Capability.LIST, Capability.READ, Capability.WRITE],
  principals: [ROLE],
  ...more,
});
const codes = (more: Partial<RiskFacts>) => risksOf(of(more)).map(({ code }) => code);

test('a role for one principal has none', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ externalIds: ['abc'] })).toEqual([]);
  expect(gravest([])).toBeUndefined();
});

test.each<[string, Partial<RiskFacts>, Partial<RiskFacts>]>([
  ['whole-account-open', { principals: ['111122223333'] }, { principals: ['111122223333'], externalIds: ['abc'] }],
  ['whole-account-open', { principals: ['arn:aws:iam::111122223333:root'] }, { principals: [ROLE] }],
  [
    'whole-account-open',
    { kind: 'direct-trust', principals: ['111122223333'], externalIds: ['abc'] },
    { kind: 'direct-trust' },
  ],
  ['long-lived-key', { kind: 'access-key', principals: undefined }, { kind: 'roles-anywhere', principals: undefined }],
  ['shared-external-id', { sharedWith: ['acme_adobe'] }, { sharedWith: [] }],
  ['root-list-shows-names', { access: [Capability.ROOT_LIST] }, { access: [Capability.LIST] }],
  [
    'root-list-shows-names',
    { access: [Capability.ROOT_LIST] },
    { access: [Capability.ROOT_LIST], dedicatedBucket: {} },
  ],
  [
    'whole-account-open',
    { externalIds: ['abc'], trusts: [{ principal: '111122223333' }, { principal: ROLE, externalId: 'abc' }] },
    { externalIds: ['abc'], trusts: [{ principal: '111122223333', externalId: 'abc' }, { principal: ROLE }] },
  ],
  ['delete-without-end', { access: [Capability.DELETE] }, { access: [Capability.DELETE], expires: '2027-01-31' }],
])('%s: %j, and not %j', (code, risky, harmless) => {
  expect(codes(risky)).toEqual([code]);
  expect(codes(harmless)).toEqual([]);
  for (const status of [Status.PENDING, Status.SUSPENDED]) expect(codes({ ...risky, status })).toEqual([]);
});

test('the gravest comes first', () => {
  const all = risksOf(
    of({
      kind: 'access-key',
      principals: ['111122223333'],
      sharedWith: ['acme_adobe'],
      access: [Capability.DELETE, Capability.ROOT_LIST],
    }),
  );
  expect(all.map(({ code }) => code).sort()).toEqual([...RISKS].sort());
  expect(all.map(({ gravity }) => gravity)).toEqual(['high', 'medium', 'medium', 'medium', 'low']);
  expect(gravest(all)).toBe('high');
  for (const { what, why, fix } of all) for (const text of [what, why, fix]) expect(text).toMatch(/^\S.*[^.]$/);
});
