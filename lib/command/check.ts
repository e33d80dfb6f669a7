import { load } from '../definitions/load';
import type { Problem } from '../definitions/problem';
import { problemLine } from '../definitions/problem';
import { Exit, type Host } from './host';

export interface CheckOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Warnings fail too. */
  readonly strict: boolean;
}

/** Validates every definition. */
export function check(options: CheckOptions, host: Host): Exit {
  const { deployment, problems } = load(options.dir, { today: host.today });
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (options.json) {
    host.out(`${JSON.stringify(problems.map(documented), null, 2)}\n`);
  } else {
    for (const problem of problems) host.err(`${problemLine(problem, options.dir)}\n`);
    const integrations = deployment.clients.reduce((sum, client) => sum + client.integrations.length, 0);
    const found = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
    host.out(`${counted(deployment.clients.length, 'client')}, ${counted(integrations, 'integration')}: ${found}\n`);
  }
  return errors > 0 || (options.strict && warnings > 0) ? Exit.FOUND : Exit.DONE;
}

function documented({ file, line, column, severity, code, message, fix }: Problem) {
  return { file, line, column, severity, code, message, fix };
}

/** `1 client`, `2 clients`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
