import { isIP } from 'node:net';
import type { Asked } from '../causes/asked';
import type { Cause } from '../causes/cause';
import { causeOf } from '../causes/cause-of';
import type { Grantee } from '../causes/grantee';
import type { Refusal } from '../causes/refusal';
import { isPrivateRange, isWithin } from '../rules/restrictions';
import { Status } from '../rules/vocabulary';
import { dayOf } from '../text/dates';
import { decodedKey, isUnder } from './log-key';
import type { LogRecord } from './logs/record';
import type { Denied } from './usage';

/** So many kinds of denials of one integration are distinguished; what comes after is counted with the last of them. */
const MOST = 300;

interface Group {
  /** By the last one, as are its key and what AWS said. */
  asked: Asked;
  readonly name: string;
  readonly errorCode: string;
  refusal: Refusal;
  key: string | null;
  count: number;
  last: number;
  /** From where the last one came, where that is not one of the definition's. */
  origin: string | undefined;
}

/** What a request had besides, as far as the log tells. */
type Sent = Pick<Asked, 'foreignEncryption' | 'acl' | 'plainHttp'>;

/** What was denied to one integration: by operation, place and what AWS said. */
export class Denials {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly grantee: Grantee) {}

  add(record: LogRecord, action: string): void {
    const { status, errorCode, name } = record;
    if (!isRefused(status, errorCode, action)) return;
    const message = record.message ?? '';
    const sent: Sent = {
      ...defined({ foreignEncryption: isForeign(record, this.grantee), acl: aclIn(record) }),
      ...(record.plainHttp === true ? { plainHttp: true } : {}),
    };
    const origin = wrongOrigin(record, this.grantee);
    const needed = actionIn(message) ?? action;
    const id = [name, errorCode, this.placeOf(record), reasonIn(message), needed, origin !== undefined]
      .concat(Object.values(sent))
      .join('\n');
    const full = this.groups.size >= MOST && !this.groups.has(id);
    const group = this.groups.get(full ? '' : id) ?? this.begin(full ? '' : id, record);
    group.count += 1;
    if (record.at < group.last) return;
    group.last = record.at;
    group.asked = this.askedIn(record, needed, sent);
    group.origin = origin;
    group.key = keyOf(record);
    group.refusal = { code: errorCode === '' ? String(status) : errorCode, status, message };
  }

  /** One for each operation, place and cause; the most frequent first. */
  result(lastSuccess: number, worked: ReadonlySet<string>): Denied[] {
    const merged = new Map<string, Denied & { at: number }>();
    for (const group of this.groups.values()) {
      const cause = this.causeOf(group, lastSuccess, worked);
      const { name, errorCode, count, last, key } = group;
      const id = [name, this.placeKey(group), errorCode, cause.code].join('\n');
      const before = merged.get(id);
      const latest = before && before.at > last ? before : { key, at: last };
      const { code, cause: sentence, who, fix } = cause;
      merged.set(id, {
        ...{ operation: name, key: latest.key, errorCode, count: count + (before?.count ?? 0) },
        last: new Date(latest.at).toISOString().replace(/\.\d+Z$/, 'Z'),
        ...{ code, cause: sentence, who, fix, at: latest.at },
      });
    }
    return [...merged.values()]
      .sort((a, b) => b.count - a.count || (a.operation < b.operation ? -1 : 1))
      .map(({ at: _, ...denied }) => denied);
  }

  private begin(id: string, { name, errorCode }: LogRecord): Group {
    const group: Group = {
      ...{ asked: {}, refusal: { code: errorCode, message: '' } },
      ...{ name, errorCode, key: null, count: 0, last: Number.NEGATIVE_INFINITY, origin: undefined },
    };
    this.groups.set(id, group);
    return group;
  }

  private askedIn(record: LogRecord, action: string, sent: Sent): Asked {
    const { operation, bucket, prefix } = record;
    const own = this.grantee.prefix;
    const key = record.key === '' ? undefined : decodedKey(record.key);
    // A key that is under the prefix in one of its readings is there.
    const place = key === undefined || key.startsWith(own) || !isUnder(record.key, own) ? key : own;
    return {
      action,
      ...(operation === undefined ? {} : { operation }),
      ...(bucket === '' ? {} : { bucket }),
      ...(place === undefined ? {} : { key: place }),
      ...(prefix === undefined ? {} : { prefix: decodedKey(prefix) }),
      ...sent,
    };
  }

  private causeOf({ asked, refusal, last, origin }: Group, lastSuccess: number, worked: ReadonlySet<string>): Cause {
    const { status, ...others } = this.grantee;
    // What was denied before something worked was not denied for the status of today.
    const grantee = status !== Status.ACTIVE && lastSuccess > last ? others : this.grantee;
    return causeOf(refusal, {
      asked: origin === undefined ? asked : { ...asked, wrongOrigin: origin },
      ...{ grantee, today: dayOf(new Date(last)) },
      reached: Number.isFinite(lastSuccess),
      worksElsewhere: worked.has(asked.action ?? ''),
    });
  }

  /** Where it was: the integration's own prefix, a folder elsewhere, another bucket, or nowhere. */
  private placeOf({ bucket, key, prefix }: LogRecord): string {
    const { grantee } = this;
    if (bucket !== '' && bucket !== grantee.bucket) return `bucket ${bucket}`;
    const place = prefix ?? key;
    if (place === '') return '';
    if (isUnder(place, grantee.prefix)) return grantee.prefix;
    return folderOf(decodedKey(place));
  }

  private placeKey({ asked, key }: Group): string {
    if (asked.bucket !== undefined && asked.bucket !== this.grantee.bucket) return `bucket ${asked.bucket}`;
    if (key === null) return '';
    return key.startsWith(this.grantee.prefix) ? this.grantee.prefix : folderOf(key);
  }
}

