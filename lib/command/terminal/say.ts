import type { Deployment } from '../../definitions/model/model';
import { type Problem, problemLine } from '../../definitions/yaml/problem';
import { Status } from '../../rules/vocabulary';
import { counted } from '../../text/plural';
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
