import type { Conditions, Statement } from '../../../lib/rules/statement';
import type { NotJudged } from './not-judged';
import { type Asked, type PolicyKind, Untranslatable } from './translation';

interface Rule {
  readonly kinds: readonly PolicyKind[];
  readonly operators: readonly string[];
  /** The key under which the gateway has the value. */
  readonly as?: string;
}

// Negated operators are not here: where the key is missing the gateway decides the other way round than AWS.
const TEXT = ['StringEquals', 'StringEqualsIfExists', 'StringLike', 'StringLikeIfExists'];

const RULES: Readonly<Record<string, Rule>> = {
  // The proxy in front of the gateway copies both; see servers/gateway.ts.
  'sts:ExternalId': { kinds: ['trust'], operators: TEXT, as: 'aws:Referer' },
  'sts:RoleSessionName': { kinds: ['trust'], operators: TEXT, as: 'aws:UserAgent' },
  's3:prefix': { kinds: ['identity', 'bucket'], operators: TEXT },
  's3:x-amz-acl': { kinds: ['identity', 'bucket'], operators: TEXT },
  'aws:CurrentTime': { kinds: ['trust', 'identity', 'bucket'], operators: ['DateLessThan'] },
  'aws:SourceIp': { kinds: ['identity', 'bucket'], operators: ['IpAddress'] },
};

/** What the gateway never knows: an Allow that asks for it is left out, and so is refused. */
const LEFT_OUT: Readonly<Record<string, string>> = { 'aws:SourceVpce': 'there are no VPC endpoints here' };

/** @throws where the gateway can't be told one of them */
export function conditionsAsked(
  conditions: Conditions,
  effect: Statement['Effect'],
  kind: PolicyKind,
): Asked<Conditions> {
  const value: Record<string, Record<string, string | readonly string[]>> = {};
  const notJudged: NotJudged[] = [];
  for (const [operator, keys] of Object.entries(conditions)) {
    for (const [key, values] of Object.entries(keys)) {
      const why = LEFT_OUT[key];
      if (why !== undefined && effect === 'Allow') {
        notJudged.push({ what: key, why });
        continue;
      }
      const [as, named] = asked(operator, key, values, effect, kind);
      value[as] = { ...value[as], [named]: values };
    }
  }
  return { value: notJudged.length > 0 ? undefined : value, notJudged };
}

/** Operator and key for the gateway. */
function asked(
  operator: string,
  key: string,
  values: string | readonly string[],
  effect: Statement['Effect'],
  kind: PolicyKind,
): [string, string] {
  if (key === 'aws:SecureTransport') {
    // The gateway has the key over TLS only: a request over plain HTTP has none, so that Bool would never deny it.
    if (effect === 'Deny' && operator === 'Bool' && values === 'false') return ['BoolIfExists', key];
    if (effect === 'Allow' && operator === 'Bool' && values === 'true') return [operator, key];
  }
  const rule = RULES[key];
  if (!rule?.kinds.includes(kind) || !rule.operators.includes(operator)) {
    throw new Untranslatable(`${effect} with ${operator} of ${key} in a policy of ${kind}`);
  }
  return [operator, rule.as ?? key];
}
