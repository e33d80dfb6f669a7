import { REQUIRABLE, type RequirableKey } from '../../definitions/language/shared-keys';
import type { Problem } from '../../definitions/yaml/problem';
import type { Host } from '../host/host';
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

/** Asks for keys; none where nobody is there to answer, or says nothing. */
export async function askFor(
  keys: readonly RequirableKey[],
  host: Host,
): Promise<{ readonly [Key in RequirableKey]?: string }> {
  const answers: { [Key in RequirableKey]?: string } = {};
  for (const key of host.ask ? keys : []) {
    const answer = (await host.ask?.(`${ASK[key].question} `))?.trim();
    if (answer) answers[key] = answer;
  }
  return answers;
}

/** A key that is asked for and has no answer. */
export function noAnswer(key: RequirableKey): AnswerFinding {
  const message = `${key} is missing, and settings.yaml asks it of every integration`;
  return { about: key, code: 'missing-answer', message, fix: ASK[key].option };
}

const ASK: Readonly<Record<RequirableKey, { readonly question: string; readonly option: string }>> = {
  owner: { question: 'Who answers for it?', option: '--owner "who answers for it"' },
  request: { question: 'In which ticket was it asked for?', option: '--request TICKET' },
  description: { question: 'What is it for?', option: '--description "what it is for"' },
  reviewBy: { question: 'By which day does somebody ask again (YYYY-MM-DD)?', option: '--review-by YYYY-MM-DD' },
  expires: { question: 'On which day does access end (YYYY-MM-DD)?', option: '--expires YYYY-MM-DD' },
  contact: { question: 'Who can we reach at the vendor?', option: '--contact "who to reach at the vendor"' },
};
