import type { Loaded } from '../definitions/load';
import type { Integration } from '../definitions/model/model';
import type { Problem } from '../definitions/yaml/problem';
import { daysBetween } from '../text/dates';
import { all } from '../text/list';
import { counted } from '../text/plural';

/** What logs say of use, as far as it is asked here: `usage --json` has it. */
export interface SeenUse {
  readonly from: string | null;
  readonly integrations: ReadonlyMap<
    string,
    { readonly lastSeen: string | null; readonly unused: readonly string[] | null }
  >;
}

/** What somebody has to look at. */
export type DueWhat =
  | 'expired'
  | 'expires-soon'
  | 'review-overdue'
  | 'review-soon'
  | 'acceptance-ended'
  | 'acceptance-ends'
  | 'unused'
  | 'unused-capabilities'
  | 'no-owner';

export interface DueItem {
  readonly what: DueWhat;
  /** None of what stands in a client's file or in the settings. */
  readonly integration: string | null;
  readonly owner: string | null;
  /** Relative to the folder of the definitions. */
  readonly file: string;
  readonly message: string;
  readonly fix: string;
}

const SOON_DAYS = 30;

/** Problems of `check` that come with a day. */
const DATED: ReadonlySet<string> = new Set<DueWhat>([
  ...(['expired', 'expires-soon', 'review-overdue', 'review-soon', 'acceptance-ended'] as const),
]);

/** What is due, by integration: the past first. */
export function dueItems({ deployment, problems }: Loaded, today: string, usage?: SeenUse): DueItem[] {
  const integrations = deployment.clients.flatMap((client) => client.integrations);
  const byFile = new Map(integrations.map((one) => [one.file, one]));
  const dated = problems.flatMap((problem) => datedItem(problem, byFile.get(problem.file), today));
  const others = integrations.flatMap((integration) => [...unusedItems(integration, usage), ...ownerItem(integration)]);
  return [...dated, ...others].sort((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what) || compare(a, b));
}

const ORDER: readonly DueWhat[] = [
  ...(['expired', 'review-overdue', 'acceptance-ended', 'expires-soon', 'review-soon', 'acceptance-ends'] as const),
  ...(['unused', 'unused-capabilities', 'no-owner'] as const),
];

function compare(a: DueItem, b: DueItem): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}

function datedItem(problem: Problem, integration: Integration | undefined, today: string): DueItem[] {
  const { code, message, fix, file, severity, acceptance } = problem;
  const whose = { integration: integration?.name ?? null, owner: integration?.owner ?? null, file };
  if (severity === 'accepted') {
    const { until } = acceptance ?? {};
    if (until === undefined || daysBetween(today, until) > SOON_DAYS) return [];
    const left = counted(daysBetween(today, until), 'day');
    const ends = `${code} is accepted until ${until}, for ${left} more: ${message}`;
    return [{ what: 'acceptance-ends', ...whose, message: ends, fix }];
  }
  return DATED.has(code) ? [{ what: code as DueWhat, ...whose, message, fix }] : [];
}

function unusedItems({ name, owner, file, status }: Integration, usage: SeenUse | undefined): DueItem[] {
  const used = usage?.integrations.get(name);
  if (status !== 'active' || used === undefined || used.unused === null || used.unused.length === 0) return [];
  const whose = { integration: name, owner: owner ?? null, file };
  const since = usage?.from?.slice(0, 10) ?? 'the logs begin';
  if (used.lastSeen === null) {
    const message = `not used since these logs begin, on ${since}`;
    return [
      { what: 'unused', ...whose, message, fix: 'ask its owner whether it is needed; set expires, or remove the file' },
    ];
  }
  const message = `${all(used.unused)} not used since these logs begin, on ${since}`;
  return [
    { what: 'unused-capabilities', ...whose, message, fix: 'take it out of access; usage --propose prints the patch' },
  ];
}

function ownerItem({ name, owner, file }: Integration): DueItem[] {
  if (owner !== undefined) return [];
  const fix = 'set owner; require: [owner] in settings.yaml asks it of every integration';
  return [{ what: 'no-owner', integration: name, owner: null, file, message: 'it has no owner', fix }];
}
