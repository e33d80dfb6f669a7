import { canonicalPrefix, DEFAULT_ACCESS } from '../../rules/confinement';
import { parseSessionDuration } from '../../rules/duration';
import { integrationName } from '../../rules/names';
import { KeySlot, KINDS, type Kind, Status } from '../../rules/vocabulary';
import { nearest } from '../../text/nearest';
import { quote } from '../../text/quote';
import { integrationShape, kindShapes } from '../language/schema';
import type { REQUIRABLE } from '../language/shared-keys';
import type { Bucket, DirectTrust, Integration } from '../model/model';
import type { Profile } from '../profiles/profile';
import { profileRules } from '../profiles/profile-rules';
import type { Profiles } from '../profiles/profiles';
import { readKeys } from '../yaml/keys';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { Acceptances } from './accepted';
import { bucketProblems, makeBucket } from './bucket';
import { everyShape, type IntegrationContext, type IntegrationKeys, unread } from './integration-keys';
import { commonRules } from './integration-rules';
import { kindRules } from './kind-rules';
import { choiceProblems, choose, suppliedKeys } from './way-choice';

/** One integration's file, read. */
export interface IntegrationFile {
  readonly name: string;
  readonly yaml: YamlFile;
  /** Every default filled in; whole only where none of the problems is an error. None where the kind is unknown. */
  readonly integration?: Integration;
  /** Where it acts, as far as that could be read. */
  readonly place?: { readonly bucket: Bucket; readonly prefix: string; readonly dedicated: boolean };
  /** The further stack that it is in, as far as that could be read. */
  readonly stackPart?: number;
  readonly accept: Acceptances;
  readonly problems: readonly Problem[];
}

export function readIntegration(place: IntegrationContext, vendor: string, yaml: YamlFile): IntegrationFile {
  const name = integrationName(place.client, vendor);
  // Nothing can be said of what a file leaves out while its text cannot be read.
  if (yaml.problems.length > 0 && Object.keys(yaml.data).length === 0) return { name, yaml, accept: [], problems: [] };
  const profile = profileOf(yaml, place.profiles);
  const way = profile && choose(yaml, profile);
  const kind =
    KINDS.find((known) => known === yaml.data.kind) ?? (Object.hasOwn(yaml.data, 'kind') ? undefined : way?.kind);
  const shape = kind === undefined ? everyShape : integrationShape(kind);
  const { keys: own, problems } = readKeys(yaml, shape, (key) => kindsWith(key, kind)) as {
    keys: IntegrationKeys;
    problems: Problem[];
  };
  problems.push(...aboutKind(yaml, profile, place.profiles), ...choiceProblems(yaml, profile, way));
  const supplied = way && suppliedKeys(yaml, way, { client: place.client, vendor, region: place.region });
  problems.push(...(supplied?.problems ?? []));
  const keys: IntegrationKeys = { ...supplied?.keys, ...own };
  const dedicated = keys.dedicatedBucket && makeBucket(keys.dedicatedBucket, '', place.settings);
  const bucket = dedicated ?? (unread(yaml, keys, 'dedicatedBucket') ? undefined : place.bucket);
  const prefix = keys.wholeBucket ? '' : canonicalPrefix(keys.prefix ?? vendor);
  const common = {
    client: place.client,
    vendor,
    name,
    profile: keys.vendor,
    way: way?.name ?? keys.way,
    site: keys.site,
    description: keys.description,
    request: keys.request,
    owner: keys.owner,
    contact: keys.contact,
    reviewBy: keys.reviewBy,
    reason: keys.reason,
    status: keys.status ?? Status.ACTIVE,
    prefix,
    dedicatedBucket: dedicated,
    access: keys.access ?? DEFAULT_ACCESS,
    expires: keys.expires,
    sourceIps: keys.sourceIps ?? [],
    vpcEndpoints: keys.vpcEndpoints ?? [],
    sourceVpcs: keys.sourceVpcs ?? [],
    stackPart: keys.stackPart === undefined ? undefined : Number(keys.stackPart),
    file: yaml.file,
  };
  const integration = kind && ofKind(kind, keys, common, place);
  problems.push(...commonRules(yaml, keys), ...required(yaml, keys, place.settings.require ?? []));
  if (keys.dedicatedBucket) {
    problems.push(...bucketProblems(yaml, ['dedicatedBucket'], keys.dedicatedBucket, place));
  }
  if (integration) {
    const isUnread = (...names: (keyof IntegrationKeys)[]) => unread(yaml, keys, ...names);
    problems.push(...kindRules(yaml, keys, integration, bucket, place, profile));
    if (profile) problems.push(...profileRules(yaml, profile, integration, bucket, place.region, isUnread));
  }
  // A whole bucket that is not dedicated is an error by itself, not an overlap with every neighbour.
  const placed =
    bucket && (prefix !== '' || dedicated) && !unread(yaml, keys, 'prefix', 'wholeBucket', 'dedicatedBucket');
  return {
    name,
    yaml,
    integration,
    place: placed ? { bucket, prefix, dedicated: dedicated !== undefined } : undefined,
    stackPart: common.stackPart,
    accept: own.accept ?? [],
    problems,
  };
}

