import { Option } from 'commander';
import { access } from '../access';
import { check } from '../check';
import { listLeftBehind } from '../left-behind';
import { list } from '../list';
import { report } from '../report';
import { onlyClients, regions, several, today } from './option-values';
import { command, type Program } from './program';

/** Adds the commands that look at definitions and change nothing. */
export function lookCommands({ program, host, end }: Program): void {
  command(program, 'check', 'Validate every definition.', 'check', 'check --strict --json')
    .option('--strict', 'fail on warnings too', false)
    .addOption(today(host))
    .action((options) => end(check(options, { ...host, today: options.today })));
  command(
    program,
    'list',
    'Show clients and integrations.',
    'list',
    'list --snapshot account.json',
    'list --left-behind',
  )
    .addOption(snapshots())
    .addOption(
      new Option('--left-behind', 'show instead the stacks of clients that AWS has and no definition has')
        .default(false)
        .conflicts('snapshot'),
    )
    .addOption(new Option('--region <region...>', 'with --left-behind: look in these Regions too').argParser(regions))
    .addOption(onlyClients().conflicts('leftBehind'))
    .action((options) => end(options.leftBehind ? listLeftBehind(options, host) : list(options, host)));
  command(
    program,
    'access',
    'Show who can do what, where and until when.',
    'access',
    'access kohler',
    'access kohler_adobe --json',
  )
    .argument(
      '[name]',
      'one integration, for example kohler_adobe; or one client, with the policies that your own company needs',
    )
    .addOption(onlyClients())
    .addOption(snapshots())
    .action((name, options) => end(access(name, options, host)));
  command(
    program,
    'report',
    'Write a page on the whole deployment: what to do, risks, who can reach what.',
    'report --out report.html',
    'report --out report.html --snapshot account.json --usage usage.json',
    'report --json --today 2027-01-31',
  )
    .option('--out <file>', 'the file to write; without it, or for -, it goes to standard output')
    .addOption(onlyClients())
    .option('--snapshot <file...>', 'show how accounts compare: files that snapshot wrote')
    .option('--usage <file>', 'show what was used: a file of what usage --json printed')
    .addOption(today(host))
    .action((options) => end(report(options, { ...host, today: options.today })));
}

function snapshots(): Option {
  const what = 'say too whether the account is so: a snapshot of it; may be repeated, one of each account';
  return new Option('--snapshot <file>', what).argParser(several);
}
