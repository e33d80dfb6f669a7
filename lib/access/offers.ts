/**
 * Statements that are no outsider's, kept until outsiders become somebody whom they are for.
 */
import type { Directory } from './directory';
import type { Pattern } from './pattern';
import type { Statement } from './statement';
import { type Value, valueText } from './value';
import type { Door, Holder, Target } from './world';

/** What a policy's statement gives: roles to act as, targets, or accounts of which somebody unseen can be become. */
export interface Offer {
  readonly statement: Statement;
  readonly door?: Door;
  readonly into?: readonly Holder[];
  readonly targets: readonly Target[];
  readonly unseen?: readonly Value[];
}

export class OffersToHolders {
  private readonly byHolder = new Map<Holder, Offer[]>();
  /** Offers to everybody of an account or organization. */
  private readonly atLarge: Offer[] = [];
  /** Those of an account, after the first of it has come. */
  private readonly known = new Map<string, readonly Offer[]>();
  private readonly given = new Set<Offer>();

  constructor(private readonly directory: Directory) {}

  add(offer: Offer): void {
    const named = namesIn(offer.statement);
    if (!named) {
      this.atLarge.push(offer);
      return;
    }
    const ids = offer.statement.who.some(({ by }) => by === 'id') ? this.directory.world.holders : [];
    const holders = new Set([...named.flatMap((name) => this.directory.asking(name)), ...ids]);
    for (const holder of holders) {
      const known = this.byHolder.get(holder);
      if (known) known.push(offer);
      else this.byHolder.set(holder, [offer]);
    }
  }

  /** What a holder can use without a policy of its own. Of what is for many, targets are given to the first who comes, and roles to all. */
  to(holder: Holder): readonly Offer[] {
    const own = (this.byHolder.get(holder) ?? []).filter(
      ({ statement }) => this.directory.admits(statement, holder)?.isEnough,
    );
    if (this.atLarge.length === 0) return own;
    const account = `${holder.kind} ${valueText(holder.account)}`;
    const known = this.known.get(account);
    if (known) return [...own, ...known];
    const all = this.atLarge.filter(({ statement }) => this.directory.admits(statement, holder)?.isEnough);
    const roles = all.filter(({ into = [] }) => into.length > 0);
    const again = new Map(roles.map((offer) => [offer, { ...offer, targets: [], unseen: [] }]));
    this.known.set(account, [...again.values()]);
    const taken = all.flatMap((offer) => (this.given.has(offer) ? (again.get(offer) ?? []) : offer));
    for (const offer of all) this.given.add(offer);
    return [...own, ...taken];
  }
}

/** The ARNs of those whom a statement can be for; undefined where it is for everybody of an account. */
function namesIn({ who, only }: Statement): readonly Pattern[] | undefined {
  const asked = only.find(({ key }) => key === 'principal-arn');
  if (asked) return asked.values;
  if (who.some(({ by }) => by === 'anyone')) return undefined;
  return who.flatMap((each) => (each.by === 'principal' ? [each.arn] : []));
}
