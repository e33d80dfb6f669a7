import { canonicalPrefix } from '../../rules/confinement';
import type { Finding } from '../../rules/finding';
import {
  checkInternalAccess,
  checkInternalSomebody,
  checkOurs,
  DEFAULT_INTERNAL_ACCESS,
  type InternalEntry,
} from '../../rules/internal';
import { wrongPartition } from '../../rules/place';
import type { clientShape } from '../language/schema';
import type { Bucket, Client } from '../model/model';
import type { ValidKeys } from '../yaml/keys';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { Settings } from './bucket';

type Written = NonNullable<ValidKeys<typeof clientShape>['internal']>[number];

/** An entry with its defaults. */
function entryOf(written: Written, organization: string | undefined): InternalEntry {
  return {
    principals: written.principals ?? [],
    organization: written.organization ? organization : undefined,
    access: written.access ?? DEFAULT_INTERNAL_ACCESS,
    prefix: written.prefix === undefined ? '' : canonicalPrefix(written.prefix),
    grant: written.grant ?? true,
    reason: written.reason,
  };
}

/** Who of our own company reaches a client's buckets: the settings' entries, then the client's own. */
export function internalEntries(settings: Settings, own: readonly Written[] | undefined): InternalEntry[] {
  return [...(settings.internal ?? []), ...(own ?? [])].map((each) => entryOf(each, settings.organization));
}

/** What is wrong with the entries of one file, but for whose their principals are. */
export function internalProblems(
  yaml: YamlFile,
  entries: readonly Written[] | undefined,
  settings: Settings,
): Problem[] {
  return (entries ?? []).flatMap((written, at) => {
    const path = ['internal', String(at)];
    const add = (findings: readonly Finding[], ...more: string[]) =>
      findings.map((finding) => yaml.problem(finding, [...path, ...more]));
    const entry = entryOf(written, settings.organization);
    const noOrganization = written.organization && settings.organization === undefined;
    return [
      ...(noOrganization ? add([NO_ORGANIZATION], 'organization') : add(checkInternalSomebody(entry))),
      ...add(checkInternalAccess(entry.access), 'access'),
    ];
  });
}

const NO_ORGANIZATION: Finding = {
  code: 'missing-key',
  message: 'organization: true, and settings.yaml does not say which organization is ours',
  fix: 'add organization: o-… to settings.yaml',
};

/** Principals that are not ours, or of another partition, where this client is. */
export function internalPrincipals(
  yaml: YamlFile,
  entries: readonly Written[] | undefined,
  settings: Settings,
  { account, region }: Pick<Client, 'account' | 'region'>,
): Problem[] {
  const ours = [...(account === undefined ? [] : [account]), ...(settings.ownAccounts ?? [])];
  return (entries ?? []).flatMap(({ principals = [] }, at) =>
    principals.flatMap((principal, index) => {
      const path = ['internal', String(at), 'principals', String(index)];
      const partition = wrongPartition(principal, region);
      const findings = partition ? [partition] : checkOurs(principal, ours);
      return findings.map((finding) => yaml.problem(finding, path));
    }),
  );
}

/**
 * What entries ask for and a client's buckets cannot give: the policy of an existing bucket, and of a key that is not made
 * here, is never changed. In the client's own file that is an error, of an entry of the settings a warning.
 */
export function internalNotGranted(
  yaml: YamlFile,
  client: Client,
  own: readonly Written[] | undefined,
  settings: Settings,
): Problem[] {
  const problems: Problem[] = [];
  const buckets = [client.bucket, ...client.integrations.flatMap(({ dedicatedBucket }) => dedicatedBucket ?? [])];
  const existing = buckets.find((bucket) => bucket.existing);
  const granted = (written: Written) => entryOf(written, settings.organization).grant;
  (own ?? []).forEach((written, at) => {
    if (!granted(written) || !client.bucket.existing) return;
    problems.push(yaml.problem(policyNotOurs(client.bucket), ['internal', String(at)]));
  });
  const others = (settings.internal ?? []).filter(granted);
  const mine = (own ?? []).filter((written) => granted(written) && !client.bucket.existing);
  if (existing && others.length + mine.length > 0) {
    problems.push(yaml.problem(notGranted(existing), ['bucket', 'existing'], 'value', 'warning'));
  }
  const keyed = buckets.find(({ kmsKey }) => kmsKey !== undefined && kmsKey !== 'create');
  if (keyed && !keyed.existing && others.length + mine.length > 0) {
    problems.push(yaml.problem(keyNotGranted(keyed), ['bucket', 'kmsKey'], 'value', 'warning'));
  }
  return problems;
}

function policyNotOurs({ name }: Bucket): Finding {
  return {
    code: 'bucket-policy-not-ours',
    message: `an internal entry needs the policy of the bucket ${name}, which exists already and is never changed`,
    fix: 'set grant: false, which only says that it is meant, and put what it needs into that policy yourself',
  };
}

function notGranted({ name }: Bucket): Finding {
  return {
    code: 'internal-not-granted',
    message: `the bucket ${name} exists already and is never changed, so its policy says nothing of internal entries`,
    fix: 'put what they need into that policy yourself (bucket-integrations access prints it), and accept this warning',
  };
}

function keyNotGranted({ name }: Bucket): Finding {
  return {
    code: 'internal-not-granted',
    message: `the key of the bucket ${name} is not made here, so its policy says nothing of internal entries`,
    fix: "put what they need into the key's policy yourself (bucket-integrations access prints it), and accept this warning",
  };
}
