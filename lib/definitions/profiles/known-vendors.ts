/** Whose accounts are whose, as far as their owners made that public: names for people, never a reason to trust. */
import { join } from 'node:path';
import { readRegular } from '../../files/bounded';
import { accountOf } from '../../rules/principal';
import type { Kind } from '../../rules/vocabulary';
import { CATALOGUE } from './catalogue';
import type { Profiles } from './profiles';
import { wayOf } from './ways';

/** Whom to name. */
export interface UnknownVendor {
  readonly name: string;
  readonly principals: readonly string[];
  readonly kind: Kind;
}

const MOST_BYTES = 1024 * 1024;

export class KnownVendors {
  private readonly accounts: ReadonlyMap<string, string>;

  constructor(private readonly profiles: Profiles) {
    const file: unknown = JSON.parse(
      readRegular(join(CATALOGUE, '../data/known-accounts.json'), MOST_BYTES).toString(),
    );
    const { accounts } = file as { readonly accounts: Readonly<Record<string, { readonly name: string }>> };
    this.accounts = new Map(Object.entries(accounts).map(([id, { name }]) => [id, name]));
  }

  /** Who an account is. */
  nameOf(account: string): string | undefined {
    return this.accounts.get(account);
  }

  /** The profile that supplies one of these principals, or has this name, and has a way of this kind. */
  profileOf({ name, principals, kind }: UnknownVendor): string | undefined {
    const accounts = new Set(principals.flatMap((principal) => accountOf(principal) ?? []));
    const named = this.profiles.names().filter((each) => name === each || name.startsWith(`${each}-`));
    const byPrincipal = this.profiles.names().filter((each) => this.accountsOf(each).some((one) => accounts.has(one)));
    return [...byPrincipal, ...named].find((each) => {
      const profile = this.profiles.get(each);
      return profile !== undefined && wayOf(profile, { kind }) !== undefined;
    });
  }

  private accountsOf(name: string): readonly string[] {
    const ways = this.profiles.get(name)?.ways ?? [];
    return ways.flatMap(({ defaults, bySite = {}, byRegion = {} }) =>
      [defaults, ...Object.values(bySite), ...Object.values(byRegion)].flatMap((keys) => {
        const principals: unknown = keys?.principals;
        return Array.isArray(principals) ? principals.flatMap((each) => accountOf(String(each)) ?? []) : [];
      }),
    );
  }
}
