import { type Command, Option } from 'commander';
import { changed } from '../changed';
import { deploy } from '../deploy';
import { diff } from '../diff';
import { split } from '../split';
import { count, removals } from './option-values';
import { command, type Program, withFormat } from './program';

/** Adds the commands that compare with an earlier version, and deploy what differs. */
export function changeCommands({ program, host, end }: Program): void {
  command(
    program,
    'diff',
    'Show what changes in who can do what, and in resources, since an earlier version.',
    'diff --base origin/main',
    'diff --base origin/main --format markdown --fail-on widening',
    'diff --base-assembly cdk.out.before',
  )
    .addOption(new Option('--base <ref>', 'a git branch, tag or commit to compare with').conflicts('baseAssembly'))
    .option('--base-assembly <dir>', 'instead: the output of cdk synth for an earlier version')
    .option('--install', 'with --base: if the app differs, install the earlier one and compare its templates')
    .addOption(
      new Option('--format <format>', 'how it is written').choices(['text', 'markdown', 'json']).default('text'),
    )
    .addOption(new Option('--fail-on <what>', 'exit 1 if access grows').choices(['widening']))
    .action((options, self: Command) => end(diff(withFormat(options, self), host)));
  sinceOf(
    command(
      program,
      'changed',
      'Show which clients to deploy: those that changed.',
      'changed --base origin/main',
      'changed --record refs/deployed/production --json',
    ),
  ).action((options) => end(changed(options, host)));
  sinceOf(
    command(
      program,
      'deploy',
      'Deploy the clients that changed, with the CDK.',
      'deploy --record refs/deployed/production --handoffs handoffs',
      'deploy --base v1.2.0 --dry-run',
      'deploy --record refs/deployed/production --end-removed',
    ),
  )
    .addOption(new Option('--concurrency <count>', 'how many stacks at once').argParser(count).default(4))
    .option('--handoffs <dir>', 'write the hand-offs of new integrations there')
    .addOption(
      new Option(
        '--end-removed [count]',
        'delete stacks of removed clients, and empty parts; buckets stay. If more than removeAtMost clients are removed, give their number',
      )
        .argParser(removals)
        .default(false),
    )
    .option('--dry-run', 'print the commands, and run nothing', false)
    .action((options) => end(deploy(options, host)));
  command(
    program,
    'split',
    "Give integrations that are not deployed yet another stack, if their client's stack is full.",
    'split kohler --dry-run',
    'split kohler --base refs/deployed/production',
  )
    .argument('<client>', 'the client, for example kohler')
    .option(
      '--base <ref>',
      'what is deployed, as a git branch, tag or commit; it keeps its stack (default: origin/main, or main)',
    )
    .option('--dry-run', 'show what would be written, and write nothing', false)
    .action((client, options) => end(split(client, options, host)));
}

/** A command that compares with an earlier version. */
function sinceOf(command: Command): Command {
  return command
    .addOption(new Option('--base <ref>', 'compare with a git branch, tag or commit').conflicts('record'))
    .option(
      '--record <ref>',
      'compare with the deployment that this ref records, or with nothing if there is no such ref',
    )
    .option('--all', 'every client, whether it changed or not; also with --base or --record', false);
}
