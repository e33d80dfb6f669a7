import { type Measure, policyMeasures, stackMeasures } from '../definitions/model/measures';
import type { Client } from '../definitions/model/model';
import type { FindingCode } from '../rules/codes';
import { type Limit, POLICY_LIMITS, STACK_LIMITS } from '../rules/limits';
import { parseStackName, stackId } from '../rules/stacks';

/** How much of one of AWS's limits something uses. */
export interface Use {
  /** A stack, an integration or a bucket. */
  readonly of: string;
  readonly client: string;
  readonly used: number;
}

/** One of AWS's limits, and who comes near it. */
export interface Headroom {
  readonly code: FindingCode;
  readonly what: string;
  readonly most: number;
  /** What to do before it is reached. */
  readonly fix: string;
  /** The fullest, at most ten. */
  readonly fullest: readonly Use[];
  /** How many use four fifths or more. */
  readonly near: number;
}

/** What one client uses of its own limits. */
export interface ClientUse {
  /** How many stacks it has. */
  readonly stacks: number;
  /** Of the stack that has most. */
  readonly resources: number;
  /** Of the stack that has most. */
  readonly outputs: number;
  /** Characters; none where nobody is let in by the bucket's policy. */
  readonly bucketPolicy?: number;
}

const LIMITS: readonly Limit[] = [...Object.values(STACK_LIMITS), ...Object.values(POLICY_LIMITS)];
const FULLEST = 10;
const NEAR = 0.8;

/** A client with what it uses of every limit. */
export interface Measured {
  readonly client: Client;
  readonly measures: readonly Measure[];
}

export function measured(client: Client): Measured {
  return { client, measures: [...stackMeasures(client), ...policyMeasures(client)] };
}

export function clientUse({ client, measures }: Measured): ClientUse {
  const own = ({ bucket }: Measure) => bucket === undefined || bucket === client.bucket;
  const uses = (limit: Limit) =>
    measures.filter((measure) => measure.limit === limit && own(measure)).map(({ used }) => used);
  return {
    stacks: uses(STACK_LIMITS.resources).length,
    resources: Math.max(0, ...uses(STACK_LIMITS.resources)),
    outputs: Math.max(0, ...uses(STACK_LIMITS.outputs)),
    bucketPolicy: uses(POLICY_LIMITS.bucket)[0],
  };
}

/** How far each limit is used, and by whom most. */
export function headroomOf(clients: readonly Measured[]): Headroom[] {
  const uses = new Map<Limit, Use[]>(LIMITS.map((limit) => [limit, []]));
  for (const { client, measures } of clients) {
    for (const measure of measures) uses.get(measure.limit)?.push(useOf(client, measure));
  }
  return [...uses].map(([limit, all]) => headroom(limit, all));
}

function useOf(client: Client, { integration, bucket, stack, used }: Measure): Use {
  return {
    of: integration?.name ?? bucket?.name ?? stackId(client.name, parseStackName(stack ?? '')?.part),
    client: client.name,
    used,
  };
}

function headroom({ code, what, most, fix }: Limit, uses: readonly Use[]): Headroom {
  const fullest = [...uses].sort((a, b) => b.used - a.used).slice(0, FULLEST);
  return { code, what, most, fix, fullest, near: uses.filter(({ used }) => used >= NEAR * most).length };
}
