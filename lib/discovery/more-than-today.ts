/**
 * Whether a definition is exact: it is only where every statement that makes it consists of what a definition reproduces.
 * Anything else is a reason why it may give more than the account gives today, and nobody can use it until somebody decides.
 */
import type { Bucket } from '../account/bucket';
import { accessPointArnOf, DOOR_AT } from '../account/doors';
import { isObject } from '../account/json';
import { namedBy } from './assumed-trust';
import type { Candidate } from './candidate';
import { type Compared, concerns, isFor, isInside, isReproduced } from './denials';
import { type AccountFacts, siteOf } from './facts';
import { actionMatches } from './globs';
import type { Grant } from './grants';
import { isEnd, isExact, type Known, OF_PLACES, OF_PRINCIPALS, unknownConditions } from './known-conditions';
import { grantsAt, type Proposal, TRIVIAL } from './proposal';
import { actionsGiven } from './s3-actions';
import { type Said, saidIn } from './said';
import { sessions, trustBeyond } from './trust-exact';
import { conditionWords } from './trust-read';

/** A definition, before it is said whether it is exact. */
export interface Proposed {
  readonly candidate: Candidate;
  readonly proposal: Proposal;
  /** The prefix at which its rights are read. */
  readonly measuredAt: string;
  /** What settings say of all roles. */
  readonly permissionsBoundary?: string;
  /** Whether its bucket keeps its policy. */
  readonly keepsPolicy: boolean;
}

/** Reasons why a definition may give more than is given today, a sentence each; none where it is exact. */
export function moreThanToday(proposed: Proposed, facts: AccountFacts): readonly string[] {
  const { candidate, proposal } = proposed;
  const { snapshot, policies } = facts;
  const bucket = snapshot.buckets?.find(({ Name }) => Name === candidate.bucket);
  const keyArn = bucket && keyOf(bucket, facts);
  const { site } = candidate.rights;
  const compared: Compared = { site, proposal, keyArn };
  const role = candidate.actsAs && policies.role(candidate.actsAs.arn);
  const user = candidate.actsAs && policies.user(candidate.actsAs.arn);
  const held = role ? policies.ofRole(role) : user ? policies.ofUser(user) : [];
  const reasons = [
    ...proposal.gained.map((action) => `it also allows ${action}`),
    ...statementsBeyond(proposed, facts),
    ...held
      .filter((each) => concerns(each, compared) && !isReproduced(each, compared))
      .map((each) => `${deniedWords(each)}; a definition has no such denial`),
    ...(bucket ? doorsBeyond(bucket, proposed, compared, facts) : []),
    ...(role ? trustBeyond(candidate, policies.trustOf(role), snapshot) : []),
    ...(role || user
      ? policies.unreadOf(role ?? user).map((each) => `${each} cannot be read: it may deny something`)
      : []),
    ...(candidate.boundary !== undefined && candidate.boundary !== proposed.permissionsBoundary
      ? [`its permissions boundary ${candidate.boundary} limits it today, and settings.yaml does not name that one`]
      : []),
    ...(keyArn === undefined ? [] : keyBeyond(keyArn, held, proposed, facts)),
    ...(candidate.unclear ?? []),
  ];
  return [...new Set(reasons)];
}

/** What a denial is, for a reason. */
function deniedWords({ actions, notActions, resources, notResources, conditions, place }: Said): string {
  const what = notActions.length > 0 ? `all but ${notActions.join(', ')}` : actions.slice(0, 3).join(', ');
  const where = notResources.length > 0 ? `all but ${notResources.join(', ')}` : resources.slice(0, 3).join(', ');
  const when = conditions.length > 0 ? ` under ${conditionWords(conditions)}` : '';
  return `${place.at} denies ${what} on ${where}${when}`;
}

