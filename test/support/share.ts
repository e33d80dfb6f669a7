/** The suites `long` and `mutation` take all of a corpus and of what is generated; the default one a share of it, to be done in minutes. */
export const LONG = ['long', 'mutation'].includes(process.env.TEST_SUITE ?? '');

/** How many of so many generated cases are tried: all, or at least a tenth of them. */
export function runs(all: number): number {
  return LONG ? all : Math.ceil(all / 10);
}

/**
 * The part of a corpus that is tried in one of the places where all of it should be: all, or every fifth one, beginning at
 * another one in each place, so that five places meet the whole corpus.
 */
export function shareOf<T>(corpus: readonly T[], place: number): readonly T[] {
  return LONG ? corpus : corpus.filter((_, at) => (at + place) % 5 === 0);
}
