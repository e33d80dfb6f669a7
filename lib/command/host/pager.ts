import spawn from 'cross-spawn';

/** What decides about a pager. */
export interface PagerChoice {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Lines and columns of the terminal. */
  readonly rows: number;
  readonly columns: number;
}

/** The program that shows long results, and its words: `PAGER`, or less. Undefined where there is to be none. */
export function pagerOf({ PAGER, TERM }: PagerChoice['env']): readonly string[] | undefined {
  const words = (PAGER ?? 'less').split(/\s+/).filter((word) => word !== '');
  return words.length === 0 || words[0] === 'cat' || TERM === 'dumb' ? undefined : words;
}

/** Whether a text has more lines than a terminal, which breaks long ones. */
export function isLong(text: string, { rows, columns }: PagerChoice): boolean {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0) > rows;
}

/**
 * Shows a text on a terminal: by a pager where it is longer than the terminal, until that ends.
 * @param write where it goes without a pager, or where that cannot be run
 */
export async function page(text: string, choice: PagerChoice, write: (text: string) => void): Promise<void> {
  const [program, ...args] = (isLong(text, choice) && pagerOf(choice.env)) || [];
  if (program === undefined) return write(text);
  // As git has it: colours stay, and so does what was shown.
  const env = { ...choice.env, LESS: choice.env.LESS ?? 'FRX' };
  const shown = await new Promise<boolean>((resolve) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'inherit', 'inherit'] });
    child.once('error', () => resolve(false));
    child.once('close', () => resolve(true));
    // People leave before the end.
    child.stdin?.on('error', () => {});
    child.stdin?.end(text);
  });
  if (!shown) write(text);
}
