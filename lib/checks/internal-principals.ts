/** Internal access for somebody who, by what the checks were told, is not ours. */
import { covers } from '../access';
import { accountOf } from '../rules/principal';
import type { JudgedApp } from './judged-app';
import type { Violation } from './violation';

/**
 * Where our further accounts are named, internal access is for them and the stacks' own; where they are not, whoever writes
 * the app says by internal access who is ours. Of an organization nobody here knows the accounts.
 */
export function internalPrincipals({ meant, world, ours }: JudgedApp): readonly Violation[] {
  const { accounts, organization } = ours;
  return meant.internal.flatMap(({ entry, bucket }) => {
    const { principals, organization: asked } = entry;
    const strangers = principals.filter((text) => {
      const account = accountOf(text);
      return account !== undefined && accounts !== undefined && !covers(world.ours.accounts, [account]);
    });
    const others = asked !== undefined && organization !== undefined && asked !== organization ? [asked] : [];
    const scope = meant.buckets.find(({ key }) => key === bucket)?.scope ?? bucket;
    return [...(organization === undefined ? strangers : []), ...others].map(
      (who): Violation => ({
        rule: 'unknown-principal',
        place: { scope, id: bucket.slice(scope.length + 1), at: 'InternalAccess' },
        reason: `internal access names ${who}, which is not ours`,
        value: who,
      }),
    );
  });
}
