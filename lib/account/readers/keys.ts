import { ofPages, orNone, type Reading } from './reading';

/** A key as somebody names it: by its ARN, its id or an alias. */
export interface KeyName {
  readonly name: string;
  /** Where it is, unless its ARN says so. */
  readonly region: string;
}

/**
 * The keys of these names: their policies and grants. One that is not there is left out; one of another account cannot be
 * read, which is noted.
 */
export async function readKeys(reading: Reading, names: readonly KeyName[]): Promise<readonly object[] | undefined> {
  const byRegion = new Map<string, Set<string>>();
  for (const { name, region } of names) {
    const [, , , where = region, account] = /^arn:/.test(name) ? name.split(':') : [];
    if (account !== undefined && account !== reading.account) {
      reading.note('keys', name, 'it is in another account, and only that account can read it');
      continue;
    }
    byRegion.set(where, (byRegion.get(where) ?? new Set<string>()).add(name));
  }
  const regions = [...byRegion].map(([region, wanted]) => readRegion(reading, region, wanted));
  return (await Promise.all(regions)).flat();
}

async function readRegion(reading: Reading, region: string, names: ReadonlySet<string>): Promise<object[]> {
  const aliases = await reading.orNote('keys.Aliases', reading.arn('kms', region, 'alias/*'), () =>
    ofPages(
      (Marker) => reading.ask('kms', region, 'ListAliases', { Marker }),
      (page) => page.Aliases,
      ({ Truncated, NextMarker }) => (Truncated ? NextMarker : undefined),
    ),
  );
  const ids = new Set<string>();
  for (const name of names) {
    const alias = /(?:^|:)(alias\/.+)$/.exec(name)?.[1];
    const id = alias === undefined ? name.replace(/^.*:key\//, '') : targetOf(alias, aliases);
    if (id !== undefined) ids.add(id);
    else if (aliases === undefined)
      reading.note('keys', reading.arn('kms', region, alias ?? ''), 'the aliases were not read');
  }
  const keys = [...ids].map((id) => {
    const own = aliases?.filter(({ TargetKeyId }) => TargetKeyId === id);
    const Aliases = own?.map(({ AliasName, AliasArn, TargetKeyId }) => ({ AliasName, AliasArn, TargetKeyId }));
    return readKey(reading, region, id, Aliases);
  });
  return (await Promise.all(keys)).flat();
}

interface Alias {
  readonly AliasName?: string;
  readonly TargetKeyId?: string;
}

function targetOf(alias: string, aliases: readonly Alias[] | undefined): string | undefined {
  return aliases?.find(({ AliasName }) => AliasName === alias)?.TargetKeyId;
}

async function readKey(
  reading: Reading,
  region: string,
  id: string,
  Aliases: readonly Alias[] | undefined,
): Promise<object[]> {
  const { ask } = reading;
  const Arn = reading.arn('kms', region, `key/${id}`);
  const policy = await reading.orNote('keys.Policy', Arn, () =>
    orNone(['NotFound'], () => ask('kms', region, 'GetKeyPolicy', { KeyId: Arn, PolicyName: 'default' })),
  );
  if (policy === null) return [];
  const Grants = await reading.orNote('keys.Grants', Arn, () =>
    ofPages(
      (Marker) => ask('kms', region, 'ListGrants', { KeyId: Arn, Marker }),
      (page) => page.Grants,
      ({ Truncated, NextMarker }) => (Truncated ? NextMarker : undefined),
    ),
  );
  return [{ Arn, Aliases, Policy: policy?.Policy, Grants }];
}
