import type { FindingCode } from '../../rules/codes';
import type { Capability } from '../../rules/confinement';
import { parseSessionDuration } from '../../rules/duration';
import type { Finding } from '../../rules/finding';
import { checkBucketName } from '../../rules/names';
import { Status } from '../../rules/vocabulary';
import { all, either } from '../../text/list';
import { quote } from '../../text/quote';
import type { Bucket, Integration } from '../model/model';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import { bucketRules } from './bucket-rules';
import { matchesWhole } from './pattern';
import type { Profile, Way } from './profile';
import { kindsOf, rulesOf, saferKinds, wayOf } from './ways';

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
      | 'roleSessionName'
      | 'acceptRoleSessionName'
      | 'access'
      | 'prefix'
      | 'dedicatedBucket'
      | 'wholeBucket'
    )[]
  ) => boolean,
): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string[], ...findings: Finding[]) =>
    problems.push(...findings.map((finding) => yaml.problem(finding, path)));
  const way = wayOf(profile, integration);
  if (!way) {
    // Of a way that is not there, the choice of the way says so.
    if (integration.way !== undefined) return problems;
    const kinds = kindsOf(profile);
    add(['kind'], {
      code: 'vendor-kind',
      message: `${profile.title} cannot use ${integration.kind}`,
      fix: `use ${either(kinds)}${kinds.length > 1 ? `; ${kinds[0]} is the safest` : ''}`,
    });
    return problems;
  }
  const rules = rulesOf(profile, way);
  if (!unread('reason')) problems.push(...rank(yaml, profile, way, integration));
  if (!unread('externalId', 'externalIds', 'status'))
    problems.push(...externalIdProblems(yaml, profile, way, integration));
  if (!unread('roleName', 'roleSessionName')) problems.push(...guessable(yaml, profile, way, integration));
  if (integration.kind === 'direct-trust' && integration.accessPoint) {
    const finding: Finding = {
      code: 'vendor-access-point',
      message: `it is not known whether ${profile.title} accepts the alias of an access point for a bucket`,
      fix: 'try it there first, or remove accessPoint',
    };
    problems.push(yaml.problem(finding, ['accessPoint'], 'value', 'warning'));
  }
  const { regions, bucketName, roleName, prefix, maxSessionDuration, bucket: wanted } = rules;
  if (regions && region === undefined) {
    const finding: Finding = {
      code: 'vendor-region',
      message: `${profile.title} works in some regions only, and no region is set`,
      fix: `set region in client.yaml or settings.yaml: ${either(regions)}`,
    };
    problems.push(yaml.problem(finding, ['vendor'], 'value', 'warning'));
  } else if (regions && region !== undefined && !regions.includes(region)) {
    add(['vendor'], {
      code: 'vendor-region',
      message: `${profile.title} works in ${either(regions)} only, and this is ${region}`,
      fix: `set region: ${regions[0]} in the client.yaml of a client for this vendor`,
    });
  }
  const own = bucket === integration.dedicatedBucket ? ['dedicatedBucket', 'name'] : ['vendor'];
  if (bucket)
    if (checkBucketName(bucket.name, bucket).length === 0)
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
  if (!unread('roleSessionName')) add(['roleSessionName'], ...sessionNameFindings(integration, rules.roleSessionName));
  if (!unread('acceptRoleSessionName')) {
    const { acceptRoleSessionName: must } = rules;
    if (must !== undefined && integration.kind === 'roles-anywhere' && integration.acceptRoleSessionName !== must)
      add(['acceptRoleSessionName'], acceptsNames(profile.title, must));
  }
  const lacking = (rules.access ?? []).filter((capability) => !integration.access.includes(capability as Capability));
  if (lacking.length > 0 && !unread('access')) {
    add(['access'], {
      code: 'vendor-access',
      message: `${profile.title} does not work without ${all(lacking)}`,
      fix: `add ${lacking.length > 1 ? 'them' : 'it'} to access`,
    });
  }
  if (bucket) problems.push(...bucketRules(yaml, profile.title, integration, bucket, rules));
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
function rank(yaml: YamlFile, profile: Profile, way: Way, integration: Integration): Problem[] {
  const better = saferKinds(profile, way);
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

/** Without an external ID only the role's name, or the session's, tells the vendor's customers apart. */
function guessable(yaml: YamlFile, profile: Profile, way: Way, integration: Integration): Problem[] {
  if (integration.kind !== 'assumed-role' || !way.externalId) return [];
  const { use, madeBy } = way.externalId;
  const { roleName, name, roleSessionName, externalIds } = integration;
  // One that the customer makes is another matter: there the caller may be the customer's own.
  const shared = Object.hasOwn(way.defaults ?? {}, 'principals');
  const open = use === 'refused' || (shared && use === 'optional' && madeBy === 'vendor' && externalIds.length === 0);
  if (!open || roleName !== name || roleSessionName !== undefined) return [];
  const why = use === 'refused' ? `${profile.title} sends no external ID` : 'no external ID is compared';
  const fix = 'set roleName to one that nobody can guess, before this is deployed';
  const finding: Finding = {
    code: 'guessable-role',
    message: `${why}, so any other customer of the vendor who guesses the name ${quote(roleName)} is allowed`,
    fix: use === 'refused' ? fix : `set externalId, or ${fix}`,
  };
  return [yaml.problem(finding, ['vendor'], 'value', 'warning')];
}

function externalIdProblems(yaml: YamlFile, profile: Profile, way: Way, integration: Integration): Problem[] {
  if (integration.kind !== 'assumed-role' || !way.externalId) return [];
  const { use, madeBy, pattern, form } = way.externalId;
  const { externalIds, trusts, status } = integration;
  const listed = Object.hasOwn(yaml.data, 'externalIds');
  const at = (finding: Finding, id: string | undefined) => {
    const own = trusts?.findIndex(({ externalId }) => externalId === id);
    if (own !== undefined) return [yaml.problem(finding, ['trusts', String(own), 'externalId'])];
    return [yaml.problem(finding, listed ? ['externalIds', String(externalIds.indexOf(id ?? ''))] : ['externalId'])];
  };
  const [first] = externalIds;
  const without = trusts?.find(({ externalId }) => externalId === undefined);
  const code = 'vendor-external-id';
  if (use === 'refused' && first !== undefined) {
    const fix = 'remove it: nobody could assume the role';
    return at({ code, message: `${profile.title} sends no external ID`, fix }, first);
  }
  if (use === 'required' && (first === undefined || without) && status === Status.ACTIVE) {
    const fix =
      madeBy === 'customer'
        ? 'make one that nobody can guess (uuidgen), and enter it here and at the vendor'
        : 'copy it from there, or set status: pending until the vendor shows it';
    return at({ code, message: `${profile.title} needs an externalId`, fix }, undefined);
  }
  if (pattern === undefined) return [];
  for (const id of externalIds) {
    const fits = matchesWhole(pattern, id);
    if (fits === true) continue;
    const message = `${quote(id)} is not an external ID of ${profile.title}`;
    return at(fits || { code, message, fix: `copy it whole: ${form ?? `it must match ${pattern}`}` }, id);
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
  const same = rule.least !== undefined && rule.least === rule.most;
  const range = same || rule.most === undefined ? rule.least : `${rule.least ?? '15m'} to ${rule.most}`;
  return [
    {
      code: 'vendor-session',
      message: `${title} takes sessions of ${range}${rule.most === undefined ? ' at least' : ''}`,
      fix: same ? `set ${sessionKey(integration)}: ${rule.least}` : `set ${sessionKey(integration)} within that`,
    },
  ];
}

function sessionKey(integration: Integration): string {
  return integration.kind === 'roles-anywhere' ? 'sessionDuration' : 'maxSessionDuration';
}

function sessionNameFindings(
  integration: Integration,
  rule: { readonly pattern: string; readonly form: string } | undefined,
): Finding[] {
  const name = 'roleSessionName' in integration ? integration.roleSessionName : undefined;
  if (name === undefined) return [];
  return formFindings('vendor-session-name', `the session name ${quote(name)}`, name, rule);
}

function acceptsNames(title: string, must: boolean): Finding {
  return {
    code: 'vendor-session-name',
    message: must ? `${title} always sends a session name` : `${title} sends no session name`,
    fix: `set acceptRoleSessionName: ${must}`,
  };
}
