import type { Client, Deployment } from '../definitions/model/model';
import { INTENT_KEY } from '../rules/intent';
import { type SynthesizedStack, section } from '../templates';
import { printable } from '../text/quote';
import { recordOf } from '../text/record';
import { newClient, newIntegration, paired } from './access';
import { type ClientStacks, stacksByClient } from './client-stacks';
import { type Diff, grownStacks, type Synthesize, stackChanges } from './diff';
import type { AccessChange } from './effect';
import type { AddedPermission } from './grants';
import { unnamedRemovals } from './removals';

/**
 * What changes from what was synthesized earlier, by another version of this package perhaps: told in the words of the
 * policies, since there are no definitions to compare with.
 *
 * @param before its stacks; others than those of clients may be among them
 */
export async function diffAssembly(
  before: readonly SynthesizedStack[],
  after: Deployment,
  synthesize: Synthesize,
): Promise<Diff> {
  const clients = new Map(after.clients.map((client) => [client.name, client]));
  const synthesized = await synthesize(after, { clients: new Set(clients.keys()), providers: true });
  const [old, now] = [before.map(withoutMetadata), synthesized.map(withoutMetadata)];
  const all = stacksByClient(old);
  const access = paired(all, stacksByClient(now)).flatMap(([was, is]) =>
    accessOf(was, is, clients.get((is ?? was)?.client ?? '')),
  );
  const earlier = new Map(all.map(({ client, stacks }) => [client, stacks]));
  const stacks = await stackChanges(old, now, (client) =>
    unnamedRemovals(earlier.get(client) ?? [], clients.get(client ?? '')),
  );
  return { access, stacks };
}

/** Where a construct stands in its app is no part of what is deployed. */
function withoutMetadata(stack: SynthesizedStack): SynthesizedStack {
  const resources = Object.entries(section(stack, 'Resources'))
    .filter(([, resource]) => recordOf(resource).Type !== 'AWS::CDK::Metadata')
    .map(([id, resource]) => [id, { ...recordOf(resource), Metadata: undefined }]);
  return { ...stack, template: { ...stack.template, Resources: Object.fromEntries(resources) } };
}

function accessOf(
  was: ClientStacks | undefined,
  is: ClientStacks | undefined,
  client: Client | undefined,
): AccessChange[] {
  if (!was) return client ? newClient(client) : [];
  const name = (is ?? was).client;
  if (name === undefined) return [];
  const file = client?.file ?? `${name}/client.yaml`;
  const gone = (integration?: string): AccessChange => ({
    sign: '-',
    client: name,
    integration,
    text: 'removed; its access ends with the deployment',
    effect: 'narrowing',
    file: fileOf(integration) ?? file,
  });
  const had = integrationsOf(was);
  if (!is || !client) return [{ ...gone(), effect: 'neutral', text: 'removed; its buckets stay' }, ...had.map(gone)];
  const has = integrationsOf(is);
  const added = client.integrations.filter((integration) => !had.includes(integration.name));
  const both = ({ integration }: AddedPermission) =>
    integration === undefined || (had.includes(integration) && has.includes(integration));
  const told = (sign: '+' | '-', { integration, text }: AddedPermission): AccessChange => ({
    sign,
    client: name,
    integration,
    text: printable(sign === '+' ? text : `removed: ${text}`),
    effect: sign === '+' ? 'widening' : 'narrowing',
    file: fileOf(integration) ?? file,
  });
  return [
    ...grownStacks(was, is)
      .filter(both)
      .map((each) => told('+', each)),
    ...grownStacks(is, was)
      .filter(both)
      .map((each) => told('-', each)),
    ...added.map((integration) => newIntegration(client, integration)),
    ...had.filter((integration) => !has.includes(integration)).map(gone),
  ];
}

/** The integrations that templates note. */
function integrationsOf({ stacks }: ClientStacks): string[] {
  const keys = stacks.flatMap((stack) => Object.keys(section(stack, 'Metadata')));
  return keys.flatMap((key) => (key.startsWith(INTENT_KEY) ? [key.slice(INTENT_KEY.length)] : []));
}

function fileOf(integration: string | undefined): string | undefined {
  return integration === undefined ? undefined : `${integration.replace('_', '/')}.yaml`;
}
