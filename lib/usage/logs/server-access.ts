import { operationOf } from './operations';
import type { LogRecord, LogSink } from './record';
import { TimeReader } from './time';

/** The longest line that is read: AWS's fields have at most some kilobytes each. */
const LONGEST = 64 * 1024;

const [NEWLINE, RETURN, SPACE, QUOTE, OPEN, CLOSE, DASH, ZERO] = [10, 13, 32, 34, 91, 93, 45, 48];

/** Fields by their place; what comes behind the host ID is counted from the user agent's last quote. */
const FIELDS = {
  ...{ bucket: 1, time: 2, address: 3, requester: 4, requestId: 5, operation: 6, key: 7, uri: 8, status: 9, error: 10 },
  ...{ bytesSent: 11, objectSize: 12, userAgent: 16 },
} as const;

/** Behind the user agent: version, host ID, signature, cipher, authentication, host, TLS, access point. */
const [VERSION, CIPHER, TLS, ACCESS_POINT] = [0, 3, 6, 7];

/**
 * Reads lines of S3 server access logs from pieces of a file, byte by byte: a line costs microseconds, and nothing is kept.
 *
 * A user agent or referrer may have quotes in it, as its sender likes: so the fields before them count from the beginning,
 * and those behind from the last quote of the line.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 */
export class ServerAccessReader {
  private rest: Buffer = Buffer.alloc(0);
  /** Within a line that is too long. */
  private dropping = false;
  private readonly line = new Line();

  constructor(private readonly sink: LogSink) {}

  write(chunk: Buffer): void {
    let start = 0;
    if (this.rest.length > 0 || this.dropping) {
      const end = chunk.indexOf(NEWLINE);
      const head = end < 0 ? chunk : chunk.subarray(0, end);
      if (!this.dropping) this.append(head);
      if (end < 0) return;
      this.endLine();
      start = end + 1;
    }
    for (;;) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) break;
      this.read(chunk, start, end);
      start = end + 1;
    }
    // A copy: the piece is not kept for a line's sake.
    if (start < chunk.length) this.append(Buffer.from(chunk.subarray(start)));
  }

  end(): void {
    if (this.rest.length > 0) this.endLine();
  }

  private append(bytes: Buffer): void {
    this.rest =
      this.rest.length === 0 ? Buffer.from(bytes.subarray(0, LONGEST + 1)) : Buffer.concat([this.rest, bytes]);
    if (this.rest.length <= LONGEST) return;
    this.sink.skipped('too-long', this.rest.toString('latin1', 0, 200));
    this.rest = Buffer.alloc(0);
    this.dropping = true;
  }

  private endLine(): void {
    const { rest } = this;
    this.rest = Buffer.alloc(0);
    if (!this.dropping) this.read(rest, 0, rest.length);
    this.dropping = false;
  }

  private read(bytes: Buffer, start: number, lineEnd: number): void {
    const end = lineEnd > start && bytes[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd;
    if (end === start) return;
    const wrong = end - start > LONGEST ? 'too-long' : this.line.set(bytes, start, end);
    if (wrong === undefined) this.sink.record(this.line);
    else this.sink.skipped(wrong, bytes.toString('utf8', start, Math.min(end, start + 400)));
  }
}

const LISTS = ['ListObjectsV2', 'ListObjectVersions', 'ListMultipartUploads'];

/** A line as a record; its texts are cut out when they are asked for. */
class Line implements LogRecord {
  readonly from = 'server-access';
  at = 0;
  status = 0;
  bytesIn = 0;
  bytesOut = 0;
  name = '';
  operation: string | undefined;
  private bytes: Buffer = Buffer.alloc(0);
  private lineEnd = 0;
  /** The beginning and end of each field. */
  private readonly from_ = new Int32Array(FIELDS.userAgent + 1);
  private readonly to_ = new Int32Array(FIELDS.userAgent + 1);
  private readonly time = new TimeReader();

  /** Takes the next line; gives what is wrong with it. */
  set(bytes: Buffer, start: number, end: number): 'not-a-record' | 'bad-time' | undefined {
    this.bytes = bytes;
    this.lineEnd = end;
    // The last field that is needed from the front is the object's size.
    if (!this.split(start, end, FIELDS.objectSize)) return 'not-a-record';
    const { from_, to_ } = this;
    this.at = this.time.read(bytes, from_[FIELDS.time] ?? 0, to_[FIELDS.time] ?? 0);
    if (Number.isNaN(this.at)) return 'bad-time';
    this.name = this.text(FIELDS.operation);
    const known = operationOf(this.name);
    if (known === undefined && !/^[A-Z0-9]+(?:\.[A-Z0-9_]+)+$/.test(this.name)) return 'not-a-record';
    this.operation = known?.operation ?? this.aclOperation();
    this.status = this.number(FIELDS.status);
    if (this.status !== 0 && (this.status < 100 || this.status > 599)) return 'not-a-record';
    this.bytesOut = this.number(FIELDS.bytesSent);
    this.bytesIn = known?.uploads && this.status < 300 ? this.number(FIELDS.objectSize) : 0;
    return undefined;
  }