/** What the statements say by which it has what the definition gives. */
function statementsBeyond(
  { candidate, proposal, measuredAt }: Proposed,
  { snapshot }: AccountFacts,
): readonly string[] {
  const { rights, actsAs } = candidate;
  const { prefix, access, limits } = proposal;
  const given = [...actionsGiven(prefix, access)].filter((action) => !TRIVIAL.has(action));
  const known: Known = {
    ...OF_PLACES,
    ...(actsAs ? {} : OF_PRINCIPALS),
    ...Object.fromEntries(
      ['aws:resourceaccount', 's3:resourceaccount'].map((key) => [
        key,
        ((condition) => isExact(condition) && condition.values.includes(snapshot.account)) satisfies Known[string],
      ]),
    ),
  };
  const byAction = given.map((action) => grantsAt(rights, action, measuredAt));
  // A listing of the root alone covers no prefix.
  const atRoot = rights.grants.filter(({ action, atRoot: root }) => root && action === 's3:ListBucket');
  const used = [...new Set([...byAction.flat(), ...atRoot].map(({ said }) => said))];
  const hasOrigin = Object.values(origins(limits)).some(({ length }) => length > 0);
  const narrower = byAction.filter((grants) => grants.length > 0 && hasOrigin && !isFrom(grants, limits));
  return [
    ...used.flatMap((said) => statementBeyond(said, known, candidate)),
    ...sessions(used),
    ...narrower.map(
      ([grant]) =>
        `${grant?.action} is allowed only from some of these places today; the definition allows it from all`,
    ),
  ];
}

/** Whether an action is allowed today from everywhere that the definition names. */
function isFrom(grants: readonly Grant[], limits: Proposal['limits']): boolean {
  const all = grants.map((each) => origins(each.limits));
  if (all.some((each) => Object.values(each).every(({ length }) => length === 0))) return true;
  const union = (kind: keyof (typeof all)[number]) => all.flatMap((each) => each[kind]);
  return isInside(limits, {
    sourceIps: union('sourceIps'),
    vpcEndpoints: union('vpcEndpoints'),
    sourceVpcs: union('sourceVpcs'),
  });
}

function origins({
  sourceIps,
  vpcEndpoints,
  sourceVpcs,
}: Pick<Grant['limits'], 'sourceIps' | 'vpcEndpoints' | 'sourceVpcs'>) {
  return { sourceIps, vpcEndpoints, sourceVpcs };
}

/** What IAM puts in for the one who asks: of a user a definition knows it. */
const OF_USERS = /\$\{(?:[*?$]|aws:(?:username|userid))\}/gi;

function statementBeyond(said: Said, known: Known, { actsAs }: Candidate): readonly string[] {
  const unknown = unknownConditions(said, known);
  const written = [...said.resources, ...said.conditions.flatMap(({ values }) => values)];
  const isVariable = written.some((each) =>
    (actsAs?.type === 'user' ? each.replace(OF_USERS, '') : each.replace(/\$\{[*?$]\}/g, '')).includes('${'),
  );
  return [
    ...(unknown.length > 0
      ? [`allowed only under the condition ${conditionWords(unknown)}, which a definition has not, or not so`]
      : []),
    ...(said.notActions.length > 0 ? ['a NotAction says what it may do'] : []),
    ...(said.notResources.length > 0 ? [`a NotResource says where: all but ${said.notResources.join(', ')}`] : []),
    ...(isVariable ? ['a variable says where; a definition has one prefix for all'] : []),
    ...(actsAs || said.place.at === DOOR_AT.policy || said.place.at === DOOR_AT.acl
      ? []
      : [`it gets in by ${said.place.at} today, and a role of that limits it`]),
    ...(said.place.at === DOOR_AT.acl && said.actions.includes('s3:*')
      ? ['FULL_CONTROL of a bucket’s ACL lets it read no objects']
      : []),
  ];
}

/** What the policies of its bucket and its access point deny, and whether they let it in. */
function doorsBeyond(
  bucket: Bucket,
  proposed: Proposed,
  compared: Compared,
  { snapshot }: AccountFacts,
): readonly string[] {
  const { candidate, keepsPolicy } = proposed;
  const { rights, principals, actsAs } = candidate;
  const at = (id: string) => ({ scope: snapshot.account, id, at: DOOR_AT.policy });
  const site = siteOf(snapshot, bucket.Name);
  const those = actsAs ? [actsAs.arn] : principals;
  const policy = saidIn(bucket.Policy, at(site.arn));
  const ofBucket = policy.filter((each) => {
    const here = { ...compared, site };
    if (!concerns(each, here) || !isFor(each, those)) return false;
    return !isReproduced(each, here) && !(keepsPolicy && isForEverybody(each));
  });
  const point = bucket.AccessPoints?.find((each) => accessPointArnOf(snapshot, bucket, each) === rights.site.arn);
  const ofPoint = saidIn(point?.Policy, at(rights.site.arn)).filter(
    (each) => concerns(each, compared) && isFor(each, those) && !isReproduced(each, compared),
  );
  const unread = [bucket.Policy, point?.Policy].some((each) => each && !isObject(each));
  return [
    ...[...ofBucket, ...ofPoint].map(
      (each) =>
        `${deniedWords({ ...each, place: { ...each.place, at: `${each.place.at} of ${each.place.id}` } })}; a definition has no such denial`,
    ),
    ...(unread ? ['the policy of its bucket cannot be read: it may deny something'] : []),
    ...(point && point.NetworkOrigin !== 'Internet' ? ['its access point is open to one VPC only'] : []),
    ...(point && !policy.some((each) => delegates(each, snapshot.account))
      ? ['the bucket’s policy leaves nothing to its access point: nobody gets in by it today']
      : []),
  ];
}

