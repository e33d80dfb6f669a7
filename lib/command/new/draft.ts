import { randomUUID } from 'node:crypto';
import type { Profile, Way } from '../../definitions/profiles/profile';
import { defaultsOf, rulesOf, sitesOf, wayOf } from '../../definitions/profiles/ways';
import type { Draft } from '../../definitions/yaml/write';
import { type Kind, Status } from '../../rules/vocabulary';
import type { AnswerFinding } from './answer-finding';
import type { Chosen } from './choose';
import type { NewAnswers, NewOptions } from './options';

/** The keys of a definition to be written. */
export interface Drafted {
  readonly draft: Draft;
  /** What is to be filled in before anybody can use it, a line each. */
  readonly missing: readonly string[];
  /** The external ID that was made here, where nobody gave one. */
  readonly madeExternalId?: string;
  /** Why it cannot be written so; the draft then holds stand-ins. */
  readonly findings: readonly AnswerFinding[];
}

/** What a new integration is of: known before its keys are. */
export interface NewSubject {
  readonly client: string;
  readonly vendor: string;
  /** The name of the vendor's profile, where it has one. */
  readonly profileName?: string;
  readonly profile?: Profile;
  readonly chosen: Chosen;
}

/** The way of the profile that is gone, and what it supplies. */
export function suppliedBy({ client, vendor, profile, chosen }: NewSubject, site: string | undefined) {
  const way = profile && wayOf(profile, { kind: chosen.kind, way: chosen.way });
  return { way, defaults: way ? defaultsOf(way, { client, vendor, site }) : {} };
}

/** The definition of a new integration of one kind, with what is known. */
export function draftOf(subject: NewSubject, options: NewOptions, made: MadeUp): Drafted {
  const { profileName: name, profile, chosen } = subject;
  const { kind } = chosen;
  const { way } = suppliedBy(subject, options.site);
  const missing = missingOf(subject, options);
  const findings: AnswerFinding[] = [];
  const { externalId, trust: trusts } = options;
  const needsReason = needsReasonOf(chosen);
  if (needsReason && options.reason === undefined) findings.push(noReason(kind));
  const ownBucket = needsBucket(subject);
  if (profile && ownBucket && options.bucket === undefined) findings.push(noBucket(profile.title));
  const madeExternalId =
    externalId === undefined && !options.externalIdLater && !trusts && makesExternalId(kind, way)
      ? made.externalId
      : undefined;
  const ids = externalId === false ? [] : (externalId ?? (madeExternalId === undefined ? [] : [madeExternalId]));
  const needed = (profile && way && rulesOf(profile, way).access) ?? [];
  const draft: Draft = {
    ...(name === undefined || (way !== profile?.ways[0] && chosen.way === undefined) ? { kind } : {}),
    vendor: name,
    way: chosen.way,
    site: options.site,
    description: options.description,
    request: options.request,
    owner: options.owner,
    contact: options.contact,
    reviewBy: options.reviewBy,
    reason: options.reason ?? (needsReason ? 'a stand-in' : undefined),
    status: options.status ?? (missing.length > 0 ? Status.PENDING : undefined),
    ...trustKeys(kind, options),
    externalId: ids.length === 1 ? ids[0] : undefined,
    externalIds: ids.length > 1 ? ids : undefined,
    roleName: options.roleName ?? (isGuessable(kind, way) ? made.roleName : undefined),
    roleSessionName: options.sessionName,
    [kind === 'roles-anywhere' ? 'sessionDuration' : 'maxSessionDuration']: options.sessionDuration,
    sessionTags: options.sessionTags,
    sourceIdentity: options.sourceIdentity,
    selfAssume: options.selfAssume,
    acceptRoleSessionName: options.acceptSessionName,
    accessPoint: options.accessPoint,
    keys: options.keySlots,
    prefix: options.prefix,
    wholeBucket: options.wholeBucket,
    dedicatedBucket: dedicatedBucket(options, ownBucket ? made.bucket : undefined),
    access: options.access && [...new Set([...options.access, ...needed])],
    expires: options.expires,
    sourceIps: options.sourceIp,
    vpcEndpoints: options.vpcEndpoint,
    sourceVpcs: options.sourceVpc,
    stackPart: options.stackPart,
    accept: options.accept,
  };
  return { draft, missing, madeExternalId, findings };
}

/** What nobody gives and nobody can guess, the same however often a definition is drafted. */
export interface MadeUp {
  readonly externalId: string;
  readonly roleName: string;
  readonly bucket: string;
}

export function madeUp(vendor: string): MadeUp {
  return {
    externalId: randomUUID(),
    roleName: `${vendor}-${randomUUID()}`,
    bucket: `stand-in-${randomUUID()}`,
  };
}

/** Who is trusted. */
function trustKeys(kind: Kind, options: NewAnswers): Draft {
  const { caFile, trustAnchor, commonName, organization, organizationalUnit, subject } = options;
  const anchor = caFile ?? trustAnchor;
  const certificate = { commonName, organization, organizationalUnit };
  const ofCertificate = kind === 'roles-anywhere' || Object.values(certificate).some((each) => each !== undefined);
  return {
    principals: options.principal?.length ? options.principal : undefined,
    trusts: options.trust,
    allowWholeAccount: options.wholeAccount,
    trustAnchor: anchor === undefined ? undefined : withoutGaps({ certificate: caFile, arn: trustAnchor }),
    subject: ofCertificate ? withoutGaps(certificate) : undefined,
    provider: options.issuer,
    audiences: options.audience,
    subjects: subject,
  };
}

