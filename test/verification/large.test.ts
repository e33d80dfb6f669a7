import { verifyCost } from '../../scripts/verify-cost';

test('the large account of the cost, made smaller, is the same', () => {
  const size = { clients: 20, integrations: 200, roles: 100, users: 20, buckets: 20 };
  expect(verifyCost(size)).toMatchObject({ verdict: 'same', findings: 0 });
});
