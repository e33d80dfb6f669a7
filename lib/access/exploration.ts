/**
 * One walk through a world: whom outsiders can become, and what they reach as whom.
 */
import { abilitiesOf, isService } from './abilities';
import { Steps } from './becoming';
import { isBootstrapRole, onlyBootstrapRoles } from './bootstrap';
import { Directory } from './directory';
import { mayMeet } from './meet';
import { type Offer, OffersToHolders } from './offers';
import type { Hop, Path } from './path';
import { PART, type Pattern, STAR } from './pattern';
import { allowsOf } from './policy';
import type { Statement } from './statement';
import { Targets } from './targets';
import { ANY, type Value } from './value';
import type { Door, Holder, Target, World } from './world';

type NewHop = Omit<Hop, 'byBootstrap'>;

export class Exploration {
  readonly directory: Directory;
  readonly targets: Targets;
  /** Whom outsiders can become, and by which hop. */
  readonly entered = new Map<Holder, Hop>();
  readonly paths: Path[] = [];
  /** Every hop by which an outsider, or who is an outsider's own, becomes somebody. */
  readonly entries: Hop[] = [];
  /** Whom a holder becomes at one step more, each once. */
  readonly leads = new Map<Holder, Set<Holder>>();
  private readonly steps: Steps;
  private readonly offers: OffersToHolders;
  private readonly accounts: ReadonlyMap<Value, readonly Target[]>;
  /** Steps into roles that deploy: they are taken last, so that who is there by another way is not said to deploy. */
  private deployers: Hop[] = [];

  constructor(world: World, targets: readonly Target[]) {
    this.directory = new Directory(world);
    this.targets = new Targets(targets, world.doors, this.directory);
    this.steps = new Steps(this.directory);
    this.offers = new OffersToHolders(this.directory);
    this.accounts = new Map(world.ours.accounts.map((account) => [account, this.inAccount(account)]));
    for (const holder of world.holders) this.openings(holder);
    for (const each of this.targets.statements) this.offer('resource', each);
    for (const door of world.doors) this.lent(door);
    this.walk();
  }

  private walk(): void {
    const visited = new Set<Holder>();
    do {
      for (const hop of this.deployers) if (hop.into && !this.entered.has(hop.into)) this.entered.set(hop.into, hop);
      this.deployers = [];
      // A map is walked in order, those included that are added on the way.
      for (const [holder, hop] of this.entered) {
        if (visited.has(holder)) continue;
        visited.add(holder);
        this.visit(holder, hop);
      }
    } while (this.deployers.length > 0);
  }

  /** Ways by which outsiders are a holder at once. */
  private openings(holder: Holder): void {
    for (const place of holder.handedOut ?? []) this.enter(holder, { how: 'handed-out', place, text: '' });
    for (const statement of this.directory.trustOf(holder)) {
      this.offer('trust', { statement, into: [holder], targets: [] });
    }
  }

  /** A door behind which somebody acts as a role. */
  private lent(door: Door): void {
    const { kind, lends } = door;
    if ((kind !== 'lender' && kind !== 'runner') || !lends) return;
    const into = this.directory.named(lends).filter((holder) => holder.kind === 'role');
    const unseen = this.directory.ours.accounts.filter((account) => this.directory.mayNameUnseen(lends, account));
    for (const statement of allowsOf(door.policy)) {
      if (kind === 'runner' && abilitiesOf(statement.actions).takesOver.size === 0) continue;
      this.offer('resource', { statement, door, into, targets: [], unseen });
    }
  }

  private offer(kind: 'trust' | 'resource', offer: Offer): void {
    const outsiders = this.directory.outsiders(offer.statement, kind);
    if (outsiders.length > 0) this.take(offer, undefined, outsiders);
    else this.offers.add(offer);
  }

  /** Outsiders, or somebody whom they became, use what a policy allows. */
  private take(
    { statement, door, into = [], targets, unseen = [] }: Offer,
    before: Hop | undefined,
    outsiders?: Hop['outsiders'],
  ): void {
    const hop = { place: statement.place, text: statement.text, statement, door, before, outsiders };
    for (const holder of into) this.enter(holder, { ...hop, how: 'trusted' });
    this.found({ ...hop, how: 'allowed' }, targets);
    this.found({ ...hop, how: 'unseen' }, this.inAccounts(unseen));
  }

  private enter(into: Holder, hop: NewHop): void {
    const step = { ...hop, into };
    this.found(step, this.targets.targetsOf(into));
    const byBootstrap = isByBootstrap(hop) || isBootstrapRole(into.arn);
    this.lead({ ...step, byBootstrap });
    if (this.entered.has(into)) return;
    if (byBootstrap) this.deployers.push({ ...step, byBootstrap });
    else this.entered.set(into, { ...step, byBootstrap });
  }

  private lead(hop: Hop & { readonly into: Holder }): void {
    const from = hop.before?.into;
    if (isEntry(hop)) this.entries.push(hop);
    if (!from) return;
    const others = this.leads.get(from);
    if (others) others.add(hop.into);
    else this.leads.set(from, new Set([hop.into]));
  }

  private found(last: NewHop, targets: readonly Target[], byBootstrap = isByBootstrap(last)): void {
    if (targets.length > 0) this.paths.push({ last: { ...last, byBootstrap }, targets });
  }

