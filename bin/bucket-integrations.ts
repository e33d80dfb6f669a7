import { cli } from '../lib/command/cli';
import { today } from '../lib/definitions/today';

process.exitCode = cli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  today: today(),
  width: process.stdout.isTTY ? process.stdout.columns : undefined,
});
