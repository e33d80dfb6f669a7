import type { Argument, Command, Option } from 'commander';
import { Profiles } from '../definitions/profiles/profiles';
import { bashCompletion } from './completion/bash';
import type { CommandWords, OptionWords, Values } from './completion/words';
import { zshCompletion } from './completion/zsh';
import { Exit } from './host/failure';
import type { Host } from './host/host';

export const SHELLS = ['bash', 'zsh'] as const;
export type Shell = (typeof SHELLS)[number];

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
  // A value in brackets may be left out, and only `=` gives it for sure.
  const value = /<([^>.]+)/.exec(flags)?.[1];
  const values = value === undefined ? undefined : option.argChoices ? chosen(option.argChoices) : VALUES[value];
  return { flags: [short, long].flatMap((flag) => flag ?? []), description, value, many, values };
}

function valuesOf(argument: Argument): Values | undefined {
  return argument.argChoices ? chosen(argument.argChoices) : VALUES[argument.name()];
}

function chosen(choices: readonly string[]): Values {
  return { of: 'choices', choices };
}