/** The first folder; of what is in none, all such together. */
function folderOf(key: string): string {
  const slash = key.indexOf('/');
  return slash < 0 ? '' : key.slice(0, Math.min(slash, 100) + 1);
}

function keyOf({ key, prefix }: LogRecord): string | null {
  if (prefix !== undefined) return decodedKey(prefix);
  return key === '' ? null : decodedKey(key);
}

/** Whether somebody said no, or that the request is not as it must be; not that an object is missing or has changed. */
function isRefused(status: number, errorCode: string, action: string): boolean {
  if (status === 403) return true;
  if (status === 301 || status === 307) return errorCode !== '';
  if (status !== 400) return false;
  // A HEAD has no body, and so no code.
  return action.startsWith('sts:') || errorCode === '' || REFUSALS.test(errorCode);
}

const REFUSALS =
  /^(?:400|BadRequest|AuthorizationHeaderMalformed|IllegalLocationConstraintException|AccessControlListNotSupported|ExpiredToken|InvalidToken|RequestExpired|KMS\.|InvalidRequest|IncorrectEndpoint)/;

/** What AWS names as the reason, without what differs from request to request. */
function reasonIn(message: string): string {
  return (
    /(?:because no [\w -]{1,60} allows|explicit deny in an? [\w -]{1,60}|sts:\w{1,40}|kms:\w{1,40})/.exec(
      message,
    )?.[0] ?? ''
  );
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** The action that AWS names: an upload may lack that of its ACL, or of its tags. */
function actionIn(message: string): string | undefined {
  return /not authorized to perform: (s3:\w{1,60}) /.exec(message)?.[1];
}

/** An ACL that does anything; without one, objects are private. */
function aclIn({ acl }: LogRecord): string | undefined {
  return acl === 'private' ? undefined : acl;
}

/** From where a request came, where that is neither an address nor an endpoint of the definition. */
function wrongOrigin({ address, endpoint }: LogRecord, { origins }: Grantee): string | undefined {
  if (origins === undefined) return undefined;
  const { sourceIps = [], vpcEndpoints = [], sourceVpcs = [] } = origins;
  // Of which VPC an endpoint is, no log says.
  if (endpoint) return sourceVpcs.length > 0 || vpcEndpoints.includes(endpoint) ? undefined : endpoint;
  if (!address || isIP(address) === 0) return undefined;
  // Within a VPC addresses are private, and server access logs name no endpoint.
  if (endpoint === undefined && isPrivateRange(address)) return undefined;
  return isWithin(address, sourceIps) ? undefined : address;
}

/** Whether another encryption than the bucket's was asked for; undefined where the log does not tell. */
function isForeign({ from, encryption, operation }: LogRecord, { encrypted }: Grantee): boolean | undefined {
  if (from !== 'cloudtrail' || operation === undefined) return undefined;
  if (encryption === undefined) return undefined;
  if (encryption.algorithm === 'customer') return true;
  if (encryption.algorithm === 'AES256') return encrypted === true;
  if (encrypted !== true || encryption.key === undefined) return true;
  // Which key is the bucket's is known to AWS alone where it is made with it.
  return undefined;
}
