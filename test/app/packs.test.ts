import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { ClientStack } from '../../lib/app/client-stack';
import { load } from '../../lib/definitions/load';
import { EVERY_SHAPE, EXAMPLES } from '../support/every-shape';
import { inFolder } from '../support/folder';
import { newApp } from '../support/synth';
import { acknowledgementsPage } from './acknowledgements-page';

const PACKS = { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks };

/** What a pack says of a stack: rule and construct. */
function findings(pack: keyof typeof PACKS, stack: Stack): string[] {
  return new PACKS[pack]()
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources = [] }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
}

function stacksOf(dir: string): Stack[] {
  const app = newApp();
  return load(dir).deployment.clients.map((client) => new ClientStack(app, client, {}));
}

test.each(Object.keys(PACKS) as (keyof typeof PACKS)[])('%s finds nothing that is not acknowledged', (pack) => {
  const stacks = [...stacksOf(EXAMPLES), ...inFolder(EVERY_SHAPE, stacksOf)];
  expect(stacks.flatMap((stack) => findings(pack, stack))).toEqual([]);
});

test.each(Object.keys(PACKS) as (keyof typeof PACKS)[])('%s still finds what is not acknowledged', (pack) => {
  const stack = new Stack(newApp(), 'Stack');
  new CfnBucket(stack, 'Bare');
  expect(findings(pack, stack)).not.toEqual([]);
});

test('the page of acknowledgements is up to date: npm run generate', () => {
  expect(readFileSync(join(__dirname, '../../docs/acknowledgements.md'), 'utf8')).toBe(acknowledgementsPage());
});
