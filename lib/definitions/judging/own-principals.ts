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
  const owners = new Map(
    clients.flatMap(({ client, integrations }) =>
      client.account === undefined
        ? []
        : integrations.flatMap(({ integration }) => {
            if (integration === undefined || integration.kind === 'direct-trust') return [];
            const name = 'roleName' in integration ? integration.roleName : integration.name;
            const type = 'roleName' in integration ? 'role' : 'user';
            return [[keyOf(client.account ?? '', type, name), integration.name] as const];
          }),
    ),
  );
  const problem = (yaml: YamlFile | undefined, text: unknown, path: readonly string[]): Problem[] => {
    const principal = typeof text === 'string' ? parsePrincipal(text) : undefined;
    if (principal?.type !== 'role' && principal?.type !== 'user') return [];
    const owner = owners.get(
      keyOf(principal.account, principal.type, principal.arn.slice(principal.arn.lastIndexOf('/') + 1)),
    );
    return owner === undefined || !yaml
      ? []
      : [yaml.problem(ownPrincipal(principal.arn, principal.type, owner), [...path])];
  };
  const internal = (yaml: YamlFile | undefined) =>
    listed(yaml?.data.internal).flatMap((entry, at) =>
      listed((entry as { principals?: unknown } | null)?.principals).flatMap((text, index) =>
        problem(yaml, text, ['internal', String(at), 'principals', String(index)]),
      ),
    );
  return [
    ...internal(settings),
    ...clients.flatMap(({ yaml, integrations }) => [
      ...internal(yaml),
      ...integrations.flatMap((file) => [
        ...listed(file.yaml.data.principals).flatMap((text, at) =>
          problem(file.yaml, text, ['principals', String(at)]),
        ),
        ...listed(file.yaml.data.trusts).flatMap((trust, at) =>
          problem(file.yaml, (trust as { principal?: unknown } | null)?.principal, [
            ...['trusts', String(at), 'principal'],
          ]),
        ),
      ]),
    ]),
  ];
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