/** Undefined where nothing is in it. */
function withoutGaps(keys: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const there = Object.entries(keys).filter(([, value]) => value !== undefined);
  return there.length === 0 ? undefined : Object.fromEntries(there);
}

function dedicatedBucket(options: NewAnswers, standIn: string | undefined) {
  return withoutGaps({
    name: options.bucket ?? standIn,
    existing: options.bucketExisting,
    kmsKey: options.bucketKmsKey,
    versioned: options.bucketUnversioned ? false : undefined,
    lifecycle: withoutGaps({
      abortUploadsAfterDays: options.abortUploadsAfter,
      expireObjectsAfterDays: options.expireObjectsAfter,
      expireOldVersionsAfterDays: options.expireOldVersionsAfter,
    }),
    eventBridge: options.bucketEventBridge,
  });
}

/** What is to be filled in before anybody can use it, a line each. */
function missingOf(subject: NewSubject, options: NewOptions): string[] {
  const { way, defaults } = suppliedBy(subject, options.site);
  const { trust: trusts } = options;
  const missing: string[] = [];
  const waitsForSite = (key: string) =>
    options.site === undefined && Object.values(way?.bySite ?? {}).some((keys) => Object.hasOwn(keys, key));
  const wait = (key: string, what: string) => {
    const sent = way?.sends?.find((each) => each.key === key);
    missing.push(`${key}: ${sent ? `${sent.label} (${sent.where})` : what}`.replace(/\s+/g, ' '));
  };
  if (way && sitesOf(way).length > 0 && options.site === undefined && !coversSites(way))
    wait('site', `the vendor's site: ${sitesOf(way).join(', ')}`);
  const { kind } = subject.chosen;
  switch (kind) {
    case 'assumed-role':
    case 'direct-trust': {
      const known = options.principal?.length || trusts || defaults.principals !== undefined;
      if (!known && !waitsForSite('principals')) wait('principals', "the vendor's role or user ARN");
      break;
    }
    case 'roles-anywhere':
      if (options.caFile === undefined && options.trustAnchor === undefined && defaults.trustAnchor === undefined)
        wait('trustAnchor', '{certificate: file.pem} of the authority that issues the certificate, beside this file');
      if (options.commonName === undefined && defaults.subject === undefined)
        wait('subject', '{commonName: …} of the certificate');
      break;
    case 'web-identity': {
      const known = { ...defaults, provider: options.issuer ?? defaults.provider };
      const given = {
        ...known,
        audiences: options.audience ?? defaults.audiences,
        subjects: options.subject ?? defaults.subjects ?? options.sessionName,
      };
      for (const [key, claim] of CLAIMS.filter(([each]) => given[each] === undefined))
        wait(key, `the tokens' ${claim} claim`);
      break;
    }
    case 'access-key':
      break;
    default:
      kind satisfies never;
  }
  const asked = options.externalIdLater || way?.externalId?.use === 'required';
  if (asked && options.externalId === undefined && !trusts && !makesExternalId(kind, way, options))
    wait(
      'externalId',
      options.externalIdLater ? 'the external ID that the vendor makes' : 'the external ID that the vendor sends',
    );
  return missing;
}

/** Whether the defaults say all that the sites say, so that none must be named. */
export function coversSites({ bySite = {}, defaults = {} }: Way): boolean {
  return Object.values(bySite).every((keys) => Object.keys(keys).every((key) => Object.hasOwn(defaults, key)));
}

/** Keys of a token's claims. */
const CLAIMS = [
  ['provider', 'iss'],
  ['audiences', 'aud'],
  ['subjects', 'sub'],
] as const;

/** Whether a definition of this kind must say why nothing safer will do. */
export function needsReasonOf({ kind, best }: Chosen): boolean {
  return kind !== best || kind === 'access-key';
}

/** Whether the vendor wants a bucket of its own. */
export function needsBucket(subject: NewSubject): boolean {
  const { way } = suppliedBy(subject, undefined);
  return subject.profile !== undefined && way !== undefined && rulesOf(subject.profile, way).bucket !== undefined;
}

function noReason(kind: Kind): AnswerFinding {
  const fix = '--reason "why nothing safer is possible"';
  return { about: 'reason', code: 'missing-answer', message: `${kind} needs a reason`, fix };
}

function noBucket(title: string): AnswerFinding {
  const message = `${title} needs a bucket of its own`;
  return { about: 'bucket', code: 'missing-answer', message, fix: '--bucket NAME' };
}

/** Whether the external ID is ours to make: where the vendor says so, and where no vendor says anything. */
export function makesExternalId(kind: Kind, way: Way | undefined, { externalIdLater }: NewAnswers = {}): boolean {
  if (kind !== 'assumed-role' || externalIdLater) return false;
  const rule = way?.externalId;
  return way === undefined ? true : rule?.madeBy === 'customer' && rule.use !== 'refused';
}

/** Whether the role's name is all that keeps the vendor's other customers out: it sends no external ID. */
function isGuessable(kind: Kind, way: Profile['ways'][number] | undefined): boolean {
  return way?.externalId?.use === 'refused' && kind === 'assumed-role';
}
