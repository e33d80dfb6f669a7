/**
 * Violations that somebody acknowledged, each by its own id: nothing else of its rule is meant by that, and neither is another
 * way to the same place.
 */
import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { hashOf, type Identified } from './identified';

const PLUGIN = 'ConfinementChecks::';

/** An acknowledgement of these checks. */
export interface Acknowledgement {
  /** Without the name of the plugin. */
  readonly id: string;
  readonly reason: string;
  /** The construct that has it. */
  readonly path: string;
}

/** Every acknowledgement that constructs have for these checks. */
export function acknowledgementsIn(constructs: readonly IConstruct[]): readonly Acknowledgement[] {
  return constructs.flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries((data ?? {}) as Readonly<Record<string, unknown>>))
      .filter(([id]) => id.startsWith(PLUGIN))
      .map(([id, reason]) => ({ id: id.slice(PLUGIN.length), reason: String(reason), path: node.path })),
  );
}

/** Acknowledgements by what they are of; the CDK takes the one that is closest to a construct. */
export class Acknowledgements {
  private readonly byId = new Map<string, Acknowledgement[]>();
  private readonly used = new Set<Acknowledgement>();

  constructor(readonly all: readonly Acknowledgement[]) {
    for (const each of all) this.byId.set(each.id, [...(this.byId.get(each.id) ?? []), each]);
  }

  /** Whether a violation is acknowledged, at its construct or around it. */
  covers({ id, constructPath }: Pick<Identified, 'id' | 'constructPath'>): boolean {
    const found = (this.byId.get(id) ?? []).filter(({ path }) => isAround(path, constructPath));
    for (const each of found) this.used.add(each);
    return found.length > 0;
  }

  /** Those that are of a violation that there is. */
  get inForce(): readonly Acknowledgement[] {
    return this.all.filter((each) => this.used.has(each));
  }

  /** Those that are of none, and so may be of something else tomorrow. */
  get stale(): readonly Acknowledgement[] {
    return this.all.filter((each) => !this.used.has(each));
  }
}

function isAround(path: string, constructPath: string): boolean {
  return path === '' || constructPath === path || constructPath.startsWith(`${path}/`);
}

/** An acknowledgement of nothing, as what it is reported by. */
export function staleId({ id, path }: Acknowledgement): string {
  return `stale-acknowledgement[${hashOf(['stale-acknowledgement', path, id])}]`;
}
