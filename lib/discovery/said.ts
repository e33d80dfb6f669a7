/** Policies as somebody wrote them, statement by statement: what the model of access leaves out is here, conditions above all. */
import { canonicalText, type Place, plainJson } from '../access';
import type { PolicyDocument } from '../account/document';
import { isObject, type JsonObject } from '../account/json';

/** One condition: an operator, a key, and values of which one must be met. */
export interface Condition {
  /** In lower case, for example `stringequals`. */
  readonly operator: string;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
  /** As it is written, for people. */
  readonly written: string;
}

/** A principal of a statement, for example of type `aws`. */
export interface Named {
  /** In lower case. */
  readonly type: string;
  readonly value: string;
}

/** One statement. */
export interface Said {
  readonly place: Place;
  /** As it stands. */
  readonly json: JsonObject;
  /** In the one spelling by which the model of access knows it. */
  readonly text: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly Named[];
  /** Whether it is for everybody but some. */
  readonly isNotPrincipal: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly Condition[];
}

/** The statements of a document; none where it cannot be read. */
export function saidIn(document: PolicyDocument | null | undefined, place: Place): readonly Said[] {
  if (!isObject(document)) return [];
  return listed(member(document, 'Statement'))
    .filter(isObject)
    .map((json) => said(json, place));
}

/** One statement. */
export function said(json: JsonObject, place: Place): Said {
  const notPrincipal = member(json, 'NotPrincipal');
  return {
    place,
    json,
    text: canonicalText(plainJson(json)),
    effect: member(json, 'Effect') === 'Deny' ? 'Deny' : 'Allow',
    principals: namedIn(member(json, 'Principal')),
    isNotPrincipal: notPrincipal !== undefined,
    actions: texts(member(json, 'Action')),
    notActions: texts(member(json, 'NotAction')),
    resources: texts(member(json, 'Resource')),
    notResources: texts(member(json, 'NotResource')),
    conditions: conditionsIn(member(json, 'Condition')),
  };
}

function namedIn(principal: unknown): readonly Named[] {
  if (isObject(principal))
    return Object.entries(principal).flatMap(([type, values]) =>
      texts(values).map((value) => ({ type: type.toLowerCase(), value })),
    );
  return texts(principal).map((value) => ({ type: 'aws', value }));
}

function conditionsIn(condition: unknown): readonly Condition[] {
  if (!isObject(condition)) return [];
  return Object.entries(condition).flatMap(([operator, block]) =>
    isObject(block)
      ? Object.entries(block).map(([key, values]) => ({
          operator: operator.toLowerCase(),
          key: key.toLowerCase(),
          values: texts(values),
          written: `${operator} ${key}`,
        }))
      : [],
  );
}

/** What is under a name in whatever case: IAM is not said to tell them apart. */
function member(object: JsonObject, name: string): unknown {
  const wanted = name.toLowerCase();
  return Object.entries(object).find(([given]) => given.toLowerCase() === wanted)?.[1];
}

function listed(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function texts(value: unknown): readonly string[] {
  return listed(value).flatMap((each) => {
    if (typeof each === 'string') return [each];
    return typeof each === 'number' || typeof each === 'boolean' ? [String(each)] : [];
  });
}

/** The first condition on a key, under one of these operators. */
export function conditionOn(
  { conditions }: Pick<Said, 'conditions'>,
  key: string,
  operators: readonly string[],
): Condition | undefined {
  return conditions.find((each) => each.key === key && operators.includes(each.operator));
}

/** Operators under which a value is compared letter by letter, or as a pattern. */
export const EQUALS = ['stringequals', 'arnequals', 'foranyvalue:stringequals'];
export const LIKE = ['stringlike', 'arnlike', 'arnequals', 'foranyvalue:stringlike'];
export const EQUALS_OR_LIKE = [...EQUALS, ...LIKE];

/** Whether IAM reads a text as more than its letters. */
export function isPattern(text: string): boolean {
  return /[*?]|\$\{/.test(text);
}
