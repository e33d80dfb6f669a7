import { type Pattern, type Statement, type Target, valueText } from '../access';
import { all } from '../text/list';
import { counted } from '../text/plural';

/** A statement, short enough for a message. */
export function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 297)}…` : text;
}

const WORDS: Readonly<Record<Target['kind'], string>> = {
  bucket: "a client's bucket",
  key: "the key of a client's bucket",
  secret: "an integration's secret",
  principal: "an integration's role or user",
};

/** What is reached, in a few words. */
export function targetWords(targets: readonly Target[]): string {
  const kinds = new Set(targets.map(({ kind }) => kind));
  return (Object.keys(WORDS) as Target['kind'][])
    .filter((kind) => kinds.has(kind))
    .map((kind) => WORDS[kind])
    .slice(0, 1)
    .join();
}

/** A pattern as IAM writes it; what only a deployment knows in angle brackets, and what nobody knows as `*`. */
export function patternText(pattern: Pattern): string {
  return pattern
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('any' in piece) return '*';
      return 'wild' in piece && piece.wild !== 'part' ? piece.wild : valueText([piece]);
    })
    .join('');
}

/** What is reached, by name or by number. */
export function countedTargets(targets: readonly Target[]): string {
  const [only, ...others] = targets;
  if (only && others.length === 0) return patternText(only.names[0] ?? []);
  const kinds = Object.keys(WORDS) as Target['kind'][];
  return all(
    kinds.flatMap((kind) => {
      const count = targets.filter((target) => target.kind === kind).length;
      return count === 0 ? [] : [counted(count, kind)];
    }),
  );
}

/** A difference between what is there and what is meant: in words, and whole. */
export interface Difference {
  readonly words: string;
  readonly value: string;
  /** The statement that is there and not meant. */
  readonly extra?: Statement;
}

/** The first statement that is there and not meant, or meant and not there; undefined where what is there comes to what is meant. */
export function difference(found: readonly Statement[], meant: readonly string[]): Difference | undefined {
  // A Deny only takes away, and may be anybody's.
  const extra = found.find((each) => !meant.includes(each.text) && each.effect === 'Allow');
  const different = (words: string): Difference => ({
    words,
    value: found.map(({ effect, text }) => `${effect} ${text}`).join('\n'),
  });
  if (extra) return { ...different(shortened(extra.text)), extra };
  const lost = meant.find((text) => !found.some((each) => each.text === text && !each.isPerhaps));
  if (lost === undefined) return undefined;
  if (found.length === 0 && meant.length > 1) return different(`without all of its ${meant.length} statements`);
  const how = found.some(({ text }) => text === lost) ? 'only on a condition' : 'without';
  return different(`${how} ${shortened(lost)}`);
}
