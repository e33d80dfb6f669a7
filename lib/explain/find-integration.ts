import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { parsePrincipal } from '../rules/principal';
import type { Message } from './message';

/** An integration with its client. */
export interface Found {
  readonly client: Client;
  readonly integration: Integration;
}

/**
 * Of which integration a message is: by its role or user, by a principal that it trusts, or by bucket and prefix. Undefined
 * where the message does not say, or fits several.
 */
export function findIntegration(message: Message, clients: readonly Client[]): Found | undefined {
  const all = clients.flatMap((client) => client.integrations.map((integration) => ({ client, integration })));
  const { principal = '', resource = '' } = message;
  return (
    only(all.filter((found) => isItself(found, principal))) ??
    only(all.filter((found) => isItself(found, resource))) ??
    only(all.filter((found) => isWhere(found, message) && trusts(found, principal))) ??
    only(all.filter((found) => isWhere(found, message)))
  );
}

function only(found: readonly Found[]): Found | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Whether an ARN is of the integration's own role or user. Some programs mask the account. */
export function isItself({ client, integration }: Found, arn: string): boolean {
  const [, account, type, path = ''] =
    /^arn:aws[\w-]*:(?:iam|sts)::(\d{12}|\*+):(role|user|assumed-role)\/(.+)$/.exec(arn) ?? [];
  if (account === undefined) return false;
  if (/^\d/.test(account) && client.account !== undefined && client.account !== account) return false;
  const parts = path.split('/');
  const name = type === 'assumed-role' ? parts[0] : parts.at(-1);
  if (type === 'user') return integration.kind === 'access-key' && integration.name === name;
  return 'roleName' in integration && integration.roleName === name;
}

/** Whether the bucket is its own, and the key is under its prefix. */
function isWhere({ client, integration }: Found, { bucket, key, prefix }: Message): boolean {
  if (bucket !== bucketOf(client, integration).name) return false;
  const place = key ?? prefix;
  return place === undefined ? integration.prefix === '' : `${place}/`.startsWith(integration.prefix);
}

/** Whether it trusts a principal by itself. */
function trusts({ integration }: Found, arn: string): boolean {
  return isTrusted(integration, arn) === true;
}

/** Whether somebody is one of those that a definition names; undefined where it names nobody so. */
export function isTrusted(integration: Integration, arn: string): boolean | undefined {
  if (integration.kind !== 'assumed-role' && integration.kind !== 'direct-trust') return undefined;
  const [, account, type, path = ''] =
    /^arn:aws[\w-]*:(?:iam|sts)::(\d{12}):(role|user|assumed-role)\/(.+)$/.exec(arn) ?? [];
  if (account === undefined) return undefined;
  const name = type === 'assumed-role' ? path.split('/')[0] : path.split('/').at(-1);
  return integration.principals.some((text) => {
    const principal = parsePrincipal(text);
    if (principal === undefined || principal.type === 'canonical-user' || principal.account !== account) return false;
    return principal.type === 'account' || principal.arn.split('/').at(-1) === name;
  });
}
