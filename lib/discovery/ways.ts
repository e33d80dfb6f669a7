/** Reach read backwards: of each bucket, who comes in from outside, and by what. */
import { type Explored, explore, type Hop, hopsOf, type Path, type Statement, type Target } from '../access';
import { bucketArn, DOOR_AT } from '../account/doors';
import { isObject, NotJson, parseJson } from '../account/json';
import type { AccountWorld } from '../account/world';
import type { Leak } from './leak';
import { type Said, said } from './said';

/** A role or user that outsiders can be at once, and statements of doors that let it in beside its own policies. */
export interface ByHolder {
  readonly bucket: string;
  readonly type: 'role' | 'user';
  readonly arn: string;
  readonly atDoors: Said[];
}

/** A statement of a bucket's, access point's or grant's for outsiders. */
export interface ByDoor {
  readonly bucket: string;
  readonly kind: 'bucket' | 'access-point';
  /** Of the access point. */
  readonly arn: string;
  readonly said: Said;
}

/** Everything by which somebody comes in. */
export interface Ways {
  readonly holders: readonly ByHolder[];
  readonly doors: readonly ByDoor[];
  readonly leaks: readonly Leak[];
  /** What no definition can be, and why. */
  readonly others: readonly { readonly bucket: string; readonly said: Said; readonly why: string }[];
  /** All that the model of access sees, which what is found must account for. */
  readonly seen: Seen;
}

/** What the model of access sees. */
export interface Seen extends Pick<Explored, 'entries' | 'leads'> {
  /** Each way to a bucket, but those that deploy. */
  readonly ways: readonly { readonly path: Path; readonly bucket: string }[];
  /** Those that are leaks, or in `others`. */
  readonly told: ReadonlySet<Path>;
}

/** @param buckets names of buckets of the account */
export function waysInto(
  buckets: readonly string[],
  world: AccountWorld,
  { account, partition }: { readonly account: string; readonly partition: string },
): Ways {
  const names = new Map<Target, string>();
  for (const name of buckets)
    names.set({ kind: 'bucket', account: [account], names: [[bucketArn(partition, name)]] }, name);
  const found = new Found();
  const { paths, entries, leads } = explore(world, [...names.keys()]);
  // What deploys may do anything; verify judges who deploys.
  const ways = paths
    .filter(({ last }) => !last.byBootstrap)
    .flatMap((path) => path.targets.map((target) => ({ path, bucket: names.get(target) ?? '' })));
  const told = new Set(ways.flatMap(({ path, bucket }) => (found.add(path, bucket) === 'told' ? [path] : [])));
  return { ...found.result(), seen: { ways, entries, leads, told } };
}

class Found {
  private readonly holders = new Map<string, ByHolder>();
  private readonly doors: ByDoor[] = [];
  private readonly leaks = new Map<string, Leak>();
  private readonly others = new Map<string, Ways['others'][number]>();

  /** Whether the way is told already, or is to be read. */
  add(path: Path, bucket: string): 'told' | 'read' {
    const { last } = path;
    const hops = hopsOf(path);
    const into = hops.flatMap((hop) => (hop.into && hop.into.kind !== 'group' ? [hop] : []));
    const [first, ...further] = into;
    if (!first) {
      this.atDoor(last, bucket);
      return 'read';
    }
    const [begin] = hops;
    const isAtOnce = begin === first && ['trusted', 'handed-out'].includes(first.how) && !first.door;
    if (further.length === 0 && isAtOnce && (last.how === 'holds' || last.how === 'allowed')) {
      this.byHolder(first, last, bucket);
      return 'read';
    }
    if (first.door?.kind === 'lender' && further.length === 0) {
      const why = `${first.door.place.id} acts as ${arnOf(first)}: a definition has no file transfer, grant or profile of that kind`;
      this.unsaid(bucket, first, why);
    } else {
      this.leak(bucket, first, further, last);
    }
    return 'told';
  }

  private byHolder(first: Hop, last: Hop, bucket: string): void {
    const arn = arnOf(first);
    const key = `${bucket} ${arn}`;
    const type = first.into?.kind === 'user' ? 'user' : 'role';
    const known = this.holders.get(key) ?? { bucket, type, arn, atDoors: [] };
    this.holders.set(key, known);
    if (last.how === 'allowed' && last.statement) known.atDoors.push(saidOf(last.statement));
  }

  private atDoor({ statement, door }: Hop, bucket: string): void {
    if (!statement) return;
    const here = saidOf(statement);
    const { at, id } = here.place;
    if (at === DOOR_AT.transfer)
      this.unsaid(bucket, { statement }, `${id} logs in to a file transfer server, which no definition has`);
    else if (statement.text === 'unreadable')
      this.unsaid(bucket, { statement }, 'the policy cannot be read: it counts as everything');
    else
      this.doors.push({ bucket, kind: door?.kind === 'access-point' ? 'access-point' : 'bucket', arn: id, said: here });
  }

  private unsaid(bucket: string, { statement }: Pick<Hop, 'statement'>, why: string): void {
    if (!statement) return;
    const here = saidOf(statement);
    this.others.set(`${bucket} ${here.text} ${why}`, { bucket, said: here, why });
  }

  private leak(bucket: string, first: Hop, further: readonly Hop[], last: Hop): void {
    const way = [first, ...further].map(arnOf);
    const becomes = `becomes ${way.join(', then ')}`;
    const [what, why] = endWords(last, becomes, way.length);
    const principal = beginner(first);
    this.leaks.set(`${bucket} ${principal} ${what}`, { principal, bucket, what, why });
  }

  result(): Omit<Ways, 'seen'> {
    return {
      holders: [...this.holders.values()],
      doors: this.doors,
      leaks: [...this.leaks.values()],
      others: [...this.others.values()],
    };
  }
}

function endWords(last: Hop, becomes: string, steps: number): readonly [string, string] {
  switch (last.how) {
    case 'rewrites':
      return [
        `${becomes}, which may change policies`,
        'anyone who may change policies can allow itself anything in the account',
      ];
    case 'unseen':
      return [
        `${becomes}, which may become somebody that the snapshot does not show`,
        'it is not known what that one may do',
      ];
    default:
      return [
        `${becomes}, which reaches the bucket`,
        steps > 1
          ? 'a chain: the definition of an integration confines one role, and further roles are beyond it'
          : 'it gets in by another right than a trust of its own',
      ];
  }
}

function arnOf({ into }: Hop): string {
  return String(into?.arn[0] ?? '');
}

/** Who begins, as the trust or the credentials name it. */
function beginner(first: Hop): string {
  if (!first.statement) return arnOf(first);
  const names = saidOf(first.statement).principals.map(({ value }) => value);
  return names.length === 0 ? '*' : names.slice(0, 3).join(', ');
}

/** A statement of the model of access as somebody could have written it. */
export function saidOf({ text, place }: Statement): Said {
  try {
    const json = parseJson(text, { length: 1_000_000, depth: 100, values: 200_000 });
    return said(isObject(json) ? json : {}, place);
  } catch (error) {
    if (error instanceof NotJson) return { ...said({}, place), text };
    throw error;
  }
}
