/** Whether one policy lets through what another did not: told from the statements alone, and in doubt it does. */
import type { Raw } from '../text/record';
import { patternWithin, rangeWithin } from './within';

/** One action on one resource by one principal, under conditions. */
export interface Atom {
  readonly effect: string;
  /** As the policy writes it, for example `AWS arn:aws:iam::111122223333:root`; empty where the policy is a principal's own. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly conditions: readonly Condition[];
  /** The statement's id, by which nothing is compared. */
  readonly sid?: string;
  /** The whole statement, where it is written in a way that cannot be taken apart. */
  readonly opaque?: string;
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** What a policy document says, taken apart. */
export function atomsOf(document: unknown): Atom[] {
  const { Statement } = (document ?? {}) as Raw;
  return many(Statement).flatMap((statement) => atoms(statement as Raw));
}

function atoms(statement: Raw): Atom[] {
  const { Sid, Effect, Principal, Action, Resource, Condition: conditions, ...others } = statement;
  if (Object.keys(others).length > 0 || Action === undefined) {
    const opaque = JSON.stringify({ Effect, Principal, Action, Resource, Condition: conditions, ...others });
    return [
      { effect: String(Effect), principal: '', action: '*', resource: '*', conditions: [], sid: stringOf(Sid), opaque },
    ];
  }
  const under = conditionsOf(conditions);
  return principalsOf(Principal).flatMap((principal) =>
    many(Action).flatMap((action) =>
      (Resource === undefined ? [''] : many(Resource)).map((resource) => ({
        effect: String(Effect),
        principal,
        action: String(action),
        resource: String(resource),
        conditions: under,
        sid: stringOf(Sid),
      })),
    ),
  );
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function many(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value].flat();
}

function principalsOf(principal: unknown): string[] {
  if (typeof principal !== 'object' || principal === null) return [principal === undefined ? '' : String(principal)];
  return Object.entries(principal).flatMap(([type, values]) => many(values).map((value) => `${type} ${value}`));
}

function conditionsOf(conditions: unknown): Condition[] {
  return Object.entries((conditions ?? {}) as Record<string, Raw>).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: many(values).map(String),
    })),
  );
}

/** Whether whatever one says, another says too. */
export function isCoveredBy(one: Atom, other: Atom): boolean {
  if (one.effect !== other.effect) return false;
  if (one.opaque !== undefined || other.opaque !== undefined) return one.opaque === other.opaque;
  return (
    isOf(one.principal, other.principal) &&
    patternWithin(one.action.toLowerCase(), other.action.toLowerCase()) &&
    patternWithin(one.resource, other.resource) &&
    other.conditions.every((wanted) => one.conditions.some((condition) => asStrict(condition, wanted)))
  );
}

/** Whether one principal is among those that another names. */
function isOf(principal: string, other: string): boolean {
  if (other === '*' || (other === 'AWS *' && principal.startsWith('AWS '))) return true;
  // An account is in one partition only, whether its name says in which or leaves that to the deployment.
  const either = [principal, other].some((arn) => arn.startsWith(ANY_PARTITION));
  const bare = (arn: string) => (either ? arn.replace(/^AWS arn:(?:<AWS::Partition>|[a-z-]+):iam::/, '') : arn);
  return bare(principal) === bare(other);
}

const ANY_PARTITION = 'AWS arn:<AWS::Partition>:';

/** Whether a condition holds only where another does. */
function asStrict(one: Condition, other: Condition): boolean {
  if (one.key.toLowerCase() !== other.key.toLowerCase()) return false;
  const each = (within: (value: string, of: string) => boolean) =>
    one.values.every((value) => other.values.some((of) => within(value, of)));
  const equal = (value: string, of: string) => value === of;
  switch (`${one.operator} ${other.operator}`) {
    case 'DateLessThan DateLessThan':
      return each((value, of) => value <= of);
    case 'IpAddress IpAddress':
      return each(rangeWithin);
    case 'StringEquals StringEquals':
    case 'StringEquals StringEqualsIfExists':
    case 'StringEqualsIfExists StringEqualsIfExists':
    case 'ArnEquals ArnEquals':
    case 'Bool Bool':
      return each(equal);
    case 'StringEquals StringLike':
      // A pattern's own characters are no wildcards on the left.
      return each((value, of) => (/[*?]/.test(value) ? of === '*' : patternWithin(value, of)));
    case 'StringLike StringLike':
      return each(patternWithin);
    default:
      return one.operator === other.operator && each(equal) && one.values.length === other.values.length;
  }
}

/**
 * What one document lets through and another did not: allowed anew, or refused no more. A Deny that comes only refuses.
 *
 * @param allows where a Deny could have refused nothing but what these allow: one that goes together with what it
 * narrowed lets nothing through. Undefined where others may be allowed by other policies.
 */
export function newlyAllowed(
  before: readonly Atom[],
  after: readonly Atom[],
  allows: (denied: Atom) => readonly Atom[] | undefined = () => undefined,
): Atom[] {
  const isAllow = ({ effect }: Atom) => effect === 'Allow';
  const allowed = after.filter((one) => isAllow(one) && !before.some((other) => isCoveredBy(one, other)));
  const refusals = after.filter((one) => !isAllow(one));
  const isRefused = (one: Atom) => refusals.some((other) => isCoveredBy(one, other));
  const isIdle = (denied: Atom) =>
    allows(denied)?.every((allow) => {
      const both = meeting(allow, denied);
      return both === undefined || isRefused(both);
    }) ?? false;
  const refused = before.filter((one) => !isAllow(one) && !isRefused(one) && !isIdle(one));
  return [...allowed, ...refused];
}

/** What of an Allow a Deny refuses, as a Deny at least as wide; undefined where that is nothing. In doubt it is something. */
function meeting(allow: Atom, denied: Atom): Atom | undefined {
  if (allow.opaque !== undefined || denied.opaque !== undefined) return denied;
  const action = common(allow.action.toLowerCase(), denied.action.toLowerCase());
  const resource = common(allow.resource, denied.resource);
  if (action === undefined || resource === undefined || excludeEachOther(allow, denied)) return undefined;
  // Whatever the Allow lets through, its principals ask under its conditions.
  const { principal } = allow;
  return { ...denied, principal, action, resource, conditions: [...denied.conditions, ...allow.conditions] };
}

/** A pattern for what two patterns both match; undefined where they have nothing in common. */
function common(one: string, other: string): string | undefined {
  if (patternWithin(one, other)) return one;
  if (patternWithin(other, one)) return other;
  const [a, b] = [one, other].map((pattern) => /^[^*?]*/.exec(pattern)?.[0] ?? '') as [string, string];
  const patterns = /[*?]/.test(one) && /[*?]/.test(other);
  return patterns && (a.startsWith(b) || b.startsWith(a)) ? one : undefined;
}

/** Whether no request is both of one and of the other: they ask for different values of the same key. */
function excludeEachOther(one: Atom, other: Atom): boolean {
  const exact = ({ conditions }: Atom) => conditions.filter(({ operator }) => operator === 'StringEquals');
  return exact(one).some(({ key, values }) =>
    exact(other).some(
      (its) => its.key.toLowerCase() === key.toLowerCase() && !its.values.some((value) => values.includes(value)),
    ),
  );
}
