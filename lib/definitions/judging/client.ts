import type { Finding } from '../../rules/finding';
import { checkBucketName } from '../../rules/names';
import { wrongPartition } from '../../rules/place';
import { quote } from '../../text/quote';
import { clientShape } from '../language/schema';
import { settingsShape } from '../language/settings-keys';
import type { Bucket, Client } from '../model/model';
import type { Profiles } from '../profiles/profiles';
import { readKeys, type ValidKeys } from '../yaml/keys';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { Acceptances } from './accepted';
import { bucketProblems, makeBucket, type Settings } from './bucket';
import type { ClientFolder } from './folder';
import { type IntegrationFile, readIntegration } from './integration';
import { internalEntries, internalNotGranted, internalPrincipals, internalProblems } from './internal';

export function readSettings(yaml: YamlFile | undefined): { keys: Settings; problems: Problem[] } {
  if (!yaml) return { keys: {}, problems: [] };
  const { keys, problems } = readKeys(yaml, settingsShape);
  const finding = keys.permissionsBoundary && wrongPartition(keys.permissionsBoundary, keys.region);
  if (finding) problems.push(yaml.problem(finding, ['permissionsBoundary']));
  problems.push(...tagProblems(yaml, {}, keys.tags ?? {}));
  problems.push(...internalProblems(yaml, keys.internal, keys));
  return { keys, problems };
}

/** One client's folder, read; `client` is whole only where none of its problems is an error. */
export interface ClientFiles {
  readonly name: string;
  readonly client: Client;
  readonly yaml?: YamlFile;
  /** The client's bucket, where its name could be read. */
  readonly bucket?: Bucket;
  readonly integrations: readonly IntegrationFile[];
  readonly accept: Acceptances;
  readonly problems: readonly Problem[];
}

/** What all clients share. */
export interface SharedContext {
  readonly settings: Settings;
  readonly profiles: Profiles;
}

export function readClient(folder: ClientFolder, surroundings: SharedContext): ClientFiles {
  const { name, client: yaml, pems } = folder;
  const { settings, profiles } = surroundings;
  const { keys, problems } = yaml
    ? readKeys(yaml, clientShape)
    : { keys: {} as ValidKeys<typeof clientShape>, problems: [] };
  const said = (key: string) => yaml !== undefined && Object.hasOwn(yaml.data, key);
  const account = said('account') ? keys.account : settings.account;
  const region = said('region') ? keys.region : settings.region;
  const bucket = makeBucket(keys.bucket ?? {}, `${settings.bucketPrefix ?? 'integrations'}-${name}`, settings);
  const unknownBucket = !yaml || yaml.problems.length > 0 || (said('bucket') && !keys.bucket);
  if (yaml) problems.push(...clientRules(yaml, keys, bucket, settings, { account, region }));
  const known = unknownBucket ? undefined : bucket;
  const place = { client: name, bucket: known, account, region, settings, pems, profiles };
  const integrations = folder.integrations.map(({ vendor, yaml: file }) => readIntegration(place, vendor, file));
  const client: Client = {
    name,
    title: keys.title,
    account,
    region,
    tags: { ...settings.tags, ...keys.tags },
    permissionsBoundary: settings.permissionsBoundary,
    rolePath: settings.rolePath,
    ownAccounts: settings.ownAccounts ?? [],
    organization: settings.organization,
    internal: internalEntries(settings, keys.internal),
    bucket,
    integrations: integrations.flatMap(({ integration }) => (integration ? [integration] : [])),
    file: `${name}/client.yaml`,
  };
  problems.push(...integrations.flatMap((integration) => integration.problems));
  if (yaml) {
    problems.push(...internalProblems(yaml, keys.internal, settings));
    problems.push(...internalPrincipals(yaml, keys.internal, settings, client));
    if (!unknownBucket) problems.push(...internalNotGranted(yaml, client, keys.internal, settings));
  }
  return { name, client, yaml, bucket: known, integrations, accept: keys.accept ?? [], problems };
}

const MOST_TAGS = 50;

function clientRules(
  yaml: YamlFile,
  keys: ValidKeys<typeof clientShape>,
  bucket: Bucket,
  settings: Settings,
  place: { readonly account?: string; readonly region?: string },
): Problem[] {
  const problems = bucketProblems(yaml, ['bucket'], keys.bucket ?? {}, place);
  if (keys.bucket?.name === undefined && yaml.problems.length === 0) {
    problems.push(
      ...checkBucketName(bucket.name, { ...place, existing: bucket.existing }).map((finding) =>
        yaml.problem(finding, ['bucket', 'name']),
      ),
    );
  }
  const boundary = settings.permissionsBoundary;
  const finding =
    boundary !== undefined && keys.region !== undefined ? wrongPartition(boundary, keys.region) : undefined;
  const owner = boundary?.split(':')[4];
  if (keys.account !== undefined && owner !== undefined && owner !== 'aws' && owner !== keys.account) {
    const wrong: Finding = {
      code: 'wrong-account',
      message: `the permissions boundary of settings.yaml is in the account ${owner}, this client in ${keys.account}`,
      fix: 'IAM takes a boundary of the same account only: keep such clients in a folder with settings of their own',
    };
    problems.push(yaml.problem(wrong, ['account'], 'value', 'warning'));
  }
  if (finding) problems.push(yaml.problem(finding, ['region']));
  problems.push(...tagProblems(yaml, settings.tags ?? {}, keys.tags ?? {}));
  return problems;
}

/** Tags that AWS would refuse together: IAM does not tell the case of their keys, and takes fifty. */
function tagProblems(
  yaml: YamlFile,
  inherited: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map(Object.keys(inherited).map((key) => [key.toLowerCase(), key]));
  for (const key of Object.keys(own)) {
    const other = seen.get(key.toLowerCase());
    if (other !== undefined && other !== key) {
      const message = `the tags ${quote(key)} and ${quote(other)} are the same to IAM, which ignores their case`;
      problems.push(
        yaml.problem({ code: 'duplicate-tag', message, fix: `write it as ${other}` }, ['tags', key], 'key'),
      );
    }
    if (other === undefined) seen.set(key.toLowerCase(), key);
  }
  if (seen.size > MOST_TAGS && Object.keys(inherited).length <= MOST_TAGS) {
    const message = `${seen.size} tags, including those of settings.yaml; AWS takes ${MOST_TAGS}`;
    problems.push(yaml.problem({ code: 'too-many-tags', message, fix: 'remove some' }, ['tags']));
  }
  return problems;
}
