import { type Command, Option } from 'commander';
import { withShard } from '../deployment/shard';
import { explain } from '../explain';
import { review } from '../review';
import { usage } from '../usage';
import { several, today } from './option-values';
import { command, type Program, withFormat } from './program';
import { shardOption } from './shard';

/** Adds the commands of the months after: who uses what, what was denied and why. */
export function operateCommands({ program, host, end }: Program): void {
  command(
    program,
    'usage',
    'Say who used what, when last, what was denied and why, from logs of S3 and CloudTrail.',
    'usage --logs logs/',
    'usage --logs access-logs/ cloudtrail/ --client kohler --json',
    'usage --logs access-logs/ --since 2026-11-27 --key adobe/2026/11/prices.csv',
    'usage --fetch --since 2026-11-27',
  )
    .option('--logs <path...>', 'files or folders of server access logs or of CloudTrail, plain or gzip', [])
    .option('--client <name>', 'this client only; may be repeated', several, [])
    .addOption(shardOption())
    .option('--since <time>', 'from this day or time on, UTC: 2026-11-27 or 2026-11-27T10:00Z')
    .option('--until <time>', 'until the end of this day, or this time')
    .option('--key <key>', 'who did what with this object, or under this folder: KEY, FOLDER/ or s3://BUCKET/KEY')
    .option('--integration <name>', 'this integration only, with who did what from where')
    .option('--snapshot <file>', 'say when AWS last saw roles and keys used; may be repeated', several, [])
    .option('--fetch', 'print instead the commands that get the logs; none is run', false)
    .option('--propose', 'print instead what could be narrower, as a patch that git apply takes', false)
    .action((options) => end(usage(withShard(options), host)));
  command(
    program,
    'explain',
    'Say what an error message that a vendor sent means: why, who fixes it, and how.',
    'explain "An error occurred (AccessDenied) when calling the PutObject operation: …"',
    'explain --integration kohler_adobe < message.txt',
  )
    .argument('[text...]', 'the message; without it, standard input')
    .option('--integration <name>', 'the integration, if the message does not say: for example kohler_adobe')
    .option('--snapshot <file>', 'a snapshot of the account: is it deployed as defined?; may be repeated', several, [])
    .action((text, options) => end(explain(text, options, host)));
  command(
    program,
    'review',
    'List what is due: what has ended or ends, needs a review, is not used, or has no owner.',
    'review',
    'review --owner "Data Team" --format markdown',
    'review --usage usage.json',
  )
    .addOption(
      new Option('--format <format>', 'how it is written').choices(['text', 'markdown', 'json']).default('text'),
    )
    .option('--owner <name>', 'what this owner has to look at')
    .option('--usage <file>', 'a file of usage --json: lists what is not used')
    .addOption(today(host))
    .action((options, self: Command) => end(review(withFormat(options, self), { ...host, today: options.today })));
}
