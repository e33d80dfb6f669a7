/** What an account should have, worked out of the definitions by the rules that made the templates. */
import { canonicalText, plainJson, statementTexts, type Value } from '../access';
import { type Bucket, bucketOf, type Integration } from '../definitions/model/model';
import { isGranted } from '../definitions/model/placement';
import {
  type Meant,
  type MeantBucket,
  type MeantIntegration,
  type MeantInternal,
  meantBucket,
  meantIntegration,
  meantInternal,
  type Site,
} from '../proof';
import { bucketArn, iamArn } from '../rules/arns';
import { tlsOnly } from '../rules/confinement';
import { type Intent, type InternalIntent, internalPolicies, type Policies, policiesOf } from '../rules/intent';
import { intentOf } from '../rules/meant';
import { internalSid, namesOf, secretName } from '../rules/names';
import { urlSuffixOf } from '../rules/place';
import type { BucketKey } from '../rules/policies';
import type { Statement } from '../rules/statement';
import { KeySlot } from '../rules/vocabulary';
import type { NotJudged } from './finding';
import { logicalId } from './logical-id';
import { isStackRead, physicalId, type SitedClient } from './sited';

/** A statement that the policy of a bucket or key must have, and whose it is. */
export interface ExpectedStatement {
  readonly statement: Statement;
  /** Null where it is the bucket's own, or an internal entry's. */
  readonly integration: string | null;
}

/** A client's bucket. */
export interface ExpectedBucket {
  readonly site: SitedClient;
  readonly bucket: Bucket;
  readonly arn: string;
  /** The ARN of its KMS key; null where it should have one that is not there. */
  readonly keyArn?: string | null;
  readonly meant: MeantBucket;
  /** Statements of its policy. */
  readonly statements: readonly ExpectedStatement[];
  /** Statements of its key's policy. */
  readonly keyStatements: readonly ExpectedStatement[];
}

/** An integration of a client. */
export interface ExpectedIntegration {
  readonly site: SitedClient;
  readonly integration: Integration;
  readonly bucket: ExpectedBucket;
  readonly policies: Policies;
  /** The ARN of its role or user, if it has one. */
  readonly arn?: string;
  /** The ARN of its trust anchor; null where it should have one that is not there. */
  readonly trustAnchorArn?: string | null;
  readonly meant: MeantIntegration;
}

/** All that is expected in some accounts. */
export interface Expected {
  readonly clients: readonly SitedClient[];
  readonly buckets: readonly ExpectedBucket[];
  readonly integrations: readonly ExpectedIntegration[];
  readonly meant: Meant;
  readonly notJudged: readonly NotJudged[];
}

/** What stands for an account that a definition does not name, wherever that makes a difference to the rules. */
const ITS_ACCOUNT = 'the-account-of-the-stack';

export function expectedOf(sites: readonly SitedClient[]): Expected {
  const buckets: ExpectedBucket[] = [];
  const integrations: ExpectedIntegration[] = [];
  const internal: MeantInternal[] = [];
  const notJudged: NotJudged[] = [];
  const clients: SitedClient[] = [];
  for (const site of sites) {
    const made = ofClient(site);
    notJudged.push(...made.notJudged);
    if (!made.isJudged) continue;
    clients.push(site);
    buckets.push(...made.buckets);
    integrations.push(...made.integrations);
    internal.push(...made.internal);
  }
  const meant: Meant = {
    buckets: buckets.map((each) => each.meant),
    integrations: integrations.map((each) => each.meant),
    internal,
    secrets: integrations.flatMap(secretsOf),
  };
  return { clients, buckets, integrations, meant, notJudged };
}

interface OfClient {
  readonly buckets: readonly ExpectedBucket[];
  readonly integrations: readonly ExpectedIntegration[];
  readonly internal: readonly MeantInternal[];
  readonly notJudged: readonly NotJudged[];
  readonly isJudged: boolean;
}

function ofClient(site: SitedClient): OfClient {
  const { client, at } = site;
  const owners = new Map<Bucket, Integration | undefined>([[client.bucket, undefined]]);
  for (const each of client.integrations) if (each.dedicatedBucket) owners.set(each.dedicatedBucket, each);
  const keys = new Map<Bucket, string | null | undefined>();
  for (const [bucket, owner] of owners) {
    const found = keyOf(site, bucket, owner);
    if (found === UNKNOWN_KEY) {
      const why = `which key the bucket ${bucket.name} has is not known: neither the stack's resources nor the bucket's encryption were read`;
      const notJudged = [
        { client: client.name, account: at.account, what: `client ${client.name}`, why, counts: true },
      ];
      return { buckets: [], integrations: [], internal: [], notJudged, isJudged: false };
    }
    keys.set(bucket, found);
  }
  const shared = new Map<Bucket, Shared>();
  for (const [bucket, owner] of owners) shared.set(bucket, sharedOf(site, bucket, owner, keys.get(bucket)));
  const made = client.integrations.map((integration) => {
    const own = shared.get(bucketOf(client, integration));
    if (!own) throw new Error('a bucket of a client is not among its buckets');
    return ofIntegration(site, integration, own);
  });
  return {
    buckets: [...shared.values()].map(({ expected }) => expected),
    integrations: made,
    internal: [...shared.values()].flatMap((each) => each.internal),
    notJudged: [],
    isJudged: true,
  };
}

