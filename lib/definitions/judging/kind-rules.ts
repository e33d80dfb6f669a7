/**
 * Rules of one kind of integration: whom it trusts, and by what.
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
import { type RiskCode, risksOf } from '../../rules/risk';
import { checkCertificateTrust } from '../../rules/trust';
import { quote } from '../../text/quote';
import type { AssumedRole, Bucket, DirectTrust, Integration, RolesAnywhere, WebIdentity } from '../model/model';
import type { Profile } from '../profiles/profile';
import { saferKinds, wayOf } from '../profiles/ways';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import { type IntegrationContext, type IntegrationKeys, unread } from './integration-keys';
import { texts } from './integration-rules';
import { choose, lacksSite } from './way-choice';

type Add = (path: readonly string[], ...findings: Finding[]) => void;

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
