import { randomUUID } from 'node:crypto';
import { kindShapes } from '../../definitions/language/schema';
import type { Profile } from '../../definitions/profiles/profile';
import { wayOf } from '../../definitions/profiles/profile-rules';
import type { Draft } from '../../definitions/yaml/write';
import type { Kind } from '../../rules/vocabulary';
import type { Host } from '../host/host';
import type { AnswerFinding } from './answer-finding';
import type { Chosen } from './choose';
import type { NewOptions } from './options';

/** The keys of a definition to be written. */
export interface Drafted {
  readonly draft: Draft;
  /** What is to be filled in before anybody can use it, a line each. */
  readonly missing: readonly string[];
  /** Why it cannot be written so; the draft then holds stand-ins. */
  readonly findings: readonly AnswerFinding[];
}

/**
 * The definition of a new integration of one kind.
 *
 * @param name the vendor's profile, where it has one
 */
export async function draftOf(
  vendor: string,
  name: string | undefined,
  profile: Profile | undefined,
  { kind, best }: Chosen,
  options: NewOptions,
  host: Host,
): Promise<Drafted> {
  const way = profile && wayOf(profile, kind);
  const defaults = way?.defaults ?? {};
  const principals = options.principal ?? (await principalsFor(kind, defaults, host));
  const missing: string[] = [];
  const findings: AnswerFinding[] = [];
  const needs = (key: string) => way?.sends?.find((each) => each.key === key);
  const wait = (key: string, what: string) => {
    const sent = needs(key);
    missing.push(`${key}: ${sent ? `${sent.label} (${sent.where})` : what}`.replace(/\s+/g, ' '));
  };
  switch (kind) {
    case 'assumed-role':
    case 'direct-trust':
      if (principals.length === 0 && defaults.principals === undefined) {
        wait('principals', "the vendor's role or user ARN");
      }
      break;
    case 'roles-anywhere':
      wait('trustAnchor', '{certificate: file.pem} of the authority that issues the certificate, beside this file');
      wait('subject', '{commonName: …} of the certificate');
      break;
    case 'web-identity':
      for (const [key, claim] of CLAIMS.filter(([each]) => defaults[each] === undefined)) {
        wait(key, `the tokens' ${claim} claim`);
      }
      break;
    case 'access-key':
      break;
    default:
      kind satisfies never;
  }
  const externalId = options.externalId ?? (makesExternalId(kind, way) ? randomUUID() : undefined);
  if (externalId === undefined && way?.externalId?.use === 'required')
    wait('externalId', 'the external ID that the vendor sends');
  const reason = options.reason ?? (kind !== best || kind === 'access-key' ? await reasonFor(kind, host) : undefined);
  if (reason === '') findings.push(noReason(kind));
  const wholeBucket = profile?.rules?.bucket !== undefined;
  if (wholeBucket && options.bucket === undefined) findings.push(noBucket(profile.title));
  const bucket = options.bucket ?? (wholeBucket ? `stand-in-${randomUUID()}` : undefined);
  const draft: Draft = {
    ...(name === undefined || kind !== best ? { kind } : {}),
    vendor: name,
    description: options.description,
    request: options.request,
    owner: options.owner,
    reason: reason === '' ? 'a stand-in' : reason,
    status: missing.length > 0 ? 'pending' : undefined,
    principals: principals.length > 0 ? principals : undefined,
    externalId,
    // Without an external ID the name is all that keeps the vendor's other customers out.
    roleName: way?.externalId?.use === 'refused' && kind === 'assumed-role' ? `${vendor}-${randomUUID()}` : undefined,
    prefix: options.prefix,
    dedicatedBucket: bucket === undefined ? undefined : { name: bucket },
    access: options.access,
    expires: options.expires,
  };
  return { draft, missing, findings };
}

/** Keys of a token's claims. */
const CLAIMS = [
  ['provider', 'iss'],
  ['audiences', 'aud'],
  ['subjects', 'sub'],
] as const;

function noReason(kind: Kind): AnswerFinding {
  const fix = '--reason "why nothing safer is possible"';
  return { about: 'reason', code: 'missing-answer', message: `${kind} needs a reason`, fix };
}

function noBucket(title: string): AnswerFinding {
  const message = `${title} needs a bucket of its own`;
  return { about: 'bucket', code: 'missing-answer', message, fix: '--bucket NAME' };
}

/** Whether the external ID is ours to make: where the vendor says so, and where no vendor says anything. */
function makesExternalId(kind: Kind, way: Profile['ways'][number] | undefined): boolean {
  if (kind !== 'assumed-role') return false;
  const rule = way?.externalId;
  return way === undefined ? true : rule?.madeBy === 'customer' && rule.use !== 'refused';
}

async function principalsFor(
  kind: Kind,
  defaults: Readonly<Record<string, unknown>>,
  host: Host,
): Promise<readonly string[]> {
  if (!Object.hasOwn(kindShapes[kind], 'principals') || defaults.principals !== undefined || !host.ask) return [];
  const answer = await host.ask(
    "The vendor's role or user ARN, if it is known (several with commas; Enter for none yet): ",
  );
  return answer
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** Empty where nobody says one. */
async function reasonFor(kind: Kind, host: Host): Promise<string> {
  return (await host.ask?.(`Why ${kind}, and nothing safer? `))?.trim() ?? '';
}
