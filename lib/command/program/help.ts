import type { Command } from 'commander';
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
      outputError: (text, write) => write(painter(host.colors?.err)('red', text)),
      getOutHelpWidth: () => host.width ?? USUAL_WIDTH,
      getErrHelpWidth: () => host.width ?? USUAL_WIDTH,
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
