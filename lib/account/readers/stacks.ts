import { parseStackName } from '../../rules/stacks';
import { isObject, NotJson, parseJson } from '../json';
import type { Output } from './ask';
import { ofPages, type Reading } from './reading';

type Listed = NonNullable<Output<'cloudformation', 'DescribeStacks'>['Stacks']>[number];

/**
 * The stacks of a Region. Of others than ours only names and descriptions: their outputs are nobody's business, and may
 * hold what should be secret.
 */
export async function readStacks(reading: Reading, region: string): Promise<object[]> {
  const listed = await ofPages(
    (NextToken) => reading.ask('cloudformation', region, 'DescribeStacks', { NextToken }),
    ({ Stacks }) => Stacks,
    ({ NextToken }) => NextToken,
  );
  return Promise.all(
    listed.map(async (stack) => {
      const { StackName = '', StackId = '', StackStatus, Description, Outputs = [] } = stack;
      const shown = { StackName, StackId, StackStatus, Description };
      return isOurs(stack) ? { ...shown, Outputs, Resources: await readResources(reading, region, StackId) } : shown;
    }),
  );
}

/** By its name and description, which the app gives it, or by the setup information that the constructs put out. */
export function isOurs({ StackName = '', Description = '', Outputs = [] }: Listed): boolean {
  const named = parseStackName(StackName) !== undefined || /^(?:Bucket and i|I)ntegrations of /.test(Description);
  return named || Outputs.some(({ OutputValue = '' }) => isSetupInformation(OutputValue));
}

function isSetupInformation(output: string): boolean {
  if (!output.startsWith('{"integration":')) return false;
  try {
    const value = parseJson(output, { length: 10_000, depth: 10, values: 500 });
    return isObject(value) && typeof value.integration === 'string' && typeof value.kind === 'string';
  } catch (error) {
    if (error instanceof NotJson) return false;
    throw error;
  }
}

async function readResources(reading: Reading, region: string, StackName: string) {
  const resources = await reading.orNote('stacks.Resources', StackName, () =>
    ofPages(
      (NextToken) => reading.ask('cloudformation', region, 'ListStackResources', { StackName, NextToken }),
      ({ StackResourceSummaries }) => StackResourceSummaries,
      ({ NextToken }) => NextToken,
    ),
  );
  return resources?.map(({ LogicalResourceId, PhysicalResourceId, ResourceType }) => ({
    LogicalResourceId,
    PhysicalResourceId,
    ResourceType,
  }));
}
