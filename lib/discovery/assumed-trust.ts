/** Trusts for roles and users of other accounts, read as `assumed-role`. */
import type { Draft } from '../definitions/yaml/write';
import { parsePrincipal } from '../rules/principal';
import { actionMatches } from './globs';
import { earlier, limitsOf } from './limits';
import { conditionOn, EQUALS_OR_LIKE, isPattern, type Said } from './said';
import {
  conditionWords,
  exactly,
  hasCondition,
  oneOf,
  type TrustContext,
  type TrustRead,
  type Unsaid,
} from './trust-read';

/** Somebody whom a statement trusts, and what it asks for. */
interface Trusted {
  readonly principal: string;
  readonly externalIds: readonly string[];
}

/** How a statement names those whom it is for. */
export interface NamedBy {
  /** As a definition would name them. */
  readonly principals: readonly string[];
  /** What cannot be named so, and why. */
  readonly others: readonly string[];
  readonly notes: readonly string[];
  /** Whether it is for anybody who meets the other conditions. */
  readonly anyone: boolean;
}

/** Who a statement is for, by its principals and what it asks of them. */
export function namedBy(statement: Said): NamedBy {
  const aws = statement.principals.filter(({ type }) => type === 'aws' || type === 'canonicaluser');
  const asked = conditionOn(statement, 'aws:principalarn', EQUALS_OR_LIKE);
  const accounts = exactly(statement, 'aws:principalaccount');
  const [principals, others, notes] = [[] as string[], [] as string[], [] as string[]];
  let anyone = statement.isNotPrincipal;
  const open = aws.filter(({ value }) => value === '*' || parsePrincipal(value)?.type === 'account');
  if (asked && open.length > 0) {
    const ofAccounts = open.flatMap(({ value }) => accountIn(value) ?? []);
    const isAny = open.some(({ value }) => value === '*');
    for (const arn of asked.values) {
      const account = accountIn(arn);
      // A pattern that names no account is met in each of those that are trusted.
      const isNamed = isAny || (account === undefined ? isPattern(arn) : ofAccounts.includes(account));
      if (!isNamed) continue;
      const whose = isAny || account !== undefined ? '' : ` of ${ofAccounts.join(', ')}`;
      if (isPattern(arn)) others.push(`every principal${whose} like ${arn}; a definition names each one`);
      else principals.push(arn);
    }
  }
  for (const { value } of asked ? aws.filter((each) => !open.includes(each)) : aws) {
    const session = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\//.exec(value);
    if (value === '*' && accounts) principals.push(...accounts.filter((each) => /^\d{12}$/.test(each)));
    else if (value === '*') anyone = true;
    else if (parsePrincipal(value)) principals.push(value.replace(/^arn:aws:iam::(\d{12}):root$/, '$1'));
    else if (session) {
      const arn = `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`;
      principals.push(arn);
      notes.push(
        `today one session of it is named, ${value}; a definition names its role ${arn}, which may have a path`,
      );
    } else if (/^A[A-Z]{3}[A-Z0-9]{12,}/.test(value)) others.push(`${value}, a principal that was deleted since`);
    else others.push(`${value}, which is neither a role nor a user nor an account`);
  }
  return { principals: [...new Set(principals)], others, notes, anyone };
}

function accountIn(principal: string): string | undefined {
  return /^\d{12}$/.test(principal) ? principal : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1];
}

/** The account of a principal that a definition could name. */
export const accountOfPrincipal = accountIn;

/** Whether a statement lets AWS principals open sessions. */
export function assumes({ actions, effect, principals, isNotPrincipal }: Said): boolean {
  const isAws = isNotPrincipal || principals.some(({ type }) => type === 'aws');
  return effect === 'Allow' && isAws && actions.some((action) => actionMatches(action, 'sts:AssumeRole'));
}

const OF_TRUST = new Set(['sts:externalid', 'sts:rolesessionname']);

