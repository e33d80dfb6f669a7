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
