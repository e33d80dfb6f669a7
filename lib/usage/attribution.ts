import { type Grantee, granteeOf } from '../causes/grantee';
import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { setupPlaceOf } from '../definitions/model/setup-place';
import { accessPointOf } from '../rules/access-points';
import { type Principal, parsePrincipal } from '../rules/principal';
import { isUnder } from './log-key';
import type { LogRecord } from './logs/record';
import { type Requester, requesterOf } from './requester';

/** An integration of whose use logs tell. */
export interface Used {
  readonly client: Client;
  readonly integration: Integration;
  readonly grantee: Grantee;
  /** Its place in the list. */
  readonly at: number;
}

/** Whose a request is. */
export type Whose =
  | { readonly by: 'integration'; readonly used: Used; readonly byPrefix: boolean; readonly requester: Requester }
  /** Of our own company as `internal` says, of AWS itself, or of a bucket that no definition has. */
  | { readonly by: 'nobody' }
  | { readonly by: 'stranger'; readonly requester: Requester };

const NOBODY: Whose = { by: 'nobody' };

/** So many texts of requesters are remembered at once: sessions have names of their own. */
const MOST_REMEMBERED = 20_000;

/**
 * Says whose a request is: by its role's session, its user, a direct trust's principal, account or access point. By prefix
 * only where two direct trusts of one account cannot be distinguished otherwise.
 */
export class Attribution {
  readonly all: readonly Used[];
  /** By account and name; the account is empty where it is not known. */
  private readonly roles = new Map<string, Used>();
  private readonly users = new Map<string, Used>();
  private readonly accessPoints = new Map<string, Used>();
  /** Direct trusts by bucket. */
  private readonly direct = new Map<string, Trust[]>();
  private readonly buckets = new Map<string, Client[]>();
  private readonly remembered = new Map<string, Requester>();

  constructor(clients: readonly Client[]) {
    this.all = clients
      .flatMap((client) => client.integrations.map((integration) => ({ client, integration })))
      .map(({ client, integration }, at) => {
        const encrypted = bucketOf(client, integration).kmsKey !== undefined;
        const grantee = granteeOf(integration, setupPlaceOf(client, integration), encrypted);
        return { client, integration, grantee, at };
      });
    for (const client of clients) this.addBucket(client.bucket.name, client);
    for (const used of this.all) this.add(used);
  }

  /** Whether a bucket is of a definition. */
  knows(bucket: string): boolean {
    return this.buckets.has(bucket);
  }

  of(record: LogRecord): Whose {
    const { bucket } = record;
    const point = record.accessPoint === '' ? undefined : this.accessPoints.get(pointKey(record.accessPoint));
    const requester = this.requester(record);
    const own = point ?? this.ofRole(record, requester) ?? this.ofPrincipal(bucket, requester);
    if (own) return { by: 'integration', used: own, byPrefix: false, requester };
    const clients = this.buckets.get(bucket);
    if (clients === undefined || requester.service) return NOBODY;
    const trusts = (this.direct.get(bucket) ?? NONE).filter(({ principals }) => isAny(principals, requester));
    const only = trusts[0]?.used;
    if (only && trusts.length === 1) return { by: 'integration', used: only, byPrefix: false, requester };
    if (trusts.length > 1) {
      const place = record.prefix ?? record.key;
      const under = trusts.filter(({ used }) => place !== '' && isUnder(place, used.integration.prefix));
      if (under[0] && under.length === 1) return { by: 'integration', used: under[0].used, byPrefix: true, requester };
      if (place === '') return NOBODY;
    }
    return clients.some((client) => isInternal(client, requester)) ? NOBODY : { by: 'stranger', requester };
  }

