import type { Deployment } from '../definitions/model/model';
import { whoIsToShow } from '../definitions/model/who';
import type { JudgedRisk } from '../definitions/risks';
import { GRAVITIES, type Gravity } from '../rules/risk';
import { type AccessChange, narrows, widens } from './effect';
import { isActive } from './words';

/** What a change comes to, the worst first. */
export const VERDICTS = ['grows', 'ends', 'shrinks', 'neutral'] as const;

/** An integration whose access changes, or a client that changes itself. */
export interface Affected {
  readonly client: string;
  readonly integration?: string;
  readonly verdict: (typeof VERDICTS)[number];
  /** Of its gravest risk that nobody accepts, where its access grows. */
  readonly gravity?: Gravity;
  /** Whom it allows now; empty where it is gone. */
  readonly who: readonly string[];
  /** The day on which access ends. */
  readonly until?: string;
  readonly file: string;
  readonly changes: readonly AccessChange[];
}

/** What changes for whom, the worst first: what grows by how grave its risks are, then what ends and shrinks. */
export function affectedBy(
  access: readonly AccessChange[],
  risks: ReadonlyMap<string, readonly JudgedRisk[]>,
  { clients }: Pick<Deployment, 'clients'>,
): Affected[] {
  const groups = new Map<string, AccessChange[]>();
  for (const change of access) {
    const name = change.integration ?? change.client;
    groups.set(name, [...(groups.get(name) ?? []), change]);
  }
  const integrations = new Map(clients.flatMap((client) => client.integrations.map((each) => [each.name, each])));
  const names = new Set(clients.map(({ name }) => name));
  const affected = [...groups].flatMap(([name, changes]): Affected[] => {
    const [first] = changes;
    if (!first) return [];
    const { client, integration, file } = first;
    const now = integrations.get(name);
    const isOpen = integration === undefined ? names.has(client) : now !== undefined && isActive(now);
    const grows = changes.some(widens);
    const verdict = grows ? 'grows' : changes.some(narrows) ? (isOpen ? 'shrinks' : 'ends') : 'neutral';
    const gravity = grows ? risks.get(name)?.find(({ accepted }) => accepted === null)?.gravity : undefined;
    const who = now ? whoIsToShow(now) : [];
    return [{ client, integration, verdict, gravity, who, until: now?.expires, file, changes }];
  });
  const rank = ({ verdict, gravity }: Affected) =>
    VERDICTS.indexOf(verdict) * 10 + (gravity === undefined ? GRAVITIES.length : GRAVITIES.indexOf(gravity));
  return affected.sort((a, b) => rank(a) - rank(b));
}

const PLURALS = { grows: 'grow', ends: 'end', shrinks: 'shrink', neutral: 'neutral' } as const;

/** `9 grow, 1 ends, 2 neutral`. */
export function verdictLine(affected: readonly Affected[]): string {
  const parts = VERDICTS.flatMap((verdict) => {
    const many = affected.filter((each) => each.verdict === verdict).length;
    return many === 0 ? [] : [`${many} ${many === 1 ? verdict : PLURALS[verdict]}`];
  });
  return parts.join(', ');
}
