import { paired } from '../changes/access';
import { providersOf } from '../definitions/model/identity-providers';
import { type Client, type Deployment, partsOf } from '../definitions/model/model';
import { stackId, stackName } from '../rules/stacks';
import { Status } from '../rules/vocabulary';

/** Why a client is deployed: the first that holds. */
export type Because = 'no-base' | 'new' | 'definitions' | 'app' | 'all' | 'between' | 'account';

/** A client that is deployed, with all of its stacks. */
export interface Deployed {
  readonly client: string;
  /** What `cdk deploy` knows its stacks by, its own first: `kohler`, `kohler-Part2`. */
  readonly stackIds: readonly string[];
  readonly because: Because;
}

/** A stack that the definitions do not have any more, and that lets in whom it let in until it is deleted. */
export interface OrphanedStack {
  readonly client: string;
  /** What `cdk destroy` knows it by. */
  readonly stackId: string;
  readonly stack: string;
  readonly account?: string;
  readonly region?: string;
  /**
   * `moved`: the client is in another account or region now, where it gets another stack. `emptied`: no definition is in it
   * any more. `not-defined`: an account has it, and no definition has such a client.
   */
  readonly because: 'removed' | 'moved' | 'emptied' | 'not-defined';
}

/** What is to be deployed so that a deployment is as its definitions say. */
export interface Plan {
  /** By name. */
  readonly clients: readonly Deployed[];
  /** Whether that is every client there is. */
  readonly everything: boolean;
  /** Whether the stacks of identity providers are among it, which clients share. */
  readonly identityProviders: boolean;
  /** By client. */
  readonly left: readonly OrphanedStack[];
  /** The integrations whose vendors get a hand-off: new ones, and those that are active now and were not. */
  readonly handoffs: readonly string[];
}

/**
 * Works out what is to be deployed. A client's template is made of its definitions, in which settings and vendor
 * profiles are filled in, and of the app: nothing else.
 *
 * @param before what was deployed last; undefined where nothing is known of it
 * @param appChanged whether the app is another now
 * @param all whether every client is deployed, changed or not
 */
export function planOf(before: Deployment | undefined, after: Deployment, appChanged: boolean, all = false): Plan {
  const pairs = paired(before?.clients ?? [], after.clients);
  const clients = pairs.flatMap(([was, is]) => {
    const because = is && (before ? (becauseOf(was, is, appChanged) ?? (all ? 'all' : undefined)) : 'no-base');
    return is && because ? [{ client: is.name, stackIds: stackIdsOf(is), because }] : [];
  });
  const issuers = providersOf(after);
  return {
    clients,
    everything: clients.length === after.clients.length,
    identityProviders:
      issuers.length > 0 &&
      (!before || appChanged || all || JSON.stringify(issuers) !== JSON.stringify(providersOf(before))),
    left: pairs.flatMap(([was, is]) => leftOf(was, is)),
    handoffs: pairs.flatMap(([was, is]) => handoffsOf(was, is)),
  };
}

/** A plan by which some clients are deployed as well, whatever it says of them. */
export function planWith(plan: Plan, after: Deployment, names: ReadonlySet<string>, because: Because): Plan {
  const known = new Map(plan.clients.map((each) => [each.client, each]));
  const clients = after.clients.flatMap((client): Deployed[] => {
    const { name } = client;
    return [known.get(name) ?? (names.has(name) ? { client: name, stackIds: stackIdsOf(client), because } : [])].flat();
  });
  return {
    ...plan,
    clients,
    everything: clients.length === after.clients.length,
    // What they were in between, their issuers may have been as well.
    identityProviders: plan.identityProviders || (names.size > 0 && providersOf(after).length > 0),
  };
}

/** Whether there is nothing to do. */
export function isEmpty(plan: Plan): boolean {
  return isUnchanged(plan) && plan.left.length === 0;
}

/** Whether there is nothing to deploy. */
export function isUnchanged({ clients, identityProviders }: Plan): boolean {
  return clients.length === 0 && !identityProviders;
}

function becauseOf(was: Client | undefined, is: Client, appChanged: boolean): Because | undefined {
  if (!was) return 'new';
  if (JSON.stringify(was) !== JSON.stringify(is)) return 'definitions';
  return appChanged ? 'app' : undefined;
}

function leftOf(was: Client | undefined, is: Client | undefined): OrphanedStack[] {
  if (!was) return [];
  // An account or region that is not known is taken to be the same.
  const differs = (key: 'account' | 'region') =>
    was[key] !== undefined && is?.[key] !== undefined && was[key] !== is[key];
  const stay = is && !differs('account') && !differs('region') ? partsOf(is) : [];
  const because = stay.length > 0 ? 'emptied' : is ? 'moved' : 'removed';
  const { account, region } = was;
  // A part imports from the client's own stack, which cannot go before it.
  return partsOf(was)
    .filter((part) => !stay.includes(part))
    .reverse()
    .map((part) => ({ ...stackLeft(was.name, part), account, region, because }));
}

/** A stack of a client that is removed, of which no more is known. */
export function stackLeft(client: string, part?: number): OrphanedStack {
  return { client, stackId: stackId(client, part), stack: stackName(client, part), because: 'removed' };
}

function stackIdsOf(client: Client): string[] {
  return partsOf(client).map((part) => stackId(client.name, part));
}

function handoffsOf(was: Client | undefined, is: Client | undefined): string[] {
  return paired(was?.integrations ?? [], is?.integrations ?? []).flatMap(([one, other]) => {
    const opened = other?.status === Status.ACTIVE && one?.status !== Status.ACTIVE;
    return other && (!one || opened) ? [other.name] : [];
  });
}
