/** Stacks and integrations of ours that no definition has, and identity providers that definitions need. */
import { isObject, NotJson, parseJson } from '../account/json';
import type { Stack } from '../account/services';
import { providerUses } from '../definitions/model/identity-providers';
import { type Client, partsOf } from '../definitions/model/model';
import { iamArn } from '../rules/arns';
import { namesOf } from '../rules/names';
import { parseProvider } from '../rules/provider';
import { parseStackName, stackDescription } from '../rules/stacks';
import { type AccountIndex, regionOf } from './account-index';
import { awsCommand } from './aws-command';
import type { Finding } from './finding';
import { finding } from './settings';
import type { SitedClient } from './sited';

/**
 * What is deployed and not defined, by description and outputs.
 *
 * @param judged undefined where all clients are judged; else only what is of these counts
 */
export function notDefined(
  at: AccountIndex,
  clients: readonly Client[],
  sited: readonly SitedClient[],
  judged: ReadonlySet<string> | undefined,
): readonly Finding[] {
  const byName = new Map(clients.map((client) => [client.name, client]));
  const here = new Map(sited.filter((each) => each.at === at).map((each) => [each.client.name, each]));
  return (at.snapshot.stacks ?? []).flatMap((stack) => {
    const { client, part } = parseStackName(stack.StackName) ?? {};
    if (client === undefined || stack.Description !== stackDescription(client, part)) return [];
    if (stack.StackStatus === 'DELETE_COMPLETE' || (judged && !judged.has(client))) return [];
    const defined = byName.get(client);
    const site = here.get(client);
    const isHere = site !== undefined && site.region === regionOf(stack.StackId);
    if (!defined || !isHere || !partsOf(defined).includes(part)) return [unknownStack(stack, client)];
    return unknownIntegrations(stack, defined, part);
  });
}

function unknownStack({ StackName, StackId }: Stack, client: string): Finding {
  const undo = awsCommand('cloudformation', 'delete-stack', { 'stack-name': StackName, region: regionOf(StackId) });
  const message = `the stack ${StackName} in ${regionOf(StackId)} is there, and no definition has it`;
  return finding('not-defined', { client, resource: StackId }, message, undo);
}

function unknownIntegrations(
  { Outputs = [], StackId, StackName }: Stack,
  client: Client,
  part: number | undefined,
): readonly Finding[] {
  const defined = new Map(client.integrations.map((each) => [each.name, each.stackPart]));
  return Outputs.flatMap(({ OutputValue = '' }) => {
    const name = integrationIn(OutputValue);
    if (name === undefined || (defined.has(name) && defined.get(name) === part)) return [];
    if (namesOf(name).client !== client.name) return [];
    const message = `${name} is deployed in ${StackName}, and no definition has it there`;
    return [finding('not-defined', { client: client.name, integration: name, resource: StackId }, message)];
  });
}

function integrationIn(output: string): string | undefined {
  if (!output.startsWith('{')) return undefined;
  try {
    const value = parseJson(output, { length: 10_000, depth: 10, values: 500 });
    const name = isObject(value) ? value.integration : undefined;
    return typeof name === 'string' && /^[a-z0-9-]{1,32}_[a-z0-9-]{1,32}$/.test(name) ? name : undefined;
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

/** Identity providers that integrations need and an account does not have, or not for their audiences. */
export function missingProviders(at: AccountIndex, sited: readonly SitedClient[]): readonly Finding[] {
  const { oidcProviders, notRead } = at.snapshot;
  if (oidcProviders === undefined) return [];
  const found = new Map(oidcProviders.map((provider) => [provider.Arn, provider]));
  const wanted = new Map<string, { readonly clients: Set<string>; readonly audiences: Set<string> }>();
  for (const { client } of sited.filter((each) => each.at === at)) {
    for (const { provider, audiences } of providerUses([client])) {
      const issuer = parseProvider(provider)?.issuer ?? '';
      const arn = iamArn({ partition: at.partition, account: at.account }, 'oidc-provider', issuer);
      const known = wanted.get(arn) ?? { clients: new Set(), audiences: new Set() };
      known.clients.add(client.name);
      for (const audience of audiences) known.audiences.add(audience);
      wanted.set(arn, known);
    }
  }
  return [...wanted].flatMap(([arn, { clients, audiences }]) => {
    const [client = null, ...others] = clients;
    const about = { client: others.length === 0 ? client : null, resource: arn };
    const provider = found.get(arn);
    if (!provider) {
      if (notRead.some((each) => each.list === 'oidcProviders' && each.arn === arn)) return [];
      return [finding('missing', about, `the identity provider ${arn} is not there`)];
    }
    const lacking = [...audiences].filter((audience) => !provider.ClientIDList?.includes(audience));
    return lacking.map((audience) =>
      finding(
        'missing',
        about,
        `the identity provider ${arn} does not take the audience ${audience}`,
        awsCommand('iam', 'add-client-id-to-open-id-connect-provider', {
          'open-id-connect-provider-arn': arn,
          'client-id': audience,
        }),
      ),
    );
  });
}
