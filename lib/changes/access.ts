import { bucketOf, type Client, type Deployment, type Integration } from '../definitions/model/model';
import { printable } from '../text/quote';
import { clientChanges } from './client-changes';
import type { AccessChange, ChangeText } from './effect';
import { integrationChanges } from './integration-changes';
import { inOneSentence, isActive } from './words';

/**
 * What changes in who can do what between two versions of the definitions, by client and integration. What is allowed is
 * the product of who, what, where, when and how: so where something is allowed that was not, one of these alone allows
 * more, and each is told and judged by itself.
 */
export function accessChanges(before: Deployment, after: Deployment): AccessChange[] {
  return paired(before.clients, after.clients).flatMap(([was, is]) => {
    if (was && is) return changesOf(was, is);
    return is ? newClient(is) : removedClient(was as Client);
  });
}

/** What there is of each name before and after, by name. */
export function paired<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
): [before: T | undefined, after: T | undefined][] {
  const [was, is] = [before, after].map((all) => new Map(all.map((one) => [one.name, one])));
  const names = [...new Set([...before, ...after].map(({ name }) => name))].sort();
  return names.map((name) => [was?.get(name), is?.get(name)]);
}

function changesOf(was: Client, is: Client): AccessChange[] {
  // Most clients of a large folder, which are not even read twice.
  if (was === is) return [];
  const own = clientChanges(was, is).map((said) => ofClient(is, said));
  const others = paired(was.integrations, is.integrations).flatMap(([one, other]) => {
    if (one && other) {
      const said = integrationChanges({ client: was, integration: one }, { client: is, integration: other });
      return said.map((each) => ofIntegration(other, each));
    }
    return other ? [newIntegration(is, other)] : [removedIntegration(one as Integration)];
  });
  return [...own, ...others];
}

/** A client that is new, with all that it has. */
export function newClient(client: Client): AccessChange[] {
  const how = client.bucket.existing ? 'which exists already' : 'which is created';
  const text = `is a new client, with the bucket ${client.bucket.name}, ${how}`;
  return [
    ofClient(client, { sign: '+', text, effect: 'neutral' }),
    ...client.integrations.map((integration) => newIntegration(client, integration)),
  ];
}

function removedClient(client: Client): AccessChange[] {
  const text = `removed; the bucket ${client.bucket.name} stays, with its objects`;
  return [
    ofClient(client, { sign: '-', text, effect: 'neutral' }),
    ...client.integrations.map((integration) => removedIntegration(integration)),
  ];
}

/** An integration that is new. */
export function newIntegration(client: Client, integration: Integration): AccessChange {
  const { kind, status } = integration;
  const open = isActive(integration);
  const text = open
    ? `is new, of kind ${kind}: ${inOneSentence(integration, bucketOf(client, integration))}`
    : `is new, of kind ${kind}, and ${status}: nobody can use it`;
  return ofIntegration(integration, { sign: '+', text, effect: open ? 'widening' : 'neutral' });
}

function removedIntegration(integration: Integration): AccessChange {
  return ofIntegration(
    integration,
    isActive(integration)
      ? { sign: '-', text: 'removed; its access ends with the deployment', effect: 'narrowing' }
      : { sign: '-', text: `removed; it was ${integration.status}, and nobody could use it`, effect: 'neutral' },
  );
}

function ofClient({ name, file }: Client, { sign, text, effect }: ChangeText): AccessChange {
  return { sign, client: name, text: printable(text), effect, file };
}

function ofIntegration({ client, name, file }: Integration, { sign, text, effect }: ChangeText): AccessChange {
  return { sign, client, integration: name, text: printable(text), effect, file };
}
