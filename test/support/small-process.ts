import childProcess, { type ChildProcess, type ExecFileException } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

type Ended = (error: ExecFileException | null, stdout: Buffer, stderr: Buffer) => void;
type ExecFile = (file: string, args: readonly string[], options: object, ended: Ended) => ChildProcess;

/** What all tests of a worker share: a module of Node.js is the same for all of them. */
interface Shared {
  execFile: ExecFile;
  readonly spawn: typeof childProcess.spawn;
  [SPAWNER]?: Spawner;
}
const SPAWNER = Symbol.for('git-spawner');

/** The process by which the tests of one worker run git. */
class Spawner {
  private readonly waiting = new Map<number, Ended>();
  private readonly child: ChildProcess;
  private last = 0;

  constructor(spawn: typeof childProcess.spawn) {
    const program = join(__dirname, 'git-spawner.js');
    this.child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (!this.child.stdout) throw new Error('the spawner has no output');
    createInterface({ input: this.child.stdout }).on('line', (line) => this.answer(JSON.parse(line)));
    this.holdTheWorker(false);
  }

  run(request: object, ended: Ended): void {
    this.last += 1;
    this.waiting.set(this.last, ended);
    this.holdTheWorker(true);
    this.child.stdin?.write(`${JSON.stringify({ id: this.last, ...request })}\n`);
  }

  private answer({ id, failure, stdout, stderr }: Answer): void {
    const ended = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.holdTheWorker(false);
    const error = failure && Object.assign(new Error(failure.message), { code: failure.code });
    ended?.(error as ExecFileException | null, Buffer.from(stdout, 'base64'), Buffer.from(stderr, 'base64'));
  }

  /** Nothing waits for a process that has nothing to do. */
  private holdTheWorker(held: boolean): void {
    for (const each of [this.child, this.child.stdin, this.child.stdout] as (ChildProcess | null)[]) {
      if (held) each?.ref();
      else each?.unref();
    }
  }
}

interface Answer {
  readonly id: number;
  readonly failure: { readonly message: string; readonly code: number | string } | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Lets git be run by a small process: a large one, as a worker of jest is, forks several times as slowly. */
export function runGitFromSmallProcess(): void {
  const shared = childProcess as unknown as Shared;
  if (SPAWNER in shared) return;
  const real = shared.execFile;
  shared[SPAWNER] = undefined;
  shared.execFile = (file, args, options, ended) => {
    if (file !== 'git' || typeof ended !== 'function') return real(file, args, options, ended);
    shared[SPAWNER] ??= new Spawner(shared.spawn);
    const spawner = shared[SPAWNER];
    const { cwd = '.', env = process.env } = options as { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv };
    const stdin = {
      on: () => stdin,
      end: (input: string | Buffer = '') =>
        spawner.run(
          { file, args, cwd: resolve(cwd), env: { ...env }, input: Buffer.from(input).toString('base64') },
          ended,
        ),
    };
    return { stdin } as unknown as ChildProcess;
  };
}