  /** One name for the ACLs of objects and of the bucket. */
  private aclOperation(): string | undefined {
    const verb = this.name === 'REST.PUT.ACL' ? 'Put' : this.name === 'REST.GET.ACL' ? 'Get' : undefined;
    return verb && `${verb}${this.key === '' ? 'Bucket' : 'Object'}Acl`;
  }

  get bucket(): string {
    return this.text(FIELDS.bucket);
  }

  get requester(): string {
    return this.text(FIELDS.requester);
  }

  get requestId(): string {
    return this.text(FIELDS.requestId);
  }

  get key(): string {
    return this.text(FIELDS.key);
  }

  get errorCode(): string {
    return this.text(FIELDS.error);
  }

  get versioned(): boolean {
    return this.behind(VERSION) !== '' && /[?&]versionId=/.test(this.text(FIELDS.uri));
  }

  get prefix(): string | undefined {
    if (this.operation === undefined || !LISTS.includes(this.operation)) return undefined;
    const uri = this.text(FIELDS.uri);
    const query = uri.slice(uri.indexOf('?') + 1).replace(/ HTTP\/[\d.]+$/, '');
    if (!uri.includes('?')) return '';
    const named = query.split('&').find((each) => each.startsWith('prefix='));
    return named?.slice('prefix='.length) ?? '';
  }

  get accessPoint(): string {
    return this.behind(ACCESS_POINT);
  }

  get address(): string {
    return this.text(FIELDS.address);
  }

  /** Lines of long ago have no such fields. */
  get plainHttp(): boolean | undefined {
    const [cipher, tls] = [this.field(CIPHER), this.field(TLS)];
    return cipher === undefined || tls === undefined ? undefined : cipher === '-' && tls === '-';
  }

  /** The fields up to one, of which those in brackets or quotes are one; false where there are fewer. */
  private split(start: number, end: number, last: number): boolean {
    const { bytes, from_, to_ } = this;
    let at = start;
    for (let field = 0; field <= last; field++) {
      if (at >= end) return false;
      const first = bytes[at];
      if (first === OPEN || first === QUOTE) {
        const mark = first === OPEN ? CLOSE : QUOTE;
        let close = bytes.indexOf(mark, at + 1);
        // A quote within a request is no end: what follows an end is a space.
        while (close >= 0 && close + 1 < end && bytes[close + 1] !== SPACE) close = bytes.indexOf(mark, close + 1);
        if (close < 0 || close >= end) return false;
        from_[field] = at + 1;
        to_[field] = close;
        at = close + 1;
      } else {
        from_[field] = at;
        while (at < end && bytes[at] !== SPACE) at++;
        if (at === from_[field]) return false;
        to_[field] = at;
      }
      at++;
    }
    return true;
  }

  /** A field as text; empty for the dash. */
  private text(field: number): string {
    const [start = 0, end = 0] = [this.from_[field], this.to_[field]];
    if (end - start === 1 && this.bytes[start] === DASH) return '';
    return this.bytes.toString('latin1', start, end);
  }

  /** A field of digits; 0 for the dash and for anything else. */
  private number(field: number): number {
    const [start = 0, end = 0] = [this.from_[field], this.to_[field]];
    let value = 0;
    for (let at = start; at < end; at++) {
      const digit = (this.bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return 0;
      value = value * 10 + digit;
    }
    return value;
  }

  /** A field behind the user agent, by its place there; empty where it is not there, or a dash. */
  private behind(place: number): string {
    const field = this.field(place);
    return field === undefined || field === '-' ? '' : field;
  }

  /** The same as it stands; undefined where it is not there. */
  private field(place: number): string | undefined {
    const { bytes, lineEnd } = this;
    const quote = bytes.lastIndexOf(QUOTE, lineEnd - 1);
    if (quote < (this.to_[FIELDS.objectSize] ?? 0)) return undefined;
    let start = quote + 2;
    for (let left = place; left > 0; left--) {
      while (start < lineEnd && bytes[start] !== SPACE) start++;
      start++;
    }
    let end = start;
    while (end < lineEnd && bytes[end] !== SPACE) end++;
    return end <= start ? undefined : bytes.toString('latin1', start, end);
  }
}
