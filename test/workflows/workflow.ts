/** A workflow of GitHub Actions, as far as the rules of this project look into it. */
export interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly environment?: unknown;
  readonly if?: unknown;
  /** Another workflow that is the job, instead of steps. */
  readonly uses?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly 'working-directory'?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

/** What starts a workflow. */
export function eventsOf({ on }: Workflow): string[] {
  return typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys((on ?? {}) as object);
}

/** What a job's token may write; `id-token` is one of them, and so is a token of which nothing is said. */
export function writesOf(job: Job, workflow: Workflow): string[] {
  const permissions = job.permissions ?? workflow.permissions;
  if (permissions === undefined || permissions === 'write-all') return ['everything'];
  if (typeof permissions !== 'object' || permissions === null) return [];
  return Object.entries(permissions).flatMap(([scope, level]) => (level === 'write' ? [scope] : []));
}
