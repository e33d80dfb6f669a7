import { createInterface } from 'node:readline/promises';
import { aws } from '../lib/command/aws';
import { cli } from '../lib/command/cli';
import { today } from '../lib/definitions/today';

async function ask(question: string): Promise<string> {
  // Questions go beside the result, so that a result can be redirected.
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

void cli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  ask: process.stdin.isTTY ? ask : undefined,
  today: today(),
  width: process.stdout.isTTY ? process.stdout.columns : undefined,
  aws,
}).then((exit) => {
  process.exitCode = exit;
});
