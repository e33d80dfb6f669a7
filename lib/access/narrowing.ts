/**
 * Which conditions of a statement narrow who it is for: those of contract keys under a positive operator whose values
 * are known. Every other condition narrows nobody.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { arnParts } from './arn';
import { type Json, listed } from './json';
import type { Names } from './meet';
import { exactPattern, type Pattern, wildcardPattern } from './pattern';
import { ANY, isKnown } from './value';

export type NarrowingKey =
  | 'principal-arn'
  | 'principal-account'
  | 'principal-organization'
  | 'source-account'
  | 'source-arn'
  | 'source-organization'
  | 'access-point-account'
  | 'access-point-arn'
  | 'bootstrap-role'
  | 'claim';

/** A condition that narrows: one of its values must be met. */
export interface Narrowing {
  readonly key: NarrowingKey;
  /** The condition's key as it is written. */
  readonly written: string;
  readonly values: readonly Pattern[];
  readonly names: Names;
  /** Whether a `*` stays within one part of an ARN. */
  readonly wildcards: 'within' | 'spans';
}

const KEYS: ReadonlyMap<string, NarrowingKey> = new Map([
  ['aws:principalarn', 'principal-arn'],
  ['aws:principalaccount', 'principal-account'],
  ['kms:calleraccount', 'principal-account'],
  ['aws:principalorgid', 'principal-organization'],
  ['aws:sourceaccount', 'source-account'],
  ['aws:sourcearn', 'source-arn'],
  ['aws:sourceorgid', 'source-organization'],
  ['s3:dataaccesspointaccount', 'access-point-account'],
  ['s3:dataaccesspointarn', 'access-point-arn'],
  ['aws:resourcetag/aws-cdk:bootstrap-role', 'bootstrap-role'],
  ['iam:resourcetag/aws-cdk:bootstrap-role', 'bootstrap-role'],
]);

type Operator = Pick<Narrowing, 'names' | 'wildcards'> & { readonly read: typeof exactPattern };

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['stringequals', { read: exactPattern, names: 'exact', wildcards: 'spans' }],
  ['stringequalsignorecase', { read: exactPattern, names: 'no-case', wildcards: 'spans' }],
  ['stringlike', { read: wildcardPattern, names: 'exact', wildcards: 'spans' }],
  ['arnequals', { read: wildcardPattern, names: 'exact', wildcards: 'within' }],
  ['arnlike', { read: wildcardPattern, names: 'exact', wildcards: 'within' }],
]);

/** The narrowing conditions of a `Condition` element. A block that may be another one, or none, narrows nobody. */
export function narrowings(condition: Json): readonly Narrowing[] {
  if (!('members' in condition)) return [];
  return condition.members.flatMap(([name, block]) => {
    const operator = OPERATORS.get(name.toLowerCase().replace(/^foranyvalue:/, ''));
    if (!operator || !('members' in block)) return [];
    return block.members.flatMap(([key, values]) => narrowing(operator, key, values));
  });
}

function narrowing({ read, names, wildcards }: Operator, written: string, json: Json): readonly Narrowing[] {
  const key = keyOf(written);
  if (key === undefined || mayBeAbsent(json)) return [];
  const values = listed(json).map((value) => ('text' in value ? read(value.text) : undefined));
  // Whose a source is, its ARN says in front of what is not known.
  const isSure = (value: Pattern) =>
    isKnown(value) || (key === 'source-arn' && isKnown(arnParts(value)?.account ?? [ANY]));
  const all = values.filter((value): value is Pattern => value !== undefined && isSure(value));
  if (all.length === 0 || all.length < values.length) return [];
  return [{ key, written, values: all, names, wildcards }];
}

/** A claim stands behind the name of its issuer, which has a dot; SAML's have one name for all. */
function keyOf(written: string): NarrowingKey | undefined {
  const key = written.toLowerCase();
  const issuer = key.slice(0, Math.max(key.lastIndexOf(':'), 0));
  return KEYS.get(key) ?? (issuer === 'saml' || issuer.includes('.') ? 'claim' : undefined);
}

function mayBeAbsent(json: Json): boolean {
  if ('choice' in json) return json.choice.some(mayBeAbsent);
  if ('list' in json) return json.list.some(mayBeAbsent);
  return 'absent' in json;
}
