import { type Command, Option } from 'commander';
import { requireFolder } from '../deployment/require-folder';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { examplesHelp, throwUsage } from './help';

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
    .exitOverride(throwUsage(pathOf(parent, name)))
    .option('--no-color', 'plain text on a terminal too')
    .addHelpText('after', examplesHelp(examples));
}

function pathOf(parent: Command, name: string): string {
  return parent.parent === null ? name : `${pathOf(parent.parent, parent.name())} ${name}`;
}

/** A command that reads the definitions. */
export function command(parent: Command, name: string, description: string, ...examples: string[]): Command {
  return bare(parent, name, description, ...examples)
    .addOption(new Option('--dir <dir>', 'the folder of the definitions').default('integrations'))
    .option('--json', 'print one JSON document', false);
}

/** The options of a command that can do without definitions, but not with a folder that is not there. */
export function withFolder<O extends { readonly dir: string }>(options: O, self: Command): O {
  if (self.getOptionValueSourceWithGlobals('dir') === 'cli') requireFolder(options.dir);
  return options;
}

/** The options of a command that has `--format`, for which `--json` is short. */
export function withFormat<O extends { readonly json: boolean; readonly format: string }>(
  options: O,
  self: Command,
): O {
  if (!options.json) return options;
  if (self.getOptionValueSource('format') === 'cli' && options.format !== 'json')
    throw new Failure(
      'options-conflict',
      `--json and --format ${options.format} contradict each other`,
      'leave one out',
      {
        exit: Exit.USAGE,
      },
    );
  return { ...options, format: 'json' };
}
