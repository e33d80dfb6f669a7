import { type Problem, problemLine } from '../../definitions/yaml/problem';
import type { Host } from '../host/host';
import { type Look, painter } from './colors';

const LOOKS: Readonly<Record<Problem['severity'], Look>> = { error: 'red', warning: 'yellow', accepted: 'dim' };

/** Says problems, each on a line of standard error. */
export function sayProblems(problems: readonly Problem[], dir: string, host: Host): void {
  const paint = painter(host.colors?.err);
  for (const problem of problems) {
    const line = problemLine(problem, dir);
    const [place = '', severity = '', rest = ''] = /^(.*?:\d+:\d+: )((?:error|warning|accepted)\[[^\]]*\])(.*)$/s
      .exec(line)
      ?.slice(1) ?? [line];
    host.err(`${paint('bold', place)}${paint(LOOKS[problem.severity], severity)}${rest}\n`);
  }
}

/** Says which command comes next, to whoever sits at a terminal; a script has no use for it. */
export function sayNext(what: string, host: Host): void {
  if (host.progress) host.err(`${painter(host.colors?.err)('dim', `next: ${what}`)}\n`);
}
