import { providerUses } from '../definitions/model/identity-providers';
import { bucketOf, type Client, type Deployment, type Integration, partsOf } from '../definitions/model/model';
import type { SetupInformation } from '../rules/setup-information';
import {
  IDENTITY_PROVIDERS_DESCRIPTION,
  identityProvidersId,
  parseStackName,
  stackDescription,
  stackName,
} from '../rules/stacks';
import { type OrphanedStack, stackLeft } from './plan';

/** Where stacks are. What is undefined is where the CDK puts a stack that does not say. */
export interface Place {
  readonly account?: string;
  readonly region?: string;
}

/** A stack as CloudFormation has it. */
export interface DeployedStack {
  readonly name: string;
  readonly description?: string;
  /** For example `UPDATE_COMPLETE`. */
  readonly status: string;
  /** The values of its outputs. */
  readonly outputs: readonly string[];
}

/** What an account has in one Region. */
export interface AccountStacks {
  readonly account: string;
  readonly region: string;
  readonly stacks: readonly DeployedStack[];
}

/** What was found at the places that were looked at. */
export type Found = readonly { readonly place: Place; readonly at: AccountStacks }[];

/** The places of clients and of stacks, each once. */
export function placesOf(...all: readonly (readonly Place[])[]): Place[] {
  const places = all
    .flat()
    .map(({ account, region }): [string, Place] => [`${account}/${region}`, { account, region }]);
  return [...new Map(places).values()];
}

/** What there is at a place; undefined where nobody looked. */
export function foundAt(found: Found, { account, region }: Place): AccountStacks | undefined {
  return found.find(({ place }) => place.account === account && place.region === region)?.at;
}

/** A stack that was left over: as it is, `gone`, or undefined where nobody looked. */
export function stateOf(found: Found, left: OrphanedStack): DeployedStack | 'gone' | undefined {
  const at = foundAt(found, left);
  return at && (at.stacks.find(({ name }) => name === left.stack) ?? 'gone');
}

/** A stack of a client that no definition has. */
export interface UndefinedStack extends OrphanedStack {
  readonly account: string;
  readonly region: string;
  readonly status: string;
  /** The integrations that it has, as its outputs name them. */
  readonly integrations: readonly string[];
}

/**
 * The stacks that an account has and no definition: by name and description they are of clients. What a client does not say of
 * its account and Region is as the CDK has it.
 */
export function undefinedStacks(found: Found, { clients }: Deployment): UndefinedStack[] {
  const byPlace = new Map(found.map(({ at }): [string, AccountStacks] => [`${at.account}/${at.region}`, at]));
  return [...byPlace.values()].flatMap(({ account, region, stacks }) => {
    const isThere = (place: Place) => {
      const at = foundAt(found, place) ?? place;
      return (at.account ?? account) === account && (at.region ?? region) === region;
    };
    const here = clients.filter(isThere);
    return stacks.flatMap(({ name, description, status, outputs }): UndefinedStack[] => {
      const { client, part } = parseStackName(name) ?? {};
      if (client === undefined || description !== stackDescription(client, part)) return [];
      const defined = here.find((each) => each.name === client);
      if (defined && partsOf(defined).includes(part)) return [];
      const because = defined ? 'emptied' : clients.some((each) => each.name === client) ? 'moved' : 'not-defined';
      const integrations = outputs.flatMap((output) => integrationIn(output) ?? []);
      return [{ ...stackLeft(client, part), because, account, region, status, integrations }];
    });
  });
}

/** A stack of identity providers. */
export interface ProvidersStack {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly status: string;
}

/** Where the stacks of identity providers of clients are: in the clients' accounts, in the deployment's Region. */
export function providersPlaces(clients: readonly Place[], { region }: Pick<Deployment, 'region'>): Place[] {
  return clients.map(({ account }) => ({ account, region }));
}

/**
 * The stacks of identity providers in accounts of which no client needs any: the app does not have them any more. They let
 * nobody in, as long as no role trusts them.
 */
export function unneededProviders(found: Found, { clients }: Deployment): ProvidersStack[] {
  const own = foundAt(found, {}) ?? found.find(({ place }) => place.account === undefined)?.at;
  const needing = new Set(
    clients.filter((client) => providerUses([client]).length > 0).map(({ account }) => account ?? own?.account),
  );
  const byPlace = new Map(found.map(({ at }): [string, AccountStacks] => [`${at.account}/${at.region}`, at]));
  return [...byPlace.values()].flatMap(({ account, region, stacks }) => {
    const names = [identityProvidersId(), identityProvidersId(account)].map((id) => stackName(id));
    const isOurs = ({ name, description }: DeployedStack) =>
      names.includes(name) && description === IDENTITY_PROVIDERS_DESCRIPTION;
    // Where nobody knows whose account a client is in, it may be this one.
    if (needing.has(account) || needing.has(undefined)) return [];
    return stacks.filter(isOurs).map(({ name, status }) => ({ stack: name, account, region, status }));
  });
}

/**
 * The clients of which a stack is not there, or has other integrations than the definitions: others by name, kind, status or
 * place. Where nobody looked, nothing is said.
 */
export function differingClients(found: Found, { clients }: Deployment): Set<string> {
  const differs = (client: Client): boolean => {
    const at = foundAt(found, client);
    if (!at) return false;
    return partsOf(client).some((part) => {
      const stack = at.stacks.find(({ name }) => name === stackName(client.name, part));
      const wanted = client.integrations.filter(({ stackPart }) => stackPart === part);
      const setups = stack?.outputs.flatMap((output) => setupIn(output) ?? []).map(placeText);
      return (
        setups?.sort().join('\n') !==
        wanted
          .map((each) => definedText(client, each))
          .sort()
          .join('\n')
      );
    });
  };
  return new Set(clients.filter(differs).map(({ name }) => name));
}

function placeText({ integration, kind, status, bucket, prefix }: SetupInformation): string {
  return JSON.stringify([integration, kind, status, bucket, prefix]);
}

function definedText(client: Client, integration: Integration): string {
  const { name, kind, status, prefix } = integration;
  return JSON.stringify([name, kind, status, bucketOf(client, integration).name, prefix]);
}

/** The name of an integration, where a value is setup information. */
function integrationIn(output: string): string | undefined {
  const integration = setupIn(output)?.integration ?? '';
  return /^[a-z0-9-]{1,32}_[a-z0-9-]{1,32}$/.test(integration) ? integration : undefined;
}

/** Setup information, where a value is that. */
function setupIn(output: string): SetupInformation | undefined {
  try {
    const value = JSON.parse(output);
    return typeof value?.integration === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
