/** What `check` passes, the app takes as well: the constructs refuse nothing of it. */
import { App } from 'aws-cdk-lib/core';
import { clientStacks } from '../../lib/app/client-stack';
import { loadCase, readCases } from '../definitions/cases';
import { shareOf } from '../support/share';

const HUGE = /^(?:limits-|stack-parts$|prefix-many-neighbours$)/;
const loaded = shareOf([...readCases('good'), ...readCases('bad')], 0)
  .filter(({ name }) => !HUGE.test(name))
  .map((each) => [each.name, loadCase(each)] as const)
  .filter(([, { failed, deployment }]) => !failed && deployment.clients.length > 0);

test.each(loaded)('%s', (_, { deployment }) => {
  for (const client of deployment.clients) {
    const app = new App({ analyticsReporting: false });
    const stacks = clientStacks(app, client, {});
    expect(stacks.flatMap((stack) => stack.node.findAll().flatMap((each) => each.node.validate()))).toEqual([]);
  }
});

test('there are cases', () => {
  expect(loaded.length).toBeGreaterThan(20);
});
