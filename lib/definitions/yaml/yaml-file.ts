import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { FindingCode } from '../../rules/codes';
import type { Finding } from '../../rules/finding';
import { quote } from '../../text/quote';
import type { Problem } from './problem';

/** Where a value stands, and where the parts of it stand. Offsets into the text. */
export interface Spot {
  readonly key: number;
  readonly value: number;
  readonly parts: ReadonlyMap<string, Spot>;
}

/** A file's data, and a place for everything in it. Numbers are kept as they are written: `012345678901` is an account id. */
export class YamlFile {
  /** The keys of the file; empty where the file is empty or cannot be read. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly problems: Problem[] = [];
  private readonly lines = new LineCounter();
  private readonly root: Spot;

  constructor(
    /** Relative to the folder of the definitions. */
    readonly file: string,
    private readonly text: string,
  ) {
    const { data, spot } = this.read(text);
    this.data = data;
    this.root = spot;
  }

  /** A problem at the value (or key) of a path; at the nearest part that is there, where the path is not. */
  problem(
    finding: Finding,
    path: readonly PropertyKey[],
    part: 'key' | 'value' = 'value',
    severity: Problem['severity'] = 'error',
  ): Problem {
    let spot = this.root;
    let whole = true;
    for (const name of path) {
      const next = spot.parts.get(String(name));
      if (!next) {
        whole = false;
        break;
      }
      spot = next;
    }
    // A key that is missing is missing from the mapping that its parent key names.
    return this.at(whole && path.length > 0 && part === 'value' ? spot.value : spot.key, finding, severity);
  }

  private at(offset: number, finding: Finding, severity: Problem['severity']): Problem {
    const { line, col } = this.lines.linePos(offset);
    const { code, message, fix } = finding;
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1), severity, code, message, fix };
  }

  private report(offset: number, code: FindingCode, message: string, fix: string): void {
    this.problems.push(this.at(offset, { code, message, fix }, 'error'));
  }

  /** Refuses anchors and tags, which would make a value depend on more than what stands there. */
  private refuseProperties(node: Node, at: number): void {
    const { anchor, tag } = node as { anchor?: string; tag?: string };
    if (anchor !== undefined) {
      const place = this.text.lastIndexOf(`&${anchor}`, at);
      this.report(
        place < 0 ? at : place,
        'yaml-alias',
        `the anchor &${anchor} is not allowed here`,
        'remove it: aliases are not read',
      );
    }
    if (tag !== undefined) {
      const place = this.text.lastIndexOf('!', at);
      const start = place > 0 && this.text[place - 1] === '!' ? place - 1 : place;
      this.report(
        start < 0 ? at : start,
        'yaml-tag',
        'a tag is not allowed here',
        'remove it, and quote the value if it is a text',
      );
    }
  }

  private read(text: string): { data: Record<string, unknown>; spot: Spot } {
    const nothing = { data: {}, spot: { key: 0, value: 0, parts: new Map<string, Spot>() } };
    let document: ReturnType<typeof parseDocument>;
    try {
      document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, logLevel: 'error' });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.report(0, ...TOO_DEEP);
      return nothing;
    }
    if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
      this.report(0, ...TOO_DEEP);
      return nothing;
    }
    for (const error of document.errors) {
      const { code, message, fix } = explained(error);
      this.report(opening(document, error), code, message, fix);
    }
    if (document.directives?.yaml.explicit) {
      this.report(text.indexOf('%'), 'yaml-directive', 'a directive changes how the file is read', 'remove the line');
    }
    if (document.errors.length > 0 || document.contents === null) return nothing;
    const root = document.contents;
    const { data, spot } = this.convert(root, 0, 0);
    if (isScalar(root) && root.value === null) return nothing;
    if (!isMap(root)) {
      this.report(
        spot.value,
        'wrong-type',
        'the file is not a mapping',
        'write keys with values, for example kind: assumed-role',
      );
      return nothing;
    }
    return { data: data as Record<string, unknown>, spot };
  }

  private convert(node: Node | null, key: number, depth: number): { data: unknown; spot: Spot } {
    const value = node?.range?.[0] ?? key;
    const parts = new Map<string, Spot>();
    const spot = { key, value, parts };
    if (node === null) return { data: null, spot };
    if (isAlias(node)) {
      this.report(
        value,
        'yaml-alias',
        `*${node.source} repeats a value from elsewhere`,
        'write the value out: a reviewer reads it where it acts',
      );
      return { data: undefined, spot };
    }
    this.refuseProperties(node, value);
    if (depth > MOST_LEVELS) {
      this.report(value, ...TOO_DEEP);
      return { data: undefined, spot };
    }
    if (isSeq(node)) {
      const data = node.items.map((item, at) => {
        const part = this.convert(item as Node | null, value, depth + 1);
        parts.set(String(at), part.spot);
        return part.data;
      });
      return { data: data.includes(undefined) ? undefined : data, spot };
    }
    if (isMap(node)) {
      const data: Record<string, unknown> = Object.create(null);
      let whole = true;
      for (const pair of node.items as Pair<Node, Node | null>[]) {
        const name = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined;
        const at = pair.key?.range?.[0] ?? value;
        if (name === '__proto__') {
          this.report(at, 'unknown-key', 'there is no key "__proto__" here', 'remove it');
          continue;
        }
        if (name === undefined) {
          this.report(at, 'yaml-key', 'this cannot be a key', 'write the key as one word followed by a colon');
          whole = false;
          continue;
        }
        if (parts.has(name)) {
          this.report(at, 'duplicate-key', 'this key appears twice', 'keep one of the two');
          continue;
        }
        this.refuseProperties(pair.key, at);
        const part = this.convert(pair.value, at, depth + 1);
        data[name] = part.data;
        parts.set(name, part.spot);
        whole &&= part.data !== undefined;
      }
      // What could not be read makes the value unread that it is part of; at the root, the others are read.
      return { data: whole || depth === 0 ? data : undefined, spot };
    }
    if (isScalar(node)) {
      const { value: scalar, source } = node;
      if (/[$#]\{Token\[/.test(String(scalar))) {
        this.report(value, 'cdk-token', 'the text reads like a token of the CDK', 'write the value itself');
        return { data: undefined, spot };
      }
      const asWritten = typeof scalar === 'number' || typeof scalar === 'bigint';
      return { data: asWritten ? (source ?? String(scalar)) : scalar, spot };
    }
    return { data: undefined, spot };
  }
}

