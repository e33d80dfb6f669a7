import type { Asked } from '../causes/asked';
import type { Cause } from '../causes/cause';
import { causeOf } from '../causes/cause-of';
import { type Grantee, granteeOf } from '../causes/grantee';
import { isDenial } from '../causes/refusal';
import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { setupPlaceOf } from '../definitions/model/setup-place';
import { Capability, capabilitiesFor } from '../rules/confinement';
import type { Edit, Explanation } from './explanation';
import { type Found, findIntegration, isItself, isTrusted } from './find-integration';
import { type Message, readMessage } from './message';

export interface ExplainOptions {
  readonly clients: readonly Client[];
  /** Of which integration the message is; without it, the message may say. */
  readonly found?: Found;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** What of an integration's access, or of its trust, is not deployed as it is defined, where an account was read. */
  readonly notDeployed?: (integration: string, part: 'access' | 'trust') => string | undefined;
}

/** Says what an error message means: who was denied what, why, who fixes it, and how. It never invents a reason. */
export function explain(pasted: string, options: ExplainOptions): Explanation {
  const message = readMessage(pasted);
  const found = options.found ?? findIntegration(message, options.clients);
  const cause = found ? causeFor(message, found, options) : causeForAnybody(message, options.today);
  const { code, who, fix } = cause;
  return {
    integration: found?.integration.name ?? null,
    principal: message.principal ?? null,
    action: message.action ?? null,
    resource: resourceOf(message, found),
    ...{ code, cause: cause.cause, who, fix },
    edit: found ? editFor(cause, message, found) : null,
  };
}

function causeFor(message: Message, found: Found, { today, notDeployed }: ExplainOptions): Cause {
  const { client, integration } = found;
  const { refusal, principal } = message;
  const grantee = granteeOf(
    integration,
    setupPlaceOf(client, integration),
    bucketOf(client, integration).kmsKey !== undefined,
  );
  const cause = causeOf(refusal, { asked: askedIn(message), grantee, today, mayGuess: false });
  const part = deployedPart(cause, message, integration);
  const differs = part && notDeployed?.(integration.name, part);
  if (differs !== undefined) {
    const fix = 'deploy the client, and remove manual changes; verify says what differs, and what takes it back';
    return { code: 'not-deployed', cause: `what is deployed is not what is defined: ${differs}`, who: 'owner', fix };
  }
  if (cause.code === 'assume-denied' && mayNotAssumeItself(message, found))
    return {
      ...cause,
      cause: `the role of ${integration.name} assumes itself, which its trust does not allow`,
      fix: SELF,
    };
  if (cause.code === 'assume-denied' && principal !== undefined && isTrusted(integration, principal) === false)
    return { ...cause, cause: `${principal} is not one of the principals of ${integration.name}; or ${cause.cause}` };
  return cause.code === 'unknown' ? unknown(message) : cause;
}

const SELF =
  'the vendor uses the session that it has; or, where its product needs it, the owner sets selfAssume: true in the definition, and deploys';

/** Whether it is the role that asks for itself, and the definition does not let it. */
function mayNotAssumeItself({ principal, ofItself }: Message, found: Found): boolean {
  const { integration } = found;
  const asksForItself = ofItself === true || (principal !== undefined && isItself(found, principal));
  return integration.kind === 'assumed-role' && integration.selfAssume !== true && asksForItself;
}

/** What should have allowed it, as it is defined; undefined where nothing should. */
function deployedPart({ code }: Cause, message: Message, integration: Integration): 'access' | 'trust' | undefined {
  if (code === 'assume-denied') return 'trust';
  return code === 'not-granted' && isDefined(message, integration) ? 'access' : undefined;
}

/** Some messages mean the same for every principal that was denied. */
function causeForAnybody(message: Message, today: string): Cause {
  if (isDenial(message.refusal) && !ANYBODYS.has(codeOfAnybody(message, today).code)) return unknown(message);
  const cause = codeOfAnybody(message, today);
  return cause.code === 'unknown' ? unknown(message) : cause;
}

