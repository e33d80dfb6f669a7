import type { Aws } from './aws';
import type { Colors } from './colors';
import type { Git } from './git';
import type { Run } from './run';

/** What the command talks to, so that it is tested without a process. */
export interface Host {
  /** Writes a result, to standard output. */
  readonly out: (text: string) => void;
  /** Writes a diagnostic, to standard error. */
  readonly err: (text: string) => void;
  /** Asks a question on the terminal; none where nobody is there to answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** All of standard input, which may be this many bytes long; it fails where there is more. */
  readonly input?: (most: number) => Promise<Buffer>;
  /** Today as `YYYY-MM-DD`. */
  readonly today: string;
  /** Columns of the terminal; none where the output is not one. */
  readonly width?: number;
  /** Columns of the terminal of standard error; none where it is not one. */
  readonly errWidth?: number;
  /** Shows a long result on a terminal, until somebody has read it; none where the output is not one. */
  readonly page?: (text: string) => Promise<void>;
  /** Which of the two may have colours; neither without it. */
  readonly colors?: Colors;
  /** Shows a line of progress in the place of the one before; an empty one takes it away. None where standard error is no terminal. */
  readonly progress?: (line: string) => void;
  /** Milliseconds that have passed since some instant. */
  readonly clock?: () => number;
  /** What is read from AWS itself. */
  readonly aws: Aws;
  /** Runs git. */
  readonly git: Git;
  /** Runs another program. */
  readonly run: Run;
}
