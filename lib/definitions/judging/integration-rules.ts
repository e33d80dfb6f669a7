/** Rules over several keys of one integration, whatever its kind. */
import type { Finding } from '../../rules/finding';
import { checkSourceIp, isPrivateRange } from '../../rules/restrictions';
import type { ExternalTrust } from '../../rules/trust';
import { quote } from '../../text/quote';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { IntegrationKeys } from './integration-keys';

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
  for (const key of ['principals', 'externalId', 'externalIds'] as const) {
    if (keys.trusts && Object.hasOwn(yaml.data, key)) conflict(key, both('trusts', key));
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
  for (const key of LISTS) problems.push(...duplicates(yaml, key, texts(yaml.data[key])));
  problems.push(...duplicates(yaml, 'trusts', (keys.trusts ?? []).map(trustText)));
  texts(yaml.data.sourceIps).forEach(([range, at]) => {
    if (checkSourceIp(range).length > 0 || !isPrivateRange(range)) return;
    const finding: Finding = {
      code: 'private-source-ip',
      message: `S3 never sees ${quote(range)}: it is a private range`,
      fix: "name the public addresses, or the vendor's vpcEndpoints",
    };
    problems.push(yaml.problem(finding, ['sourceIps', String(at)], 'value', 'warning'));
  });
  return problems;
}

const LISTS = [
  'access',
  'sourceIps',
  'vpcEndpoints',
  'sourceVpcs',
  'principals',
  'externalIds',
  'audiences',
  'subjects',
  'keys',
];

function both(one: string, other: string): Finding {
  return { code: 'conflicting-keys', message: `${one} and ${other} are both given`, fix: 'remove one of them' };
}

/** The texts of a list, with their places, whatever else is in it. */
export function texts(list: unknown): [string, number][] {
  return (Array.isArray(list) ? list : []).flatMap((value, at): [string, number][] =>
    typeof value === 'string' ? [[value, at]] : [],
  );
}

function trustText({ principal, externalId }: ExternalTrust, at: number): [string, number] {
  return [externalId === undefined ? principal : `${principal} with ${externalId}`, at];
}

function duplicates(yaml: YamlFile, key: string, members: readonly (readonly [string, number])[]): Problem[] {
  const seen = new Set<string>();
  return members.flatMap(([value, at]) => {
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
