import { Capability, DEFAULT_ACCESS } from '../rules/confinement';
import { checkRegion } from '../rules/names';
import { KINDS, type Kind, Status } from '../rules/vocabulary';
import { either } from '../text/list';
import { quote } from '../text/quote';

/** What a vendor was handed, as far as it takes to act as that vendor. */
export interface ReceivedHandoff {
  readonly integration: string;
  readonly kind: Kind;
  /** The alias of its access point, where it has one: it stands where a bucket's name does. */
  readonly bucket: string;
  readonly accessPointArn?: string;
  /** The empty string is the whole bucket. */
  readonly prefix: string;
  readonly region: string;
  readonly roleArn?: string;
  readonly externalIds: readonly string[];
  /** The session name that the trust asks for. */
  readonly roleSessionName?: string;
  readonly access: readonly Capability[];
  /** Whether the hand-off does not say what is granted, so that the default is assumed. */
  readonly accessAssumed: boolean;
  /** The day at whose first instant (UTC) access ends. */
  readonly expires?: string;
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
  const { integration, kind, status, prefix, region, roleArn, expires, roleSessionName } = value as Texts;
  const { accessPointArn, accessPointAlias } = value as Texts;
  const wrong = (problem: string) => ({ problem });
  if (!isKind(kind)) return wrong(`has the kind ${quote(kind)}, which is none; it is ${either(KINDS)}`);
  if (status !== Status.ACTIVE) return wrong(notActive(integration, status));
  if (region === undefined) return wrong(`names no region; make it from what is deployed: ${FROM_DEPLOYED}`);
  if (checkRegion(region).length > 0) return wrong(`names the region ${quote(region)}, which cannot be; ${REMEDY}`);
  if (kind === 'assumed-role' && roleArn === undefined)
    return wrong(`names no role; make it from what is deployed: ${FROM_DEPLOYED}`);
  if (accessPointArn !== undefined && accessPointAlias === undefined)
    return wrong(`names no alias of its access point; make it from what is deployed: ${FROM_DEPLOYED}`);
  const bucket = accessPointAlias ?? (value as Texts).bucket;
  const unknown = access === undefined ? strangeIn(value.access) : undefined;
  if (unknown !== undefined) return wrong(`grants ${quote(unknown)}, which is not a capability; ${REMEDY}`);
  const said = access ?? (value.access as readonly Capability[] | undefined);
  return {
    ...{ integration, kind, bucket, accessPointArn, prefix, region, roleArn, roleSessionName, expires },
    externalIds: [value.externalId, value.externalIds].flat().filter((id): id is string => typeof id === 'string'),
    access: said ?? DEFAULT_ACCESS,
    accessAssumed: said === undefined,
  };
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
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return parsed(value);
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
  return `has the status ${quote(status)}, which is none; ${REMEDY}`;
}

/** What is not a capability among what should be a list of them; undefined where all are. */
function strangeIn(access: unknown): unknown {
  if (access === undefined) return undefined;
  const known: readonly unknown[] = Object.values(Capability);
  return Array.isArray(access) ? access.find((one) => !known.includes(one)) : access;
}
