import type { Finding } from '../../rules/finding';
import { parsePrincipal } from '../../rules/principal';
import { quote } from '../../text/quote';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { ClientFiles } from './client';

/**
 * Principals, of integrations and of internal entries, that are the role or user of an integration: its vendor would have
 * what they are allowed too. Only where the account is known is such a name surely an integration's.
 */
export function ownPrincipals(clients: readonly ClientFiles[], settings: YamlFile | undefined): Problem[] {
  const owners = new Map(clients.flatMap(principalsMade));
  const files = clients.flatMap(({ yaml, integrations }) => [yaml, ...integrations.map((file) => file.yaml)]);
  return [settings, ...files].flatMap((yaml) =>
    yaml === undefined
      ? []
      : principalsIn(yaml).flatMap(({ text, path }) => {
          const principal = typeof text === 'string' ? parsePrincipal(text) : undefined;
          if (principal?.type !== 'role' && principal?.type !== 'user') return [];
          const { account, type, arn } = principal;
          const owner = owners.get(keyOf(account, type, arn.slice(arn.lastIndexOf('/') + 1)));
          return owner === undefined ? [] : [yaml.problem(ownPrincipal(arn, type, owner), path)];
        }),
  );
}

/** The roles and users that a client's integrations make, each with its integration. */
function principalsMade({ client: { account }, integrations }: ClientFiles): [key: string, integration: string][] {
  if (account === undefined) return [];
  return integrations.flatMap(({ integration }) => {
    if (integration === undefined || integration.kind === 'direct-trust') return [];
    const key =
      'roleName' in integration
        ? keyOf(account, 'role', integration.roleName)
        : keyOf(account, 'user', integration.name);
    return [[key, integration.name]];
  });
}

/** What a file names as principals, whatever kind of file it is, and where. */
function principalsIn({ data }: YamlFile): { readonly text: unknown; readonly path: string[] }[] {
  return [
    ...listed(data.internal).flatMap((entry, at) =>
      listed(memberOf(entry, 'principals')).map((text, index) => ({
        text,
        path: ['internal', String(at), 'principals', String(index)],
      })),
    ),
    ...listed(data.principals).map((text, at) => ({ text, path: ['principals', String(at)] })),
    ...listed(data.trusts).map((trust, at) => ({
      text: memberOf(trust, 'principal'),
      path: ['trusts', String(at), 'principal'],
    })),
  ];
}

function memberOf(value: unknown, key: string): unknown {
  return (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
}

/** IAM does not distinguish names by case. */
function keyOf(account: string, type: 'role' | 'user', name: string): string {
  return `${account} ${type} ${name.toLowerCase()}`;
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function ownPrincipal(text: string, type: 'role' | 'user', owner: string): Finding {
  return {
    code: 'principal-of-integration',
    message: `${quote(text)} is the ${type} of ${owner}, so the vendor of ${owner} would have this access too`,
    fix: 'name a role or user that is not one of an integration',
  };
}
