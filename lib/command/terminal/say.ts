import type { Deployment } from '../../definitions/model/model';
import { type Problem, problemLine } from '../../definitions/yaml/problem';
import { Status } from '../../rules/vocabulary';
import { counted } from '../../text/plural';
import { Failure } from '../host/failure';
import type { Host } from '../host/host';
import { type Look, painter } from './colors';
import { prose } from './prose';

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

/** Says what is wrong with a vendor's profile, each on a line, and returns what to throw. */
export function badProfile(name: string, problems: readonly Problem[], dir: string, host: Host): Failure {
  sayProblems(problems, dir, host);
  return new Failure('bad-profile', `the vendor profile of ${name} is wrong`, 'correct it, then try again', {
    problems,
  });
}

/** Says why a command failed, as {@link sayProblems} says a problem, but of no file. */
export function sayFailure({ code, message, problems }: Failure, host: Host): void {
  const line = message.replace(/[\r\n]+/g, ' ');
  // Those have been said by their own codes: what is left to say is what to do.
  if (problems.length > 0) host.err(`${line}\n`);
  else sayError(code, line, host);
}

/** `error[aws-not-asked]: …`: an error of no file. */
export function sayError(code: string, text: string, host: Host): void {
  host.err(`${painter(host.colors?.err)(LOOKS.error, `error[${code}]`)}: ${text}\n`);
}

/** A command, and what it does. */
export interface NextStep {
  readonly command: string;
  readonly what: string;
}

/** The steps that come next, as part of a result. */
export function nextSteps(steps: readonly NextStep[], host: Host): string {
  if (steps.length === 0) return '';
  const lines = steps.map(({ command, what }) => `  ${command}\n${prose(`      ${what}`, host.width)}\n`);
  return `Next:\n${lines.join('')}`;
}

/**
 * A list, as a result: on a terminal by a pager where it is long, and then with what there is in all.
 * @param summary in one line; said of more rows than can be counted at a glance
 */
export async function sayList(text: string, rows: number, summary: string, host: Host): Promise<void> {
  if (host.page) await host.page(text);
  else host.out(text);
  if (host.width !== undefined && rows > AT_A_GLANCE) host.err(`${summary}\n`);
}

const AT_A_GLANCE = 20;

/** `302 integrations of 40 clients: 290 active, 10 pending, 2 suspended`. */
export function summaryOf({ clients }: Deployment): string {
  const all = clients.flatMap(({ integrations }) => integrations);
  const by = Object.values(Status).map(
    (status) => [status, all.filter((each) => each.status === status).length] as const,
  );
  const parts = by.flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : []));
  return `${counted(all.length, 'integration')} of ${counted(clients.length, 'client')}: ${parts.join(', ')}; --client NAME shows one client`;
}

/** Says which command comes next, to a person at a terminal; a script has no use for it. */
export function sayNext(what: string, host: Host): void {
  if (host.progress) host.err(`${painter(host.colors?.err)('dim', `next: ${what}`)}\n`);
}
