/**
 * Policy statements compared as values.
 */

/** The statements of a policy document; one that nobody can read is a statement of its own. */
export function statementsOf(document: unknown): unknown[] {
  if (typeof document === 'string') return [document];
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  return [Statement ?? []].flat();
}

/** The statement with which an account keeps the administration of its own key. */
export function isAdministration(statement: unknown, account: string | undefined): boolean {
  const { Effect, Principal, Action, Resource, ...others } = statement as Record<string, unknown>;
  const { AWS, ...more } = (Principal ?? {}) as { AWS?: unknown };
  const owner = /^arn:(?:aws[a-z-]*|<AWS::Partition>):iam::(\d{12}|<AWS::AccountId>):root$/.exec(String(AWS))?.[1];
  const own = owner === '<AWS::AccountId>' || (account !== undefined && owner === account);
  const plain = Object.keys(others).every((key) => key === 'Sid') && Object.keys(more).length === 0;
  return Effect === 'Allow' && own && plain && Action === 'kms:*' && Resource === '*';
}

/** Whether the statements found come to those meant. A Deny only takes away, and may be anybody's; one that is meant must be there. */
export function comesTo(found: readonly unknown[], meant: unknown): boolean {
  const should = statementsOf(meant);
  const has = found.filter((statement) => !isDeny(statement) || should.some((each) => same(each, statement)));
  return same(has, should);
}

/** Whether a statement only takes away. */
export function isDeny(statement: unknown): boolean {
  return (statement as { Effect?: unknown }).Effect === 'Deny';
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
