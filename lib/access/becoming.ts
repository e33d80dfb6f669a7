/**
 * Who somebody becomes by one step more: by trusts, credentials, groups, and services that run code.
 */
import { abilitiesOf, canRun, isService } from './abilities';
import { mayBeBootstrapRole } from './bootstrap';
import type { Directory } from './directory';
import { covers, mayMeet } from './meet';
import type { Pattern } from './pattern';
import type { Statement } from './statement';
import { ONLY_WHERE_SEEN } from './takeover-table';
import { ANY, type Value } from './value';
import type { Door, Holder } from './world';

/** By what somebody becomes somebody else. */
export type Step =
  /** A trust or a door's policy is enough. */
  | 'trusted'
  /** Credentials that are handed out. */
  | 'handed-out'
  /** A right to assume a role that leaves it to its account. */
  | 'assumes'
  /** A right to make credentials of a user, to change a role's trust, to join a group, to change an identity provider. */
  | 'credentials'
  | 'trust'
  | 'group'
  | 'provider'
  /** A right to pass a role to a service that runs code. */
  | 'passes'
  /** A right over what runs as a role. */
  | 'takes-over'
  /** A group that a user is in. */
  | 'member';

export interface Becoming {
  readonly step: Step;
  readonly into: Holder;
  /** What allows it, of the one who steps. */
  readonly by: Statement;
  /** What allows it, on the other side. */
  readonly and?: Statement;
  readonly door?: Door;
}

/** A step to somebody of an account of ours whom nothing here shows. */
export interface UnseenBecoming {
  readonly step: Step;
  readonly by: Statement;
  readonly accounts: readonly Value[];
}

export interface Becomings {
  readonly seen: readonly Becoming[];
  readonly unseen: readonly UnseenBecoming[];
}

/** Whom the policies of holders let them become, in one world. */
export class Steps {
  private readonly runners: readonly Door[];
  private readonly byService = new Map<string, readonly Holder[]>();

  constructor(private readonly directory: Directory) {
    this.runners = directory.world.doors.filter(({ kind }) => kind === 'runner');
  }

  of(holder: Holder): Becomings {
    const allowed = this.directory.allowed(holder);
    const seen: Becoming[] = [];
    const unseen: UnseenBecoming[] = [];
    for (const by of allowed) {
      const { becomes, takesOver } = abilitiesOf(by.actions);
      for (const step of STEPS) {
        if (!becomes.has(step)) continue;
        for (const { into, and } of this.bySteps[step](by, holder, allowed)) seen.push({ step, into, by, and });
        if (step !== 'passes' || canRun(actionsOf(allowed))) {
          unseen.push(this.unseen(step, by, by.resources, holder));
        }
      }
      if (takesOver.size === 0) continue;
      const { into, elsewhere } = this.takenOver(by, holder);
      seen.push(...into);
      if (elsewhere) unseen.push(this.unseen('takes-over', by, [[ANY]], holder));
    }
    return { seen, unseen };
  }

  private readonly bySteps: Readonly<
    Record<
      (typeof STEPS)[number],
      (by: Statement, holder: Holder, allowed: readonly Statement[]) => readonly Pick<Becoming, 'into' | 'and'>[]
    >
  > = {
    assumes: (by, holder) => {
      const onlyBootstrap = by.only.some(({ key }) => key === 'bootstrap-role');
      return this.named(by, 'role')
        .filter(({ name }) => !onlyBootstrap || mayBeBootstrapRole(name))
        .flatMap((into) => this.trusted(into, (trust) => this.directory.admits(trust, holder) !== undefined));
    },
    credentials: (by, holder) => this.atHome(this.named(by, 'user'), holder),
    trust: (by, holder) => this.atHome(this.named(by, 'role'), holder),
    group: (by, holder) => this.atHome(this.named(by, 'group'), holder),
    provider: (by) =>
      this.directory.world.holders.flatMap((into) =>
        this.trusted(into, ({ who }) =>
          who.some(
            (each) => each.by === 'federated' && by.resources.some((resource) => mayMeet(resource, each.provider)),
          ),
        ),
      ),
    passes: (by, holder, allowed) => {
      const actions = actionsOf(allowed);
      return this.atHome(this.named(by, 'role'), holder).flatMap(({ into }) =>
        this.trusted(into, ({ who }) => who.some((each) => each.by === 'service' && canRun(actions, each.name))),
      );
    },
  };

  private named({ resources }: Statement, kind: Holder['kind']): readonly Holder[] {
    return [...new Set(resources.flatMap((resource) => this.directory.named(resource)))].filter(
      (each) => each.kind === kind,
    );
  }

  private atHome(found: readonly Holder[], { account }: Holder): readonly Pick<Becoming, 'into'>[] {
    return found.filter((each) => mayMeet(each.account, account)).map((into) => ({ into }));
  }

  private trusted(into: Holder, allows: (trust: Statement) => boolean): readonly Pick<Becoming, 'into' | 'and'>[] {
    const and = this.directory.trustOf(into).find(allows);
    return and ? [{ into, and }] : [];
  }

  private unseen(step: Step, by: Statement, resources: readonly Pattern[], holder: Holder): UnseenBecoming {
    const accounts = this.directory.ours.accounts
      .filter((account) => step === 'assumes' || mayMeet(account, holder.account))
      .filter((account) => resources.some((resource) => this.directory.mayNameUnseen(resource, account)));
    return { step, by, accounts };
  }

  /** As whom something runs that a statement lets change, and whether it may be something that nothing here shows. */
  private takenOver(
    by: Statement,
    holder: Holder,
  ): { readonly into: readonly Becoming[]; readonly elsewhere: boolean } {
    const met = [...abilitiesOf(by.actions).takesOver];
    const doors = this.runners.filter(
      ({ names, rows = [] }) =>
        rows.some((row) => met.includes(row)) &&
        names.some((name) => by.resources.some((resource) => mayMeet(resource, name))),
    );
    const seen = doors.flatMap((door) =>
      this.atHome(door.lends ? this.directory.named(door.lends) : [], holder).map(({ into }) => ({ into, door })),
    );
    const services = met.filter((row) => !ONLY_WHERE_SEEN.has(row));
    const names = doors.flatMap((door) => door.names);
    const elsewhere = services.length > 0 && !by.resources.every((resource) => covers(names, resource));
    // What runs elsewhere may run as any role that trusts the service.
    const trusting = elsewhere ? services.flatMap((service) => this.trusting(service)) : [];
    const others = this.atHome([...new Set(trusting)], holder);
    return { into: [...seen, ...others].map((each) => ({ step: 'takes-over', by, ...each })), elsewhere };
  }

  private trusting(service: string): readonly Holder[] {
    const known = this.byService.get(service);
    if (known) return known;
    const found = this.directory.world.holders.filter((holder) =>
      this.directory
        .trustOf(holder)
        .some(({ who }) => who.some((each) => each.by === 'service' && isService(each.name, service))),
    );
    this.byService.set(service, found);
    return found;
  }
}

const STEPS = ['assumes', 'credentials', 'trust', 'group', 'provider', 'passes'] as const;

function actionsOf(allowed: readonly Statement[]): readonly Pattern[] {
  return allowed.flatMap(({ actions }) => actions);
}