/** Whether a denial is the same for whoever comes: it stays in force where the bucket keeps its policy. */
function isForEverybody({ principals, isNotPrincipal, conditions }: Said): boolean {
  const isWho = (key: string) =>
    /^aws:(?:principal|user|token|multifactor|source(?:arn|account|identity))|^s(?:ts|aml):/.test(key);
  return !isNotPrincipal && principals.some(({ value }) => value === '*') && !conditions.some(({ key }) => isWho(key));
}

function delegates({ effect, principals, conditions }: Said, account: string): boolean {
  const [by, ...others] = conditions.filter(({ key }) => key !== 's3:dataaccesspointarn');
  return (
    effect === 'Allow' &&
    principals.some(({ value }) => value === '*') &&
    conditions.length > 0 &&
    others.length === 0 &&
    (!by || (by.key === 's3:dataaccesspointaccount' && by.values.includes(account)))
  );
}

/** The KMS key of a bucket that a definition names. */
function keyOf({ Encryption }: Bucket, { snapshot: { keys = [] } }: AccountFacts): string | undefined {
  const rule = Encryption?.Rules.flatMap((each) => each.ApplyServerSideEncryptionByDefault ?? [])[0];
  const id = rule?.KMSMasterKeyID;
  if (!rule?.SSEAlgorithm?.startsWith('aws:kms') || id === undefined || /alias\/aws\/s3$/.test(id)) return undefined;
  const known = keys.find(
    ({ Arn, Aliases = [] }) =>
      Arn === id || Arn.endsWith(`:key/${id}`) || Aliases.some(({ AliasName }) => id.endsWith(AliasName)),
  );
  return known?.Arn ?? id;
}

const OF_KEYS: Known = {
  'kms:viaservice': ({ operator }) => /^string(?:equals|like)$/.test(operator),
  'aws:principalarn': isExact,
  'aws:currenttime': isEnd,
};

/** Whether it may use the key that the definition lets it use. */
function keyBeyond(
  keyArn: string,
  held: readonly Said[],
  { candidate, proposal }: Proposed,
  facts: AccountFacts,
): readonly string[] {
  const given = actionsGiven(proposal.prefix, proposal.access);
  const needed = [
    ...(given.has('s3:GetObject') || given.has('s3:GetObjectVersion') ? ['kms:Decrypt'] : []),
    ...(given.has('s3:PutObject') ? ['kms:GenerateDataKey'] : []),
  ];
  const place = { scope: facts.snapshot.account, id: keyArn, at: DOOR_AT.policy };
  const policy = saidIn(facts.snapshot.keys?.find(({ Arn }) => Arn === keyArn)?.Policy, place);
  const those = candidate.actsAs ? [candidate.actsAs.arn] : candidate.principals;
  const isAllowed = (action: string, { effect, actions, resources }: Said) =>
    effect === 'Allow' &&
    actions.some((pattern) => actionMatches(pattern, action)) &&
    resources.some((resource) => ['*', keyArn].includes(resource) || /^arn:[^*?$]*:key\/\*$/.test(resource));
  const missing = needed.filter(
    (action) =>
      !held.some((each) => isAllowed(action, each) && unknownConditions(each, OF_KEYS).length === 0) &&
      !policy.some((each) => {
        const { principals } = namedBy(each);
        return (
          isAllowed(action, each) &&
          unknownConditions(each, OF_KEYS).length === 0 &&
          those.every((one) => principals.includes(one))
        );
      }),
  );
  return [
    ...missing.map((action) => `it may not use ${action} on the bucket’s key today; the definition allows it`),
    ...(policy.some((each) => each.effect === 'Deny' && isFor(each, those))
      ? ['the policy of the bucket’s key denies something']
      : []),
  ];
}
