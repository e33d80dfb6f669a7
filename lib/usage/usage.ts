import type { CauseCode, Who } from '../causes/cause';
import type { Capability } from '../rules/confinement';

/** What logs say of integrations. Times are ISO, in UTC; none is null. */
export interface Usage {
  /** When the first and the last of all records were. */
  readonly from: string | null;
  readonly to: string | null;
  /** Records read. */
  readonly lines: number;
  /** What was no record. */
  readonly skipped: number;
  readonly integrations: readonly IntegrationUsage[];
  readonly strangers: readonly Stranger[];
}

/** How one integration was used. */
export interface IntegrationUsage {
  readonly integration: string;
  /** Of any request, denied or not. */
  readonly lastSeen: string | null;
  /** These are of requests that worked. */
  readonly lastList: string | null;
  readonly lastRead: string | null;
  readonly lastWrite: string | null;
  readonly lastDelete: string | null;
  readonly requests: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly denied: readonly Denied[];
  /** Capabilities that no request needed, of those that these logs show; null where they show nothing of its bucket. */
  readonly unused: readonly Capability[] | null;
  /** Whether some requests are its own by their prefix alone. */
  readonly byPrefix: boolean;
}

/** Requests that were denied alike. */
export interface Denied {
  /** As the log names it. */
  readonly operation: string;
  /** The last key, or the prefix of a listing. */
  readonly key: string | null;
  readonly errorCode: string;
  readonly count: number;
  readonly last: string;
  readonly code: CauseCode;
  readonly cause: string;
  readonly who: Who;
  readonly fix: string;
}

/** Somebody in a bucket of a definition whom no definition names. */
export interface Stranger {
  readonly requester: string;
  readonly bucket: string;
  readonly requests: number;
  readonly last: string;
}
