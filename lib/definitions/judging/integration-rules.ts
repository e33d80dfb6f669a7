/**
 * Rules over several keys of one integration.
 */
import { checkCertificate, checkUsableAuthority } from '../../rules/certificate';
import { Capability } from '../../rules/confinement';
import { LEAST_MAX_SESSION, parseSessionDuration } from '../../rules/duration';
import type { Finding } from '../../rules/finding';
import { checkIamName } from '../../rules/names';
import { wrongAccount, wrongAnchorRegion, wrongPartition } from '../../rules/place';
import { checkKeyPrincipals, checkSomebody, checkWholeAccount } from '../../rules/principal';
import {
  checkImpossibleToken,
  checkNoSubject,
  checkSubject,
  checkToken,
  isPattern,
  parseProvider,
} from '../../rules/provider';
import { checkSourceIp, isPrivateRange } from '../../rules/restrictions';
import { type RiskCode, risksOf } from '../../rules/risk';
import { checkCertificateTrust, type ExternalTrust } from '../../rules/trust';
import { quote } from '../../text/quote';
import type { AssumedRole, Bucket, DirectTrust, Integration, RolesAnywhere, WebIdentity } from '../model/model';
import type { Profile } from '../profiles/profile';
import { saferKinds, wayOf } from '../profiles/ways';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import { type IntegrationContext, type IntegrationKeys, unread } from './integration-keys';
import { choose, lacksSite } from './way-choice';

type Add = (path: readonly string[], ...findings: Finding[]) => void;

/** Rules of every kind. */
export function commonRules(yaml: YamlFile, keys: IntegrationKeys): Problem[] {
  const problems: Problem[] = [];
  const conflict = (key: string, finding: Finding) => problems.push(yaml.problem(finding, [key], 'key'));
  const { wholeBucket, prefix, trustAnchor } = keys;
  if (wholeBucket && prefix !== undefined) conflict('wholeBucket', both('wholeBucket', 'prefix'));
  if (wholeBucket && !Object.hasOwn(yaml.data, 'dedicatedBucket') && Object.hasOwn(yaml.data, 'wholeBucket')) {
    conflict('wholeBucket', {
      code: 'whole-bucket-not-dedicated',
      message: 'the whole client bucket would include every other integration',
      fix: 'give it a bucket of its own with dedicatedBucket: {name: …}, or a prefix',
    });
  }
  if (keys.externalId !== undefined && keys.externalIds) {
    conflict('externalIds', { ...both('externalId', 'externalIds'), fix: 'put them all into externalIds' });
  }
  for (const key of ['principals', 'externalId', 'externalIds'] as const) {
    if (keys.trusts && Object.hasOwn(yaml.data, key)) conflict(key, both('trusts', key));
  }
  if (trustAnchor?.certificate !== undefined && trustAnchor.arn !== undefined) {
    problems.push(yaml.problem(both('certificate', 'arn'), ['trustAnchor', 'arn'], 'key'));
  }
  if (keys.reason?.trim() === '') {
    const finding: Finding = {
      code: 'empty-value',
      message: 'reason is empty',
      fix: 'say why this kind, and no safer one',
    };
    problems.push(yaml.problem(finding, ['reason']));
  }
  for (const key of LISTS) problems.push(...duplicates(yaml, key, texts(yaml.data[key])));
  problems.push(...duplicates(yaml, 'trusts', (keys.trusts ?? []).map(trustText)));
  texts(yaml.data.sourceIps).forEach(([range, at]) => {
    if (checkSourceIp(range).length > 0 || !isPrivateRange(range)) return;
    const finding: Finding = {
      code: 'private-source-ip',
      message: `S3 never sees ${quote(range)}: it is a private range`,
      fix: "name the public addresses, or the vendor's vpcEndpoints",
    };
    problems.push(yaml.problem(finding, ['sourceIps', String(at)], 'value', 'warning'));
  });
  return problems;
}

const LISTS = [
  'access',
  'sourceIps',
  'vpcEndpoints',
  'sourceVpcs',
  'principals',
  'externalIds',
  'audiences',
  'subjects',
  'keys',
];

function both(one: string, other: string): Finding {
  return { code: 'conflicting-keys', message: `${one} and ${other} are both given`, fix: 'remove one of them' };
}

/** The texts of a list, with their places, whatever else is in it. */
function texts(list: unknown): [string, number][] {
  return (Array.isArray(list) ? list : []).flatMap((value, at): [string, number][] =>
    typeof value === 'string' ? [[value, at]] : [],
  );
}

function trustText({ principal, externalId }: ExternalTrust, at: number): [string, number] {
  return [externalId === undefined ? principal : `${principal} with ${externalId}`, at];
}

function duplicates(yaml: YamlFile, key: string, members: readonly (readonly [string, number])[]): Problem[] {
  const seen = new Set<string>();
  return members.flatMap(([value, at]) => {
    const again = seen.has(value);
    seen.add(value);
    const finding: Finding = {
      code: 'duplicate-value',
      message: `${quote(value)} is in ${key} twice`,
      fix: 'remove one',
    };
    return again ? [yaml.problem(finding, [key, String(at)])] : [];
  });
}

