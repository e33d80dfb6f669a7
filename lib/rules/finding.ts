import type { FindingCode } from './codes';

/**
 * Something wrong with one value, before anyone knows where it was written:
 * the definitions give it a file, line and column, the constructs throw it.
 */
export interface Finding {
  readonly code: FindingCode;
  /** What is wrong, with the value that was given. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}
