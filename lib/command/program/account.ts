import { InvalidArgumentError, Option } from 'commander';
import { checkName } from '../../rules/names';
import { withShard } from '../deployment/shard';
import { discoverCommand } from '../discover';
import { snapshot } from '../snapshot';
import { verifyCommand } from '../verify';
import { regions, several } from './option-values';
import { bare, command, type Program } from './program';
import { shardOption } from './shard';

/** Adds the commands that look at an account as it is. */
export function accountCommands({ program, host, end }: Program): void {
  command(
    program,
    'snapshot',
    'Read an AWS account into a file: who can do what there to buckets, keys, secrets and principals.',
    'snapshot --out account.json',
    'snapshot --out account.json --all-buckets --region us-east-1',
    'snapshot --policy > reader-policy.json',
  )
    .option('--out <file>', 'the file to write; an existing snapshot is replaced')
    .option('--bucket <name>', 'another bucket than those of the definitions; may be repeated', several, [])
    .option('--all-buckets', 'every bucket of the account', false)
    .option('--region <region>', 'another Region than those of the definitions; may be repeated', regions, [])
    .option('--policy', 'print the least IAM policy that the reader needs, and read nothing', false)
    .action((options) => end(snapshot(options, host)));
  command(
    program,
    'verify',
    'Compare an AWS account with the definitions: is it what they say, and does nobody else reach a client’s bucket?',
    'verify',
    'verify --snapshot account.json --client kohler',
    'verify --snapshot one.json --snapshot two.json --strict --json',
  )
    .option('--snapshot <file>', 'a snapshot, instead of the account itself; one of each account', several, [])
    .option('--client <name>', 'judge this client alone; may be repeated', several, [])
    .addOption(shardOption())
    .option('--strict', 'an insider that no internal entry names is an error', false)
    .option('--allow-not-judged', 'end well although something was not judged', false)
    .action((options) => end(verifyCommand(withShard(options), host)));
  bare(
    program,
    'discover',
    'Write definitions of those who reach an account’s buckets already, and say what cannot be one.',
    'discover --snapshot account.json --out integrations',
    'discover --snapshot account.json --out integrations --bucket kohler-data --client-of kohler-data=kohler',
  )
    .option('--snapshot <file>', 'a file that snapshot wrote')
    .option('--out <dir>', 'the folder to write definitions into; no file in it is changed')
    .option('--bucket <name>', 'look at this bucket alone; may be repeated', several, [])
    .addOption(
      new Option('--client-of <bucket=name>', 'what to call the client of a bucket; may be repeated')
        .argParser(clientOf)
        .default(new Map(), 'the bucket’s name'),
    )
    .option('--json', 'print one JSON document', false)
    .action((options) => end(discoverCommand(options, host)));
}

function clientOf(value: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [, bucket, name] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (bucket === undefined || name === undefined)
    throw new InvalidArgumentError('write BUCKET=NAME, for example kohler-data=kohler');
  const [finding] = checkName('client', name);
  if (finding) throw new InvalidArgumentError(`${finding.message}; ${finding.fix}`);
  const other = [...before].find(([known, client]) => client === name && known !== bucket);
  if (other) throw new InvalidArgumentError(`a client has one bucket, and ${name} is that of ${other[0]} already`);
  return new Map([...before, [bucket, name]]);
}
