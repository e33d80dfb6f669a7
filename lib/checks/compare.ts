/**
 * Policy statements compared as values.
 */

/** The statements of a policy document. */
export function statementsOf(document: unknown): unknown[] {
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  return [Statement ?? []].flat();
}

/** The statement with which an account keeps the administration of its own key. */
export function isAdministration(statement: unknown): boolean {
  const { Effect, Principal, Action, Resource, Condition } = statement as Record<string, unknown>;
  const root = 'arn:<AWS::Partition>:iam::<AWS::AccountId>:root';
  const { AWS } = (Principal ?? {}) as { AWS?: unknown };
  const own =
    AWS === root || /^arn:(?:aws[a-z-]*|<AWS::Partition>):iam::(?:\d{12}|<AWS::AccountId>):root$/.test(String(AWS));
  return Effect === 'Allow' && own && Action === 'kms:*' && Resource === '*' && Condition === undefined;
}

/** Equality of JSON values; lists of one and their members are the same, and the order of lists does not matter. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const members = value.map(canonical).sort();
    return members.length === 1 ? (members[0] ?? '') : `[${members.join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(String(value));
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${entries
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    .sort()
    .join(',')}}`;
}

/** A statement, short enough for a message. */
export function shortened(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 297)}…` : text;
}

/** The first statement that is there and not meant, or meant and not there. */
export function difference(found: unknown, meant: unknown): string {
  const [has, should] = [found, meant].map((value) => [value].flat().flatMap(statementsOf));
  const extra = has?.find((statement) => !should?.some((each) => same(each, statement)));
  if (extra !== undefined) return shortened(extra);
  const lost = should?.find((statement) => !has?.some((each) => same(each, statement)));
  return lost === undefined ? shortened(found) : `without ${shortened(lost)}`;
}
