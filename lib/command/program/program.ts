import { type Command, Option } from 'commander';
import type { Exit } from '../host/failure';
import type { Host } from '../host/host';
import { examplesHelp } from './help';

/** The program to which commands are added. */
export interface Program {
  readonly program: Command;
  readonly host: Host;
  /** Takes what a command came to for what the process ends with. */
  readonly end: (exit: Exit | Promise<Exit>) => Promise<void>;
}

/** A command of its own. */
export function bare(parent: Command, name: string, description: string, ...examples: string[]): Command {
  return parent
    .command(name)
    .description(description)
    .option('--no-color', 'plain text on a terminal too')
    .addHelpText('after', examplesHelp(examples));
}

/** A command that reads the definitions. */
export function command(parent: Command, name: string, description: string, ...examples: string[]): Command {
  return bare(parent, name, description, ...examples)
    .addOption(new Option('--dir <dir>', 'the folder of the definitions').default('integrations'))
    .option('--json', 'print one JSON document', false);
}
