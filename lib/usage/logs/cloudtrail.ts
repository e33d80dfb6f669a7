import { type Raw, recordOf } from '../../text/record';
import type { LogRecord, LogSink, SkippedKind } from './record';

/** The longest event that is read: CloudTrail's own are at most 256 KB, most of them a few. */
const LONGEST = 1024 * 1024;

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [34, 92, 123, 125, 91, 93];
const COLON = 58;
const RECORDS = 'Records';

/**
 * Reads CloudTrail's log files from pieces: `{"Records": [{…}, …]}`, mostly on a single line. One event at a time is kept
 * and parsed, however many the file has.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 */
export class CloudTrailReader {
  private depth = 0;
  private inText = false;
  private escaped = false;
  /** The last text of the outermost object, which may be the key of the list. */
  private word: number[] = [];
  private key = '';
  private inRecords = false;
  private sawRecords = false;
  /** The pieces of the event that is being read. */
  private pieces: Buffer[] = [];
  private length = 0;
  private broken = false;

  constructor(private readonly sink: LogSink) {}

  write(chunk: Buffer): void {
    if (this.broken) return;
    // Where the event that is being read begins in this piece.
    let start = this.inEvent ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      if (this.inText) {
        at = this.skipText(chunk, at);
        continue;
      }
      switch (chunk[at]) {
        case QUOTE:
          this.inText = true;
          if (this.depth === 1) this.word = [];
          break;
        case COLON:
          if (this.depth === 1) this.key = Buffer.from(this.word).toString();
          break;
        case OPEN_OBJECT:
        case OPEN_LIST:
          this.depth += 1;
          if (this.depth === 2) {
            this.inRecords = chunk[at] === OPEN_LIST && this.key === RECORDS;
            this.sawRecords ||= this.inRecords;
          }
          if (this.depth === 3 && this.inRecords) start = at;
          break;
        case CLOSE_OBJECT:
        case CLOSE_LIST:
          if (this.depth === 3 && this.inRecords && start >= 0) {
            this.event(chunk.subarray(start, at + 1));
            start = -1;
          }
          this.depth -= 1;
          if (this.depth === 1) this.inRecords = false;
          if (this.depth < 0) {
            this.broken = true;
            return;
          }
          break;
        default:
      }
    }
    if (start >= 0) this.keep(Buffer.from(chunk.subarray(start)));
  }

  end(): void {
    if (this.broken || this.depth !== 0 || this.inText) this.sink.skipped('broken-json', this.preview());
    else if (!this.sawRecords) this.sink.skipped('no-records', '');
  }

  private get inEvent(): boolean {
    return this.depth >= 3 && this.inRecords;
  }

  /** To the end of a text, or of the piece. */
  private skipText(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.escaped) this.escaped = false;
      else if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE) {
        this.inText = false;
        return at;
      }
      if (this.depth === 1 && this.word.length < RECORDS.length + 1) this.word.push(byte);
    }
    return chunk.length;
  }

  private keep(piece: Buffer): void {
    this.length += piece.length;
    // What is too long is counted, and not kept.
    if (this.length <= LONGEST) this.pieces.push(piece);
    else this.pieces = this.pieces.slice(0, 1);
  }

  private event(last: Buffer): void {
    this.keep(last);
    const { pieces, length } = this;
    this.pieces = [];
    this.length = 0;
    const text = (pieces.length === 1 ? (pieces[0] ?? last) : Buffer.concat(pieces)).toString('utf8');
    const record = length > LONGEST ? 'too-long' : parsed(text);
    if (typeof record === 'string') this.sink.skipped(record, text.slice(0, 200));
    else this.sink.record(record);
  }

  private preview(): string {
    return this.pieces[0]?.toString('utf8', 0, 200) ?? '';
  }
}

function parsed(text: string): LogRecord | SkippedKind {
  try {
    return logRecordOf(JSON.parse(text));
  } catch {
    return 'broken-json';
  }
}

/** The services whose events say something of a bucket, a role or a key. */
const SERVICES = ['s3.amazonaws.com', 'sts.amazonaws.com', 'kms.amazonaws.com'];

