/**
 * The parts of an ARN, `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, as far as it is sure where they begin.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
import type { Pattern, PatternPiece } from './pattern';
import { isThing } from './value';

export interface Arn {
  readonly partition: Pattern;
  readonly service: Pattern;
  readonly region: Pattern;
  readonly account: Pattern;
  readonly resource: Pattern;
}

/**
 * The parts of an ARN, or undefined where it is none, or where what is not known in front of the resource could have a
 * colon in it.
 *
 * @param wildcards whether `*` stays within a part, as under `ArnLike`, or `spans` several
 */
export function arnParts(pattern: Pattern, wildcards: 'within' | 'spans' = 'spans'): Arn | undefined {
  const parts: PatternPiece[][] = [[]];
  for (const piece of pattern) {
    const last = parts.length === 6;
    if (typeof piece === 'string' && !last) {
      const [first = '', ...others] = splitAtMost(piece, 6 - parts.length);
      if (first !== '') parts.at(-1)?.push(first);
      for (const other of others) parts.push(other === '' ? [] : [other]);
    } else {
      if (!last && mayHoldColon(piece, wildcards)) return undefined;
      parts.at(-1)?.push(piece);
    }
  }
  const [scheme, partition, service, region, account, resource] = parts;
  if (scheme?.join() !== 'arn' || !partition || !service || !region || !account || !resource) return undefined;
  return { partition, service, region, account, resource };
}

/** A text at its first colons. */
function splitAtMost(text: string, colons: number): string[] {
  const parts = text.split(':');
  return parts.length <= colons ? parts : [...parts.slice(0, colons), parts.slice(colons).join(':')];
}

/** Whether a piece may have a colon in it. */
export function mayHoldColon(piece: PatternPiece, wildcards: 'within' | 'spans'): boolean {
  if (typeof piece === 'string') return piece.includes(':');
  if ('oneOf' in piece) return piece.oneOf.some((branch) => branch.some((part) => mayHoldColon(part, wildcards)));
  if ('wild' in piece) return piece.wild !== 'part' && wildcards === 'spans';
  return !isThing(piece);
}
