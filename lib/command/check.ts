import type { Problem } from '../definitions/yaml/problem';
import { cdkCommand, ownCommand } from '../text/commands';
import { counted } from '../text/plural';
import { Exit } from './host/failure';
import type { Host } from './host/host';
import { type Look, painter } from './terminal/colors';
import { loadWatched } from './terminal/progress';
import { sayNext, sayProblems } from './terminal/say';

export interface CheckOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Warnings fail too, but for those that are accepted. */
  readonly strict: boolean;
}

/** Validates every definition. */
export function check(options: CheckOptions, host: Host): Exit {
  const { deployment, problems } = loadWatched(options.dir, { today: host.today }, host);
  const having = (wanted: Problem['severity']) => problems.filter(({ severity }) => severity === wanted).length;
  const [errors, warnings, accepted] = [having('error'), having('warning'), having('accepted')];
  if (options.json) {
    host.out(`${JSON.stringify(problems.map(documented), null, 2)}\n`);
  } else {
    sayProblems(problems, options.dir, host);
    const integrations = deployment.clients.reduce((sum, client) => sum + client.integrations.length, 0);
    const look: Look = errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green';
    const said = [
      counted(errors, 'error'),
      counted(warnings, 'warning'),
      ...(accepted > 0 ? [`${accepted} accepted`] : []),
    ];
    const found = painter(host.colors?.out)(look, said.join(', '));
    host.out(`${counted(deployment.clients.length, 'client')}, ${counted(integrations, 'integration')}: ${found}\n`);
    sayNext(nextAfter(errors, integrations, options.dir), host);
  }
  return errors > 0 || (options.strict && warnings > 0) ? Exit.FOUND : Exit.DONE;
}

function nextAfter(errors: number, integrations: number, dir: string): string {
  if (errors > 0) return `fix the errors above, then ${ownCommand('check', dir)}`;
  if (integrations === 0) return `${ownCommand('new', dir)} writes the first integration`;
  return `${cdkCommand('diff', dir)} shows what a deployment would change`;
}

function documented({ file, line, column, severity, code, message, fix }: Problem) {
  return { file, line, column, severity, code, message, fix };
}