/**
 * An event as a record; the kind of what is none.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function logRecordOf(value: unknown): LogRecord | 'not-an-event' | 'bad-time' {
  const event = recordOf(value);
  const name = textOf(event.eventName);
  const source = textOf(event.eventSource);
  if (name === '' || source === '') return 'not-an-event';
  const at = Date.parse(textOf(event.eventTime));
  if (Number.isNaN(at)) return 'bad-time';
  const identity = recordOf(event.userIdentity);
  const asked = recordOf(event.requestParameters);
  const more = recordOf(event.additionalEventData);
  const errorCode = textOf(event.errorCode);
  const ours = SERVICES.includes(source);
  const account = textOf(identity.accountId);
  const roleArn = textOf(asked.roleArn);
  return {
    from: 'cloudtrail',
    at,
    bucket: source === 's3.amazonaws.com' ? textOf(asked.bucketName) : '',
    requester: requesterOf(identity),
    ...(account === '' ? {} : { account }),
    requestId: textOf(event.requestID),
    name,
    ...(ours ? { operation: name } : {}),
    versioned: textOf(asked.versionId) !== '',
    key: source === 's3.amazonaws.com' ? textOf(asked.key) : '',
    ...(LISTS.includes(name) ? { prefix: textOf(asked.prefix) } : {}),
    status: errorCode === '' ? 200 : statusOf(errorCode),
    errorCode,
    message: textOf(event.errorMessage),
    bytesIn: numberOf(more.bytesTransferredIn),
    bytesOut: numberOf(more.bytesTransferredOut),
    accessPoint: accessPointIn(event.resources),
    ...(roleArn === '' ? {} : { role: roleArn }),
    ...(textOf(asked['x-amz-acl']) === '' ? {} : { acl: textOf(asked['x-amz-acl']) }),
    ...encryptionOf(asked),
    ...originOf(event, more, source),
  };
}

/** Events of S3 have a cipher suite where there was TLS; those that come through no VPC endpoint name none. */
function originOf(
  event: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>>,
  source: string,
): Pick<LogRecord, 'address' | 'endpoint' | 'plainHttp'> {
  const tells = source === 's3.amazonaws.com' && textOf(more.AuthenticationMethod) !== '';
  return {
    address: textOf(event.sourceIPAddress),
    endpoint: textOf(event.vpcEndpointId),
    ...(tells
      ? { plainHttp: textOf(more.CipherSuite) === '' && textOf(recordOf(event.tlsDetails).tlsVersion) === '' }
      : {}),
  };
}

const LISTS = ['ListObjects', 'ListObjectsV2', 'ListObjectVersions', 'ListMultipartUploads'];

function encryptionOf(asked: Raw): Pick<LogRecord, 'encryption'> {
  const customer = textOf(asked['x-amz-server-side-encryption-customer-algorithm']);
  if (customer !== '') return { encryption: { algorithm: 'customer' } };
  const algorithm = textOf(asked['x-amz-server-side-encryption']);
  if (algorithm === '') return {};
  const key = textOf(asked['x-amz-server-side-encryption-aws-kms-key-id']);
  return { encryption: { algorithm, ...(key === '' ? {} : { key }) } };
}

/** The ARN; of a caller of another account, what is there of it; of a service, its name. */
function requesterOf(identity: Raw): string {
  const arn = textOf(identity.arn);
  if (arn !== '') return arn;
  return textOf(identity.principalId) || textOf(identity.invokedBy);
}

function accessPointIn(resources: unknown): string {
  if (!Array.isArray(resources)) return '';
  const arns = resources.map((each) => textOf(recordOf(each).ARN));
  return arns.find((arn) => /^arn:aws[a-z-]*:s3:[^:]*:\d{12}:accesspoint\//.test(arn)) ?? '';
}

/**
 * CloudTrail has codes and no status. What is a denial is told by the code.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 */
function statusOf(code: string): number {
  if (/^(?:NoSuch|NotFound|404)/.test(code)) return 404;
  if (/^(?:Internal|ServiceUnavailable|SlowDown|503|500)/.test(code)) return 503;
  if (/^(?:PermanentRedirect|301|TemporaryRedirect)/.test(code)) return 301;
  if (/^(?:AccessDenied|.*UnauthorizedOperation|Forbidden|403|InvalidAccessKeyId|SignatureDoesNotMatch)/.test(code))
    return 403;
  return 400;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
