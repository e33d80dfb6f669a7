import type { Problem } from '../definitions/yaml/problem';
import { counted } from '../text/plural';
import { Exit } from './host/failure';
import type { Host } from './host/host';
import { type Look, painter } from './terminal/colors';
import { loadWatched } from './terminal/progress';
import { sayNext, sayProblems } from './terminal/say';

export interface CheckOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Warnings fail too. */
  readonly strict: boolean;
}

/** Validates every definition. */
export function check(options: CheckOptions, host: Host): Exit {
  const { deployment, problems } = loadWatched(options.dir, { today: host.today }, host);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (options.json) {
    host.out(`${JSON.stringify(problems.map(documented), null, 2)}\n`);
  } else {
    sayProblems(problems, options.dir, host);
    const integrations = deployment.clients.reduce((sum, client) => sum + client.integrations.length, 0);
    const look: Look = errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green';
    const found = painter(host.colors?.out)(look, `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`);
    host.out(`${counted(deployment.clients.length, 'client')}, ${counted(integrations, 'integration')}: ${found}\n`);
    sayNext(nextAfter(errors, integrations), host);
  }
  return errors > 0 || (options.strict && warnings > 0) ? Exit.FOUND : Exit.DONE;
}

function nextAfter(errors: number, integrations: number): string {
  if (errors > 0) return 'fix the errors above, then npx bucket-integrations check';
  if (integrations === 0) return 'npx bucket-integrations new CLIENT VENDOR writes the first integration';
  return 'npx cdk diff shows what a deployment would change';
}

function documented({ file, line, column, severity, code, message, fix }: Problem) {
  return { file, line, column, severity, code, message, fix };
}
