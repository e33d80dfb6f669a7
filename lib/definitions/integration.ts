import { Capability, canonicalPrefix, DEFAULT_ACCESS } from '../rules/confinement';
import { parseSessionDuration } from '../rules/duration';
import { type Finding, quote } from '../rules/finding';
import { checkIamName, integrationName } from '../rules/names';
import { isPrivateRange } from '../rules/restrictions';
import { checkKeyPrincipals, checkTrusted } from '../rules/trust';
import { KeySlot, Status } from '../rules/vocabulary';
import { bucketProblems, makeBucket, type Settings, wrongPartition } from './client';
import { readKeys, type ValidKeys } from './keys';
import type { Bucket, Integration } from './model';
import type { Problem } from './problem';
import { type commonShape, integrationShape, KINDS, type Kind, kindShapes } from './schema';
import type { YamlFile } from './yaml-file';

/** What surrounds an integration. */
export interface Place {
  readonly client: string;
  readonly bucket: Bucket;
  readonly account?: string;
  readonly region?: string;
  readonly settings: Settings;
}

/** One integration's file, read. */
export interface IntegrationFile {
  readonly name: string;
  readonly yaml: YamlFile;
  /** Every default filled in; whole only where none of the problems is an error. None where the kind is unknown. */
  readonly integration?: Integration;
  /** Where it acts, as far as that could be read. */
  readonly place?: { readonly bucket: Bucket; readonly prefix: string; readonly dedicated: boolean };
  readonly problems: readonly Problem[];
}

type Keys = ValidKeys<typeof commonShape> & ValidKeys<(typeof kindShapes)[Kind]> & AllKindKeys;
// The keys of all kinds at once: which of them a file may have, its kind has decided by then.
type AllKindKeys = ValidKeys<(typeof kindShapes)['assumed-role'] & (typeof kindShapes)['access-key']>;

export function readIntegration(place: Place, vendor: string, yaml: YamlFile): IntegrationFile {
  const name = integrationName(place.client, vendor);
  const kind = KINDS.find((known) => known === yaml.data.kind);
  const { keys, problems } = readKeys(yaml, shapeOf(kind), (key) => kindsWith(key, kind)) as {
    keys: Keys;
    problems: Problem[];
  };
  if (yaml.data.kind === undefined && yaml.problems.length === 0) {
    const fix = `add kind: ${KINDS.join(', ')}`;
    problems.push(yaml.problem({ code: 'missing-key', message: 'kind is missing', fix }, []));
  }
  const dedicated = keys.dedicatedBucket && makeBucket(keys.dedicatedBucket, '', place.settings);
  const bucket = dedicated ?? place.bucket;
  const prefix = keys.wholeBucket ? '' : canonicalPrefix(keys.prefix ?? vendor);
  const unread = ['prefix', 'wholeBucket', 'dedicatedBucket'].some(
    (key) => Object.hasOwn(yaml.data, key) && keys[key as keyof Keys] === undefined,
  );
  const common = {
    client: place.client,
    vendor,
    name,
    description: keys.description,
    request: keys.request,
    owner: keys.owner,
    status: keys.status ?? Status.ACTIVE,
    prefix,
    dedicatedBucket: dedicated,
    access: keys.access ?? DEFAULT_ACCESS,
    expires: keys.expires,
    sourceIps: keys.sourceIps ?? [],
    vpcEndpoints: keys.vpcEndpoints ?? [],
    file: yaml.file,
  };
  const integration = kind && ofKind(kind, keys, common);
  problems.push(...commonRules(yaml, keys, place));
  if (integration) problems.push(...kindRules(yaml, keys, integration, bucket, place));
  return {
    name,
    yaml,
    integration,
    place: unread ? undefined : { bucket, prefix, dedicated: dedicated !== undefined },
    problems,
  };
}

function ofKind(
  kind: Kind,
  keys: Keys,
  common: Omit<Extract<Integration, { kind: 'direct-trust' }>, 'kind' | 'principals' | 'allowWholeAccount'>,
): Integration {
  const { principals = [], allowWholeAccount = false } = keys;
  switch (kind) {
    case 'assumed-role':
      return {
        ...common,
        kind,
        principals,
        allowWholeAccount,
        externalIds: keys.externalIds ?? (keys.externalId === undefined ? [] : [keys.externalId]),
        maxSessionSeconds: parseSessionDuration(keys.maxSessionDuration ?? '1h') ?? 3600,
        roleName: keys.roleName ?? common.name,
        roleSessionName: keys.roleSessionName,
        selfAssume: keys.selfAssume ?? false,
      };
    case 'direct-trust':
      return { ...common, kind, principals, allowWholeAccount };
    case 'access-key':
      return {
        ...common,
        kind,
        reason: keys.reason ?? '',
        reviewBy: keys.reviewBy,
        keys: [...(keys.keys ?? [KeySlot.A])].sort(),
      };
  }
}

