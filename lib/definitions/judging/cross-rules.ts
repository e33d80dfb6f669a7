import { overlaps } from '../../rules/confinement';
import type { Finding } from '../../rules/finding';
import { ACCESS_POINTS_LIMIT, checkCount, type Limit, STACKS_LIMIT } from '../../rules/limits';
import { placeOfNamespace } from '../../rules/names';
import { wrongLogPlace } from '../../rules/place';
import { risksOf } from '../../rules/risk';
import { stackMeasures } from '../model/measures';
import { type Bucket, bucketOf, type Client, type Integration, partsOf } from '../model/model';
import { sharersOf } from '../model/risks';
import { compare, type Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { Settings } from './bucket';
import type { ClientFiles } from './client';
import type { IntegrationFile } from './integration';
import { ownPrincipals } from './own-principals';
import { policySizes } from './policy-sizes';

/** Rules over several files. */
export function crossRules(clients: readonly ClientFiles[], yaml: YamlFile | undefined, settings: Settings): Problem[] {
  return [
    ...logBucket(clients, yaml, settings.accessLogs?.bucket),
    ...logPlaces(clients, yaml, settings.accessLogs?.bucket),
    ...bucketNames(clients),
    ...prefixes(clients.flatMap((client) => client.integrations)),
    ...iamNames(clients),
    ...sharedExternalIds(clients),
    ...ownPrincipals(clients, yaml, settings),
    ...clients.flatMap(stackLimits),
    ...regionCounts(clients, STACKS_LIMIT, (client) => partsOf(client).length),
    ...regionCounts(clients, ACCESS_POINTS_LIMIT, ({ integrations }) => integrations.filter(isAccessPoint).length),
    ...clients.flatMap(policySizes),
  ];
}

/** Logs name every client's keys and callers, so no vendor may have them under its prefix. */
function logBucket(
  clients: readonly ClientFiles[],
  settings: YamlFile | undefined,
  logs: string | undefined,
): Problem[] {
  const users = clients.flatMap(({ name, bucket, integrations }) => [
    { name, bucket },
    ...integrations.map((file) => ({ name: file.name, bucket: file.place?.bucket })),
  ]);
  const user = users.find(({ bucket }) => bucket !== undefined && bucket.name === logs);
  if (!settings || !user) return [];
  const finding: Finding = {
    code: 'log-bucket-shared',
    message: `the log bucket ${logs} is ${user.name}'s bucket, where vendors could read what others do`,
    fix: 'name a bucket for logs that no definition uses',
  };
  return [settings.problem(finding, ['accessLogs', 'bucket'])];
}

/**
 * One bucket takes the logs of one account and region only; where it is, its own name or its first client says. A warning:
 * it stops the deployment of those clients alone that are elsewhere.
 */
function logPlaces(
  clients: readonly ClientFiles[],
  settings: YamlFile | undefined,
  logs: string | undefined,
): Problem[] {
  if (!settings || logs === undefined) return [];
  const logged = clients.filter(({ client }) =>
    [client.bucket, ...client.integrations.map((one) => bucketOf(client, one))].some((bucket) => bucket.accessLogs),
  );
  const namespace = placeOfNamespace(logs);
  const [first] = logged;
  const other = namespace
    ? { what: `the log bucket ${logs} is`, place: namespace }
    : { what: `the log bucket ${logs} takes the logs of ${first?.name}`, place: first?.client ?? {} };
  const findings = logged.map(({ name, client }) => wrongLogPlace(`those of ${name} are`, client, other));
  const fix =
    'S3 delivers logs within one account and region only: keep clients elsewhere in a folder with settings of its own';
  return (findings.find((each) => each.length > 0) ?? []).map((finding) =>
    settings.problem({ ...finding, fix }, ['accessLogs', 'bucket'], 'value', 'warning'),
  );
}

/** A bucket is made once, and a dedicated one serves one integration. */
function bucketNames(clients: readonly ClientFiles[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, { by: string; bucket: Bucket; dedicated: boolean }>();
  const claim = (by: string, bucket: Bucket, dedicated: boolean, yaml: YamlFile | undefined, path: string[]) => {
    const first = seen.get(bucket.name);
    if (!first) {
      seen.set(bucket.name, { by, bucket, dedicated });
    } else if (dedicated || first.dedicated) {
      const finding: Finding = {
        code: 'dedicated-bucket-shared',
        message: `the bucket ${bucket.name} is ${first.by}'s already, and a dedicated bucket has one integration`,
        fix: 'name another bucket',
      };
      if (yaml) problems.push(yaml.problem(finding, path));
    } else if (!bucket.existing && !first.bucket.existing && yaml) {
      const finding: Finding = {
        code: 'bucket-name-taken',
        message: `the bucket ${bucket.name} is made by ${first.by} already`,
        fix: 'name another bucket, or set existing: true here to share that one',
      };
      problems.push(yaml.problem(finding, path));
    }
  };
  for (const { name, bucket, yaml } of clients) if (bucket) claim(name, bucket, false, yaml, ['bucket', 'name']);
  for (const { name, yaml, place } of clients.flatMap((client) => client.integrations)) {
    if (place?.dedicated) claim(name, place.bucket, true, yaml, ['dedicatedBucket', 'name']);
  }
  return problems;
}

/** No prefix of a bucket begins with another; in order, so that ten thousand cost no more than a sort. */
function prefixes(files: readonly IntegrationFile[]): Problem[] {
  const problems: Problem[] = [];
  const buckets = new Map<string, { file: IntegrationFile; prefix: string }[]>();
  for (const file of files) {
    if (!file.place || file.place.dedicated) continue;
    const { bucket, prefix } = file.place;
    const inBucket = buckets.get(bucket.name);
    if (inBucket) inBucket.push({ file, prefix });
    else buckets.set(bucket.name, [{ file, prefix }]);
  }
  for (const inBucket of buckets.values()) {
    const sorted = inBucket.sort((a, b) => compare(a.prefix, b.prefix));
    let outer = sorted[0];
    for (const inner of sorted.slice(1)) {
      if (!outer || !overlaps(inner.prefix, outer.prefix)) {
        outer = inner;
        continue;
      }
      const [first, second] = files.indexOf(outer.file) < files.indexOf(inner.file) ? [outer, inner] : [inner, outer];
      const finding: Finding = {
        code: 'overlapping-prefix',
        message: `${second.file.name} (${second.prefix || 'the whole bucket'}) and ${first.file.name} (${first.prefix || 'the whole bucket'}) overlap in the bucket ${second.file.place?.bucket.name}`,
        fix: 'give each a prefix that is not inside the other, or a dedicatedBucket',
      };
      problems.push(second.file.yaml.problem(finding, ['prefix']));
    }
  }
  return problems;
}

/** Role and user names are one each in an account; IAM does not tell upper from lower case. */
function iamNames(clients: readonly ClientFiles[]): Problem[] {
  const problems: Problem[] = [];
  const taken = new Map<string, IntegrationFile>();
  for (const { client, integrations } of clients) {
    for (const file of integrations) {
      const { integration } = file;
      if (!integration || !('roleName' in integration)) continue;
      const key = `${client.account ?? ''}/${integration.roleName.toLowerCase()}`;
      const other = taken.get(key);
      if (other === undefined) {
        taken.set(key, file);
        continue;
      }
      // Said where it can be mended: of the file that names its role.
      const [at, whose] = 'roleName' in file.yaml.data ? [file, other] : [other, file];
      const finding: Finding = {
        code: 'role-name-taken',
        message: `the role ${integration.roleName} is ${whose.name}'s already`,
        fix: 'choose another roleName (upper and lower case are the same to IAM)',
      };
      problems.push(at.yaml.problem(finding, ['roleName']));
    }
  }
  return problems;
}

/** An external ID that two roles ask for tells them no longer apart. */
function sharedExternalIds(clients: readonly ClientFiles[]): Problem[] {
  const files = clients.flatMap(({ integrations }) => integrations);
  const sharers = sharersOf(files.flatMap(({ integration }) => integration ?? []));
  return files.flatMap(({ integration, yaml }) => {
    const sharedWith = integration && sharers.get(integration.name);
    if (!integration || !sharedWith) return [];
    return risksOf({ ...integration, sharedWith })
      .filter(({ code }) => code === 'shared-external-id')
      .map(({ code, what, why, fix }) =>
        yaml.problem({ code, message: `${what}: ${why}`, fix }, [externalIdKey(yaml)], 'value', 'warning'),
      );
  });
}

/** Under which key a file says its external IDs. */
function externalIdKey({ data }: YamlFile): string {
  return ['externalId', 'externalIds', 'trusts'].find((key) => Object.hasOwn(data, key)) ?? 'vendor';
}

function stackLimits({ client, yaml, integrations }: ClientFiles): Problem[] {
  const findings = stackMeasures(client, integrations).flatMap(({ limit, used, stack }) =>
    checkCount(limit, used, stack),
  );
  return yaml ? findings.map((finding) => yaml.problem(finding, [])) : [];
}

const isAccessPoint = (one: Integration) => one.kind === 'direct-trust' && one.accessPoint;

/**
 * What one account takes in one region; said of the client with which it becomes too much, and a warning, since AWS
 * raises these limits for who asks.
 */
function regionCounts(clients: readonly ClientFiles[], limit: Limit, countOf: (client: Client) => number): Problem[] {
  const counts = new Map<string, number>();
  return clients.flatMap(({ client, yaml }) => {
    const { account = '', region = '' } = client;
    const before = counts.get(`${account}/${region}`) ?? 0;
    const count = before + countOf(client);
    counts.set(`${account}/${region}`, count);
    if (!yaml || before > limit.most) return [];
    return checkCount(limit, count).map((finding) => yaml.problem(finding, [], 'value', 'warning'));
  });
}
