import { REQUIRABLE, type RequirableKey } from '../../definitions/language/shared-keys';
import type { Problem } from '../../definitions/yaml/problem';
import type { AnswerFinding } from './answer-finding';

/** The keys that a definition lacks and the settings ask of every integration (`require`). */
export function requiredKeys(problems: readonly Problem[]): RequirableKey[] {
  return REQUIRABLE.filter((key) => problems.some((problem) => asksFor(problem, key)));
}

function asksFor({ code, message }: Problem, key: RequirableKey): boolean {
  return code === 'required-key' && message.startsWith(`${key} is missing`);
}

/** The problems that are not about such keys. */
export function besideRequired(problems: readonly Problem[]): Problem[] {
  return problems.filter((problem) => !REQUIRABLE.some((key) => asksFor(problem, key)));
}

/** A key that is asked for and has no answer. */
export function noAnswer(key: RequirableKey): AnswerFinding {
  const message = `${key} is missing, and settings.yaml asks it of every integration`;
  return { about: key, code: 'missing-answer', message, fix: OPTIONS[key] };
}

const OPTIONS: Readonly<Record<RequirableKey, string>> = {
  owner: '--owner "who is responsible for it"',
  request: '--request TICKET',
  description: '--description "what it is for"',
  reviewBy: '--review-by YYYY-MM-DD',
  expires: '--expires YYYY-MM-DD',
  contact: '--contact "who to reach at the vendor"',
};
