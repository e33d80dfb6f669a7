/** What was not judged, and whether it may hide something of a client's own, or a way to it. */
import type { Gap } from '../account/gaps';
import { parseKeyArn } from '../rules/names';
import type { Expected } from './expected';
import type { NotJudged } from './finding';

/** What no snapshot can hold. */
const ALWAYS: readonly (readonly [what: string, why: string])[] = [
  ['service and resource control policies', 'they only take away, and a snapshot does not hold them'],
  ['session policies', 'they only take away, and the caller chooses them for each session'],
];

/** Lists by which nobody gets in: of Access Grants it is the grants that name somebody. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  ...['accessKeys.LastUsedDate', 'samlProviders', 'keys.Aliases', 'accessGrantsLocations', 'accountPublicAccessBlock'],
]);

/** Lists by which others get in, and that say nothing of an integration itself. */
const OF_OTHERS: ReadonlySet<string> = new Set(['accessGrants', 'transferUsers', 'transferAccesses']);

/** Whether an integration of a client may differ where this was not read. */
export function mayHide({ client, counts, what }: NotJudged, ofClient: string): boolean {
  if (!counts || (client !== null && client !== ofClient)) return false;
  const [list = '', , arn] = what.split(' ');
  // What one thing of somebody else's says is not about the integration; a list, or all of a Region, is.
  return client !== null || (!OF_OTHERS.has(list) && (arn === undefined || arn.endsWith('*')));
}

/** Lists that are only of what integrations of one kind need. */
const OF_KINDS: Readonly<Record<string, string>> = {
  trustAnchors: 'roles-anywhere',
  oidcProviders: 'web-identity',
  secrets: 'access-key',
};

export function notJudged(gaps: readonly Gap[], expected: Expected): readonly NotJudged[] {
  const owners = ownersOf(expected);
  const kinds = new Set(expected.integrations.map(({ integration }) => String(integration.kind)));
  return [
    ...gaps.map(({ account, list, arn, why }): NotJudged => {
      const client = arn === null ? undefined : owners.get(thingOf(arn));
      const what = arn === null ? list : `${list} of ${arn}`;
      const kind = OF_KINDS[list.split('.')[0] ?? ''];
      const isNeeded = !FOR_PEOPLE.has(list) && (kind === undefined || kinds.has(kind));
      const isElsewhere = arn !== null && isOfOne(list) && client === undefined;
      return {
        client: client ?? null,
        account,
        what,
        why,
        counts: isNeeded && !isElsewhere && !isForeignKey(arn, account),
      };
    }),
    ...unseenBuckets(expected),
    ...expected.notJudged,
    ...ALWAYS.map(([what, why]): NotJudged => ({ client: null, account: null, what, why, counts: false })),
  ];
}

/** Whether what is of one thing of this list matters to nothing else. */
function isOfOne(list: string): boolean {
  return /^(?:buckets|keys|secrets|stacks)(?:\.|$)/.test(list);
}

/** A key of another account can be read by that account alone. */
function isForeignKey(arn: string | null, account: string): boolean {
  const key = arn === null ? undefined : parseKeyArn(arn);
  return key !== undefined && key.account !== account;
}

/** The bucket of an access point, a stack without its id, everything of a kind in a Region as such. */
function thingOf(arn: string): string {
  return /^arn:[^:]+:cloudformation:/.test(arn) ? arn.replace(/\/[^/]*$/, '') : arn;
}

/** Clients by the ARNs of their things. */
function ownersOf({ buckets, integrations, clients, meant }: Expected): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { arn, keyArn, site } of buckets) {
    owners.set(arn, site.client.name);
    if (typeof keyArn === 'string') owners.set(keyArn, site.client.name);
    const { partition, account } = site.at;
    // What is not read of a whole Region is not read of its clients.
    for (const [service, resource] of WHOLE)
      owners.set(`arn:${partition}:${service}:${site.region}:${account}:${resource}`, site.client.name);
    for (const { Name, Arn } of site.at.bucket(arn.split(':::')[1] ?? '')?.AccessPoints ?? [])
      owners.set(Arn ?? Name, site.client.name);
  }
  for (const { arn, site } of integrations) if (arn !== undefined) owners.set(arn, site.client.name);
  for (const { client, stacks } of clients)
    for (const { StackId } of stacks.values()) owners.set(thingOf(StackId), client.name);
  for (const { arn } of meant.secrets)
    owners.set(String(arn[0]), /secret:integrations\/([^/]+)/.exec(String(arn[0]))?.[1] ?? '');
  return owners;
}

const WHOLE: readonly (readonly [service: string, resource: string])[] = [
  ['s3', 'accesspoint/*'],
  ['secretsmanager', 'secret:*'],
  ['cloudformation', 'stack/*'],
  ['cloudformation', 'stack'],
  ['kms', 'alias/*'],
];

/** Buckets that are there, or may be, and that the snapshot did not look into; Regions that it did not read. */
function unseenBuckets({ buckets }: Expected): readonly NotJudged[] {
  return buckets.flatMap(({ site, bucket, arn }): NotJudged[] => {
    const { at, client, region } = site;
    const gap = (what: string, why: string): NotJudged => ({
      client: client.name,
      account: at.account,
      what,
      why,
      counts: true,
    });
    const isThere = at.hasBucket(bucket.name);
    return [
      ...(isThere !== false && !at.bucket(bucket.name)
        ? [gap(`the bucket ${arn}`, 'the snapshot did not read it: take it again with these definitions')]
        : []),
      ...(at.snapshot.regions.includes(region)
        ? []
        : [
            gap(
              `${region} for ${client.name}`,
              `the snapshot did not read that Region: take it again with --region ${region}`,
            ),
          ]),
    ];
  });
}