function codeOfAnybody({ refusal, operation, action }: Message, today: string): Cause {
  const asked: Asked = {
    ...(action === undefined ? {} : { action }),
    ...(operation === undefined ? {} : { operation }),
  };
  return causeOf(refusal, { asked, grantee: ANYBODY, today, mayGuess: false });
}

/** What the words of a denial say by themselves. */
const ANYBODYS: ReadonlySet<string> = new Set([
  'expired-session',
  'certificate-refused',
  'organization-policy',
  'endpoint-policy',
]);

const ANYBODY: Grantee = {
  ...{ integration: 'the integration', kind: 'assumed-role', bucket: 'of the integration', prefix: '' },
  externalIds: [],
  access: Object.values(Capability),
};

function unknown({ refusal, principal, action, key }: Message): Cause {
  const missing = [
    ...(refusal.code === 'Unknown' ? ['the error code'] : []),
    ...(action === undefined ? ['what was called (the operation)'] : []),
    ...(key === undefined ? ['the bucket and the key'] : []),
    ...(principal === undefined ? ['who called (aws sts get-caller-identity)'] : []),
  ];
  return {
    code: 'unknown',
    cause: 'this message does not say why',
    who: 'vendor or owner',
    fix: `ask for the whole message with its time and request ID${missing.length === 0 ? '' : `, and for ${missing.join(', ')}`}; CloudTrail and server access logs have the request too (usage --logs)`,
  };
}

/** Operations on the bucket itself, of which a key in a message is only where a program was going. */
const OF_BUCKET = /^(?:HeadBucket|CreateBucket|ListBuckets|ListObjects|ListObjectsV2|GetBucketLocation)$/;

function askedIn({ action, operation, bucket, key, prefix, folder }: Message): Asked {
  const ofBucket = OF_BUCKET.test(operation ?? '');
  return {
    ...(action === undefined ? {} : { action }),
    ...(operation === undefined ? {} : { operation }),
    ...(bucket === undefined ? {} : { bucket }),
    ...(key === undefined || ofBucket ? {} : { key: folder && !key.endsWith('/') ? `${key}/` : key }),
    ...(prefix === undefined ? {} : { prefix }),
  };
}

function resourceOf({ resource, bucket, key, action, operation }: Message, found: Found | undefined): string | null {
  if (resource !== undefined) return resource;
  if (action !== undefined && !action.startsWith('s3:')) return null;
  const name = bucket ?? (key !== undefined && found ? bucketOf(found.client, found.integration).name : undefined);
  if (name === undefined) return null;
  return `arn:aws:s3:::${name}${key === undefined || OF_BUCKET.test(operation ?? '') ? '' : `/${key}`}`;
}

/** Whether the definition gives what was asked for. */
function isDefined({ action }: Message, { access }: Integration): boolean {
  const needed = action === undefined ? undefined : capabilitiesFor(action);
  return needed?.every((capability) => access.includes(capability)) ?? false;
}

/** What one line of a definition gives without showing anything of others. */
const EDITABLE: readonly Capability[] = [
  ...[Capability.LIST, Capability.READ, Capability.WRITE, Capability.DELETE, Capability.VERSIONS],
  ...[Capability.TAGS, Capability.ACL, Capability.RETENTION_READ],
];

function editFor({ code }: Cause, message: Message, found: Found): Edit | null {
  const { action } = message;
  const { file, access, kind } = found.integration;
  switch (code) {
    case 'assume-denied':
      return mayNotAssumeItself(message, found) ? { file, key: 'selfAssume', value: true } : null;
    case 'tag-session':
      return kind === 'assumed-role' || kind === 'web-identity' ? { file, key: 'sessionTags', value: true } : null;
    case 'source-identity':
      return kind === 'assumed-role' ? { file, key: 'sourceIdentity', value: true } : null;
    case 'not-granted':
    case 'tags-not-granted': {
      const needed = action === undefined ? undefined : capabilitiesFor(action);
      if (needed === undefined || needed.length === 0 || needed.every((each) => access.includes(each))) return null;
      if (!needed.every((each) => EDITABLE.includes(each))) return null;
      return {
        file,
        key: 'access',
        value: Object.values(Capability).filter((each) => [...access, ...needed].includes(each)),
      };
    }
    default:
      return null;
  }
}
