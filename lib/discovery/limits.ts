/** Conditions of a statement, as far as a definition can have them too. */
import { type Condition, conditionOn, isPattern, type Said } from './said';

/** From where, and until when a statement allows something. */
export interface Limits {
  readonly sourceIps: readonly string[];
  readonly vpcEndpoints: readonly string[];
  readonly sourceVpcs: readonly string[];
  /** The instant from which it allows nothing, as it is written. */
  readonly until?: string;
  /** Conditions that no definition has. */
  readonly others: readonly Condition[];
}

/** What narrows nothing that a definition leaves open, and what its own statements ask for in their way. */
const IGNORED = new Set([
  ...['aws:securetransport', 's3:tlsversion', 's3:signatureversion', 's3:authtype', 's3:signatureage'],
  ...['s3:prefix', 's3:delimiter', 's3:max-keys', 's3:x-amz-acl', 's3:x-amz-content-sha256'],
  ...['s3:x-amz-server-side-encryption', 's3:x-amz-server-side-encryption-aws-kms-key-id'],
  ...['s3:x-amz-server-side-encryption-customer-algorithm', 's3:resourceaccount', 'aws:resourceaccount'],
]);

/** Of whom a statement is for; read where principals are. */
const OF_PRINCIPALS = new Set([
  ...['aws:principalarn', 'aws:principalaccount', 'aws:principalorgid', 'aws:sourceaccount', 'aws:sourcearn'],
  ...['s3:dataaccesspointaccount', 's3:dataaccesspointarn', 'kms:calleraccount', 'kms:viaservice'],
]);

const ORIGINS = {
  'aws:sourceip': { operators: ['ipaddress'], into: 'sourceIps' },
  'aws:sourcevpce': { operators: ['stringequals', 'stringlike'], into: 'vpcEndpoints' },
  'aws:sourcevpc': { operators: ['stringequals', 'stringlike'], into: 'sourceVpcs' },
} as const;

/** @param besides keys that are read elsewhere */
export function limitsOf(
  { conditions }: Pick<Said, 'conditions'>,
  besides: (key: string) => boolean = () => false,
): Limits {
  const found = { sourceIps: [] as string[], vpcEndpoints: [] as string[], sourceVpcs: [] as string[] };
  const others: Condition[] = [];
  let until: string | undefined;
  for (const each of conditions) {
    const { key, operator, values } = each;
    if (IGNORED.has(key) || OF_PRINCIPALS.has(key) || besides(key)) continue;
    const origin = ORIGINS[key as keyof typeof ORIGINS];
    const isOrigin = origin?.operators.some((known) => known === operator) && !values.some(isPattern);
    if (isOrigin) found[origin.into].push(...values);
    else if (key === 'aws:currenttime' && /^datelessthan(?:equals)?$/.test(operator) && values.length === 1)
      until = earlier(until, values[0]);
    else others.push(each);
  }
  // Two origins at once are no alternatives.
  const kinds = Object.values(found).filter((values) => values.length > 0).length;
  if (kinds > 1) {
    const isOrigin = ({ key }: Condition) => Object.hasOwn(ORIGINS, key);
    return {
      sourceIps: [],
      vpcEndpoints: [],
      sourceVpcs: [],
      until,
      others: [...others, ...conditions.filter(isOrigin)],
    };
  }
  return { ...found, until, others };
}

export function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Date.parse(b) < Date.parse(a) ? b : a;
}

/** The last day at whose first instant access has not ended later than today's policy says; undefined for no instant. */
export function dayOf(instant: string): string | undefined {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}

/** Whether a statement denies everything from elsewhere, or from some day on: what AWS's own guide calls limits. */
export function limitsDenied(denied: Said): Limits | undefined {
  const { conditions, actions, notActions } = denied;
  if (denied.effect !== 'Deny' || notActions.length > 0 || !actions.some((action) => /^(?:s3:)?\*$/.test(action)))
    return undefined;
  const none = { sourceIps: [], vpcEndpoints: [], sourceVpcs: [], others: [] };
  const left = conditions.filter(({ key }) => key !== 'aws:viaawsservice');
  const [only, ...others] = left;
  if (!only || others.length > 0) return undefined;
  const from = conditionOn(denied, 'aws:sourceip', ['notipaddress']);
  if (from) return { ...none, sourceIps: from.values };
  const through = conditionOn(denied, 'aws:sourcevpce', ['stringnotequals']);
  if (through) return { ...none, vpcEndpoints: through.values };
  const inside = conditionOn(denied, 'aws:sourcevpc', ['stringnotequals']);
  if (inside) return { ...none, sourceVpcs: inside.values };
  const until = conditionOn(denied, 'aws:currenttime', ['dategreaterthan', 'dategreaterthanequals']);
  return until?.values.length === 1 ? { ...none, until: until.values[0] } : undefined;
}
