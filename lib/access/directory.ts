/**
 * The holders of a world by their names, and what their trusts come to. Made once for a world, and asked by name.
 */
import { abilitiesOf } from './abilities';
import { type Admission, admits, formsOf, mayHold } from './admits';
import { arnParts } from './arn';
import { ArnIndex } from './arn-index';
import { covers, mayMeet } from './meet';
import { isOurAccount, outsidersOf, type PolicyKind, type Surroundings } from './ours';
import { PART, type Pattern, STAR } from './pattern';
import { allowsOf } from './policy';
import type { Statement } from './statement';
import { literalText, type Value } from './value';
import type { Who } from './who';
import type { Holder, World } from './world';

export class Directory implements Surroundings {
  readonly ours: World['ours'];
  private readonly arns = new ArnIndex<Holder>();
  private readonly principals = new ArnIndex<Holder>();
  private readonly groups: readonly Holder[];
  private readonly groupsByName = new Map<string, Holder[]>();
  private readonly otherGroups: readonly Holder[];
  private readonly trusts = new Map<Holder, readonly Statement[]>();
  private readonly policies = new Map<Holder, readonly Statement[]>();

  constructor(readonly world: World) {
    this.ours = world.ours;
    for (const holder of world.holders) {
      this.arns.add(holder.arn, holder);
      for (const form of formsOf(holder)) this.principals.add(form, holder);
    }
    this.groups = world.holders.filter(({ kind }) => kind === 'group');
    for (const group of this.groups) {
      const name = literalText(group.name)?.toLowerCase();
      if (name !== undefined) this.groupsByName.set(name, [...(this.groupsByName.get(name) ?? []), group]);
    }
    this.otherGroups = this.groups.filter(({ name }) => literalText(name) === undefined);
  }

  /** The holders that a resource of a policy may mean. */
  named(resource: Pattern): readonly Holder[] {
    return this.arns.candidates(resource).filter(({ arn }) => mayMeet(resource, arn, 'no-case'));
  }

  /** Those of whom some may be meant where somebody who asks is named, by an ARN of their own or of a session. */
  asking(arn: Pattern): readonly Holder[] {
    return this.principals.candidates(arn);
  }

  /** The groups that a user may be in. */
  groupsOf({ groups = [], account }: Holder): readonly Holder[] {
    return groups.flatMap((name) => {
      const text = literalText(name)?.toLowerCase();
      const found = text === undefined ? this.groups : [...(this.groupsByName.get(text) ?? []), ...this.otherGroups];
      return found.filter((group) => mayMeet(group.name, name, 'no-case') && mayMeet(group.account, account));
    });
  }

  /** The statements by which somebody may become a role. */
  trustOf(holder: Holder): readonly Statement[] {
    return remembered(this.trusts, holder, () =>
      allowsOf(holder.trust).filter(({ actions }) => abilitiesOf(actions).opens),
    );
  }

  /** What a holder's policies allow, as far as their conditions may hold of it. */
  allowed(holder: Holder): readonly Statement[] {
    return remembered(this.policies, holder, () =>
      [...holder.held, ...(holder.attached ?? []).map(({ policy }) => policy)]
        .flatMap(allowsOf)
        .filter(({ only }) => only.every((each) => !each.key.startsWith('principal-') || mayHold(each, holder))),
    );
  }

  outsiders(statement: Statement, kind: PolicyKind): readonly Who[] {
    return outsidersOf(statement, kind, this);
  }

  admits(statement: Statement, holder: Holder): Admission {
    return admits(statement, holder, this.ours);
  }

  readonly isUnmadeUser = (arn: Pattern): boolean => {
    const parts = arnParts(arn, 'within');
    if (!parts || isWild(parts.resource) || !mayMeet(parts.resource, ['user/', STAR])) return false;
    if (this.isWhole(parts.account)) return false;
    return !this.isMade(arn);
  };

  /** Whether an ARN surely means a holder of the world. */
  private isMade(arn: Pattern): boolean {
    return this.named(arn).some((holder) => covers([holder.arn], arn, 'no-case'));
  }

  /** Whether every holder of an account is known. */
  isWhole(account: Pattern): boolean {
    return covers(this.world.whole ?? [], account);
  }

  /** Whether a pattern may mean a role, user or group of ours that is not in the world, in an account that is one of these. */
  mayNameUnseen(pattern: Pattern, account: Value): boolean {
    if (this.isWhole(account) || !isOurAccount(this.ours, account)) return false;
    return mayMeet(pattern, ['arn:', PART, ':iam::', ...account, ':', STAR], 'no-case') && !this.isMade(pattern);
  }
}

function isWild(pattern: Pattern): boolean {
  return pattern.some((piece) => typeof piece === 'object' && 'wild' in piece);
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
