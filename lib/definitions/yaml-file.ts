import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { Finding } from '../rules/finding';
import { quote } from '../rules/finding';
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
    text: string,
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
    return this.at(whole && part === 'value' ? spot.value : spot.key, finding, severity);
  }

  private at(offset: number, finding: Finding, severity: Problem['severity']): Problem {
    const { line, col } = this.lines.linePos(offset);
    const { code, message, fix } = finding;
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1), severity, code, message, fix };
  }

  private report(offset: number, code: string, message: string, fix: string): void {
    this.problems.push(this.at(offset, { code, message, fix }, 'error'));
  }

  private read(text: string): { data: Record<string, unknown>; spot: Spot } {
    const nothing = { data: {}, spot: { key: 0, value: 0, parts: new Map() } };
    let document: ReturnType<typeof parseDocument>;
    try {
      document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, logLevel: 'silent' });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.report(
        0,
        'yaml-too-deep',
        'the file is nested too deeply to be read',
        'write it flat: definitions have three levels at most',
      );
      return nothing;
    }
    for (const error of [...document.errors, ...document.warnings]) {
      const { code, message, fix } = explained(error);
      this.report(error.pos[0], code, message, fix);
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
    if (node.anchor !== undefined) {
      this.report(value, 'yaml-alias', `the anchor &${node.anchor} has no use here`, 'remove it: aliases are not read');
    }
    if (node.tag?.startsWith('!') || (node.tag !== undefined && isScalar(node) && typeof node.value !== 'string')) {
      this.report(
        value,
        'yaml-tag',
        `the tag ${node.tag} has no use here`,
        'remove it, and quote the value if it is a text',
      );
    }
    if (depth > MOST_LEVELS) {
      this.report(
        value,
        'yaml-too-deep',
        `more than ${MOST_LEVELS} levels`,
        'write it flat: definitions have three levels at most',
      );
      return { data: undefined, spot };
    }
    if (isSeq(node)) {
      const data = node.items.map((item, at) => {
        const part = this.convert(item as Node | null, value, depth + 1);
        parts.set(String(at), part.spot);
        return part.data;
      });
      return { data, spot };
    }
    if (isMap(node)) {
      const data: Record<string, unknown> = Object.create(null);
      for (const pair of node.items as Pair<Node, Node | null>[]) {
        const name = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined;
        const at = pair.key?.range?.[0] ?? value;
        if (name === undefined) {
          this.report(at, 'yaml-key', 'a key is not a plain text', 'write the key as one word followed by a colon');
          continue;
        }
        const part = this.convert(pair.value, at, depth + 1);
        data[name] = part.data;
        parts.set(name, part.spot);
      }
      return { data, spot };
    }
    if (isScalar(node)) {
      const { value: scalar, source } = node;
      const asWritten = typeof scalar === 'number' || typeof scalar === 'bigint';
      return { data: asWritten ? (source ?? String(scalar)) : scalar, spot };
    }
    return { data: undefined, spot };
  }
}

const MOST_LEVELS = 8;

function explained(error: YAMLError): Finding {
  const message = error.message.replace(/\s+/g, ' ').slice(0, 200);
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return { code: 'duplicate-key', message: 'this key is there twice', fix: 'keep one of the two' };
    case 'TAB_AS_INDENT':
      return { code: 'yaml-tab', message: 'a tab indents this line', fix: 'indent with spaces' };
    case 'MULTIPLE_DOCS':
      return {
        code: 'yaml-documents',
        message: 'the file holds more than one document',
        fix: 'make a file of each; the path is the name',
      };
    case 'TAG_RESOLVE_FAILED':
      return { code: 'yaml-tag', message, fix: 'remove the tag, and quote the value if it is a text' };
    default:
      return {
        code: 'yaml-syntax',
        message: `not YAML: ${message}`,
        fix: `quote texts that hold ${quote(': # [ ] { }')}, and align keys of one level`,
      };
  }
}