function ofKind(
  kind: Kind,
  keys: IntegrationKeys,
  common: Omit<DirectTrust, 'kind' | 'principals' | 'allowWholeAccount' | 'accessPoint'>,
  place: IntegrationContext,
): Integration {
  const { allowWholeAccount = false, roleSessionName, trustAnchor, trusts, sessionTags = false } = keys;
  const principals = trusts ? [...new Set(trusts.map(({ principal }) => principal))] : (keys.principals ?? []);
  const maxSessionSeconds = parseSessionDuration(keys.maxSessionDuration ?? keys.sessionDuration ?? '1h') ?? 3600;
  const roleName = keys.roleName ?? common.name;
  switch (kind) {
    case 'assumed-role': {
      const externalIds = trusts
        ? [...new Set(trusts.flatMap(({ externalId }) => externalId ?? []))]
        : (keys.externalIds ?? (keys.externalId === undefined ? [] : [keys.externalId]));
      const selfAssume = keys.selfAssume ?? false;
      return {
        ...common,
        kind,
        principals,
        allowWholeAccount,
        externalIds,
        trusts,
        sessionTags,
        sourceIdentity: keys.sourceIdentity ?? false,
        maxSessionSeconds,
        roleName,
        roleSessionName,
        selfAssume,
      };
    }
    case 'direct-trust':
      return { ...common, kind, principals, allowWholeAccount, accessPoint: keys.accessPoint ?? false };
    case 'roles-anywhere':
      return {
        ...common,
        kind,
        certificateAuthority: pemOf(place, trustAnchor?.certificate),
        trustAnchorArn: trustAnchor?.arn,
        subject: keys.subject,
        maxSessionSeconds,
        acceptRoleSessionName: keys.acceptRoleSessionName ?? false,
        roleName,
      };
    case 'web-identity': {
      const { provider, audiences = [], subjects = [] } = keys;
      return {
        ...common,
        kind,
        provider,
        audiences,
        subjects,
        roleSessionName,
        sessionTags,
        maxSessionSeconds,
        roleName,
      };
    }
    case 'access-key':
      return { ...common, kind, keys: keys.keys ?? [KeySlot.A] };
    default:
      return kind satisfies never;
  }
}

/** Keys that the settings ask of every integration. */
function required(yaml: YamlFile, keys: IntegrationKeys, asked: readonly (typeof REQUIRABLE)[number][]): Problem[] {
  return asked
    .filter((key) => isBlank(keys[key]) && !unread(yaml, keys, key))
    .map((key) => {
      const message = `${key} is missing, and settings.yaml asks it of every integration`;
      return yaml.problem({ code: 'required-key', message, fix: `add ${key}: ${REQUIRED[key]}` }, []);
    });
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}

const REQUIRED: Readonly<Record<(typeof REQUIRABLE)[number], string>> = {
  owner: 'who answers for it',
  request: 'the ticket in which it was asked for',
  description: 'what it is for',
  reviewBy: 'the day by which somebody asks again whether it is needed, YYYY-MM-DD',
  expires: 'the day on which access ends, at 00:00 UTC, YYYY-MM-DD',
  contact: 'who to reach at the vendor',
};

/** The text of a PEM file, where it can be read. */
function pemOf(place: IntegrationContext, file: string | undefined): string | undefined {
  const pem = file === undefined ? undefined : place.pems.get(file);
  return typeof pem === 'string' ? pem : undefined;
}

/** What to say of a key that other kinds have. */
function kindsWith(key: string, kind: Kind | undefined): string | undefined {
  const kinds = KINDS.filter((other) => Object.hasOwn(kindShapes[other], key));
  return kinds.length === 0 ? undefined : `${key} is a key of ${kinds.join(' and ')}, not of ${kind}`;
}

function profileOf(yaml: YamlFile, profiles: Profiles): Profile | undefined {
  return typeof yaml.data.vendor === 'string' ? profiles.get(yaml.data.vendor) : undefined;
}

function aboutKind(yaml: YamlFile, profile: Profile | undefined, profiles: Profiles): Problem[] {
  const { vendor, kind } = yaml.data;
  if (typeof vendor === 'string' && !profile && !profiles.wrong.has(vendor)) {
    const near = nearest(vendor, profiles.names());
    const fix = near ? `did you mean ${near}?` : 'remove it, and name the kind: bucket-integrations vendors shows all';
    return [
      yaml.problem({ code: 'unknown-vendor', message: `there is no profile of ${quote(vendor)}`, fix }, ['vendor']),
    ];
  }
  if (kind !== undefined || profile || Object.hasOwn(yaml.data, 'kind') || Object.hasOwn(yaml.data, 'vendor'))
    return [];
  return [yaml.problem({ code: 'missing-key', message: 'kind is missing', fix: `add kind: ${KINDS.join(', ')}` }, [])];
}
