import type { Deployment } from '../definitions/model/model';
import { type JudgedRisk, riskText } from '../definitions/risks';
import { printable } from '../text/quote';
import { type Affected, affectedBy } from './affected';
import type { Change } from './compare';
import type { Diff } from './diff';
import { type AccessChange, narrows, widens } from './effect';
import type { StackChanges } from './stack';

/** With what the present definitions were compared. */
export type Since =
  | { readonly ref: string; readonly commit: string }
  /** A folder that `cdk synth` made. */
  | { readonly assembly: string };

/** How many resources of a stack change, and how. */
export type Counts = Readonly<Record<Change['change'], number>>;

/** A risk of an integration whose access grows. */
export interface RiskOfGrowth extends JudgedRisk {
  readonly integration: string;
}

/** A diff as `diff --json` gives it. */
export interface DiffReport {
  readonly since: Since;
  /** Whether anything is allowed that was not. */
  readonly widening: boolean;
  /** Whether something in use would be replaced or removed, and no definition says so. */
  readonly atStake: boolean;
  readonly access: readonly AccessChange[];
  /** By integration or client, the worst first. */
  readonly affected: readonly Affected[];
  /** Of the integrations whose access grows, as they are now, the worst first. */
  readonly risks: readonly RiskOfGrowth[];
  readonly stacks: readonly (StackChanges & { readonly counts: Counts })[];
}

/**
 * @param risks of each integration, by name
 * @param deployment as it is now
 */
export function reportOf(
  since: Since,
  { access, stacks }: Diff,
  risks: ReadonlyMap<string, readonly JudgedRisk[]> = new Map(),
  deployment: Pick<Deployment, 'clients'> = { clients: [] },
): DiffReport {
  const affected = affectedBy(access, risks, deployment);
  const growing = affected.filter(({ verdict }) => verdict === 'grows');
  return {
    since,
    widening: access.some(widens),
    atStake: stacks.some(({ changes }) => changes.some(({ atStake }) => atStake)),
    access,
    affected,
    risks: growing.flatMap(({ integration = '' }) =>
      (risks.get(integration) ?? []).map((risk) => ({ integration, ...risk })),
    ),
    stacks: stacks.map((stack) => ({ ...stack, counts: countsOf([stack]) })),
  };
}

export function countsOf(stacks: readonly StackChanges[]): Counts {
  const counts = { added: 0, updated: 0, replaced: 0, removed: 0 };
  for (const { change } of stacks.flatMap(({ changes }) => changes)) counts[change] += 1;
  return counts;
}

/** `1 added, 2 updated`. */
export function countsLine(counts: Counts): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.map(([change, count]) => `${count} ${change}`).join(', ');
}

/** `main (1a2b3c4)`. */
export function sinceText(since: Since): string {
  return 'ref' in since ? `${since.ref} (${since.commit.slice(0, 7)})` : since.assembly;
}

/** `kohler_adobe may delete under adobe/`. */
export function accessText({ client, integration, text }: AccessChange): string {
  return `${integration ?? client} ${text}`;
}

/** `kohler_adobe has a high risk: …`. */
export function growthRiskText(risk: RiskOfGrowth): string {
  return printable(`${risk.integration} has a ${riskText(risk)}`);
}

/** Whether access grows or shrinks by a change, in words; none where neither. */
export function effectText(change: AccessChange): string | undefined {
  const [grows, shrinks] = [widens(change), narrows(change)];
  if (grows) return shrinks ? 'access grows and shrinks' : 'access grows';
  return shrinks ? 'access shrinks' : undefined;
}

/** What goes: resources that are replaced or removed, each with its stack. */
export function goingIn({ stacks }: Pick<DiffReport, 'stacks'>): { stack: string; change: Change }[] {
  return stacks.flatMap(({ stack, changes }) =>
    changes.filter(({ change }) => change === 'replaced' || change === 'removed').map((change) => ({ stack, change })),
  );
}

/** `AWS::S3::Bucket integrations-kohler replaced (the old one stays, outside the stack): …`. */
export function resourceText({ type, name, logicalId, change, retained, why }: Change): string {
  return `${type} ${name ?? logicalId} ${change}${retained ? ' (the old one stays, outside the stack)' : ''}: ${why}`;
}