  private visit(holder: Holder, before: Hop): void {
    for (const offer of this.offers.to(holder)) this.take(offer, before);
    for (const group of this.directory.groupsOf(holder)) {
      this.enter(group, { how: 'member', place: holder.place, text: '', before });
    }
    for (const statement of this.directory.allowed(holder)) {
      const hop = { place: statement.place, text: statement.text, statement, before };
      const touched = this.targets.touchedBy(statement, holder);
      this.found({ ...hop, how: 'holds' }, touched.length > 0 ? touched : this.directed(statement, holder));
      this.found({ ...hop, how: 'rewrites' }, this.rewritten(statement, holder));
      if (touched.length === 0) this.found({ ...hop, how: 'unseen' }, this.deployedFrom(statement, holder), true);
    }
    const { seen, unseen } = this.steps.of(holder);
    for (const { step, into, by, and, door } of seen) {
      this.enter(into, { how: step, place: by.place, text: by.text, statement: by, and, door, before });
    }
    for (const { step, by, accounts } of unseen) {
      const last = { how: 'unseen', place: by.place, text: by.text, statement: by, before } as const;
      const deploys = step === 'assumes' && onlyBootstrapRoles(by);
      this.found(last, this.inAccounts(accounts), deploys || isByBootstrap(last));
    }
  }

  /** What a statement of a holder's lets it touch, or allow itself. */
  reachedBy(statement: Statement, holder: Holder): readonly Target[] {
    return [...new Set([...this.targets.touchedBy(statement, holder), ...this.rewritten(statement, holder)])];
  }

  /** What a statement lets its holder reach by the roles of `cdk bootstrap`, and by nothing else. */
  deployedBy({ actions, resources, only }: Statement): readonly Target[] {
    if (!abilitiesOf(actions).becomes.has('assumes') || !onlyBootstrapRoles({ resources, only })) return [];
    const inAccount = (account: Value): Pattern => ['arn:', PART, ':iam::', ...account, ':role/cdk-', STAR];
    return this.inAccounts(
      [...this.accounts.keys()].filter((account) => resources.some((each) => mayMeet(each, inAccount(account)))),
    );
  }

  /** What services read that a door's own policy lets in, and that a statement lets its holder direct. */
  private directed({ actions, resources }: Statement, { account }: Holder): readonly Target[] {
    const { directs } = abilitiesOf(actions);
    if (directs.size === 0) return [];
    const isDirected = ({ who, only }: Statement) =>
      who.some((each) => each.by === 'service' && [...directs].some((row) => isService(each.name, row))) &&
      only
        .filter(({ key }) => key === 'source-arn')
        .every(({ values }) => values.some((arn) => resources.some((resource) => mayMeet(resource, arn))));
    return this.targets.statements
      .filter(({ door, statement }) => mayMeet(door.account, account) && isDirected(statement))
      .flatMap(({ targets }) => targets);
  }

  /** Everything in the holder's account, where templates lie in a bucket of `cdk bootstrap` that a statement lets it write. */
  private deployedFrom({ actions, resources }: Statement, { account: own }: Holder): readonly Target[] {
    if (!abilitiesOf(actions).takesOver.has('job-scripts')) return [];
    return this.inAccounts(
      [...this.accounts.keys()].filter((account) => {
        const template: Pattern = ['arn:', PART, ':s3:::cdk-', PART, '-assets-', ...account, '-', STAR];
        return mayMeet(account, own) && resources.some((resource) => mayMeet(bucketIn(resource), template));
      }),
    );
  }

  /** Everything in the holder's account, where a statement lets it allow anything there. */
  private rewritten({ actions, resources }: Statement, { account }: Holder): readonly Target[] {
    const { rewrites } = abilitiesOf(actions);
    if (rewrites.size === 0) return [];
    const accounts = [...this.accounts.keys()].filter((ours) => {
      if (!mayMeet(ours, account)) return false;
      const places = [...rewrites].map((row) => guardedPlace(row, ours));
      return resources.some((resource) => places.some((place) => mayMeet(resource, place, 'no-case')));
    });
    return this.inAccounts(accounts);
  }

  private inAccounts(accounts: readonly Value[]): readonly Target[] {
    const [first = [], ...others] = accounts.map((account) => this.accounts.get(account) ?? []);
    return others.length === 0 ? first : [...new Set([first, ...others].flat())];
  }

  /** The targets that somebody of an account could reach of whom nothing is known. */
  private inAccount(account: Value): readonly Target[] {
    const place = { scope: '', id: '', at: '' };
    const arn = ['arn:', ANY, ':iam::', ...account, ':role/', ANY];
    const anybody: Holder = { kind: 'role', account, arn, name: [ANY], held: [], place };
    return this.targets.all.filter(
      (target) => mayMeet(target.account, account) || this.targets.isLeftTo(anybody, target),
    );
  }
}

/** Whether a hop is the first that leads an outsider to what is not its own. */
export function isEntry({ before, into }: Pick<Hop, 'before' | 'into'>): boolean {
  return before ? before.into?.isOutside === true : into?.isOutside !== true;
}

function isByBootstrap({ before }: NewHop): boolean {
  return before?.byBootstrap ?? false;
}

/** What a right to rewrite is on: the identity centre's ARNs have no account, and the root user is IAM's. */
function guardedPlace(row: string, account: Value): Pattern {
  if (row === 'sso' || row === 'identitystore') return ['arn:', PART, ':', row, ':', STAR];
  return ['arn:', PART, ':', row === 'sts' ? 'iam' : row, ':', PART, ':', ...account, ':', STAR];
}

/** A resource up to the name of its bucket: a `*` behind it is in the names of objects. */
function bucketIn(resource: Pattern): Pattern {
  const end = resource.findIndex((piece) => typeof piece === 'string' && piece.includes('/'));
  const piece = resource[end];
  return typeof piece === 'string' ? [...resource.slice(0, end), piece.slice(0, piece.indexOf('/'))] : resource;
}
