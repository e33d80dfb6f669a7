import { Command, CommanderError } from 'commander';
import manifest from '../../../package.json';
import { NO_COLORS } from '../host/colors';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { shown } from '../terminal/colors';
import { prose } from '../terminal/prose';
import { sayFailure } from '../terminal/say';
import { accountCommands } from './account';
import { changeCommands } from './change';
import { failureJson } from './failure-json';
import { examplesHelp, throwUsage, withHelpStyle } from './help';
import { lookCommands } from './look';
import { newCommand } from './new';
import { operateCommands } from './operate';
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
  operateCommands,
  setupCommands,
];

const DESCRIPTION = `Gives each client or vendor access to exactly one key prefix of one client's S3 bucket.
Definitions are files in a folder; cdk deploy creates what they define.`;

/**
 * Runs the command.
 *
 * @param argv the words after the command's name
 * @returns what the process ends with
 */
export async function cli(argv: readonly string[], given: Host): Promise<Exit> {
  let exit: Exit = Exit.DONE;
  let printed = false;
  const colors = argv.includes('--no-color') ? NO_COLORS : given.colors;
  const { ask, page } = given;
  // Much of what is said was read from files that others wrote: nothing of it acts on a terminal.
  const host: Host = {
    ...given,
    colors,
    out: (text) => {
      printed = true;
      given.out(shown(text, colors?.out));
    },
    err: (text) => given.err(shown(prose(text, given.errWidth, 2), colors?.err)),
    page: page && ((text) => page(shown(text, colors?.out))),
    ask: ask && ((question) => ask(shown(question, false))),
  };
  const program = withHelpStyle(new Command('bucket-integrations'), host)
    .description(DESCRIPTION)
    .version(manifest.version, '--version', 'print the version')
    .exitOverride(throwUsage(''))
    .option('--no-color', 'plain text on a terminal too, like NO_COLOR=1')
    .addHelpText('after', '\nExit status: 0 done, 1 found something wrong, 2 wrong usage.')
    .addHelpText('after', examplesHelp(['check', 'new kohler reltio', 'handoff kohler_reltio', 'COMMAND --help']));
  const end: Program['end'] = async (ended) => {
    exit = await ended;
  };
  for (const add of COMMANDS) add({ program, host, end });
  // Where the words cannot be read, nobody knows more of them.
  let asJson = argv.includes('--json');
  program.hook('preAction', (_, action) => {
    const { json, format } = action.optsWithGlobals();
    asJson = json === true || format === 'json';
  });

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.DONE : Exit.USAGE;
    if (!(error instanceof Failure)) throw error;
    sayFailure(error, host);
    // A program that reads the result gets a document, whatever came of it.
    if (asJson && !printed) host.out(failureJson(error));
    return error.exit;
  }
  return exit;
}
