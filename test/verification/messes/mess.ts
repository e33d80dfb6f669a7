import type { VerificationCode } from '../../../lib/verification/finding';
import type { Raw } from '../../support/deployed-account';

/** What somebody may do to an account, and what it must be found as. */
export interface Mess {
  readonly name: string;
  readonly make: (account: Raw) => void;
  /** What it must be found as, each at least once, and nothing else. */
  readonly codes: readonly VerificationCode[];
  /** What must be named: an ARN or a name. */
  readonly names: string;
  /** What is meant there, and must still be there afterwards. */
  readonly keeps?: readonly string[];
  /** Whether no command can take it back. */
  readonly noUndo?: true;
}
