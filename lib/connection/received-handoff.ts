import type { Grantee } from '../causes/grantee';
import { Capability, DEFAULT_ACCESS } from '../rules/confinement';
import { checkDate } from '../rules/restrictions';
import { readSetup, wrongIn } from '../rules/setup-information';
import { checkRoleSessionName } from '../rules/trust';
import { KINDS, Status } from '../rules/vocabulary';
import { either } from '../text/list';
import { quote } from '../text/quote';

/** What a vendor was handed, as far as it takes to act as that vendor. */
export interface ReceivedHandoff extends Grantee {
  readonly region: string;
  /** The session name that the trust asks for. */
  readonly roleSessionName?: string;
  /** Whether the hand-off does not say what is granted, so that the default is assumed. */
  readonly accessAssumed: boolean;
}

/**
 * Reads a hand-off (`bucket-integrations handoff NAME --format json`), or setup information alone as a stack puts it out.
 *
 * @param access what is granted; what the text says without it, and the default where that says nothing
 * @returns what was handed, or why this is none, in one line with a remedy
 */
export function readHandoff(
  text: string,
  access?: readonly Capability[],
): ReceivedHandoff | { readonly problem: string } {
  const value = parsed(text);
  if (value === undefined) return { problem: `is not JSON; ${REMEDY}` };
  const missing = ['integration', 'kind', 'status', 'bucket', 'prefix'].filter((key) => typeof value[key] !== 'string');
  if (missing.length > 0) {
    const outputs = Object.values(value).some((stack) => typeof stack === 'object' && stack !== null);
    const what = outputs && missing.length === 5 ? 'is not the hand-off of one integration' : 'is not a hand-off';
    return { problem: `${what} (${missing.join(', ')} missing); ${REMEDY}` };
  }
  const { integration, kind, status, region, roleArn, expires, roleSessionName } = value as Texts;
  const { accessPointArn, accessPointAlias } = value as Texts;
  const wrong = (problem: string) => ({ problem });
  const strange = wrongIn(value, 'integration');
  if (strange !== undefined) return wrong(`cannot be used (${strange}); ${REMEDY}`);
  if (!isKind(kind)) return wrong(`has the kind ${quote(kind)}, which does not exist; it is ${either(KINDS)}`);
  if (status !== Status.ACTIVE) return wrong(notActive(integration, status));
  if (region === undefined) return wrong(`names no region; make it from what is deployed: ${FROM_DEPLOYED}`);
  if (kind === 'assumed-role' && roleArn === undefined)
    return wrong(`names no role; make it from what is deployed: ${FROM_DEPLOYED}`);
  if (accessPointArn !== undefined && accessPointAlias === undefined)
    return wrong(`names no alias of its access point; make it from what is deployed: ${FROM_DEPLOYED}`);
  const unknown = access === undefined ? strangeIn(value.access) : undefined;
  if (unknown !== undefined) return wrong(`grants ${quote(unknown)}, which is not a capability; ${REMEDY}`);
  const setup = readSetup(value);
  if ('wrong' in setup) return wrong(`cannot be used (${setup.wrong}); ${REMEDY}`);
  const more = strangeBeside({ expires, roleSessionName });
  if (more !== undefined) return wrong(`cannot be used (${more}); ${REMEDY}`);
  const said = access ?? (Array.isArray(value.access) ? [...new Set<Capability>(value.access)] : undefined);
  return {
    ...{ integration, kind, bucket: setup.accessPointAlias ?? setup.bucket, accessPointArn: setup.accessPointArn },
    ...{ prefix: setup.prefix, region: setup.region, roleArn: setup.roleArn, roleSessionName, expires },
    externalIds: [setup.externalId, setup.externalIds].flat().filter((id) => id !== undefined),
    access: said ?? DEFAULT_ACCESS,
    accessAssumed: said === undefined,
  };
}

/** What is wrong with what a hand-off says beside its setup information. */
function strangeBeside({ expires, roleSessionName }: Readonly<Record<'expires' | 'roleSessionName', unknown>>) {
  if (expires !== undefined && (typeof expires !== 'string' || checkDate(expires).length > 0))
    return `expires: ${quote(expires)} is not a date`;
  // A definition's name may have a * inside; what a vendor sends has none.
  const isName = typeof roleSessionName === 'string' && !roleSessionName.includes('*');
  if (roleSessionName !== undefined && (!isName || checkRoleSessionName(roleSessionName).length > 0))
    return `roleSessionName: ${quote(roleSessionName)} is not a session name`;
  return undefined;
}

const REMEDY = 'write one with bucket-integrations handoff NAME --format json';
const FROM_DEPLOYED = 'bucket-integrations handoff NAME --format json --outputs FILE';

type Texts = Readonly<Record<'integration' | 'kind' | 'status' | 'bucket' | 'prefix', string>> &
  Readonly<
    Partial<
      Record<'region' | 'roleArn' | 'accessPointArn' | 'accessPointAlias' | 'expires' | 'roleSessionName', string>
    >
  >;

/** The JSON object; also of a text that holds it as a text, as outputs of stacks are printed. */
function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const outer: unknown = JSON.parse(text);
    const value: unknown = typeof outer === 'string' ? JSON.parse(outer) : outer;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return undefined;
  }
}

function isKind(kind: string): kind is ReceivedHandoff['kind'] {
  return (KINDS as readonly string[]).includes(kind);
}

function notActive(integration: string, status: string): string {
  if (status === Status.PENDING)
    return `says that ${integration} is pending: nobody can use it yet; complete the definition, deploy, and write the hand-off again`;
  if (status === Status.SUSPENDED)
    return `says that ${integration} is suspended: nobody can use it; resume and deploy it, and write the hand-off again`;
  return `has the status ${quote(status)}, which does not exist; ${REMEDY}`;
}

/** What is not a capability among what should be a list of them, or the list where it is empty; undefined where all are. */
function strangeIn(access: unknown): unknown {
  if (access === undefined) return undefined;
  const known: readonly unknown[] = Object.values(Capability);
  return Array.isArray(access) && access.length > 0 ? access.find((one) => !known.includes(one)) : access;
}
