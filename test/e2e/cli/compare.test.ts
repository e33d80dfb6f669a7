import { UNREADABLE } from './arrived';
import { compare, RESOURCE, Verdict, verdict, verdictTable } from './compare';

const TRUST = { Statement: [{ Effect: 'Allow', Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }] };

test.each([
  ['as asked for', 'Status', 'Active', 'Active', undefined, Verdict.ARRIVED],
  ['in another order of tags', 'Tags', [tag('a'), tag('b')], [tag('b'), tag('a')], undefined, Verdict.ARRIVED],
  ['nothing', 'Tags', [tag('a')], undefined, undefined, Verdict.DROPPED],
  ['an empty list', 'Policies', [TRUST], [], undefined, Verdict.DROPPED],
  ['what is there by default', 'MaxSessionDuration', 7200, 3600, undefined, Verdict.DROPPED],
  ['some settings', 'OwnershipControls', { a: 1, b: 2 }, { a: 1 }, undefined, Verdict.PARTLY],
  ['another setting', 'OwnershipControls', { a: 1, b: 2 }, { a: 3 }, undefined, Verdict.WRONG],
  ['a setting too many', 'OwnershipControls', { a: 1 }, { a: 1, b: 2 }, undefined, Verdict.WRONG],
  ['a policy without its condition', 'Policies', TRUST, { Statement: [{ Effect: 'Allow' }] }, undefined, Verdict.WRONG],
  ['what was there before', 'MaxSessionDuration', 7200, 43200, 43200, Verdict.NOT_UPDATED],
  ['neither the new nor the old', 'MaxSessionDuration', 7200, 900, 43200, Verdict.WRONG],
  ['what only the server knows', 'SecretString', '‹Key.SecretAccessKey›', 'x', undefined, Verdict.WRONG],
  ['what nobody can tell', 'Description', 'x', UNREADABLE, undefined, Verdict.UNREADABLE],
])('%s', (_, property, asked, arrived, before, expected) => {
  expect(verdict(property, asked, arrived, before)).toBe(expected);
});

test('a resource that is not there is one row, one that is there a row for each property', () => {
  const asked = { id: 'Key', type: 'AWS::IAM::AccessKey', properties: { UserName: 'u', Status: 'Active' } };
  expect(compare('s', asked, undefined).map(({ property, verdict }) => [property, verdict])).toEqual([
    [RESOURCE, Verdict.DROPPED],
  ]);
  const rows = compare('s', asked, { UserName: 'u', Status: 'Inactive' });
  expect(rows.map(({ property, verdict, instead }) => [property, verdict, instead])).toEqual([
    [RESOURCE, Verdict.ARRIVED, undefined],
    ['UserName', Verdict.ARRIVED, undefined],
    ['Status', Verdict.WRONG, 'Inactive'],
  ]);
  expect(verdictTable(rows)).toMatch(/AWS::IAM::AccessKey {2}Status +1 +1\n/);
});

function tag(Key: string) {
  return { Key, Value: 'x' };
}