/** Rules of one kind, and of the bucket that it acts in. */
export function kindRules(
  yaml: YamlFile,
  keys: IntegrationKeys,
  integration: Integration,
  bucket: Bucket | undefined,
  place: IntegrationContext,
  profile: Profile | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const add: Add = (path, ...findings) => problems.push(...findings.map((finding) => yaml.problem(finding, path)));
  switch (integration.kind) {
    case 'assumed-role':
      trusted(add, yaml, keys, integration, place, profile);
      break;
    case 'direct-trust':
      trusted(add, yaml, keys, integration, place, profile);
      if (bucket) direct(add, integration, bucket);
      break;
    case 'roles-anywhere':
      certified(add, yaml, keys, integration, place);
      for (const finding of checkUsableAuthority(integration.certificateAuthority ?? '', integration.expires))
        problems.push(yaml.problem(finding, ['trustAnchor', 'certificate'], 'value', 'warning'));
      break;
    case 'web-identity':
      tokens(add, yaml, keys, integration, place);
      problems.push(...tokenWarnings(yaml, integration, profile));
      break;
    case 'access-key':
      // Of a kind that the profile ranks below another, the profile's own rule asks for the reason.
      if (!isRanked(profile, integration)) reasoned(add, yaml, keys);
      add([], ...checkIamName('user', integration.name));
      break;
    default:
      integration satisfies never;
  }
  if (
    keys.maxSessionDuration !== undefined &&
    (parseSessionDuration(keys.maxSessionDuration) ?? LEAST_MAX_SESSION) < LEAST_MAX_SESSION
  ) {
    const finding: Finding = {
      code: 'session-floor',
      message: `IAM has no maximum below 1h, so the role gets 1h instead of ${keys.maxSessionDuration}`,
      fix: 'write 1h; the vendor may ask for shorter sessions itself',
    };
    problems.push(yaml.problem(finding, ['maxSessionDuration'], 'value', 'warning'));
  }
  if ('roleName' in integration && keys.roleName === undefined && !unread(yaml, keys, 'roleName')) {
    add([], ...checkIamName('role', integration.roleName));
  }
  for (const { code, what, why, fix } of risksOf(integration)) {
    // An error says so already.
    if (code === 'whole-account-open' && problems.some((problem) => problem.code === 'whole-account')) continue;
    const finding = { code, message: `${what}: ${why}`, fix };
    const key = RISK_KEYS[code];
    problems.push(yaml.problem(finding, [key === 'principals' && keys.trusts ? 'trusts' : key], 'value', 'warning'));
  }
  return problems;
}

/** Where a risk is said. */
const RISK_KEYS: Readonly<Record<RiskCode, string>> = {
  'whole-account-open': 'principals',
  'long-lived-key': 'kind',
  'shared-external-id': 'externalId',
  'root-list-shows-names': 'access',
  'delete-without-end': 'access',
};

function tokenWarnings(yaml: YamlFile, integration: WebIdentity, profile: Profile | undefined): Problem[] {
  const way = profile && wayOf(profile, integration);
  const noSubject = way?.noSubject ?? false;
  return [
    ...checkNoSubject(integration, noSubject).map((finding) =>
      yaml.problem(finding, ['roleSessionName'], 'value', 'warning'),
    ),
    ...checkImpossibleToken(integration).map((finding) =>
      yaml.problem(finding, [finding.code === 'issuer-slash' ? 'provider' : 'subjects'], 'value', 'warning'),
    ),
  ];
}

function isRanked(profile: Profile | undefined, integration: Integration): boolean {
  const way = profile && wayOf(profile, integration);
  return profile !== undefined && way !== undefined && saferKinds(profile, way).length > 0;
}

function reasoned(add: Add, yaml: YamlFile, keys: IntegrationKeys): void {
  if (unread(yaml, keys, 'reason')) return;
  if (keys.reason === undefined) {
    add([], {
      code: 'missing-key',
      message: 'reason is missing',
      fix: "add reason: why neither a role, nor a certificate, nor a token is possible; an access key's credentials live long",
    });
  }
}

