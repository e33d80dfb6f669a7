/** What the check of a type of door is, and what such checks share. */
import { arnParts, covers, type Json, listed, literalText, readPolicy, statementsOf, type Value } from '../access';
import { areOurs, at, documentIn, isAbsent, placeOf, type ReadResource, textsIn } from '../templates';
import type { GuardedNames } from './guarded-names';
import type { JudgedApp } from './judged-app';
import type { RuleId } from './rules';

/** What is wrong with a resource: where in it, and why. */
export interface Wrong {
  readonly rule: RuleId;
  readonly at: string;
  readonly reason: string;
  /** What else decides where it leads, beside its own properties. */
  readonly value?: string;
}

export type DoorCheck = (resource: ReadResource, judged: JudgedApp, guarded: GuardedNames) => readonly Wrong[];

export const WAY_IN = "another way into a client's bucket";

export function door(where: string, reason: string): readonly Wrong[] {
  return [{ rule: 'unknown-door', at: where, reason }];
}

/** Every text under a path; a list on the way stands for each of its members. */
export function under(json: Json, [name, ...others]: readonly string[]): readonly Value[] {
  if (name === undefined) return textsIn(json);
  return listed(json).flatMap((each) => under(at(each, name), others));
}

/** A door whose property says where it leads. */
export const leadingBy =
  (...path: readonly string[]): DoorCheck =>
  ({ properties }, _, guarded) =>
    under(properties, path).some((value) => guarded.mayLead(value))
      ? door(path[0] ?? '', `it is ${WAY_IN}, or may be`)
      : [];

/** Whether an ARN is surely of an account of ours. */
export function isOurArn(arn: Value, { world }: JudgedApp): boolean {
  const account = arnParts(arn)?.account;
  return account !== undefined && covers(world.ours.accounts, account);
}

/** Whether a policy of a resource, where it has one, allows somebody who is not surely ours. */
export function allowsOthers(resource: ReadResource, property: string, { world }: JudgedApp): boolean {
  const policy = at(resource.properties, property);
  return (
    !isAbsent(policy) &&
    statementsOf(readPolicy(documentIn(policy), placeOf(resource, property))).some(
      ({ effect, who }) => effect === 'Allow' && !areOurs(who, world.ours),
    )
  );
}

/** Whether a text is surely one of these. */
export function isOneOf(value: Value, texts: readonly string[]): boolean {
  const text = literalText(value);
  return text !== undefined && texts.includes(text);
}
