import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { checkDate } from '../rules/restrictions';
import { access } from './access';
import { check } from './check';
import { Exit, type Host } from './host';
import { list } from './list';

const DESCRIPTION = `Gives each client or vendor access to exactly one key prefix of one client's S3 bucket.
Definitions are files in a folder; cdk deploy makes them so.`;

/**
 * Runs the command.
 *
 * @param argv the words after the command's name
 * @returns what the process ends with
 */
export function cli(argv: readonly string[], host: Host): Exit {
  let exit: Exit = Exit.DONE;
  const program = new Command('bucket-integrations')
    .description(DESCRIPTION)
    .exitOverride()
    .configureOutput({ writeOut: host.out, writeErr: host.err })
    .showHelpAfterError('(bucket-integrations --help shows how it is used)')
    .addHelpText('after', '\nExit status: 0 done, 1 found something wrong, 2 wrong usage.');

  const command = (name: string, description: string, examples: string) =>
    program
      .command(name)
      .description(description)
      .addOption(new Option('--dir <dir>', 'the folder of the definitions').default('integrations'))
      .option('--json', 'print one JSON document', false)
      .addHelpText('after', `\nExamples:\n${examples}`);

  command(
    'check',
    'Validate every definition.',
    '  bucket-integrations check\n  bucket-integrations check --strict --json',
  )
    .option('--strict', 'fail on warnings too', false)
    .addOption(
      new Option('--today <date>', 'the day against which dates are judged').argParser(date).default(host.today),
    )
    .action((options) => {
      exit = check(options, { ...host, today: options.today });
    });
  command('list', 'Show clients and integrations.', '  bucket-integrations list').action((options) => {
    exit = list(options, host);
  });
  command(
    'access',
    'Say who can do what, where and until when.',
    '  bucket-integrations access\n  bucket-integrations access kohler_adobe --json',
  )
    .argument('[name]', 'one integration, for example kohler_adobe')
    .action((name, options) => {
      exit = access(name, options, host);
    });

  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? Exit.DONE : Exit.USAGE;
  }
  return exit;
}

function date(value: string): string {
  const [finding] = checkDate(value);
  if (finding) throw new InvalidArgumentError(`${finding.message}; ${finding.fix}`);
  return value;
}