function shapeOf(kind: Kind | undefined) {
  return kind === undefined
    ? { ...integrationShape('assumed-role'), ...kindShapes['direct-trust'], ...kindShapes['access-key'] }
    : integrationShape(kind);
}

/** What to say of a key that other kinds have. */
function kindsWith(key: string, kind: Kind | undefined): string | undefined {
  const kinds = KINDS.filter((other) => Object.hasOwn(kindShapes[other], key));
  return kinds.length === 0 ? undefined : `${key} is a key of ${kinds.join(' and ')}, not of ${kind}`;
}

/** Rules over several keys, whatever the kind. */
function commonRules(yaml: YamlFile, keys: Keys, place: Place): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string[], finding: Finding, part?: 'key' | 'value') =>
    problems.push(yaml.problem(finding, path, part));
  if (keys.wholeBucket && keys.prefix !== undefined) {
    add(
      ['wholeBucket'],
      { code: 'conflicting-keys', message: 'wholeBucket and prefix are both given', fix: 'remove one of them' },
      'key',
    );
  }
  if (keys.wholeBucket && !Object.hasOwn(yaml.data, 'dedicatedBucket')) {
    add(
      ['wholeBucket'],
      {
        code: 'whole-bucket-not-dedicated',
        message: "the whole of the client's bucket would hold every other integration too",
        fix: 'give it a bucket of its own with dedicatedBucket: {name: …}, or a prefix',
      },
      'key',
    );
  }
  if (keys.dedicatedBucket)
    problems.push(...bucketProblems(yaml, ['dedicatedBucket'], keys.dedicatedBucket, place.region));
  for (const key of ['access', 'sourceIps', 'vpcEndpoints', 'principals', 'externalIds', 'keys'] as const) {
    problems.push(...duplicates(yaml, key, keys[key] ?? []));
  }
  keys.sourceIps?.forEach((range, at) => {
    if (!isPrivateRange(range)) return;
    const finding = {
      code: 'private-source-ip',
      message: `S3 never sees ${quote(range)}: it is a private range`,
      fix: "name the public addresses, or the vendor's vpcEndpoints",
    };
    problems.push(yaml.problem(finding, ['sourceIps', String(at)], 'value', 'warning'));
  });
  return problems;
}

function duplicates(yaml: YamlFile, key: string, values: readonly string[]): Problem[] {
  return values.flatMap((value, at) =>
    values.indexOf(value) === at
      ? []
      : [
          yaml.problem({ code: 'duplicate-value', message: `${quote(value)} is in ${key} twice`, fix: 'remove one' }, [
            key,
            String(at),
          ]),
        ],
  );
}

/** Rules of one kind, and of the bucket that it acts in. */
function kindRules(yaml: YamlFile, keys: Keys, integration: Integration, bucket: Bucket, place: Place): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string[], ...findings: Finding[]) =>
    problems.push(...findings.map((finding) => yaml.problem(finding, path)));
  const given = (key: string) => Object.hasOwn(yaml.data, key);

  if (integration.kind === 'access-key') {
    if (!given('reason')) {
      add([], {
        code: 'missing-key',
        message: 'reason is missing',
        fix: "add reason: why neither a role, nor a certificate, nor a token will do; an access key's credentials live long",
      });
    } else if (keys.reason?.trim() === '') {
      add(['reason'], { code: 'empty-value', message: 'reason is empty', fix: 'say why no role will do' });
    }
    add([], ...checkIamName('user', integration.name));
    return problems;
  }

  // A list that could not be read has been reported already.
  if (!given('principals') || keys.principals)
    add(given('principals') ? ['principals'] : [], ...checkTrusted(integration));
  integration.principals.forEach((principal, at) => {
    const finding = wrongPartition(principal, place.region);
    if (finding) add(['principals', String(at)], finding);
  });
  if (integration.kind === 'assumed-role') {
    if (keys.externalId !== undefined && keys.externalIds) {
      add(['externalIds'], {
        code: 'conflicting-keys',
        message: 'externalId and externalIds are both given',
        fix: 'put them all into externalIds',
      });
    }
    if (keys.roleName === undefined) add([], ...checkIamName('role', integration.roleName));
    return problems;
  }

  const listBuckets = integration.access.indexOf(Capability.LIST_BUCKETS);
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
  if (bucket.kmsKey !== undefined && bucket.kmsKey !== 'create') {
    add(['kind'], {
      code: 'key-policy-not-ours',
      message: "direct trust needs the policy of the bucket's KMS key, which is not made here",
      fix: 'use kind: assumed-role, or let the key be made with kmsKey: create',
    });
  }
  if (bucket.kmsKey !== undefined) {
    integration.principals.forEach((principal, at) => {
      add(['principals', String(at)], ...checkKeyPrincipals([principal]));
    });
  }
  return problems;
}
