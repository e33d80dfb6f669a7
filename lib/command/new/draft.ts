import { randomUUID } from 'node:crypto';
import { kindShapes } from '../../definitions/language/schema';
import type { Profile, Way } from '../../definitions/profiles/profile';
import { defaultsOf, rulesOf, sitesOf, wayOf } from '../../definitions/profiles/ways';
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
  readonly findings: AnswerFinding[];
}

/**
 * The definition of a new integration of one kind.
 *
 * @param name the vendor's profile, where it has one
 */
export async function draftOf(
  client: string,
  vendor: string,
  name: string | undefined,
  profile: Profile | undefined,
  { kind, best, way: chosen }: Chosen,
  options: NewOptions,
  host: Host,
): Promise<Drafted> {
  const way = profile && wayOf(profile, { kind, way: chosen });
  const defaults = way ? defaultsOf(way, { client, vendor, site: options.site }) : {};
  const { trust: trusts } = options;
  const principals = options.principal ?? (trusts ? [] : await principalsFor(kind, defaults, host));
  const missing: string[] = [];
  const findings: AnswerFinding[] = [];
  const waitsForSite = (key: string) =>
    options.site === undefined && Object.values(way?.bySite ?? {}).some((keys) => Object.hasOwn(keys, key));
  const needs = (key: string) => way?.sends?.find((each) => each.key === key);
  const wait = (key: string, what: string) => {
    const sent = needs(key);
    missing.push(`${key}: ${sent ? `${sent.label} (${sent.where})` : what}`.replace(/\s+/g, ' '));
  };
  if (way && sitesOf(way).length > 0 && options.site === undefined && !coversSites(way))
    wait('site', `the vendor's site: ${sitesOf(way).join(', ')}`);
  switch (kind) {
    case 'assumed-role':
    case 'direct-trust': {
      if (principals.length === 0 && !trusts && defaults.principals === undefined && !waitsForSite('principals')) {
        wait('principals', "the vendor's role or user ARN");
      }
      break;
    }
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
  const externalId = options.externalId ?? (makesExternalId(kind, way) && !trusts ? randomUUID() : undefined);
  if (externalId === undefined && !trusts && way?.externalId?.use === 'required')
    wait('externalId', 'the external ID that the vendor sends');
  const reason = options.reason ?? (kind !== best || kind === 'access-key' ? await reasonFor(kind, host) : undefined);
  if (reason === '') findings.push(noReason(kind));
  const wholeBucket = profile && way && rulesOf(profile, way).bucket !== undefined;
  if (wholeBucket && options.bucket === undefined) findings.push(noBucket(profile.title));
  const needed = (profile && way && rulesOf(profile, way).access) ?? [];
  const bucket = options.bucket ?? (wholeBucket ? `stand-in-${randomUUID()}` : undefined);
  const draft: Draft = {
    ...(name === undefined || (way !== profile?.ways[0] && chosen === undefined) ? { kind } : {}),
    vendor: name,
    way: chosen,
    site: options.site,
    description: options.description,
    request: options.request,
    owner: options.owner,
    contact: options.contact,
    reviewBy: options.reviewBy,
    reason: reason === '' ? 'a stand-in' : reason,
    status: missing.length > 0 ? 'pending' : undefined,
    principals: principals.length > 0 ? principals : undefined,
    externalId,
    trusts,
    roleName: options.roleName ?? (isGuessable(kind, way) ? `${vendor}-${randomUUID()}` : undefined),
    sessionTags: options.sessionTags,
    sourceIdentity: options.sourceIdentity,
    prefix: options.prefix,
    dedicatedBucket: bucket === undefined ? undefined : { name: bucket },
    access: options.access && [...new Set([...options.access, ...needed])],
    expires: options.expires,
    sourceIps: options.sourceIp,
    vpcEndpoints: options.vpcEndpoint,
    sourceVpcs: options.sourceVpc,
    accept: options.accept,
  };
  return { draft, missing, findings };
}

/** Whether the defaults say all that the sites say, so that none must be named. */
function coversSites({ bySite = {}, defaults = {} }: Way): boolean {
  return Object.values(bySite).every((keys) => Object.keys(keys).every((key) => Object.hasOwn(defaults, key)));
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
function makesExternalId(kind: Kind, way: Way | undefined): boolean {
  if (kind !== 'assumed-role') return false;
  const rule = way?.externalId;
  return way === undefined ? true : rule?.madeBy === 'customer' && rule.use !== 'refused';
}

/** Whether the role's name is all that keeps the vendor's other customers out: it sends no external ID. */
function isGuessable(kind: Kind, way: Profile['ways'][number] | undefined): boolean {
  return way?.externalId?.use === 'refused' && kind === 'assumed-role';
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
