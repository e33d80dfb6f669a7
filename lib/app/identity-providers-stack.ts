import { Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { IdentityProvider } from '../constructs/identity-provider';
import { providerUses } from '../definitions/model/identity-providers';
import type { Client, Deployment } from '../definitions/model/model';
import { IDENTITY_PROVIDERS_DESCRIPTION, identityProvidersId, stackName } from '../rules/stacks';

/** The environment of a stack, as far as it is known. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/**
 * The identity providers of one account: one for each issuer, with the audiences of all who use it. In a stack of their
 * own, since an issuer can have one provider in an account; roles know its ARN beforehand, so nothing is exported.
 */
export class IdentityProvidersStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    issuers: ReadonlyMap<string, ReadonlySet<string>>,
    tags: Readonly<Record<string, string>>,
    env: Environment,
  ) {
    super(scope, id, {
      stackName: stackName(id),
      description: IDENTITY_PROVIDERS_DESCRIPTION,
      env,
    });
    for (const [key, value] of Object.entries(tags)) Tags.of(this).add(key, value);
    for (const [issuer, audiences] of issuers) {
      new IdentityProvider(this, issuer.replace('https://', '').replaceAll('/', '|'), {
        issuer,
        audiences: [...audiences],
      });
    }
  }
}

/** One account's providers, and the clients whose roles trust them. */
export interface AccountProviders {
  readonly stack: IdentityProvidersStack;
  readonly users: readonly Client[];
}

/** Makes the identity providers of each account in which a client needs any. */
export function addIdentityProviders(
  scope: Construct,
  deployment: Deployment,
  environment: Environment,
): AccountProviders[] {
  const accounts = new Map<string | undefined, Client[]>();
  for (const client of deployment.clients) {
    if (issuersOf([client]).size === 0) continue;
    const account = client.account ?? environment.account;
    accounts.set(account, [...(accounts.get(account) ?? []), client]);
  }
  return [...accounts].map(([account, users]) => {
    // Neither name nor region may depend on which clients there are: moved, a provider would be in its own way.
    const id = identityProvidersId(account);
    const env = { account, region: deployment.region ?? environment.region };
    return { users, stack: new IdentityProvidersStack(scope, id, issuersOf(users), deployment.tags, env) };
  });
}

/** The issuers of providers that the clients need made, with every audience of each. */
function issuersOf(clients: readonly Client[]): Map<string, Set<string>> {
  const issuers = new Map<string, Set<string>>();
  for (const { provider, audiences } of providerUses(clients)) {
    const all = issuers.get(provider) ?? new Set();
    for (const audience of audiences) all.add(audience);
    issuers.set(provider, all);
  }
  return new Map([...issuers].sort(([a], [b]) => (a < b ? -1 : 1)));
}
