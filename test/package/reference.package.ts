import { apiReference, written } from './api-reference';

// The package has been built for this run.
test('docs/api.md is what jsii-docgen makes of the constructs', async () => {
  const page = await apiReference();
  expect(page).toContain('### AssumedRoleIntegration');
  expect(page === written() ? 'up to date' : 'out of date: npm run api-reference').toBe('up to date');
});
