/**
 * Patterns as graphs: walking two of them at once answers whether they meet, in the product of their lengths at most.
 */
import type { Pattern, Wild } from './pattern';
import { isThing, thingKey } from './value';

/** Whether upper and lower case are told apart. */
export type Names = 'exact' | 'no-case';

/** What an edge takes: one character, every character, every one that parts of an ARN or names have, a thing, or nothing. */
interface Label {
  readonly takes: 'char' | 'every' | 'part' | 'name' | 'nothing' | 'thing';
  readonly char?: string;
  /** Of a thing. */
  readonly key?: string;
}

interface Edge extends Label {
  readonly to: number;
  /** Whether it is part of the text of a thing, which no text of another thing is. */
  readonly inThing: boolean;
}

/** A pattern as a graph from node 0 to node `end`. */
export interface Automaton {
  readonly edges: readonly (readonly Edge[])[];
  readonly end: number;
}

/** Patterns longer than this together may meet: no policy that AWS takes is that long. */
const MOST_STATES = 4_000_000;

class Builder {
  readonly edges: Edge[][] = [[]];
  private inThing = false;

  constructor(
    private readonly names: Names,
    /** Whether what is not known leads nowhere, as where a guard needs certainty. */
    private readonly certain: boolean,
  ) {}

  /** Appends a pattern behind a node, and gives the node behind it. */
  append(pattern: Pattern, from: number): number {
    let at = from;
    for (const piece of pattern) {
      if (typeof piece === 'string') at = this.text(piece, at);
      else if ('wild' in piece) at = this.wild(piece.wild, at);
      else if ('oneOf' in piece) at = this.oneOf(piece.oneOf, at);
      else if (isThing(piece)) at = this.thing(thingKey(piece), piece.like, at);
      else at = this.certain ? this.node() : this.loop({ takes: 'every' }, at);
    }
    return at;
  }

  private wild(wild: Wild['wild'], from: number): number {
    if (wild === '?') return this.edge({ takes: 'every' }, from);
    return this.loop({ takes: wild === '*' ? 'every' : 'part' }, from);
  }

  private text(text: string, from: number): number {
    let at = from;
    const folded = this.names === 'exact' ? text : text.toLowerCase();
    for (const char of folded) at = this.edge({ takes: 'char', char }, at);
    return at;
  }

  private oneOf(branches: readonly Pattern[], from: number): number {
    const end = this.node();
    if (this.certain) return end;
    for (const branch of branches) this.edge({ takes: 'nothing' }, this.append(branch, from), end);
    return end;
  }

  /** Of a name, what is not known has no more colons and slashes than the rest. */
  private nameLike(like: Pattern, from: number): number {
    let at = from;
    for (const piece of like) at = typeof piece === 'string' ? this.text(piece, at) : this.loop({ takes: 'name' }, at);
    return at;
  }

  private thing(key: string, like: Pattern | undefined, from: number): number {
    const end = this.edge({ takes: 'thing', key }, from);
    if (this.certain) return end;
    this.inThing = true;
    const text =
      like === undefined
        ? this.loop({ takes: 'name' }, this.edge({ takes: 'name' }, from))
        : this.nameLike(like, this.edge({ takes: 'nothing' }, from));
    this.inThing = false;
    this.edge({ takes: 'nothing' }, text, end);
    return end;
  }

  /** A node that takes a label any number of times. */
  private loop(label: Label, from: number): number {
    const at = this.edge({ takes: 'nothing' }, from);
    return this.edge(label, at, at);
  }

  private edge(label: Label, from: number, to = this.node()): number {
    this.edges[from]?.push(Object.assign({ to, inThing: this.inThing }, label));
    return to;
  }

  private node(): number {
    return this.edges.push([]) - 1;
  }
}

const known: Readonly<Record<Names, WeakMap<Pattern, Automaton>>> = { exact: new WeakMap(), 'no-case': new WeakMap() };

/** The graph of a pattern, in which what is not known may be anything. */
export function automaton(pattern: Pattern, names: Names): Automaton {
  let made = known[names].get(pattern);
  if (!made) {
    const builder = new Builder(names, false);
    const end = builder.append(pattern, 0);
    made = { edges: builder.edges, end };
    known[names].set(pattern, made);
  }
  return made;
}

