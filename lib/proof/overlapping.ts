/** Integrations of one bucket that reach the same keys. */
import { valueText } from '../access';
import { checkPrefix, overlaps } from '../rules/confinement';
import type { Finding } from './finding';
import type { Meant, MeantBucket, MeantIntegration } from './meant';

export function overlapping({ buckets, integrations }: Meant): readonly Finding[] {
  const byBucket = new Map<string, MeantIntegration[]>();
  for (const each of integrations) byBucket.set(each.bucket, [...(byBucket.get(each.bucket) ?? []), each]);
  return [
    ...integrations.flatMap(strange),
    ...[...sharing(buckets)].flatMap((keys) => amongEachOther(keys.flatMap((key) => byBucket.get(key) ?? []))),
  ];
}

/** Buckets that are one, whatever each is said to be. Two of one name that are both made are never in one place. */
function sharing(buckets: readonly MeantBucket[]): readonly (readonly string[])[] {
  const byArn = new Map<string, MeantBucket[]>();
  for (const bucket of buckets) {
    const arn = valueText(bucket.arn);
    byArn.set(arn, [...(byArn.get(arn) ?? []), bucket]);
  }
  return [...byArn.values()].flatMap((all) => {
    const [made, others] = [all.filter(({ isCreated }) => isCreated), all.filter(({ isCreated }) => !isCreated)];
    const groups = made.length === 0 ? [others] : made.map((one) => [one, ...others]);
    return groups.map((group) => group.map(({ key }) => key));
  });
}

/** A prefix that means more than it says, which no construct makes. */
function strange({ intent: { integration, confinement }, scope }: MeantIntegration): readonly Finding[] {
  const { prefix } = confinement;
  if (prefix === '' || checkPrefix(prefix).length === 0) return [];
  const place = { scope, id: integration, at: 'Metadata' };
  return [
    {
      rule: 'overlapping-prefix',
      place,
      integration,
      value: prefix,
      reason: `${integration} has the prefix ${JSON.stringify(prefix)}, which is not a prefix`,
    },
  ];
}

function amongEachOther(all: readonly MeantIntegration[]): readonly Finding[] {
  // In this order, whatever is under a prefix comes right behind it.
  const sorted = [...all].sort((a, b) => (prefixOf(a) < prefixOf(b) ? -1 : Number(prefixOf(a) > prefixOf(b))));
  const findings: Finding[] = [];
  const above: MeantIntegration[] = [];
  for (const one of sorted) {
    while (above.length > 0 && !overlaps(prefixOf(above.at(-1) ?? one), prefixOf(one))) above.pop();
    for (const other of above) {
      // One integration of two stages is deployed to two places.
      if (other.intent.integration === one.intent.integration) continue;
      const { integration } = other.intent;
      const place = { scope: other.scope, id: integration, at: 'Metadata' };
      const reason = `${integration} and ${one.intent.integration} overlap: one has the prefix ${JSON.stringify(prefixOf(other))}, the other ${JSON.stringify(prefixOf(one))} of the same bucket`;
      const value = `${prefixOf(other)}\n${one.intent.integration}\n${prefixOf(one)}`;
      findings.push({ rule: 'overlapping-prefix', place, integration, reason, value });
    }
    above.push(one);
  }
  return findings;
}

function prefixOf({ intent }: MeantIntegration): string {
  return intent.confinement.prefix;
}
