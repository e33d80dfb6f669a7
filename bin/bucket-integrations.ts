import { createInterface } from 'node:readline/promises';
import { aws } from '../lib/command/aws/aws';
import { git } from '../lib/command/git/git';
import { Exit, Failure } from '../lib/command/host/failure';
import { page } from '../lib/command/host/pager';
import { run } from '../lib/command/host/run';
import { cli } from '../lib/command/program/cli';
import { colorsOf } from '../lib/command/terminal/colors';
import { today } from '../lib/text/dates';

async function ask(question: string): Promise<string> {
  // Questions go beside the result, so that a result can be redirected.
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ABORT_ERR') throw error;
    process.stderr.write('\n');
    throw new Failure('interrupted', 'a question has no answer, so nothing was done', 'run this again');
  } finally {
    terminal.close();
  }
}

async function input(most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of process.stdin) {
    length += part.length;
    if (length > most) throw new Error(`it is longer than ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

// Whoever reads the result may stop early (head), or have no room for it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`the result cannot be written: ${error.message}\n`);
  process.exit(Exit.FOUND);
});

// Without a reader, there is nobody to tell.
process.stderr.on('error', () => {});

/** By a pager, where it is longer than the terminal. */
function paged(text: string): Promise<void> {
  const { rows, columns } = process.stdout;
  return page(text, { env: process.env, rows, columns }, (all) => process.stdout.write(all));
}

/** Writes over the line that the cursor stands on. */
function progress(line: string): void {
  process.stderr.write(`\r\u001b[K${line.slice(0, process.stderr.columns - 1)}`);
}

const { stdin, stdout, stderr, env } = process;
void cli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  ask: stdin.isTTY ? ask : undefined,
  input,
  today: today(),
  width: stdout.isTTY ? stdout.columns : undefined,
  errWidth: stderr.isTTY ? stderr.columns : undefined,
  page: stdout.isTTY ? paged : undefined,
  colors: colorsOf({ env, terminals: { out: stdout.isTTY === true, err: stderr.isTTY === true } }),
  progress: stderr.isTTY ? progress : undefined,
  clock: () => performance.now(),
  aws,
  git,
  run,
}).then((exit) => {
  process.exitCode = exit;
});
