import type { RequirableKey } from '../../definitions/language/shared-keys';
import type { Finding } from '../../rules/finding';
import { Exit, Failure } from '../host/failure';

/** What a finding is about: an option of `new`, or one of the two names. */
export type About =
  | 'client'
  | 'vendor'
  | 'inAws'
  | 'assumesRoles'
  | 'certificate'
  | 'token'
  | 'reason'
  | 'bucket'
  | 'kind'
  | RequirableKey;

/** Why a definition cannot be written as it was asked for; of an answer that is missing, the fix is the option to add. */
export interface AnswerFinding extends Finding {
  readonly about: About;
}

/** A missing answer, for the person who typed the command. */
export function unanswered({ message, fix }: AnswerFinding): Failure {
  return new Failure('missing-answer', message, `add ${fix}`, { exit: Exit.USAGE });
}
