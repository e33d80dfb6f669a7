import {
  internalIsVendor,
  keyOfPrincipal,
  meets,
  principalKey,
  principalOfIntegration,
} from '../../rules/own-principals';
import { accountOf } from '../../rules/principal';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { Settings } from './bucket';
import type { ClientFiles } from './client';

/** A principal that a file names, and where. */
interface Named {
  readonly yaml: YamlFile;
  readonly text: string;
  readonly path: string[];
}

/**
 * Principals that are an integration's already: its own role or user, and, of those of ours, its vendor's. A
 * principal with two roles would have what is said of either.
 */
export function ownPrincipals(
  clients: readonly ClientFiles[],
  yaml: YamlFile | undefined,
  settings: Settings,
): Problem[] {
  const files = [yaml, ...clients.map((client) => client.yaml)].filter((file) => file !== undefined);
  const internal = files.flatMap(internalIn);
  const vendors = clients.flatMap(({ integrations }) => integrations.flatMap((file) => vendorsIn(file.yaml)));
  // Only where the account is known is such a name surely an integration's.
  const owners = new Map(clients.flatMap(principalsMade));
  const ownerOf = ({ text }: Named) => owners.get(keyOfPrincipal(text) ?? '');
  return [
    ...[...internal, ...vendors].flatMap((each) => {
      const owner = ownerOf(each);
      return owner === undefined ? [] : [each.yaml.problem(principalOfIntegration(each.text, owner), each.path)];
    }),
    ...internalVendors(
      clients,
      internal.filter((each) => ownerOf(each) === undefined),
    ),
    ...organizationVendors(clients, files, settings),
  ];
}

/** The roles and users that a client's integrations make, each with its integration. */
function principalsMade({ client: { account }, integrations }: ClientFiles): [key: string, integration: string][] {
  if (account === undefined) return [];
  return integrations.flatMap(({ integration }) => {
    if (integration === undefined || integration.kind === 'direct-trust') return [];
    const key =
      'roleName' in integration
        ? principalKey(account, 'role', integration.roleName)
        : principalKey(account, 'user', integration.name);
    return [[key, integration.name]];
  });
}

function internalVendors(clients: readonly ClientFiles[], internal: readonly Named[]): Problem[] {
  const vendors = byAccount(clients);
  return internal.flatMap(({ yaml, text, path }) => {
    const near = vendors.get(accountOf(text) ?? '') ?? [];
    return (['same', 'account'] as const).flatMap((how) => {
      const names = [...new Set(near.filter((one) => meets(text, one.principal) === how).map(({ name }) => name))];
      if (names.length === 0) return [];
      return [yaml.problem(internalIsVendor(text, how, names), path, 'value', 'warning')];
    });
  });
}

/** Our organization is every account of it but the bucket's own, and those of ours may be of it. */
function organizationVendors(
  clients: readonly ClientFiles[],
  files: readonly YamlFile[],
  { organization, ownAccounts = [] }: Settings,
): Problem[] {
  const vendors = byAccount(clients);
  const names = [...new Set(ownAccounts.flatMap((account) => vendors.get(account) ?? []).map(({ name }) => name))];
  if (organization === undefined || names.length === 0) return [];
  return files.flatMap((yaml) =>
    listed(yaml.data.internal).flatMap((entry, at) =>
      memberOf(entry, 'organization') === true && memberOf(entry, 'principals') === undefined
        ? [
            yaml.problem(
              internalIsVendor(organization, 'account', names),
              ['internal', String(at), 'organization'],
              'value',
              'warning',
            ),
          ]
        : [],
    ),
  );
}

/** The principals of integrations by their accounts. */
function byAccount(clients: readonly ClientFiles[]): ReadonlyMap<string, { principal: string; name: string }[]> {
  const found = new Map<string, { principal: string; name: string }[]>();
  for (const { integration } of clients.flatMap(({ integrations }) => integrations)) {
    if (!integration || !('principals' in integration)) continue;
    for (const principal of integration.principals) {
      const account = accountOf(principal);
      if (account === undefined) continue;
      const there = found.get(account);
      if (there) there.push({ principal, name: integration.name });
      else found.set(account, [{ principal, name: integration.name }]);
    }
  }
  return found;
}

/** Who of ours a file names. */
function internalIn(yaml: YamlFile): Named[] {
  return listed(yaml.data.internal).flatMap((entry, at) =>
    texts(yaml, memberOf(entry, 'principals'), ['internal', String(at), 'principals']),
  );
}

/** Which principals a file of an integration names. */
function vendorsIn(yaml: YamlFile): Named[] {
  return [
    ...texts(yaml, yaml.data.principals, ['principals']),
    ...listed(yaml.data.trusts).flatMap((trust, at) => {
      const text = memberOf(trust, 'principal');
      return typeof text === 'string' ? [{ yaml, text, path: ['trusts', String(at), 'principal'] }] : [];
    }),
  ];
}

function texts(yaml: YamlFile, list: unknown, path: readonly string[]): Named[] {
  return listed(list).flatMap((text, at) =>
    typeof text === 'string' ? [{ yaml, text, path: [...path, String(at)] }] : [],
  );
}

function memberOf(value: unknown, key: string): unknown {
  return (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
