import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** How long a server may take before it counts as broken: a stalled processor makes all of them slow. */
const PATIENCE_MS = 120_000;

/** The servers and commands of one run: each leads a process group of its own, so that exactly what was started can be stopped. */
export class Processes {
  private readonly started = new Set<ChildProcess>();

  constructor(
    /** Where their output goes, a file each. */
    private readonly dir: string,
    private readonly report: (line: string) => void,
  ) {}

  /** Starts a server; where one can ask it, waits until it answers and reports how long that took. */
  async serve(
    name: string,
    [command, ...argv]: readonly [string, ...string[]],
    env: NodeJS.ProcessEnv,
    answers?: () => Promise<boolean>,
  ): Promise<void> {
    const output = join(this.dir, `${name}.out`);
    const file = openSync(output, 'a');
    const began = Date.now();
    const child = spawn(command, argv, { cwd: this.dir, env, detached: true, stdio: ['ignore', file, file] });
    this.started.add(child);
    let ended: string | undefined;
    child.once('error', (error) => {
      ended = error.message;
    });
    child.once('exit', (code, signal) => {
      ended ??= `it ended with ${signal ?? code}`;
    });
    if (answers === undefined) return;
    await until(`${name} answers`, () => {
      if (ended !== undefined) throw new Error(`${name} could not be started: ${ended}`);
      return answers();
    });
    this.report(`${name} is ready after ${seconds(began)}`);
  }

  /** Runs a command to its end; gives what it says. */
  run([command, ...argv]: readonly [string, ...string[]], env: NodeJS.ProcessEnv): Promise<string> {
    const child = spawn(command, argv, { cwd: this.dir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.started.add(child);
    let [said, complained] = ['', ''];
    child.stdout.on('data', (text: Buffer) => {
      said += text;
    });
    child.stderr.on('data', (text: Buffer) => {
      complained += text;
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        this.started.delete(child);
        if (code === 0) resolve(said);
        else reject(new Error(`${command} failed: ${complained.trim()}`));
      });
    });
  }

  /** Stops them all at once; nothing that they hold outlives a run, so nothing is lost. */
  async stop(): Promise<void> {
    const left = [...this.started].filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    const ended = left.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    this.kill();
    await Promise.all(ended);
  }

  /** The same without waiting, for the last moment of a process. */
  kill(): void {
    for (const { pid } of this.started) {
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    this.started.clear();
  }
}

/** Asks again and again, until the answer is yes. */
export async function until(what: string, ask: () => Promise<boolean>, patience = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`waited ${patience / 1000} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Whether something answers HTTP there, whatever it says. */
export async function answersHttp(url: string): Promise<boolean> {
  try {
    await (await fetch(url, { signal: AbortSignal.timeout(5_000) })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Ports of the loopback address that nobody uses. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export function seconds(began: number): string {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