export function assumedTrust(statements: readonly Said[], context: TrustContext): TrustRead {
  const [trusted, unsaid, notes, ours] = [[] as Trusted[], [] as Unsaid[], [] as string[], new Set<string>()];
  const sessionNames = new Set<string>();
  const selfAssume = statements.filter(assumes).some((each) => namedBy(each).principals.includes(context.roleArn));
  let until: string | undefined;
  for (const statement of statements.filter(assumes)) {
    const named = namedBy(statement);
    const limits = limitsOf(statement, (key) => OF_TRUST.has(key));
    const externalIds = exactly(statement, 'sts:externalid');
    const outside = named.principals.filter((principal) => {
      if (principal === context.roleArn) return false;
      const isOurs = context.isOurs(accountIn(principal) ?? '');
      if (isOurs) ours.add(principal);
      return !isOurs;
    });
    notes.push(...named.notes);
    if (named.others.length > 0) unsaid.push({ said: statement, why: `it trusts ${named.others.join('; ')}` });
    if (outside.length === 0) continue;
    if (externalIds === undefined && hasCondition(statement, 'sts:externalid')) {
      unsaid.push({ said: statement, why: 'it compares the external ID by a pattern; a definition names each one' });
      continue;
    }
    const asked = conditionOn(statement, 'sts:rolesessionname', EQUALS_OR_LIKE);
    for (const name of asked?.values ?? []) sessionNames.add(name);
    const origins = [...limits.sourceIps, ...limits.vpcEndpoints, ...limits.sourceVpcs];
    if (limits.others.length + origins.length > 0) {
      const which = conditionWords(limits.others.length > 0 ? limits.others : statement.conditions);
      unsaid.push({ said: statement, why: `its trust also asks for ${which}; the definition does not` });
    }
    until = earlier(until, limits.until);
    trusted.push(...outside.map((principal) => ({ principal, externalIds: externalIds ?? [] })));
  }
  const [sessionName, ...otherNames] = sessionNames;
  if (otherNames.length > 0)
    notes.push(`the session name may be one of ${[...sessionNames].join(', ')} today; a definition has one`);
  const allows = (action: string) =>
    statements.some(
      (each) =>
        each.effect === 'Allow' &&
        each.actions.some((pattern) => actionMatches(pattern, action)) &&
        namedBy(each).principals.some((principal) => trusted.some((one) => one.principal === principal)),
    );
  return {
    kind: 'assumed-role',
    keys: {
      ...whom(trusted),
      ...(sessionName !== undefined && { roleSessionName: sessionName }),
      ...(selfAssume && { selfAssume: true }),
      ...(allows('sts:TagSession') && { sessionTags: true }),
      ...(allows('sts:SetSourceIdentity') && { sourceIdentity: true }),
    },
    principals: [...new Set(trusted.map(({ principal }) => principal))],
    isWhole: trusted.length > 0,
    notes,
    lost: [...ours].map((principal) => `${principal}, which is ours, may assume the role today`),
    unsaid,
    until,
  };
}

function whom(trusted: readonly Trusted[]): Draft {
  const [first] = trusted;
  if (!first) return {};
  const key = ({ externalIds }: Trusted) => [...externalIds].sort().join('\n');
  const isOpen = trusted.some(
    ({ principal, externalIds }) => externalIds.length === 0 && parsePrincipal(principal)?.type === 'account',
  );
  const open = isOpen ? { allowWholeAccount: true } : {};
  if (trusted.every((each) => key(each) === key(first))) {
    const principals = [...new Set(trusted.map(({ principal }) => principal))];
    return { principals, ...oneOf('externalId', 'externalIds', [...new Set(first.externalIds)]), ...open };
  }
  const each = trusted.flatMap(({ principal, externalIds }) =>
    externalIds.length === 0 ? [{ principal }] : externalIds.map((externalId) => ({ principal, externalId })),
  );
  const trusts = [...new Map(each.map((one) => [JSON.stringify(one), one])).values()];
  return { trusts, ...open };
}