/** A bucket to whose policies integrations still add theirs. */
interface Shared {
  readonly expected: ExpectedBucket;
  readonly statements: ExpectedStatement[];
  readonly keyStatements: ExpectedStatement[];
  readonly key?: BucketKey;
  readonly internal: readonly MeantInternal[];
}

function siteFor({ at, region }: SitedClient): Site {
  return {
    scope: at.account,
    account: [at.account],
    region: [region],
    read: plainJson,
  };
}

/** With the account where a definition does not say it. */
function resolvedIn<T>(value: T, account: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(ITS_ACCOUNT, account));
}

function sharedOf(
  site: SitedClient,
  bucket: Bucket,
  owner: Integration | undefined,
  keyArn: string | null | undefined,
): Shared {
  const { client, at } = site;
  const arn = bucketArn(at.partition, bucket.name);
  const key = keyArn === undefined ? undefined : { arn: keyArn ?? absentKey(site), viaService: viaServiceOf(site) };
  const id = `${at.account} ${client.name} ${owner?.name ?? ''}`;
  const created = !bucket.existing;
  const intent = { bucketName: bucket.name, bucketArn: arn, reference: arn, keyArn: key?.arn, created };
  const statements: ExpectedStatement[] = created ? [{ statement: tlsOnly(arn), integration: null }] : [];
  const keyStatements: ExpectedStatement[] = [];
  const internal = client.internal.flatMap((_, number): MeantInternal[] => {
    const intents = internalIntents(site, bucket, number, arn, key);
    const policies = resolvedIn(internalPolicies(asDeployed(intents, site, bucket)), at.account);
    statements.push(...policies.bucket.map((statement) => ({ statement, integration: null })));
    keyStatements.push(...policies.key.map((statement) => ({ statement, integration: null })));
    const read = (value: unknown) => plainJson(resolvedIn(value, at.account));
    return intents.map((each) => meantInternal(id, each, { ...siteFor(site), read }));
  });
  const meant = meantBucket(id, intent, siteFor(site));
  const expected: ExpectedBucket = { site, bucket, arn, keyArn, meant, statements, keyStatements };
  return { expected, statements, keyStatements, key, internal };
}

/**
 * What an internal entry can mean in a bucket. A stack that does not know its account names principals of it as it names
 * others, so that there are two forms where a client does not name its account.
 */
function internalIntents(
  { client, at }: SitedClient,
  bucket: Bucket,
  number: number,
  bucketArn: string,
  key: BucketKey | undefined,
): readonly InternalIntent[] {
  const accounts = client.account === undefined ? [at.account, ITS_ACCOUNT] : [at.account];
  const { partition } = at;
  return client.internal.slice(number, number + 1).flatMap((entry) =>
    accounts.map((account) => ({
      entry: { ...entry, grant: isGranted(entry, bucket) },
      place: { bucketArn, account, partition, bucketIsGuarded: !bucket.existing, keyArn: key?.arn },
      sid: internalSid(number + 1),
      key: bucket.kmsKey === 'create' ? key : undefined,
    })),
  );
}

/** Of several forms the one that the bucket's policy has, or else the first. */
function asDeployed(intents: readonly InternalIntent[], { at }: SitedClient, { name }: Bucket): InternalIntent {
  const [first, ...others] = intents;
  if (!first) throw new Error('an internal entry has no form');
  const policy = at.bucket(name)?.Policy;
  const there = new Set(typeof policy === 'object' ? statementTexts(plainJson(policy)) : []);
  const isThere = (intent: InternalIntent) => {
    const { bucket } = resolvedIn(internalPolicies(intent), at.account);
    return bucket.every((statement) => there.has(canonicalText(plainJson(statement))));
  };
  return [first, ...others].find(isThere) ?? first;
}

