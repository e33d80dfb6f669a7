/** What strangers may write wherever something is read: one corpus, in `corpus.json`, for every entry of {@link ENTRIES}. */
import corpus from './corpus.json';

/** One value of the corpus. */
export interface Hostile {
  readonly name: string;
  /** As JSON, which is YAML too: what is nested deeply is nowhere an object. */
  readonly json: string;
  /** Where it is a text. */
  readonly text?: string;
}

interface Case {
  readonly name: string;
  readonly text?: string;
  readonly repeat?: string;
  readonly times?: number;
  readonly value?: unknown;
  readonly json?: string;
  readonly nest?: string;
  readonly depth?: number;
  readonly many?: number;
}

export const CORPUS: readonly Hostile[] = (corpus as readonly Case[]).map(made);

function made({ name, text, repeat, times = 0, value, json, nest, depth = 0, many }: Case): Hostile {
  const long = repeat === undefined ? text : repeat.repeat(times);
  if (long !== undefined) return { name, text: long, json: JSON.stringify(long) };
  if (nest !== undefined) {
    const [open, close] = nest === 'list' ? ['[', ']'] : ['{"a":', '}'];
    return { name, json: `${open.repeat(depth)}1${close.repeat(depth)}` };
  }
  if (many !== undefined) return { name, json: `[${'"ab",'.repeat(many - 1)}"ab"]` };
  return { name, json: json ?? JSON.stringify(value) };
}
