import type { Argument, Command, Option } from 'commander';
import { Profiles } from '../definitions/profiles/profiles';
import { bashCompletion } from './completion/bash';
import { zshCompletion } from './completion/zsh';
import { Exit, type Host } from './host/host';

export const SHELLS = ['bash', 'zsh'] as const;
export type Shell = (typeof SHELLS)[number];

/** What a word of the command can be, where that is known. */
export type Values =
  | { readonly of: 'choices'; readonly choices: readonly string[] }
  | { readonly of: 'integrations' | 'clients' | 'vendors' | 'folders' | 'files' | 'refs' };

export interface OptionWords {
  /** For example `-V` and `--version`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** What its value is called; none where it takes none. */
  readonly value?: string;
  /** Whether more than one value may follow. */
  readonly many: boolean;
  readonly values?: Values;
}

export interface ArgumentWords {
  readonly name: string;
  readonly values?: Values;
}

/** What can stand after a command. */
export interface CommandWords {
  /** The words that lead to it: none for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly commands: readonly CommandWords[];
  readonly options: readonly OptionWords[];
  readonly arguments: readonly ArgumentWords[];
}

/** What the placeholder of an argument or an option's value says about what it can be. */
const VALUES: Readonly<Record<string, Values>> = {
  name: { of: 'integrations' },
  client: { of: 'clients' },
  vendor: { of: 'vendors' },
  dir: { of: 'folders' },
  file: { of: 'files' },
  ref: { of: 'refs' },
};

/** Prints what a shell needs to complete the words of the command. */
export function completion(shell: Shell, program: Command, host: Host): Exit {
  const words = wordsOf(program, []);
  const vendors = new Profiles().names();
  host.out(shell === 'bash' ? bashCompletion(words, vendors) : zshCompletion(words, vendors));
  return Exit.DONE;
}

function wordsOf(command: Command, path: readonly string[]): CommandWords {
  const help = command.createHelp();
  return {
    path,
    description: command.description(),
    commands: help.visibleCommands(command).map((each) => wordsOf(each, [...path, each.name()])),
    options: help.visibleOptions(command).map(optionWords),
    arguments: command.registeredArguments.map((argument) => ({ name: argument.name(), values: valuesOf(argument) })),
  };
}

function optionWords(option: Option): OptionWords {
  const { short, long, description, variadic: many, flags } = option;
  const value = /[<[]([^>\].]+)/.exec(flags)?.[1];
  const values = value === undefined ? undefined : option.argChoices ? chosen(option.argChoices) : VALUES[value];
  return { flags: [short, long].flatMap((flag) => flag ?? []), description, value, many, values };
}

function valuesOf(argument: Argument): Values | undefined {
  return argument.argChoices ? chosen(argument.argChoices) : VALUES[argument.name()];
}

function chosen(choices: readonly string[]): Values {
  return { of: 'choices', choices };
}