function ofIntegration(site: SitedClient, integration: Integration, shared: Shared): ExpectedIntegration {
  const { client, at, region } = site;
  const { account, partition } = at;
  const { expected: bucket, statements, keyStatements, key } = shared;
  const { rolePath } = client;
  const trustAnchorArn = trustAnchorOf(site, integration);
  const intent: Intent = intentOf(integration, {
    partition,
    account,
    region,
    bucket: { arn: bucket.arn, isGuarded: !bucket.bucket.existing, key },
    rolePath,
    trustAnchorArn: trustAnchorArn === null ? absentAnchor(site) : trustAnchorArn,
  });
  const policies = policiesOf(intent);
  for (const statement of policies.bucket) {
    // What integrations share is there once.
    if (statements.some((each) => each.statement.Sid === statement.Sid)) continue;
    statements.push({ statement, integration: integration.name });
  }
  keyStatements.push(...policies.key.map((statement) => ({ statement, integration: integration.name })));
  const meant = meantIntegration(bucket.meant.key, intent, siteFor(site));
  const type = integration.kind === 'access-key' ? 'user' : 'role';
  const { principalName } = intent;
  const isAnchorUnknown = trustAnchorArn === undefined && needsAnchor(integration);
  return {
    site,
    integration,
    bucket,
    policies,
    ...(principalName !== undefined && { arn: iamArn({ partition, account, rolePath }, type, principalName) }),
    trustAnchorArn,
    // Of which anchor it trusts nobody knows here, its trust is not compared.
    meant: isAnchorUnknown ? { ...meant, trust: undefined } : meant,
  };
}

function viaServiceOf({ at, region }: SitedClient): string {
  return `s3.${region}.${urlSuffixOf(at.partition)}`;
}

/** ARNs of nothing, for what should be there and is not: they differ from all that are. */
function absentAnchor({ at, region }: SitedClient): string {
  return `arn:${at.partition}:rolesanywhere:${region}:${at.account}:trust-anchor/none`;
}

function absentKey({ at, region }: SitedClient): string {
  return `arn:${at.partition}:kms:${region}:${at.account}:key/none`;
}

/** Whether a document names something that should be there and is not: then it is no document for AWS. */
export function namesAbsent(text: string): boolean {
  return /:(?:trust-anchor|key)\/none\b/.test(text);
}

const UNKNOWN_KEY = Symbol('which key a bucket has is not known');

/**
 * The ARN of a bucket's KMS key; undefined where it should have none, null where it should have one and nothing shows it.
 * One that a stack makes is known by the stack, else by what the bucket encrypts with.
 */
function keyOf(
  site: SitedClient,
  { kmsKey, name }: Bucket,
  owner: Integration | undefined,
): string | null | undefined | typeof UNKNOWN_KEY {
  if (kmsKey !== 'create') return kmsKey;
  const { at, region } = site;
  const construct = owner ? `${owner.vendor}-Bucket` : 'Bucket';
  const id = physicalId(site, owner?.stackPart, 'AWS::KMS::Key', logicalId(construct, 'Key', 'Resource'));
  const arnOf = (key: string) =>
    key.startsWith('arn:') ? key : `arn:${at.partition}:kms:${region}:${at.account}:key/${key}`;
  if (id !== undefined) return arnOf(id);
  const encryption = at.bucket(name)?.Encryption;
  const used = encryption?.Rules.map((rule) => rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID)[0];
  if (used !== undefined && !/(?:^|:)alias\//.test(used)) return arnOf(used);
  return isStackRead(site, owner?.stackPart) || encryption !== undefined ? null : UNKNOWN_KEY;
}

function needsAnchor(integration: Integration): boolean {
  return integration.kind === 'roles-anywhere' && integration.certificateAuthority !== undefined;
}

/** The ARN of an integration's trust anchor; null where one should be there and is not, undefined where it has none or nobody knows. */
function trustAnchorOf(site: SitedClient, integration: Integration): string | null | undefined {
  if (integration.kind !== 'roles-anywhere') return undefined;
  if (!needsAnchor(integration)) return integration.trustAnchorArn;
  const { at, region } = site;
  const id = physicalId(
    site,
    integration.stackPart,
    'AWS::RolesAnywhere::TrustAnchor',
    logicalId(integration.vendor, 'TrustAnchor'),
  );
  if (id !== undefined)
    return id.startsWith('arn:') ? id : `arn:${at.partition}:rolesanywhere:${region}:${at.account}:trust-anchor/${id}`;
  if (at.snapshot.trustAnchors === undefined) return isStackRead(site, integration.stackPart) ? null : undefined;
  const named = at.snapshot.trustAnchors.find(
    ({ name, trustAnchorArn }) => name === integration.name && trustAnchorArn.split(':')[3] === region,
  );
  return named?.trustAnchorArn ?? null;
}

/** The secrets that an integration's keys are in. */
function secretsOf({ integration, site }: ExpectedIntegration): Meant['secrets'] {
  if (integration.kind !== 'access-key') return [];
  const { client, vendor } = namesOf(integration.name);
  return Object.values(KeySlot).flatMap((slot) => {
    const secret = site.at.secret(site.region, secretName(client, vendor, slot));
    return secret ? [{ account: [site.at.account] as Value, arn: [secret.Arn] as Value }] : [];
  });
}
