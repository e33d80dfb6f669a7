/** A policy document as AWS reads it. Strings may hold CDK tokens; nothing here looks inside them. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Principals;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

export type Principals = '*' | Readonly<Record<string, string | readonly string[]>>;

/** Operator → key → values; all operators and keys must hold, any value of a key will do. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export function policyDocument(statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** A list of one is written as its member, as AWS itself returns it; a longer one is copied, so that it stays as it was checked. */
export function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : [...values];
}

/** Conditions that must all hold. Two blocks never name the same key under the same operator here. */
export function allOf(...blocks: readonly (Conditions | undefined)[]): Conditions | undefined {
  const merged: Record<string, Record<string, string | readonly string[]>> = {};
  for (const block of blocks) {
    for (const [operator, keys] of Object.entries(block ?? {})) {
      merged[operator] = { ...merged[operator], ...keys };
    }
  }
  return Object.keys(merged).length === 0 ? undefined : merged;
}

/** A statement with its members in reading order and without empty ones. */
export function statement(members: Statement): Statement {
  const { Sid, Effect, Principal, Action, Resource, Condition } = members;
  return {
    ...(Sid && { Sid }),
    Effect,
    ...(Principal && { Principal }),
    Action,
    ...(Resource && { Resource }),
    ...(Condition && { Condition }),
  };
}
