/** Which clients are in which account. */
import type { Stack } from '../account/services';
import { bucketOf, type Client, partsOf } from '../definitions/model/model';
import { stackName } from '../rules/stacks';
import { type AccountIndex, regionOf } from './account-index';
import type { NotJudged } from './finding';

/** A client in the account where it is. */
export interface SitedClient {
  readonly client: Client;
  readonly at: AccountIndex;
  readonly region: string;
  /** Its stacks that are there. */
  readonly stacks: ReadonlyMap<number | undefined, Stack>;
}

/**
 * The clients of some accounts. One that names no account is wherever its bucket or stack is; the others are named with why
 * they are not judged.
 */
export function sitedClients(
  clients: readonly Client[],
  accounts: readonly AccountIndex[],
): { readonly sited: readonly SitedClient[]; readonly elsewhere: readonly NotJudged[] } {
  const sited: SitedClient[] = [];
  const elsewhere: NotJudged[] = [];
  for (const client of clients) {
    const homes = accounts.filter((at) => isHome(client, at));
    for (const at of homes) sited.push(siteOf(client, at));
    if (homes.length > 0) continue;
    const { name, account = null } = client;
    const why =
      account === null
        ? 'it names no account, and neither its bucket nor its stack is in the snapshot'
        : `it is in account ${account}, of which there is no snapshot`;
    elsewhere.push({ client: name, account, what: `client ${name}`, why, counts: account === null });
  }
  return { sited, elsewhere };
}

function isHome(client: Client, at: AccountIndex): boolean {
  if (client.account !== undefined) return client.account === at.account;
  const buckets = [client.bucket, ...client.integrations.map((each) => bucketOf(client, each))];
  return (
    buckets.some(({ name }) => at.hasBucket(name) || at.bucket(name) !== undefined) ||
    partsOf(client).some((part) => at.stacksNamed(stackName(client.name, part)).length > 0)
  );
}

function siteOf(client: Client, at: AccountIndex): SitedClient {
  const named = partsOf(client).map((part) => [part, at.stacksNamed(stackName(client.name, part))] as const);
  const own = named.flatMap(([, stacks]) => stacks).map(({ StackId }) => regionOf(StackId));
  const region =
    client.region ?? own[0] ?? at.bucket(client.bucket.name)?.Region ?? at.snapshot.regions[0] ?? 'us-east-1';
  const stacks = named.flatMap(([part, found]) => {
    const stack = found.find(({ StackId }) => regionOf(StackId) === region);
    return stack ? [[part, stack] as const] : [];
  });
  return { client, at, region, stacks: new Map(stacks) };
}

/** What CloudFormation calls a resource of a client's stack, by the path of its construct; undefined where it has none. */
export function physicalId(
  { stacks }: SitedClient,
  part: number | undefined,
  type: string,
  id: string,
): string | undefined {
  return stacks
    .get(part)
    ?.Resources?.find(({ LogicalResourceId, ResourceType }) => LogicalResourceId === id && ResourceType === type)
    ?.PhysicalResourceId;
}

/** Whether it is known what a stack has, be it that it is not there. */
export function isStackRead({ at, stacks }: SitedClient, part: number | undefined): boolean {
  const stack = stacks.get(part);
  return stack ? stack.Resources !== undefined : at.snapshot.stacks !== undefined;
}
