/**
 * Rules over several keys of one integration.
 */
import { checkCertificate } from '../../rules/certificate';
import { Capability } from '../../rules/confinement';
import { LEAST_MAX_SESSION, parseSessionDuration } from '../../rules/duration';
import type { Finding } from '../../rules/finding';
import { checkIamName } from '../../rules/names';
import { checkKeyPrincipals, checkSomebody, checkWholeAccount } from '../../rules/principal';
import { checkToken, parseProvider } from '../../rules/provider';
import { isPrivateRange } from '../../rules/restrictions';
import { checkCertificateTrust } from '../../rules/trust';
import { quote } from '../../text/quote';
import type { AssumedRole, Bucket, DirectTrust, Integration, RolesAnywhere, WebIdentity } from '../model/model';
import type { Profile } from '../profiles/profile';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import { wrongPartition } from './bucket';
import { type IntegrationContext, type IntegrationKeys, unread } from './integration-keys';

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
  for (const key of LISTS) problems.push(...duplicates(yaml, key));
  texts(yaml.data.sourceIps).forEach(([range, at]) => {
    if (!isPrivateRange(range)) return;
    const finding: Finding = {
      code: 'private-source-ip',
      message: `S3 never sees ${quote(range)}: it is a private range`,
      fix: "name the public addresses, or the vendor's vpcEndpoints",
    };
    problems.push(yaml.problem(finding, ['sourceIps', String(at)], 'value', 'warning'));
  });
  return problems;
}

const LISTS = ['access', 'sourceIps', 'vpcEndpoints', 'principals', 'externalIds', 'audiences', 'subjects', 'keys'];

function both(one: string, other: string): Finding {
  return { code: 'conflicting-keys', message: `${one} and ${other} are both given`, fix: 'remove one of them' };
}

/** The texts of a list, with their places, whatever else is in it. */
function texts(list: unknown): [string, number][] {
  return (Array.isArray(list) ? list : []).flatMap((value, at): [string, number][] =>
    typeof value === 'string' ? [[value, at]] : [],
  );
}

function duplicates(yaml: YamlFile, key: string): Problem[] {
  const seen = new Set<string>();
  return texts(yaml.data[key]).flatMap(([value, at]) => {
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
      trusted(add, yaml, keys, integration, place);
      break;
    case 'direct-trust':
      trusted(add, yaml, keys, integration, place);
      if (bucket) direct(add, integration, bucket);
      break;
    case 'roles-anywhere':
      certified(add, yaml, keys, integration, place);
      break;
    case 'web-identity':
      tokens(add, yaml, keys, integration, place);
      break;
    case 'access-key':
      // Of a kind that the profile ranks below another, the profile's own rule asks for the reason.
      if (profile?.ways[0] === undefined || profile.ways[0].kind === 'access-key') reasoned(add, yaml, keys);
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
    add([], ...checkIamName('role', integration.roleName, integration.kind === 'assumed-role'));
  }
  return problems;
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
): void {
  if (!unread(yaml, keys, 'principals', 'status') && !waitsForProfile(yaml, keys, place))
    add([], ...checkSomebody(integration));
  // Of a profile's own principals the profile says whether they need an external ID.
  const narrowed =
    unread(yaml, keys, 'externalId', 'externalIds', 'allowWholeAccount', 'status') ||
    !Object.hasOwn(yaml.data, 'principals');
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
    const finding = wrongPartition(arn, place.region) ?? elsewhere(arn, place) ?? otherRegion(arn, place);
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
  const { arn } = parseProvider(integration.provider ?? '') ?? {};
  const finding = arn === undefined ? undefined : (wrongPartition(arn, place.region) ?? elsewhere(arn, place));
  if (finding) add(['provider'], finding);
}

/** A vendor is named whose profile is not there: what it would supply cannot be missed. */
function waitsForProfile(yaml: YamlFile, keys: IntegrationKeys, { profiles }: IntegrationContext): boolean {
  return Object.hasOwn(yaml.data, 'vendor') && (keys.vendor === undefined || profiles.get(keys.vendor) === undefined);
}

/** A session is opened in one region: that of the profile, which is the bucket's, and of the trust anchor. */
function otherRegion(arn: string, { region }: IntegrationContext): Finding | undefined {
  const own = arn.split(':')[3];
  if (region === undefined || own === region) return undefined;
  const message = `the trust anchor is in ${own}, the profile in ${region}`;
  return { code: 'wrong-region', message, fix: 'name one of the same region, or its certificate' };
}

/** A role trusts providers and trust anchors of its own account only. */
function elsewhere(arn: string, place: IntegrationContext): Finding | undefined {
  const account = arn.split(':')[4];
  if (place.account === undefined || account === place.account) return undefined;
  return {
    code: 'wrong-account',
    message: `${quote(arn)} is in the account ${account}, the role in ${place.account}`,
    fix: "name one of the role's own account",
  };
}
