import type { Failure } from '../host/failure';

/** What a command prints with `--json` where it could not do what it was asked: `{"problems": […]}`, as `check` lists them. */
export function failureJson({ code, message, problems }: Failure): string {
  const all =
    problems.length > 0 ? problems.map((problem) => ({ ...NOWHERE, ...problem })) : [{ ...NOWHERE, code, message }];
  return `${JSON.stringify({ problems: all }, null, 2)}\n`;
}

/** A problem of no file, whose remedy is part of the message. */
const NOWHERE = {
  file: null,
  line: null,
  column: null,
  severity: 'error',
  message: '',
  fix: null,
} as const;
