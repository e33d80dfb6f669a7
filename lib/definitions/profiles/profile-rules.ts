import type { FindingCode } from '../../rules/codes';
import { parseSessionDuration } from '../../rules/duration';
import type { Finding } from '../../rules/finding';
import { type Kind, Status } from '../../rules/vocabulary';
import { either } from '../../text/list';
import { quote } from '../../text/quote';
import type { Bucket, Integration } from '../model/model';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import { matchesWhole } from './pattern';
import type { Profile } from './profile';

/** One way of a profile: a kind with what goes with it. */
export type Way = Profile['ways'][number];

/** The way in which the profile lets this kind in, if it can. */
export function wayOf(profile: Profile, kind: Kind): Way | undefined {
  return profile.ways.find((way) => way.kind === kind);
}

/** What breaks a rule of the vendor's profile. */
export function profileRules(
  yaml: YamlFile,
  profile: Profile,
  integration: Integration,
  bucket: Bucket | undefined,
  region: string | undefined,
  unread: (
    ...keys: (
      | 'reason'
      | 'externalId'
      | 'externalIds'
      | 'status'
      | 'roleName'
      | 'prefix'
      | 'dedicatedBucket'
      | 'wholeBucket'
    )[]
  ) => boolean,
): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string[], ...findings: Finding[]) =>
    problems.push(...findings.map((finding) => yaml.problem(finding, path)));
  const way = wayOf(profile, integration.kind);
  if (!way) {
    const kinds = profile.ways.map(({ kind }) => kind);
    add(['kind'], {
      code: 'vendor-kind',
      message: `${profile.title} cannot use ${integration.kind}`,
      fix: `use ${either(kinds)}${kinds.length > 1 ? `; ${kinds[0]} is the safest` : ''}`,
    });
    return problems;
  }
  if (!unread('reason')) problems.push(...rank(yaml, profile, integration));
  if (!unread('externalId', 'externalIds', 'status'))
    problems.push(...externalIdProblems(yaml, profile, way, integration));
  if (
    way.externalId?.use === 'refused' &&
    'roleName' in integration &&
    integration.roleName === integration.name &&
    !unread('roleName')
  ) {
    const finding: Finding = {
      code: 'guessable-role',
      message: `${profile.title} sends no external ID, so any of its customers who guesses the name ${quote(integration.roleName)} has access`,
      fix: 'set roleName to one that nobody can guess, before this is deployed',
    };
    problems.push(yaml.problem(finding, ['vendor'], 'value', 'warning'));
  }
  if (integration.kind === 'direct-trust' && integration.accessPoint) {
    const finding: Finding = {
      code: 'vendor-access-point',
      message: `it is not known whether ${profile.title} accepts the alias of an access point for a bucket`,
      fix: 'try it there first, or remove accessPoint',
    };
    problems.push(yaml.problem(finding, ['accessPoint'], 'value', 'warning'));
  }
  const { regions, bucketName, roleName, prefix, maxSessionDuration, bucket: wanted } = profile.rules ?? {};
  if (regions && region !== undefined && !regions.includes(region)) {
    add(['vendor'], {
      code: 'vendor-region',
      message: `${profile.title} works in ${either(regions)} only, and this is ${region}`,
      fix: `set region: ${regions[0]} in the client.yaml of a client for this vendor`,
    });
  }
  const own = bucket === integration.dedicatedBucket ? ['dedicatedBucket', 'name'] : ['vendor'];
  if (bucket)
    add(own, ...formFindings('vendor-bucket-name', `the bucket name ${quote(bucket.name)}`, bucket.name, bucketName));
  if ('roleName' in integration && !unread('roleName')) {
    const { roleName: name } = integration;
    add(['roleName'], ...formFindings('vendor-role-name', `the role name ${quote(name)}`, name, roleName));
  }
  if (integration.prefix !== '' && !unread('prefix', 'wholeBucket')) {
    const at = integration.prefix;
    add(['prefix'], ...formFindings('vendor-prefix', `the prefix ${quote(at)}`, at, prefix));
  }
  add([sessionKey(integration)], ...sessionFindings(profile.title, integration, maxSessionDuration));
  if (wanted === undefined || unread('dedicatedBucket', 'wholeBucket', 'prefix')) return problems;
  if (!integration.dedicatedBucket) {
    const keys = wanted === 'whole' ? 'dedicatedBucket: {name: …} and wholeBucket: true' : 'dedicatedBucket: {name: …}';
    add(['vendor'], {
      code: 'vendor-bucket',
      message: `${profile.title} needs a bucket of its own`,
      fix: `add ${keys}`,
    });
  } else if (wanted === 'whole' && integration.prefix !== '') {
    add([Object.hasOwn(yaml.data, 'wholeBucket') ? 'wholeBucket' : 'prefix'], {
      code: 'vendor-bucket',
      message: `${profile.title} has no setting for a prefix and uses the whole bucket`,
      fix: 'replace prefix by wholeBucket: true',
    });
  }
  return problems;
}

