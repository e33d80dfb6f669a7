/** Requests of the matrix, written as AWS logs them and as vendors paste them: do both commands find what was planted? */
import type { Cause, CauseCode } from '../../../lib/causes/cause';
import type { Client } from '../../../lib/definitions/model/model';
import { explain } from '../../../lib/explain/explain';
import { Attribution } from '../../../lib/usage/attribution';
import { CloudTrailReader } from '../../../lib/usage/logs/cloudtrail';
import type { LogSink } from '../../../lib/usage/logs/record';
import { ServerAccessReader } from '../../../lib/usage/logs/server-access';
import { Tally } from '../../../lib/usage/tally';
import { cloudTrailFile, type Request as Logged, serverAccessLine } from '../../usage/write-logs';
import type { Need } from './calls';
import { NOW } from './misses';
import { type Planted, planted } from './planted';
import type { Request } from './request';
import { bucketOf, nameOf } from './subjects';
import { messageFor, pasted, recordOf, seenOf } from './traffic';

/** A denied request, with what it should be explained by. */
export interface Denied {
  readonly request: Request;
  readonly planted: Planted;
  readonly code: string;
  readonly message: string;
  readonly record: Logged;
  readonly nth: number;
}

/** Denied requests of integrations; what strangers ask is nobody's. */
export function deniedOf(requests: readonly Request[]): Denied[] {
  return requests.flatMap((request, nth) => {
    const found = planted(request);
    if (found === undefined) return [];
    const inactive = found.reasons.includes('unknown-key');
    const code = inactive ? 'InvalidAccessKeyId' : 'AccessDenied';
    const message = inactive
      ? 'The AWS Access Key Id you provided does not exist in our records.'
      : messageFor(request, found);
    const record = recordOf(request, `D${nth}`.padEnd(16, 'X'), { need: found.need, code, message });
    return [{ request, planted: found, code, message, record, nth }];
  });
}

/** What nobody is told who is not of the bucket's account; and by a message, where a listing was. */
const UNTOLD: readonly CauseCode[] = ['bucket-denies', 'foreign-key', 'nothing-allowed', 'acl-refused'];

/** What was planted and not found by `explain`. */
export function notExplained(denied: readonly Denied[], clients: readonly Client[]): string[] {
  const all = clients.flatMap((client) => client.integrations.map((integration) => ({ client, integration })));
  return denied.flatMap(({ request, planted: by, code, message, nth }) => {
    const found = all.find(({ integration }) => integration.name === nameOf(by.of));
    const today = (request.circumstances.at ?? NOW).slice(0, 10);
    const given = explain(pasted(request, by, code, message, nth), { clients, today, ...(found ? { found } : {}) });
    const told = message.startsWith('User: ') && !request.call.does.startsWith('Head');
    return fault(request, given, told ? by.reasons : untold(request, by));
  });
}

/** The reasons that show without a word of S3. */
function untold(request: Request, { of, need }: Planted): readonly CauseCode[] {
  const reasons = planted({ ...request, call: seenOf(request.call) })?.reasons ?? [];
  const nowhere = need.key === undefined && need.bucket === bucketOf(of) ? ['outside-prefix'] : [];
  return reasons.filter((reason) => ![...UNTOLD, ...nowhere].includes(reason));
}

/** What is wrong with an answer: another reason than any that was planted, or blame on what is deployed. */
function fault({ text }: Request, found: Pick<Cause, 'code' | 'cause'>, reasons: readonly CauseCode[]): string[] {
  const right: readonly CauseCode[] = reasons.length > 0 ? reasons : ['unknown'];
  const blames = reasons.length > 0 && /what is deployed (?:does not|is not)/.test(found.cause);
  return right.includes(found.code) && !blames
    ? []
    : [`${text}: ${found.code}, not ${right.join(' or ')}: ${found.cause}`];
}

/**
 * What was planted and not found by `usage`. Each denial is in a log of its own, among requests of the same caller that
 * were let through: of several in one group, nobody could say which was meant.
 */
export function notFoundInLogs(
  log: Log,
  denied: readonly Denied[],
  allowed: readonly Request[],
  clients: readonly Client[],
): string[] {
  const traffic = new Map<string | undefined, Logged[]>();
  for (const [at, request] of allowed.entries()) {
    const record = recordOf(request, `A${at}`.padEnd(16, 'X'));
    if (isIn(log, record)) traffic.set(record.requester, [...(traffic.get(record.requester) ?? []), record]);
  }
  const attribution = new Attribution(clients);
  return denied.flatMap(({ request, planted: by, record }) => {
    if (!isIn(log, record)) return [];
    const among = traffic
      .get(record.requester)
      ?.filter(({ operation }, at) => at < 2 || operation === record.operation);
    const tally = new Tally(attribution);
    read(log, [...(among ?? []), record], { record: (each) => tally.record(each), skipped: () => tally.skip() });
    const { integrations, skipped } = tally.result();
    const found = integrations.flatMap(({ integration, denied: all }) => all.map((each) => ({ integration, ...each })));
    const [first] = found;
    if (first === undefined || found.length > 1 || skipped > 0 || first.integration !== nameOf(by.of))
      return [`${request.text}: ${found.length} denials, of ${first?.integration}`];
    return fault(
      request,
      first,
      by.reasons.filter((reason) => !unseenIn(log, request, by.need, reason)),
    );
  });
}

type Log = 'server-access' | 'cloudtrail';

/**
 * What a log does not show: headers are in no server access log, and of an upload's tags CloudTrail has no more than what
 * S3 says to callers of the same account.
 */
function unseenIn(log: Log, { call, who }: Request, need: Need, reason: CauseCode): boolean {
  if (call.does === 'PutObjectWithTags')
    return reason === 'tags-not-granted' && (log === 'server-access' || 'person' in who);
  if (log === 'cloudtrail') return false;
  return reason === 'foreign-key' || (call.does === 'PutObjectWithAcl' && need.action === 's3:PutObjectAcl');
}

function isIn(log: Log, { roleArn, bucket, operation, errorCode }: Logged): boolean {
  // An unknown key is nobody's in any log.
  if (errorCode === 'InvalidAccessKeyId') return false;
  // STS writes no server access log; of several objects deleted at once, CloudTrail has one event.
  return log === 'server-access' ? roleArn === undefined && bucket !== '' : operation !== 'BatchDelete';
}

function read(log: Log, records: readonly Logged[], sink: LogSink): void {
  const reader = log === 'server-access' ? new ServerAccessReader(sink) : new CloudTrailReader(sink);
  const text =
    log === 'server-access' ? records.map((each) => `${serverAccessLine(each)}\n`).join('') : cloudTrailFile(records);
  reader.write(Buffer.from(text));
  reader.end();
}
