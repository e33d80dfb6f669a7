import type { CauseCode, Who } from '../causes/cause';

/** What a message of a denial means. */
export interface Explanation {
  readonly integration: string | null;
  readonly principal: string | null;
  readonly action: string | null;
  readonly resource: string | null;
  readonly code: CauseCode;
  readonly cause: string;
  readonly who: Who;
  readonly fix: string;
  /** The line of a definition that would allow it, where that would be right. */
  readonly edit: Edit | null;
}

/** A key of a definition, and the value that it would have. */
export interface Edit {
  /** Relative to the folder of the definitions. */
  readonly file: string;
  readonly key: string;
  readonly value: boolean | readonly string[];
}
