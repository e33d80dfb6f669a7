import { Command, CommanderError } from 'commander';
import { NO_COLORS } from '../host/colors';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { painter } from '../terminal/colors';
import { accountCommands } from './account';
import { changeCommands } from './change';
import { examplesHelp, withHelpStyle } from './help';
import { lookCommands } from './look';
import { newCommand } from './new';
import type { Program } from './program';
import { setupCommands } from './setup';
import { vendorCommands } from './vendor';

/** In the order in which help shows them. */
const COMMANDS: readonly ((program: Program) => void)[] = [
  lookCommands,
  changeCommands,
  newCommand,
  vendorCommands,
  accountCommands,
  setupCommands,
];

const DESCRIPTION = `Gives each client or vendor access to exactly one key prefix of one client's S3 bucket.
Definitions are files in a folder; cdk deploy makes them so.`;

/**
 * Runs the command.
 *
 * @param argv the words after the command's name
 * @returns what the process ends with
 */
export async function cli(argv: readonly string[], given: Host): Promise<Exit> {
  let exit: Exit = Exit.DONE;
  const host = argv.includes('--no-color') ? { ...given, colors: NO_COLORS } : given;
  const program = withHelpStyle(new Command('bucket-integrations'), host)
    .description(DESCRIPTION)
    .exitOverride()
    .showHelpAfterError('(bucket-integrations --help shows how it is used)')
    .option('--no-color', 'plain text on a terminal too, as NO_COLOR=1 gives it')
    .addHelpText('after', '\nExit status: 0 done, 1 found something wrong, 2 wrong usage.')
    .addHelpText('after', examplesHelp(['check', 'new kohler reltio', 'handoff kohler_reltio', 'COMMAND --help']));
  const end: Program['end'] = async (ended) => {
    exit = await ended;
  };
  for (const add of COMMANDS) add({ program, host, end });

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.DONE : Exit.USAGE;
    if (!(error instanceof Failure)) throw error;
    host.err(`${painter(host.colors?.err)('red', error.message)}\n`);
    return error.exit;
  }
  return exit;
}
