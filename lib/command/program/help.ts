import type { Command, CommanderError } from 'commander';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { painter } from '../terminal/colors';

/** Lets a program's help fit and look as the host says; its commands take that over. */
export function withHelpStyle(program: Command, host: Host): Command {
  // Painted always: commander takes the colours away where the stream has none.
  const paint = painter(true);
  return program
    .configureOutput({
      writeOut: host.out,
      writeErr: host.err,
      // Said as every failure is, once it is thrown.
      outputError: () => {},
      getOutHelpWidth: () => host.width ?? USUAL_WIDTH,
      getErrHelpWidth: () => host.errWidth ?? USUAL_WIDTH,
      getOutHasColors: () => host.colors?.out ?? false,
      getErrHasColors: () => host.colors?.err ?? false,
    })
    .configureHelp({
      minWidthToWrap: 20,
      styleTitle: (text) => paint('bold', text),
      styleSubcommandTerm: (text) => paint('cyan', text),
      styleOptionTerm: (text) => paint('cyan', text),
      styleArgumentTerm: (text) => paint('cyan', text),
    });
}

const USUAL_WIDTH = 80;

/** Examples, as they stand below a command's help. */
export function examplesHelp(examples: readonly string[]): string {
  const paint = painter(true);
  return `\n${paint('bold', 'Examples:')}\n${examples.map((example) => `  bucket-integrations ${example}`).join('\n')}`;
}

/**
 * Throws wrong usage as a Failure whose fix names the command's own help; what only ends after help goes on as it is.
 * @param words of the command, without the program's name
 */
export function throwUsage(words: string): (error: CommanderError) => never {
  const help = `bucket-integrations ${words === '' ? '' : `${words} `}--help shows the usage`;
  return (error) => {
    if (error.exitCode === 0 || error.code === 'commander.help') throw error;
    const [what = '', near] = error.message.replace(/^error: |\.$/g, '').split(/\n\(Did you mean (.*)\?\)$/s);
    // The value stands in what is wrong with it.
    const short = what.replace(/^option '([^']*)' argument '.*' is invalid\. (?=")/s, '$1: ');
    throw new Failure('wrong-usage', short, near === undefined ? help : `did you mean ${near}? ${help}`, {
      exit: Exit.USAGE,
      cause: error,
    });
  };
}
