import type { NotJudged } from './not-judged';
import { changeOf } from './remembered';
import type { Properties, ResourceType } from './resource-type';

/** One thing that was done to a resource. */
export interface Operation {
  readonly did: 'created' | 'updated' | 'replaced' | 'deleted' | 'retained';
  readonly logicalId: string;
  readonly type: string;
  /** Of a resource that was replaced, the new one's. */
  readonly physicalId: string;
}

/** The run was killed half-way, as it was asked to be. */
export class Interrupted extends Error {
  constructor(operations: number) {
    super(`killed after ${operations} operations`);
  }
}

/** A server refused a resource; its answer is the cause. */
export class DeploymentFailed extends Error {
  constructor(
    readonly logicalId: string,
    override readonly cause: unknown,
  ) {
    super(`${logicalId}: ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`);
  }
}

/** What has been done in one run. */
export class Run {
  readonly operations: Operation[] = [];
  readonly notJudged: NotJudged[] = [];

  constructor(
    private readonly stopAfter = Number.POSITIVE_INFINITY,
    private readonly revertDrift = false,
  ) {}

  /** What becomes of a resource that is there. */
  changeOf(...[before, now, type]: Parameters<typeof changeOf>): ReturnType<typeof changeOf> {
    const change = changeOf(before, now, type);
    return change === 'none' && this.revertDrift ? 'update' : change;
  }

  did(operation: Operation): void {
    this.operations.push(operation);
    if (this.operations.length >= this.stopAfter) throw new Interrupted(this.operations.length);
  }

  /** Notes what of a resource no server enforces. */
  unjudged(name: string, type: ResourceType, properties: Properties): void {
    if (type.unjudged !== undefined) this.notJudged.push({ what: name, why: type.unjudged });
    for (const [property, why] of Object.entries(type.notJudged ?? {})) {
      if (properties[property] !== undefined) this.notJudged.push({ what: `${name}: ${property}`, why: why ?? '' });
    }
  }
}

/** What goes wrong while this is done is that resource's. */
export async function refusedAs(logicalId: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw new DeploymentFailed(logicalId, error);
  }
}
