import type { Snapshot } from '../../account/snapshot';
import type { Client, Deployment, Integration } from '../../definitions/model/model';
import type { KeyInUse, Observed, Verified } from '../../report/observed';
import { principalOf } from '../../report/row';
import { daysBetween } from '../../text/dates';
import type { DeployedState } from './judged-account';

/**
 * What snapshots show of integrations: whether they are as defined, and when they were last used.
 * @param today as `YYYY-MM-DD`
 */
export function observedAccount(
  { clients }: Deployment,
  state: DeployedState,
  today: string,
): NonNullable<Observed['account']> {
  const { snapshots } = state;
  const known = snapshots.map((snapshot) => new Principals(snapshot, today));
  const all = new Map(clients.flatMap((client) => client.integrations.map((each) => [each.name, { client, each }])));
  return {
    accounts: snapshots.map(({ account }) => account),
    collectedAt: snapshots.map(({ collectedAt }) => collectedAt).sort()[0] ?? '',
    others: state.otherFindings,
    of: (client, integration) => {
      const found = all.get(integration);
      const there = found && known.find((each) => each.has(found.client));
      return { ...state.of(client, integration), ...(found && there ? there.of(found.each) : { keys: [] }) };
    },
  };
}

/** When AWS last saw an integration's role, or a key of its user: null where it never did, undefined where nobody looked. */
export type LastUse = Pick<Verified, 'keys' | 'lastUsed'>;

/** The same by the names of integrations; those of other accounts are not in it. */
export type LastUses = ReadonlyMap<string, LastUse>;

/** @param today as `YYYY-MM-DD` */
export function lastUses({ clients }: Deployment, snapshots: readonly Snapshot[], today: string): LastUses {
  const known = snapshots.map((snapshot) => new Principals(snapshot, today));
  return new Map(
    clients.flatMap((client) => {
      const there = known.find((each) => each.has(client));
      return there ? client.integrations.map((each) => [each.name, there.of(each)] as const) : [];
    }),
  );
}

/** Keys and roles of a snapshot, by name. */
class Principals {
  private readonly keys = new Map<string, KeyInUse[]>();
  private readonly roles: ReadonlyMap<string, { readonly LastUsedDate?: string } | undefined>;

  constructor(
    private readonly snapshot: Snapshot,
    today: string,
  ) {
    for (const { UserName, Status = '?', CreateDate, LastUsedDate } of snapshot.accessKeys ?? []) {
      if (CreateDate === undefined) continue;
      const key = { status: Status, days: daysBetween(CreateDate.slice(0, 10), today), lastUsed: LastUsedDate };
      this.keys.set(UserName, [...(this.keys.get(UserName) ?? []), key]);
    }
    const roles = snapshot.iam?.RoleDetailList ?? [];
    this.roles = new Map(roles.map(({ RoleName, RoleLastUsed }) => [RoleName, RoleLastUsed]));
  }

  has({ account }: Client): boolean {
    return account === undefined || account === this.snapshot.account;
  }

  of(integration: Integration): LastUse {
    const principal = principalOf(integration);
    if (principal?.type === 'user') {
      const keys = this.keys.get(principal.name) ?? [];
      const last = keys.flatMap(({ lastUsed }) => lastUsed ?? []).sort();
      return { keys, lastUsed: this.snapshot.accessKeys && (last.at(-1) ?? null) };
    }
    const used = principal && this.roles.get(principal.name);
    return { keys: [], lastUsed: used && (used.LastUsedDate ?? null) };
  }
}
