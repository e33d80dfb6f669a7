import { type Door, type Holder, type Statement, statementsOf, type Value, valueText, type World } from '../access';
import type { Finding } from './finding';
import { type Meant, type MeantBucket, type MeantIntegration, type MeantInternal, principalKey } from './meant';
import { shortened } from './words';

/** What is meant, found by the names under which it is there. Made once, and asked for each thing. */
export class MeantIndex {
  private readonly principals = new Map<string, MeantIntegration[]>();
  private readonly buckets = new Map<string, MeantBucket[]>();
  private readonly inBucket = new Map<string, (MeantIntegration | MeantInternal)[]>();
  private readonly points = new Map<string, MeantIntegration[]>();
  private readonly statements = new Map<Door, ReadonlySet<string>>();
  private readonly keys = new Map<string, Set<string>>();
  private readonly arns = new Map<string, string>();

  constructor(meant: Meant, world: World) {
    for (const bucket of meant.buckets) {
      put(this.buckets, valueText(bucket.arn), bucket);
      this.arns.set(bucket.key, valueText(bucket.arn));
    }
    for (const integration of meant.integrations) {
      const { principal, account, accessPoint } = integration;
      if (principal) put(this.principals, principalKey(principal.kind, account, principal.name), integration);
      if (accessPoint) put(this.points, valueText(accessPoint.arn), integration);
    }
    for (const each of [...meant.integrations, ...meant.internal]) {
      const { bucket, encryptionKey, ofKey } = each;
      put(this.inBucket, bucket, each);
      if (!encryptionKey) continue;
      const key = valueText(encryptionKey);
      const texts = this.keys.get(key) ?? new Set();
      for (const text of ofKey) texts.add(text);
      this.keys.set(key, texts);
    }
    for (const door of world.doors) this.statements.set(door, this.meantAt(door));
  }

  /** The integration whose role or user somebody surely is: the one of its own template where several have that name. */
  integrationOf({ kind, account, name, place }: Holder): MeantIntegration | undefined {
    return near(this.principals.get(principalKey(kind, account, name)), place.scope);
  }

  /** The integration whose access point a door surely is. */
  pointOf({ kind, names, place }: Door): MeantIntegration | undefined {
    if (kind !== 'access-point') return undefined;
    return near(
      names.flatMap((name) => this.points.get(valueText(name)) ?? []),
      place.scope,
    );
  }

  /** The ARN of a bucket, as one text. */
  bucketArn(key: string): string | undefined {
    return this.arns.get(key);
  }

  /** The buckets that a door's policy is surely of. Where two stages have a bucket of one name, it is the one beside the policy. */
  bucketsOf({ kind, names, place }: Door): readonly MeantBucket[] {
    if (kind !== 'bucket') return [];
    const found = names.flatMap((name) => this.buckets.get(valueText(name)) ?? []);
    const near = found.filter(({ isCreated, scope }) => !isCreated || scope === place.scope);
    return near.some(({ isCreated }) => isCreated) ? near : found;
  }

  /** Whether a statement of a door's policy is meant there. */
  isMeant(door: Door, { text }: Pick<Statement, 'text'>): boolean {
    return this.statements.get(door)?.has(text) ?? false;
  }

  /** The statements that the policy of a bucket must have: that which denies plain HTTP, and what integrations are denied there. */
  denies({ key, tls }: MeantBucket): readonly string[] {
    return [tls, ...(this.inBucket.get(key) ?? []).flatMap(({ denies }) => denies)];
  }

  /** Who leaves a client's bucket to access points without being meant to: their policies, present and future, decide. */
  handedOn({ doors }: World): readonly Finding[] {
    return doors.flatMap((door) =>
      this.bucketsOf(door).length === 0
        ? []
        : statementsOf(door.policy)
            .filter(({ effect, only }) => effect === 'Allow' && only.some(({ key }) => key.startsWith('access-point')))
            .filter((statement) => !this.isMeant(door, statement))
            .map(
              (statement): Finding => ({
                rule: 'unknown-statement',
                place: statement.place,
                reason: `no integration is meant to have ${shortened(statement.text)}`,
                value: statement.text,
                statement,
              }),
            ),
    );
  }

  private meantAt(door: Door): ReadonlySet<string> {
    if (door.kind === 'key')
      return new Set(door.names.flatMap((name: Value) => [...(this.keys.get(valueText(name)) ?? [])]));
    const buckets = this.bucketsOf(door);
    return new Set(buckets.flatMap(({ key }) => (this.inBucket.get(key) ?? []).flatMap(({ ofBucket }) => ofBucket)));
  }
}

function put<T>(all: Map<string, T[]>, key: string, value: T): void {
  const found = all.get(key);
  if (found) found.push(value);
  else all.set(key, [value]);
}

/** Of several, the one of a template, or else any: two stages may have the same names where nobody says where they are. */
export function near(all: readonly MeantIntegration[] | undefined, scope: string): MeantIntegration | undefined {
  return all?.find((each) => each.scope === scope) ?? all?.[0];
}
