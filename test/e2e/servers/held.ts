import type { ChildProcess } from 'node:child_process';

let held: ChildProcess | undefined;

/** Remembers the keeper from the start of a run to its end. */
export function hold(keeper: ChildProcess): void {
  held = keeper;
}

/** Lets the keeper stop everything, and waits until it has. */
export async function release(): Promise<void> {
  const keeper = held;
  if (keeper === undefined || keeper.exitCode !== null) return;
  const ended = new Promise((resolve) => keeper.once('exit', resolve));
  keeper.stdin?.end();
  await ended;
}
