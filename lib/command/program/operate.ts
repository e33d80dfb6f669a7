import { explain } from '../explain';
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
  command(
    program,
    'explain',
    'Say what an error message that a vendor sent means: why, who fixes it, and how.',
    'explain "An error occurred (AccessDenied) when calling the PutObject operation: …"',
    'explain --integration kohler_adobe < message.txt',
  )
    .argument('[text...]', 'the message; without it, standard input')
    .option('--integration <name>', 'the integration, if the message does not say: for example kohler_adobe')
    .action((text, options) => end(explain(text, options, host)));
}

function several(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
