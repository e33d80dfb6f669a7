import { providersOf } from '../definitions/model/identity-providers';
import type { Client, Deployment } from '../definitions/model/model';
import type { SynthesizedStack } from '../templates';
import { printable } from '../text/quote';
import { accessChanges, paired } from './access';
import { type ClientStacks, stacksByClient } from './client-stacks';
import { type AccessChange, widens } from './effect';
import { type AddedPermission, addedPermissions } from './grants';
import { withMoves } from './moved';
import { printedStacks } from './printed-stacks';
import { type Removals, removals } from './removals';
import type { StackChanges } from './stack';

/** Which stacks are wanted. */
export interface Wanted {
  readonly clients: ReadonlySet<string>;
  /** Those of identity providers, which clients share. */
  readonly providers: boolean;
}

/** Synthesizes stacks of a deployment. */
export type Synthesize = (deployment: Deployment, wanted: Wanted) => Promise<readonly SynthesizedStack[]>;

/** What there is to know before one version is deployed over another. */
export interface Diff {
  /** In who can do what, by client and integration. */
  readonly access: readonly AccessChange[];
  /** In resources, by stack; those that stay as they are are left out. */
  readonly stacks: readonly StackChanges[];
}

/**
 * What changes from one version of the definitions to another. Only what differs is synthesized. The words come from the
 * definitions; should the templates let more through than the words say, that is told too.
 */
export async function diffDeployments(before: Deployment, after: Deployment, synthesize: Synthesize): Promise<Diff> {
  const access = accessChanges(before, after);
  const differing = paired(before.clients, after.clients).filter(([was, is]) => !sameStatements(was, is));
  const wanted = {
    clients: new Set(differing.map(([was, is]) => (is ?? (was as Client)).name)),
    providers: !sameStatements(providersOf(before), providersOf(after)),
  };
  if (wanted.clients.size === 0 && !wanted.providers) return { access, stacks: [] };
  const [old, now] = [await synthesize(before, wanted), await synthesize(after, wanted)];
  const said = new Map(differing.map(([was, is]) => [(is ?? was)?.name, removals(was, is)]));
  const stacks = await stackChanges(old, now, (client) => said.get(client) ?? NOTHING);
  return { access: [...access, ...unsaid(stacksByClient(old), stacksByClient(now), access, after)], stacks };
}

const NOTHING: Removals = { secrets: new Map(), buckets: new Map() };

/** What happens to the resources of stacks, matched by name. */
export async function stackChanges(
  before: readonly SynthesizedStack[],
  after: readonly SynthesizedStack[],
  said: (client: string | undefined) => Removals,
): Promise<StackChanges[]> {
  // It knows every type of resource there is, which takes a second to load.
  const { compareTemplates } = await import('./compare');
  const stacks = paired(before, after)
    .map(([was, is]) => ({
      stack: (is ?? (was as SynthesizedStack)).name,
      client: (is ?? was)?.client,
      changes: compareTemplates(was, is, said((is ?? was)?.client)),
    }))
    .filter(({ changes }) => changes.length > 0);
  return withMoves(stacks);
}

/** What the templates let through that the words do not say. */
function unsaid(
  before: readonly ClientStacks[],
  after: readonly ClientStacks[],
  access: readonly AccessChange[],
  { clients }: Deployment,
): AccessChange[] {
  return paired(before, after).flatMap(([was, is]): AccessChange[] => {
    if (!is) return [];
    const { client = '' } = is;
    const widening = access.filter((change) => change.client === client && widens(change));
    const isSaid = ({ integration }: AddedPermission) =>
      widening.some((change) => integration === undefined || [undefined, integration].includes(change.integration));
    const file = clients.find(({ name }) => name === client)?.file;
    if (file === undefined) return [];
    return grownStacks(was, is)
      .filter((each) => !isSaid(each))
      .map(({ integration, text }) => ({
        sign: '+',
        client,
        integration,
        text: printable(`is allowed more than its definition says: ${text}`),
        effect: 'widening',
        file,
      }));
  });
}

/** What one version of a client's stacks lets through and the other did not. */
export function grownStacks(before: ClientStacks | undefined, after: ClientStacks): AddedPermission[] {
  return addedPermissions(before && printedStacks(before.stacks), printedStacks(after.stacks));
}

function sameStatements(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
