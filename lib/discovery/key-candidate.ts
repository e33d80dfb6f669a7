/** A user whose keys somebody has, read as `access-key`. */
import type { AccessKey, UserDetail } from '../account/iam';
import { KeySlot, Status } from '../rules/vocabulary';
import { daysBetween } from '../text/dates';
import { counted } from '../text/plural';
import type { Candidate } from './candidate';
import { type AccountFacts, described, type Read } from './facts';
import type { Leak } from './leak';

type Given = Pick<Candidate, 'bucket' | 'rights' | 'denied' | 'unsaid'> & { readonly user: UserDetail };

export function keyCandidate({ bucket, user, rights, denied, unsaid }: Given, facts: AccountFacts): Read {
  const { snapshot, setups } = facts;
  const { UserName, Arn, Tags } = user;
  const keys = (snapshot.accessKeys ?? []).filter((key) => key.UserName === UserName);
  const hasPassword = snapshot.loginProfiles?.includes(UserName) ?? false;
  const setup = setups.of(bucket, (each) => each.kind === 'access-key' && `${each.client}_${each.vendor}` === UserName);
  const leak = (what: string, why: string): Leak => ({ principal: Arn, bucket, what, why });
  const isOwned =
    setup !== undefined || Tags.some(({ Key }) => /^(?:owner|team|contact|maintainer|managed-?by)$/i.test(Key));
  const leaks = [
    ...(hasPassword
      ? [
          leak(
            'has a console password',
            'a person logs in with it: use the identity centre, and name the user in internal if it is meant',
          ),
        ]
      : []),
    ...(isOwned || keys.length === 0
      ? []
      : [
          leak(
            'has access keys, and no tag says whose they are',
            'nobody owns it: find out who has the key before you adopt it',
          ),
        ]),
    ...(setup ? [] : oldKeys(keys, snapshot.collectedAt.slice(0, 10)).map(([what, why]) => leak(what, why))),
  ];
  if (keys.length === 0) return { leaks, unsaid: [] };
  const active = keys.filter(({ Status: status }) => status !== 'Inactive');
  const isActive = active.length > 0;
  const last = keys
    .flatMap(({ LastUsedDate }) => LastUsedDate ?? [])
    .sort()
    .at(-1);
  const slots = setup?.secrets.filter((slot): slot is KeySlot => slot === KeySlot.A || slot === KeySlot.B) ?? [];
  const [a, b] = [KeySlot.A, KeySlot.B];
  const wanted = slots.length > 0 ? slots : active.length > 1 ? [a, b] : [a];
  const found = described('user', UserName, user.CreateDate);
  const candidate: Candidate = {
    bucket,
    kind: 'access-key',
    keys: {
      reason: `${found} has ${counted(keys.length, 'access key')}${last === undefined ? '' : `, last used ${last.slice(0, 10)}`}; whether its vendor can assume a role, the account does not say`,
      ...(wanted.join() !== a && { keys: wanted }),
    },
    status: isActive ? Status.ACTIVE : Status.SUSPENDED,
    description: found,
    principals: [Arn],
    actsAs: { type: 'user', name: UserName, arn: Arn, path: user.Path ?? '/' },
    attached: user.AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
    boundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
    rights,
    accounted: [],
    denied,
    notes: [],
    lost: hasPassword ? ['its console password is not the integration’s'] : [],
    unsaid,
    unclear:
      isActive && active.length < slots.length
        ? ['one of its keys is inactive, and the account does not say which']
        : [],
    names: [UserName],
    accounts: [],
    setup,
  };
  return { candidate, leaks, unsaid: [] };
}

const OLD_DAYS = 365;
const UNUSED_DAYS = 90;

/** Keys that somebody should look at, by the day on which the account was read. */
function oldKeys(keys: readonly AccessKey[], today: string): readonly (readonly [string, string])[] {
  return keys.flatMap(({ AccessKeyId, Status: status, CreateDate, LastUsedDate }) => {
    if (CreateDate === undefined || status === 'Inactive') return [];
    const age = daysBetween(CreateDate.slice(0, 10), today);
    const idle = LastUsedDate === undefined ? age : daysBetween(LastUsedDate.slice(0, 10), today);
    const found: (readonly [string, string])[] = [];
    if (age > OLD_DAYS)
      found.push([
        `has the access key ${AccessKeyId}, which is ${counted(age, 'day')} old`,
        'a key that old has been in many hands: rotate it',
      ]);
    if (idle > UNUSED_DAYS) {
      const since = LastUsedDate === undefined ? 'was never used' : `was last used ${LastUsedDate.slice(0, 10)}`;
      found.push([
        `has the access key ${AccessKeyId}, which ${since}`,
        'what nobody uses, nobody misses: deactivate it',
      ]);
    }
    return found;
  });
}
