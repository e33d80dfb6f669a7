/**
 * Who can do what to which bucket, key, secret or principal, when what cannot be read counts as anything.
 *
 * A reader of templates or accounts writes a {@link World}: texts as values, policies by `readPolicy`, roles, users and
 * groups as holders, buckets, keys, secrets and what leads to them as doors. A judge names targets and gets paths.
 */
export { type Arn, arnParts } from './arn';
export type { Step } from './becoming';
export { isBootstrapRole } from './bootstrap';
export { isEntry } from './exploration';
export { ABSENT, canonicalText, forms, type Json, listed, member, plainJson, UNKNOWN } from './json';
export { covers, mayMeet, type Names } from './meet';
export type { Narrowing, NarrowingKey } from './narrowing';
export type { Ours } from './ours';
export { type End, type Hop, hopsOf, type Path } from './path';
export { exactPattern, PART, type Pattern, STAR, wildcardPattern } from './pattern';
export type { Place } from './place';
export { allowsOf, readPolicy, readStatement, statementsOf, statementTexts } from './policy';
export { type Explored, explore, type InsideReach, reach } from './reach';
export type { Policy, Statement } from './statement';
export {
  ANY,
  ANYTHING,
  compact,
  isKnown,
  isThing,
  literalText,
  type OneOf,
  type Piece,
  type Thing,
  type Value,
  valueText,
} from './value';
export type { Who } from './who';
export type { Attached, Door, DoorKind, Holder, Target, World } from './world';
