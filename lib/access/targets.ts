/**
 * What is guarded, by the names that policies have for it, and the doors that lead to it.
 */
import { abilitiesOf } from './abilities';
import type { Touch } from './action-table';
import { ArnIndex } from './arn-index';
import type { Directory } from './directory';
import { covers, mayMeet } from './meet';
import { PART, type Pattern, STAR } from './pattern';
import { allowsOf } from './policy';
import type { Statement } from './statement';
import { valueText } from './value';
import type { Door, Holder, Target } from './world';

/** One name of a target, with all that is under it. */
interface Spot {
  readonly target: Target;
  readonly names: readonly Pattern[];
}

/** A statement of a door's policy, and what it may be on. */
export interface DoorStatement {
  readonly door: Door;
  readonly statement: Statement;
  readonly targets: readonly Target[];
}

const OBJECT_KINDS: ReadonlySet<string> = new Set(['bucket', 'access-point']);

/** A name, and whatever is under it: objects of a bucket or of an access point. */
function withObjects(name: Pattern): readonly Pattern[] {
  return [name, [...name, '/', STAR]];
}

export class Targets {
  private readonly spots: Readonly<Record<Touch, ArnIndex<Spot>>> = {
    bucket: new ArnIndex(),
    point: new ArnIndex(),
    key: new ArnIndex(),
    secret: new ArnIndex(),
  };
  private readonly doors = new Map<Target, Door[]>();
  private readonly principals = new Map<Holder, Target[]>();
  private readonly remembered = new Map<string, readonly Target[]>();
  private readonly points: readonly Door[];
  /** Every statement that allows something at a door to a target. */
  readonly statements: readonly DoorStatement[];

  constructor(
    readonly all: readonly Target[],
    doors: readonly Door[],
    private readonly directory: Directory,
  ) {
    for (const target of all) {
      for (const name of target.names) {
        if (target.kind === 'principal') this.addPrincipal(target, name);
        else this.addSpot(target.kind, target, name);
      }
    }
    const own = doors.flatMap((door) => this.ownStatements(door));
    this.points = doors.filter(({ kind }) => kind === 'access-point');
    for (const { statement, targets } of own) this.addDelegation(statement, targets);
    this.statements = [...own, ...this.points.flatMap((door) => this.statementsAt(door, 'point'))];
  }

  private addPrincipal(target: Target, name: Pattern): void {
    for (const holder of this.directory.named(name)) {
      this.principals.set(holder, [...this.targetsOf(holder), target]);
    }
  }

  private addSpot(touch: Touch, target: Target, name: Pattern): void {
    this.spots[touch].add(name, {
      target,
      names: touch === 'bucket' || touch === 'point' ? withObjects(name) : [name],
    });
  }

  /** The statements of a bucket's, key's or secret's own policy, which may be that of a target. */
  private ownStatements(door: Door): readonly DoorStatement[] {
    if (door.kind !== 'bucket' && door.kind !== 'key' && door.kind !== 'secret') return [];
    const { kind } = door;
    for (const target of new Set(door.names.flatMap((name) => this.at(kind, name)))) {
      this.doors.set(target, [...this.doorsOf(target), door]);
    }
    return this.statementsAt(door, kind);
  }

  private statementsAt(door: Door, touch: Touch): readonly DoorStatement[] {
    const targets = [...new Set(door.names.flatMap((name) => this.at(touch, name)))];
    if (targets.length === 0) return [];
    return allowsOf(door.policy)
      .filter(({ actions }) => abilitiesOf(actions).touches.has(touch))
      .map((statement) => ({ door, statement, targets: targets.filter((target) => isOn(statement, door, target)) }));
  }

  /** A bucket that leaves it to access points is reached under their names, those of points that nobody has made yet included. */
  private addDelegation(statement: Statement, targets: readonly Target[]): void {
    const points = accessPointsOf(statement);
    const made = this.points.filter(({ names }) => meetSome(names, points));
    for (const target of targets) {
      for (const point of points) this.addSpot('point', target, point);
      for (const { names } of made) for (const name of names) this.addSpot('point', target, name);
    }
  }

  /** The targets of which a resource of a policy may mean something. */
  at(touch: Touch, resource: Pattern): readonly Target[] {
    const key = `${touch} ${valueText(resource)}`;
    const known = this.remembered.get(key);
    if (known) return known;
    const spots = this.spots[touch].candidates(resource).filter(({ names }) => meetSome([resource], names));
    const point = touch === 'point' ? this.pointOf(resource) : undefined;
    const found = [...new Set(spots.map(({ target }) => target))].filter((target) => !point || leadsTo(point, target));
    this.remembered.set(key, found);
    return found;
  }

  /** The access point that a resource surely means. */
  private pointOf(resource: Pattern): Door | undefined {
    return this.points.find(({ names }) => covers(names.flatMap(withObjects), resource));
  }

  doorsOf(target: Target): readonly Door[] {
    return this.doors.get(target) ?? [];
  }

  /** The targets that a holder is. */
  targetsOf(holder: Holder): readonly Target[] {
    return this.principals.get(holder) ?? [];
  }

  /** The targets that a statement of a holder's own policies touches, where their own policies leave it to the holder's account. */
  touchedBy(statement: Statement, holder: Holder): readonly Target[] {
    const found = [...abilitiesOf(statement.actions).touches].flatMap((touch) =>
      statement.resources.flatMap((resource) => this.at(touch, resource)),
    );
    return [...new Set(found)].filter((target) => this.isLeftTo(holder, target));
  }

  /**
   * Whether a policy of a holder's own is enough for a target. Of a key it never is: the key's policy must say so.
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
   */
  isLeftTo(holder: Holder, target: Target): boolean {
    const doors = this.doorsOf(target);
    const isHome = mayMeet(holder.account, target.account);
    if (isHome && (target.kind !== 'key' || doors.length === 0)) return true;
    return doors.some(({ policy }) =>
      allowsOf(policy).some((statement) => this.directory.admits(statement, holder) !== undefined),
    );
  }
}

/** Whether a statement of a door's policy is on that door's own: in the policies of keys and secrets, `*` means it. */
function isOn({ resources }: Statement, door: Door, target: Target): boolean {
  const names = [...door.names, ...target.names].flatMap((name) =>
    OBJECT_KINDS.has(door.kind) ? withObjects(name) : [name],
  );
  return resources.some((resource) => names.some((name) => mayMeet(resource, name)));
}

function leadsTo({ lends }: Door, target: Target): boolean {
  return lends === undefined || meetSome([lends], target.names);
}

function meetSome(some: readonly Pattern[], others: readonly Pattern[]): boolean {
  return some.some((one) => others.some((other) => mayMeet(one, other)));
}

/** The ARNs of the access points to which a statement of a bucket's policy leaves it. */
function accessPointsOf({ only }: Statement): readonly Pattern[] {
  const arns = only.filter(({ key }) => key === 'access-point-arn').flatMap(({ values }) => values);
  if (arns.length > 0) return arns;
  const accounts = only.filter(({ key }) => key === 'access-point-account').flatMap(({ values }) => values);
  return accounts.map((account): Pattern => ['arn:', PART, ':s3:', PART, ':', ...account, ':accesspoint/', STAR]);
}