function trusted(
  add: Add,
  yaml: YamlFile,
  keys: IntegrationKeys,
  integration: AssumedRole | DirectTrust,
  place: IntegrationContext,
  profile: Profile | undefined,
): void {
  if (!unread(yaml, keys, 'principals', 'trusts', 'status') && !waitsForProfile(yaml, keys, place))
    add([], ...checkSomebody(integration));
  if (keys.trusts) {
    keys.trusts.forEach(({ principal, externalId }, at) => {
      const path = ['trusts', String(at), 'principal'];
      const finding = wrongPartition(principal, place.region);
      if (finding) add(path, finding);
      if (unread(yaml, keys, 'allowWholeAccount', 'status')) return;
      const externalIds = externalId === undefined ? [] : [externalId];
      add(path, ...checkWholeAccount(principal, { ...integration, externalIds }));
    });
    return;
  }
  // Of a profile's own principals that need an external ID, the profile's rule says so.
  const isAsked = profile !== undefined && wayOf(profile, integration)?.externalId?.use === 'required';
  const narrowed =
    unread(yaml, keys, 'externalId', 'externalIds', 'allowWholeAccount', 'status') ||
    (isAsked && !Object.hasOwn(yaml.data, 'principals'));
  texts(yaml.data.principals ?? integration.principals).forEach(([principal, at]) => {
    const path = ['principals', String(at)];
    const finding = wrongPartition(principal, place.region);
    if (finding) add(path, finding);
    if (!narrowed) add(path, ...checkWholeAccount(principal, integration));
  });
}

function direct(add: Add, { access, principals }: DirectTrust, bucket: Bucket): void {
  const listBuckets = access.indexOf(Capability.LIST_BUCKETS);
  if (listBuckets >= 0) {
    add(['access', String(listBuckets)], {
      code: 'impossible-capability',
      message: 'no bucket policy can allow list-buckets',
      fix: 'leave it out, or use kind: assumed-role',
    });
  }
  if (bucket.existing) {
    add(['kind'], {
      code: 'bucket-policy-not-ours',
      message: `direct trust needs the policy of the bucket ${bucket.name}, which exists already and is never changed`,
      fix: 'use kind: assumed-role, or a bucket that is created here',
    });
  }
  if (bucket.kmsKey === undefined) return;
  if (bucket.kmsKey !== 'create') {
    add(['kind'], {
      code: 'key-policy-not-ours',
      message: "direct trust needs the policy of the bucket's KMS key, which is not made here",
      fix: 'use kind: assumed-role, or let this project create the key with kmsKey: create',
    });
  }
  principals.forEach((principal, at) => {
    add(['principals', String(at)], ...checkKeyPrincipals([principal]));
  });
}

function certified(
  add: Add,
  yaml: YamlFile,
  keys: IntegrationKeys,
  integration: RolesAnywhere,
  place: IntegrationContext,
): void {
  const { trustAnchor, subject } = keys;
  const file = trustAnchor?.certificate;
  if (!unread(yaml, keys, 'trustAnchor', 'subject', 'status') && !waitsForProfile(yaml, keys, place)) {
    const named = (trustAnchor?.certificate ?? trustAnchor?.arn) !== undefined;
    const at = trustAnchor && !named ? ['trustAnchor', 'certificate'] : [];
    add(at, ...checkCertificateTrust({ ...integration, trustAnchor: named, commonName: subject?.commonName }));
  }
  if (file !== undefined) {
    const pem = place.pems.get(file);
    const path = ['trustAnchor', 'certificate'];
    if (pem === undefined) add(path, noCertificate(file, place));
    else if (typeof pem === 'string') add(path, ...checkCertificate(pem));
    else if (pem !== null) add(path, { ...pem, message: `${file}: ${pem.message}` });
  }
  if (trustAnchor?.arn !== undefined) {
    const { arn } = trustAnchor;
    const finding =
      wrongPartition(arn, place.region) ?? wrongAccount(arn, place.account) ?? wrongAnchorRegion(arn, place.region);
    if (finding) add(['trustAnchor', 'arn'], finding);
  }
}

function noCertificate(file: string, place: IntegrationContext): Finding {
  const others = [...place.pems.keys()];
  return {
    code: 'missing-certificate',
    message: `there is no ${quote(file)} in the folder ${place.client}`,
    fix: others.length > 0 ? `the certificates there are ${others.join(', ')}` : 'put the PEM file beside this one',
  };
}

function tokens(
  add: Add,
  yaml: YamlFile,
  keys: IntegrationKeys,
  integration: WebIdentity,
  place: IntegrationContext,
): void {
  const known = !unread(yaml, keys, 'provider', 'audiences', 'subjects', 'roleSessionName', 'status');
  if (known && !waitsForProfile(yaml, keys, place)) {
    add([], ...checkToken(integration));
  }
  texts(yaml.data.subjects).forEach(([subject, at]) => {
    if (isPattern(subject)) add(['subjects', String(at)], ...checkSubject(integration.provider, subject));
  });
  const { arn } = parseProvider(integration.provider ?? '') ?? {};
  const finding =
    arn === undefined ? undefined : (wrongPartition(arn, place.region) ?? wrongAccount(arn, place.account));
  if (finding) add(['provider'], finding);
}

/** A vendor is named whose profile is not there, or a site is not: what it would supply cannot be missed. */
function waitsForProfile(yaml: YamlFile, keys: IntegrationKeys, { profiles }: IntegrationContext): boolean {
  if (!Object.hasOwn(yaml.data, 'vendor')) return false;
  const profile = keys.vendor === undefined ? undefined : profiles.get(keys.vendor);
  return profile === undefined || lacksSite(yaml, choose(yaml, profile));
}
