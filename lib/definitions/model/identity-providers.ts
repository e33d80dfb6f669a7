import { parseProvider } from '../../rules/provider';
import type { Client, Deployment } from './model';

/** The use of an identity provider that must be made in the client's account. */
export interface ProviderUse {
  /** The client's, where it says one. */
  readonly account?: string;
  /** The issuer's address. */
  readonly provider: string;
  readonly audiences: readonly string[];
}

/**
 * Which identity providers the clients' integrations need made. One that is named by its ARN is there already, and AWS
 * knows Google by itself. Suspended and pending integrations keep theirs.
 */
export function providerUses(clients: readonly Client[]): ProviderUse[] {
  return clients.flatMap(({ account, integrations }) =>
    integrations.flatMap((integration) => {
      if (integration.kind !== 'web-identity' || integration.provider === undefined) return [];
      const { provider, audiences } = integration;
      const parsed = parseProvider(provider);
      return parsed && !parsed.builtIn && parsed.arn === undefined ? [{ account, provider, audiences }] : [];
    }),
  );
}

/** All that the identity providers of a deployment depend on, to be compared as JSON; empty where it needs none. */
export function providersOf({ region, tags, clients }: Deployment): readonly unknown[] {
  const uses = providerUses(clients).map(({ account, provider, audiences }) =>
    JSON.stringify([account, provider, [...audiences].sort()]),
  );
  return uses.length === 0 ? [] : [region, tags, [...new Set(uses)].sort()];
}
