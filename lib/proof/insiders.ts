/**
 * Who of ours reaches what is guarded. What they may do is no finding; that they may is listed, with whether an internal
 * entry names them.
 */
import {
  arnParts,
  type Explored,
  type Holder,
  hopsOf,
  type InsideReach,
  type Pattern,
  type Place,
  type Statement,
  type Target,
  valueText,
  type Who,
  type World,
} from '../access';
import { parsePrincipal } from '../rules/principal';
import type { Meant } from './meant';
import type { MeantIndex } from './meant-index';
import { isDeployer } from './unexpected';
import { countedTargets, patternText, shortened } from './words';

/** Something that an insider may do. */
export interface ReachedInside {
  readonly targets: readonly Target[];
  /** What allows it. */
  readonly statement: Statement;
  readonly place: Place;
  /** Whether it is through the roles of `cdk bootstrap` alone: who deploys the stacks can change them. */
  readonly deploys: boolean;
}

/** Somebody of ours whom no outsider can become, or who deploys, and who reaches what is guarded. */
export interface Insider {
  /** The ARN of a role or user; as a policy names somebody who is not in the world, an account's root, a service or an organization. */
  readonly principal: string;
  /** The role or user, where it is in the world. */
  readonly holder?: Holder;
  readonly reach: readonly ReachedInside[];
  /** Whether internal entries name it for every bucket that it reaches, or whose key it reaches. */
  readonly declared: boolean;
}

/** Everybody of ours who reaches what is guarded, each once, in the order of the world. */
export function insidersIn(world: World, meant: Meant, index: MeantIndex, explored: Explored): readonly Insider[] {
  const entries = new Entries(meant, world);
  const all = new Map<string, { principal: string; holder?: Holder; reach: ReachedInside[]; declared: boolean }>();
  const add = (principal: string, reached: ReachedInside, declared: boolean, holder?: Holder) => {
    const known = all.get(principal) ?? { principal, holder, reach: [], declared: true };
    known.reach.push(reached);
    known.declared &&= declared;
    all.set(principal, known);
  };
  for (const { holder, statement, door, targets, byBootstrap } of explored.insiders()) {
    const reached = { targets, statement, place: statement.place, deploys: byBootstrap };
    if (holder) {
      const principal = patternText(holder.arn);
      add(principal, reached, entries.name(principal, holder.account, targets), holder);
    } else if (!statement.only.some(({ key }) => key.startsWith('access-point'))) {
      // What a bucket leaves to access points lets nobody in by itself.
      const isMeant = door !== undefined && index.isMeant(door, statement);
      for (const { principal, account } of namedAt({ statement, door, targets })) {
        add(principal, reached, isMeant || (account !== undefined && entries.name(principal, account, targets)));
      }
    }
  }
  for (const path of explored.paths) {
    const [first] = isDeployer(path) ? hopsOf(path) : [];
    const { last, targets } = path;
    if (!first?.into || !last.statement) continue;
    const { into: holder } = first;
    const reached = { targets, statement: last.statement, place: last.place, deploys: true };
    add(patternText(holder.arn), reached, entries.name(patternText(holder.arn), holder.account, targets), holder);
  }
  return [...all.values()];
}

interface Named {
  readonly principal: string;
  readonly account?: Pattern;
}

/** Whom the policy of what is guarded names, apart from its own account, to which it only leaves it. */
function namedAt({ statement, door, targets }: Pick<InsideReach, 'statement' | 'door' | 'targets'>): readonly Named[] {
  const { who, only } = statement;
  const partition = arnParts(door?.names[0] ?? [])?.partition ?? ['aws'];
  const home = new Set(targets.map(({ account }) => valueText(account)));
  const root = (account: Pattern): Named[] =>
    home.has(valueText(account))
      ? []
      : [{ principal: patternText(['arn:', ...partition, ':iam::', ...account, ':root']), account }];
  const byArn = (arn: Pattern): Named => ({ principal: patternText(arn), account: arnParts(arn)?.account });
  const asked = only.find(({ key }) => key === 'principal-arn');
  if (asked) return asked.values.map(byArn);
  return who.flatMap((each) => {
    if (each.by === 'account') return root(each.account);
    if (each.by === 'principal') return [byArn(each.arn)];
    if (each.by !== 'anyone') return [{ principal: patternText(nameOf(each)) }];
    return only.flatMap(({ key, values }) =>
      key === 'principal-account' ? values.flatMap(root) : values.map((value) => ({ principal: patternText(value) })),
    );
  });
}

function nameOf(who: Exclude<Who, { by: 'account' | 'principal' | 'anyone' }>): Pattern {
  if (who.by === 'service') return who.name;
  return who.by === 'federated' ? who.provider : who.id;
}

/** Internal entries by whom they name. */
class Entries {
  /** The buckets of which an entry names somebody, by the principal's ARN or account. */
  private readonly byName = new Map<string, Set<string>>();
  private readonly ofOrganization = new Set<string>();
  private readonly bucketsAt = new Map<string, string[]>();
  private readonly bucketsReached = new Map<Target, readonly string[]>();

  constructor({ internal, buckets }: Meant, { ours }: World) {
    for (const { entry, bucket } of internal) {
      const isEverybody = entry.principals.length === 0 && entry.organization === valueText(ours.organization ?? []);
      if (isEverybody) this.ofOrganization.add(bucket);
      for (const text of entry.principals) {
        const principal = parsePrincipal(text);
        if (!principal || principal.type === 'canonical-user') continue;
        const name = (principal.type === 'account' ? principal.account : principal.arn).toLowerCase();
        this.byName.set(name, (this.byName.get(name) ?? new Set()).add(bucket));
      }
    }
    for (const { key, arn, encryptionKey } of buckets) {
      for (const name of [arn, ...(encryptionKey ? [encryptionKey] : [])].map(valueText))
        this.bucketsAt.set(name, [...(this.bucketsAt.get(name) ?? []), key]);
    }
  }

  /** Whether entries name a principal for every bucket that it reaches. */
  name(principal: string, account: Pattern, targets: readonly Target[]): boolean {
    const named = [this.byName.get(principal.toLowerCase()), this.byName.get(valueText(account)), this.ofOrganization];
    if (named.every((buckets) => !buckets || buckets.size === 0)) return false;
    return targets.every((target) =>
      this.bucketsOf(target).every((bucket) => named.some((buckets) => buckets?.has(bucket))),
    );
  }

  private bucketsOf(target: Target): readonly string[] {
    const known = this.bucketsReached.get(target);
    if (known) return known;
    const found = target.names.flatMap((name) => this.bucketsAt.get(valueText(name)) ?? []);
    this.bucketsReached.set(target, found);
    return found;
  }
}

/** What an insider may do, in a few words: `s3:GetObject on arn:aws:s3:::client`. */
export function reachWords({ statement, targets, deploys }: ReachedInside): string {
  const actions = shortened(statement.actions.map(patternText).join(', '));
  return deploys ? `deploys what reaches ${countedTargets(targets)}` : `${actions} on ${countedTargets(targets)}`;
}
