import { usage } from '../usage';
import { command, type Program } from './program';

/** Adds the commands of the months after: who uses what, what was denied and why. */
export function operateCommands({ program, host, end }: Program): void {
  command(
    program,
    'usage',
    'Say who used what, when last, what was denied and why, from logs of S3 and CloudTrail.',
    'usage --logs logs/',
    'usage --logs access-logs/ cloudtrail/ --client kohler --json',
  )
    .requiredOption('--logs <path...>', 'files or folders of server access logs or of CloudTrail, plain or gzip')
    .option('--client <name>', 'this client only; may be repeated', several, [])
    .action((options) => end(usage(options, host)));
}

function several(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
