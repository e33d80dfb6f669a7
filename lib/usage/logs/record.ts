/** One request, as a log has it. A reader may use one object for all its records: keep what you need of it. */
export interface LogRecord {
  readonly from: 'server-access' | 'cloudtrail';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Empty where it is of none. */
  readonly bucket: string;
  /** Who asked: an ARN, a canonical user ID, or what AWS writes in their place; empty where it is not known. */
  readonly requester: string;
  /** The twelve digits of the account that asked, where only that is known. */
  readonly account?: string;
  /** Empty where there is none. */
  readonly requestId: string;
  /** The operation as the log names it. */
  readonly name: string;
  /** As the API names it, for example `HeadBucket`; none where it is not known. */
  readonly operation?: string;
  /** Whether the request names a version of an object. */
  readonly versioned: boolean;
  /** As the log has it, which may have encoded it; empty where there is none. */
  readonly key: string;
  /** Of a listing, the prefix that it names; empty for the root. */
  readonly prefix?: string;
  /** The HTTP status; CloudTrail tells none, so one that fits stands for it. */
  readonly status: number;
  /** Empty where nothing went wrong. */
  readonly errorCode: string;
  /** What AWS said with it, where the log tells. */
  readonly message?: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** The ARN of the access point; empty where the request came through none. */
  readonly accessPoint: string;
  /** The ARN of the role that was to be assumed. */
  readonly role?: string;
  /** The canned ACL that was sent, where the log tells. */
  readonly acl?: string;
  /** The caller's address. */
  readonly address?: string;
  /** The VPC endpoint that it came through; empty for none, left out where the log does not tell. */
  readonly endpoint?: string;
  /** Whether it came over plain HTTP; left out where the log does not tell. */
  readonly plainHttp?: boolean;
  /** The encryption that was asked for, where the log tells. */
  readonly encryption?: { readonly algorithm: string; readonly key?: string };
}

/** What comes out of a log, one after the other. */
export interface LogSink {
  readonly record: (record: LogRecord) => void;
  /** What is not a record: why, in a word that is the same for its kind, and the text. */
  readonly skipped: (kind: SkippedKind, text: string) => void;
}

/** Why something in a log is not counted. */
export const SKIPPED = {
  'not-a-record': 'the line does not have the fields of a server access log',
  'bad-time': 'the time cannot be read',
  'too-long': 'the line or record is longer than any that AWS writes',
  'not-an-event': 'the JSON is not a CloudTrail event',
  'no-records': 'the JSON file has no list of Records',
  'broken-json': 'the JSON is broken, or cut off',
  'broken-gzip': 'the file is not whole gzip; what comes before the break is counted',
} as const;

export type SkippedKind = keyof typeof SKIPPED;
