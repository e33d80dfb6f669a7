import type { Failure } from '../host/failure';

/** What a command prints with `--json` where it could not do what it was asked: `{"problems": […]}`, as `check` lists them. */
export function failureJson({ code, what, fix, problems }: Failure): string {
  const all = problems.length > 0 ? problems : [{ ...NOWHERE, code, message: what, fix }];
  return `${JSON.stringify({ problems: all }, null, 2)}\n`;
}

/** A problem of no file. */
const NOWHERE = { file: null, line: null, column: null, severity: 'error' } as const;