const MOST_LEVELS = 8;
const TOO_DEEP = [
  'yaml-too-deep',
  'the file is nested too deeply',
  'write it flat: definitions have three levels at most',
] as const;

/** Where a quote or bracket begins that is not closed; the parser itself reports its absence, at the end. */
function opening(document: Document, error: YAMLError): number {
  const [at] = error.pos;
  if (error.code !== 'MISSING_CHAR' && error.code !== 'BAD_INDENT') return at;
  let found = at;
  visit(document, {
    Node: (_, node) => {
      const [start = at, end = at] = (node as Node).range ?? [];
      const enclosed = isScalar(node) ? /^QUOTE/.test(node.type ?? '') : (isMap(node) || isSeq(node)) && node.flow;
      if (enclosed && start < at && end >= at) found = start;
    },
  });
  return found;
}

function explained(error: YAMLError): Finding {
  const message = error.message.replace(/\s+/g, ' ').slice(0, 200);
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return { code: 'duplicate-key', message: 'this key appears twice', fix: 'keep one of the two' };
    case 'TAB_AS_INDENT':
      return { code: 'yaml-tab', message: 'a tab indents this line', fix: 'indent with spaces' };
    case 'MULTIPLE_DOCS':
      return {
        code: 'yaml-documents',
        message: 'the file holds more than one document',
        fix: 'make a file of each; the path is the name',
      };
    default:
      return {
        code: 'yaml-syntax',
        message: `not YAML: ${message}`,
        fix: `quote texts that hold ${quote(': # [ ] { }')}, and align keys of one level`,
      };
  }
}