/** Whether some text leads through both graphs. */
export function overlap(a: Automaton, b: Automaton): boolean {
  const width = b.edges.length;
  if (a.edges.length * width > MOST_STATES) return true;
  const seen = new Uint8Array(a.edges.length * width);
  const open: number[] = [0];
  const visit = (one: number, other: number) => {
    const state = one * width + other;
    if (seen[state] === 1) return;
    seen[state] = 1;
    open.push(state);
  };
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const [one, other] = [Math.floor(state / width), state % width];
    if (one === a.end && other === b.end) return true;
    const [ofOne, ofOther] = [a.edges[one] ?? [], b.edges[other] ?? []];
    for (const edge of ofOther) if (edge.takes === 'nothing') visit(one, edge.to);
    for (const edge of ofOne) {
      if (edge.takes === 'nothing') visit(edge.to, other);
      else for (const twin of ofOther) if (agree(edge, twin)) visit(edge.to, twin.to);
    }
  }
  return false;
}

/** Whether two edges take something in common. */
function agree(a: Edge, b: Edge): boolean {
  if (a.key !== undefined || b.key !== undefined) return a.key === b.key;
  if (a.inThing && b.inThing) return false;
  if (a.char !== undefined) return takes(b, a.char);
  return b.char !== undefined ? takes(a, b.char) : b.takes !== 'nothing';
}

function takes(edge: Edge, char: string): boolean {
  if (edge.char !== undefined) return edge.char === char;
  if (edge.takes === 'every') return true;
  return char !== ':' && (edge.takes === 'part' || (edge.takes === 'name' && char !== '/'));
}

/** More sets of nodes than this are not followed: then nothing is certain. */
const MOST_BRANCHES = 64;

/** Whether every text of a value leads through the graph of one of the patterns. */
export function coversAll(patterns: readonly Pattern[], value: Pattern, names: Names): boolean {
  const builder = new Builder(names, true);
  const ends = patterns.map((pattern) => builder.append(pattern, 0));
  const after = follow(builder.edges, [closure(builder.edges, [0])], value, names);
  return after?.every((nodes) => ends.some((end) => nodes.includes(end))) ?? false;
}

type Nodes = readonly number[];

/** The nodes that are surely reached behind a value, one set for each branch; undefined where there are too many. */
function follow(
  edges: readonly (readonly Edge[])[],
  from: readonly Nodes[],
  value: Pattern,
  names: Names,
): readonly Nodes[] | undefined {
  let sets = from;
  for (const piece of value) {
    if (typeof piece === 'string') {
      for (const char of names === 'exact' ? piece : piece.toLowerCase()) {
        sets = sets.map((nodes) => next(edges, nodes, (edge) => takes(edge, char)));
      }
    } else if ('oneOf' in piece) {
      const branches = piece.oneOf.map((branch) => follow(edges, sets, branch, names));
      const all = branches.flatMap((branch) => branch ?? []);
      if (branches.includes(undefined)) return undefined;
      sets = [...new Map(all.map((nodes) => [nodes.join(), nodes])).values()];
      if (sets.length > MOST_BRANCHES) return undefined;
    } else if ('wild' in piece && piece.wild === '?') {
      sets = sets.map((nodes) => next(edges, nodes, (edge) => edge.takes === 'every'));
    } else {
      const key = isThing(piece) ? thingKey(piece) : undefined;
      sets = sets.map((nodes) =>
        next(
          edges,
          nodes,
          (edge, at) => (edge.key !== undefined && edge.key === key) || (edge.takes === 'every' && edge.to === at),
        ),
      );
    }
  }
  return sets;
}

function next(edges: readonly (readonly Edge[])[], nodes: Nodes, take: (edge: Edge, at: number) => boolean): Nodes {
  const to = nodes.flatMap((at) => (edges[at] ?? []).filter((edge) => take(edge, at)).map((edge) => edge.to));
  return closure(edges, to);
}

/** The nodes and those that they lead to without taking anything, in order. */
function closure(edges: readonly (readonly Edge[])[], nodes: Nodes): Nodes {
  const found = new Set(nodes);
  for (const at of found) for (const edge of edges[at] ?? []) if (edge.takes === 'nothing') found.add(edge.to);
  return [...found].sort((a, b) => a - b);
}
