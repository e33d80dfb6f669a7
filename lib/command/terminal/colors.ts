import { printableLines } from '../../text/quote';
import { type Colors, NO_COLORS } from '../host/colors';

/** What decides about colours. */
export interface ColorChoice {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output and standard error are terminals. */
  readonly terminals: Colors;
}

/**
 * Colours on terminals only; `NO_COLOR` takes them away, `FORCE_COLOR` gives them everywhere, and a dumb terminal has none.
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function colorsOf({ env, terminals }: ColorChoice): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR || FORCE_COLOR === '0' || FORCE_COLOR === 'false') return NO_COLORS;
  if (FORCE_COLOR) return { out: true, err: true };
  return TERM === 'dumb' ? NO_COLORS : terminals;
}

/** How a text may look. Each adds to what its words say and is never all that says it. */
export type Look = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan';

/** Makes a text look so. */
export type Paint = (look: Look | undefined, text: string) => string;

const CODES: Readonly<Record<Look, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
};

/** The sequences that {@link painter} writes, and no others. */
const SEQUENCES = new RegExp(`(\u001b\\[(?:${[...new Set(Object.values(CODES).flat())].join('|')})m)`);

/** A text as it goes to a stream: what a terminal would obey is spelled out, but for the colours of this program. */
export function shown(text: string, colored: boolean | undefined): string {
  if (!colored) return printableLines(text);
  const pieces = text.split(SEQUENCES);
  return pieces.map((piece, at) => (at % 2 === 1 ? piece : printableLines(piece))).join('');
}

/** Paints where there are colours; elsewhere a text stays as it is. */
export function painter(colored: boolean | undefined): Paint {
  if (!colored) return (_, text) => text;
  return (look, text) => {
    if (look === undefined || text === '') return text;
    const [on, off] = CODES[look];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