  /** Of the role that was assumed, or was to be. */
  private ofRole({ role, bucket }: LogRecord, requester: Requester): Used | undefined {
    if (role !== undefined) {
      const target = requesterOf(role);
      const used = target.role === undefined ? undefined : this.named(this.roles, target.account, target.role);
      if (used) return used;
    }
    if (requester.role === undefined) return undefined;
    const exact = this.roles.get(`${requester.account}/${requester.role}`);
    if (exact) return exact;
    const anywhere = this.roles.get(`/${requester.role}`);
    return anywhere?.grantee.bucket === bucket ? anywhere : undefined;
  }

  private ofPrincipal(bucket: string, { account, user }: Requester): Used | undefined {
    if (user === undefined) return undefined;
    const exact = this.users.get(`${account}/${user}`);
    if (exact) return exact;
    const anywhere = this.users.get(`/${user}`);
    return anywhere?.grantee.bucket === bucket ? anywhere : undefined;
  }

  private named(map: ReadonlyMap<string, Used>, account: string | undefined, name: string): Used | undefined {
    return map.get(`${account}/${name}`) ?? map.get(`/${name}`);
  }

  private requester({ requester, account }: LogRecord): Requester {
    const key = account === undefined ? requester : `${requester} ${account}`;
    const known = this.remembered.get(key);
    if (known) return known;
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    const read = requesterOf(requester, account);
    this.remembered.set(key, read);
    return read;
  }

  private add(used: Used): void {
    const { client, integration, grantee } = used;
    const account = client.account ?? '';
    this.addBucket(grantee.bucket, client);
    switch (integration.kind) {
      case 'assumed-role':
      case 'roles-anywhere':
      case 'web-identity':
        this.roles.set(`${account}/${integration.roleName}`, used);
        break;
      case 'access-key':
        this.users.set(`${account}/${integration.name}`, used);
        break;
      case 'direct-trust': {
        const point = accessPointOf(integration);
        if (point !== undefined) this.accessPoints.set(`${account}/${point}`, used);
        const there = this.direct.get(grantee.bucket) ?? [];
        this.direct.set(grantee.bucket, [...there, { used, principals: parsedAll(integration.principals) }]);
        break;
      }
      default:
        integration satisfies never;
    }
  }

  private addBucket(name: string, client: Client): void {
    const there = this.buckets.get(name) ?? [];
    if (!there.includes(client)) this.buckets.set(name, [...there, client]);
  }
}

function pointKey(arn: string): string {
  const [, account = '', name = ''] = /:(\d{12}):accesspoint\/([^/]+)/.exec(arn) ?? [];
  return `${account}/${name}`;
}

/** A direct trust, with whom it names. */
interface Trust {
  readonly used: Used;
  readonly principals: readonly Principal[];
}

const NONE: readonly Trust[] = [];

function parsedAll(principals: readonly string[]): Principal[] {
  return principals.flatMap((principal) => parsePrincipal(principal) ?? []);
}

/** Whether a requester may be one of some principals. */
function isAny(principals: readonly Principal[], requester: Requester): boolean {
  return principals.some((principal) => isOne(principal, requester));
}

function isOne(principal: Principal, { account, role, user, canonicalUser }: Requester): boolean {
  switch (principal.type) {
    case 'canonical-user':
      return principal.id === canonicalUser;
    case 'account':
      return principal.account === account;
    case 'role':
    case 'user': {
      if (principal.account !== account) return false;
      // Some records name the account alone.
      if (role === undefined && user === undefined) return true;
      return principal.arn.split('/').at(-1) === (principal.type === 'role' ? role : user);
    }
    default:
      return principal satisfies never;
  }
}

/** Whether `internal` says that a requester of ours is meant. */
function isInternal({ internal, account, ownAccounts }: Client, requester: Requester): boolean {
  return internal.some(({ principals, organization }) => {
    if (principals.length > 0) return isAny(parsedAll(principals), requester);
    // Who is of the organization, no log says; the accounts that are ours are known.
    return organization !== undefined && [account, ...ownAccounts].includes(requester.account ?? '');
  });
}
