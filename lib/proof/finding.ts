import type { Path, Place, Statement } from '../access';

/** What the judgement can find; the same in templates and in accounts. */
export type ProofRule =
  | 'overlapping-prefix'
  | 'unknown-statement'
  | 'unknown-principal'
  | 'changed-trust'
  | 'changed-access'
  | 'more-access';

/** Something that reaches what is guarded without being meant, or is not as it is meant. */
export interface Finding {
  readonly rule: ProofRule;
  readonly place: Place;
  /** The integration that it is about. */
  readonly integration?: string;
  /** What is there, and why it is not what is meant. */
  readonly reason: string;
  /** The statement or value that it is about, whole and in one spelling: it tells findings of one place apart. */
  readonly value: string;
  /** The way from outside to what is guarded, where it is about one. */
  readonly path?: Path;
  /** The statement that is not meant, where it is about one. */
  readonly statement?: Statement;
  /** Of something that is not exactly as it is meant, the first statement that is too much. */
  readonly extra?: Statement;
}