/** A kind that is not the best one needs a reason, and a key where a role would do is worth a second look. */
function rank(yaml: YamlFile, profile: Profile, integration: Integration): Problem[] {
  const kinds = profile.ways.map(({ kind }) => kind);
  const better = kinds.slice(0, kinds.indexOf(integration.kind));
  if (better.length === 0) return [];
  const message = `${profile.title} can use ${either(better)}, which is safer than ${integration.kind}`;
  if (integration.reason === undefined) {
    const fix = `use kind: ${better[0]}, or say in reason why that is not possible`;
    return [yaml.problem({ code: 'missing-key', message, fix }, ['kind'])];
  }
  if (integration.kind !== 'access-key') return [];
  const fix = `ask again whether ${better[0]} is possible: its credentials expire by themselves`;
  return [yaml.problem({ code: 'role-would-do', message, fix }, ['kind'], 'value', 'warning')];
}

function externalIdProblems(yaml: YamlFile, profile: Profile, way: Way, integration: Integration): Problem[] {
  if (integration.kind !== 'assumed-role' || !way.externalId) return [];
  const at = (finding: Finding, index = 0) => {
    const listed = Object.hasOwn(yaml.data, 'externalIds');
    return [yaml.problem(finding, listed ? ['externalIds', String(index)] : ['externalId'])];
  };
  const { use, madeBy, pattern, form } = way.externalId;
  const { externalIds, status } = integration;
  const [first] = externalIds;
  const code = 'vendor-external-id';
  if (use === 'refused' && first !== undefined) {
    return at({
      code,
      message: `${profile.title} sends no external ID`,
      fix: 'remove it: nobody could assume the role',
    });
  }
  if (use === 'required' && first === undefined && status === Status.ACTIVE) {
    const fix =
      madeBy === 'customer'
        ? 'make one that nobody can guess (uuidgen), and enter it here and at the vendor'
        : 'copy it from there, or set status: pending until the vendor shows it';
    return at({ code, message: `${profile.title} needs an externalId`, fix });
  }
  if (pattern === undefined) return [];
  for (const [index, id] of externalIds.entries()) {
    const fits = matchesWhole(pattern, id);
    if (fits === true) continue;
    const message = `${quote(id)} is not an external ID of ${profile.title}`;
    return at(fits || { code, message, fix: `copy it whole: ${form ?? `it must match ${pattern}`}` }, index);
  }
  return [];
}

function formFindings(
  code: FindingCode,
  what: string,
  value: string,
  rule: { readonly pattern: string; readonly form: string } | undefined,
): Finding[] {
  const fits = !rule || matchesWhole(rule.pattern, value);
  if (fits === true) return [];
  return [fits || { code, message: `${what} is not one that the vendor accepts`, fix: `use ${rule?.form}` }];
}

function sessionFindings(
  title: string,
  integration: Integration,
  rule: { readonly least?: string; readonly most?: string } | undefined,
): Finding[] {
  if (!rule || !('maxSessionSeconds' in integration)) return [];
  const least = parseSessionDuration(rule.least ?? '15m') ?? 0;
  const most = parseSessionDuration(rule.most ?? '12h') ?? Number.POSITIVE_INFINITY;
  if (integration.maxSessionSeconds >= least && integration.maxSessionSeconds <= most) return [];
  return [
    {
      code: 'vendor-session',
      message: `${title} takes sessions of ${rule.least ?? '15m'} to ${rule.most ?? '12h'}`,
      fix: `set ${sessionKey(integration)} within that`,
    },
  ];
}

function sessionKey(integration: Integration): string {
  return integration.kind === 'roles-anywhere' ? 'sessionDuration' : 'maxSessionDuration';
}
