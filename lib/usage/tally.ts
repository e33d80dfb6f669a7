import { Capability } from '../rules/confinement';
import type { Attribution, Used } from './attribution';
import { Denials } from './denials';
import { isInPlace, isInTime, type RecordFilter } from './filter';
import type { LogRecord } from './logs/record';
import type { Matches } from './matches';
import { HIDDEN, type LastKind, operationUse } from './operation-use';
import { SeenRequests } from './seen-requests';
import { Strangers } from './strangers';
import { timeOf } from './time';
import type { IntegrationUsage, Usage } from './usage';

/** Counts the records of logs, in any order, in memory that does not grow with them. */
export class Tally {
  private readonly seen = new SeenRequests();
  private readonly strangers = new Strangers();
  private readonly uses: readonly Use[];
  /** What is known of each bucket: by which logs, and of CloudTrail whether object events are on. */
  private readonly coverage = new Map<string, Set<'server-access' | 'cloudtrail'>>();
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;
  private lines = 0;
  private skipped = 0;

  /**
   * @param filter which records count
   * @param matches takes each record that counts, where who did what is asked
   */
  constructor(
    private readonly attribution: Attribution,
    private readonly filter: RecordFilter = {},
    private readonly matches?: Matches,
  ) {
    this.uses = attribution.all.map((used) => new Use(used));
  }

  get records(): number {
    return this.lines;
  }

  /** Whether some records were so far apart that a repeated one may have counted twice. */
  get forgetful(): boolean {
    return this.seen.forgetful;
  }

  record(record: LogRecord): void {
    const { at, name, operation = '', requestId } = record;
    if (!isInTime(record, this.filter)) return;
    this.lines += 1;
    if (at < this.from) this.from = at;
    if (at > this.to) this.to = at;
    const { versioned, prefix } = record;
    const root = operation === 'HeadBucket' || (prefix === '' && operation !== 'ListMultipartUploads');
    const use = operationUse(operation, versioned, root);
    // Several objects are removed by one request, with a record each.
    const action = name === 'BATCH.DELETE.OBJECT' ? `${name} ${record.key}` : use.action;
    if (requestId !== '' && this.seen.add(requestId, action)) return;
    const { bucket } = record;
    const known = this.attribution.knows(bucket);
    if (known) this.cover(bucket, record.from, use.data);
    const { place } = this.filter;
    if (place !== undefined && !isInPlace(record, place)) return;
    // Of AWS itself: lifecycle rules and the like.
    const whose = name.startsWith('S3.') ? undefined : this.attribution.of(record);
    const owner = whose?.by === 'integration' ? whose.used.integration.name : null;
    if (known || owner !== null) this.matches?.add(record, owner);
    if (whose === undefined) return;
    if (whose.by === 'stranger') this.strangers.add(whose.requester.shown, bucket, at);
    if (whose.by !== 'integration') return;
    // A listing of the root of a whole bucket is one of its prefix.
    const own = root && whose.used.integration.prefix === '' ? operationUse(operation, versioned, false) : use;
    this.uses[whose.used.at]?.add(record, own, whose.byPrefix);
  }

  /** Counts what is not a record. */
  skip(): void {
    this.skipped += 1;
  }

  result(): Usage {
    return {
      from: timeOf(this.from),
      to: timeOf(this.to),
      lines: this.lines,
      skipped: this.skipped,
      // One place shows nothing of what is not used elsewhere.
      integrations: this.uses.map((use) =>
        use.result(this.filter.place ? undefined : this.coverage.get(use.used.grantee.bucket)),
      ),
      strangers: this.strangers.result(),
    };
  }

  private cover(bucket: string, from: LogRecord['from'], data: boolean): void {
    if (from === 'cloudtrail' && !data) return;
    const known = this.coverage.get(bucket);
    if (known) known.add(from);
    else this.coverage.set(bucket, new Set([from]));
  }
}

/** The actions that anybody can do are fewer; the names in a log are whatever it says. */
const MOST_ACTIONS = 500;

/** The use of one integration. */
class Use {
  private requests = 0;
  private bytesIn = 0;
  private bytesOut = 0;
  private byPrefix = false;
  private lastSeen = Number.NEGATIVE_INFINITY;
  private lastSuccess = Number.NEGATIVE_INFINITY;
  private readonly last: Record<LastKind, number> = {
    list: Number.NEGATIVE_INFINITY,
    read: Number.NEGATIVE_INFINITY,
    write: Number.NEGATIVE_INFINITY,
    delete: Number.NEGATIVE_INFINITY,
  };
  private readonly needed = new Set<Capability>();
  /** The actions that worked at some time. */
  private readonly worked = new Set<string>();
  private readonly denials: Denials;

  constructor(readonly used: Used) {
    this.denials = new Denials(used.grantee);
  }

  add(record: LogRecord, { action, capabilities, last }: ReturnType<typeof operationUse>, byPrefix: boolean): void {
    const { at, status, bytesIn, bytesOut } = record;
    this.requests += 1;
    this.bytesIn += bytesIn;
    this.bytesOut += bytesOut;
    if (byPrefix) this.byPrefix = true;
    if (at > this.lastSeen) this.lastSeen = at;
    for (const capability of capabilities) this.needed.add(capability);
    if (record.acl !== undefined) this.needed.add(Capability.ACL);
    if (status < 400 && status !== 301 && status !== 307) {
      if (at > this.lastSuccess && record.bucket !== '') this.lastSuccess = at;
      if (last && at > this.last[last]) this.last[last] = at;
      if (this.worked.size < MOST_ACTIONS) this.worked.add(action);
    } else this.denials.add(record, action);
  }

  result(logs: ReadonlySet<LogRecord['from']> | undefined): IntegrationUsage {
    const { integration } = this.used;
    return {
      integration: integration.name,
      lastSeen: timeOf(this.lastSeen),
      lastList: timeOf(this.last.list),
      lastRead: timeOf(this.last.read),
      lastWrite: timeOf(this.last.write),
      lastDelete: timeOf(this.last.delete),
      ...{ requests: this.requests, bytesIn: this.bytesIn, bytesOut: this.bytesOut },
      denied: this.denials.result(this.lastSuccess, this.worked),
      unused: logs === undefined ? null : integration.access.filter((one) => !this.needed.has(one) && shows(logs, one)),
      byPrefix: this.byPrefix,
    };
  }
}

function shows(logs: ReadonlySet<LogRecord['from']>, capability: Capability): boolean {
  return [...logs].some((each) => !HIDDEN[each].includes(capability));
}
