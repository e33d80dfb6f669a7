/** Every key of the language is in the corpora: right in a good case, and at fault in a bad one. */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { LANGUAGE_KEYS } from '../support/language-keys';
import { type Case, readCases } from './cases';

/** A key that a file has, and which lines and columns it and its value take. */
interface Row {
  readonly path: string;
  readonly covers: (line: number, column: number) => boolean;
}

function rowsOf(text: string): { rows: Row[]; kind?: string } {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, logLevel: 'silent', strict: false, uniqueKeys: false });
  const rows: Row[] = [];
  const walk = (node: unknown, path: readonly string[]): void => {
    if (isSeq(node)) for (const item of node.items) walk(item, path);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const own = [...path, String(key.value)];
      const from = (key.range ?? [0])[0];
      const to = ((value as Node | null)?.range ?? key.range ?? [0, 0])[1];
      rows.push({
        path: own.join('.'),
        covers: (line, column) => {
          const at = (lines.lineStarts[line - 1] ?? Number.POSITIVE_INFINITY) + column - 1;
          return at >= from && at <= to;
        },
      });
      walk(value, own);
    }
  };
  walk(doc.contents, []);
  const kind = isMap(doc.contents) ? doc.contents.get('kind') : undefined;
  return { rows, kind: typeof kind === 'string' ? kind : undefined };
}

/** The keys of a case's files, by the file. */
function keysIn({ entries }: Case): Map<string, { names: readonly string[]; covers: Row['covers'] }[]> {
  return new Map(
    entries.flatMap((entry) => {
      if (entry.type !== 'file' || entry.path.startsWith('..') || !entry.path.endsWith('.yaml')) return [];
      const { rows, kind } = rowsOf(entry.content.toString('utf8'));
      const sorts =
        entry.path === 'settings.yaml'
          ? ['settings']
          : entry.path.endsWith('/client.yaml')
            ? ['client']
            : ['integration', ...(kind === undefined ? [] : [kind])];
      const all = rows.map(({ path, covers }) => ({ names: sorts.map((sort) => `${sort} ${path}`), covers }));
      return [[entry.path, all] as const];
    }),
  );
}

test('every key is right in a good case', () => {
  const there = new Set(
    readCases('good').flatMap((each) => [...keysIn(each).values()].flat().flatMap(({ names }) => names)),
  );
  expect(LANGUAGE_KEYS.filter((key) => !there.has(key))).toEqual([]);
});

test('every key is at fault in a bad case', () => {
  const atFault = new Set(
    readCases('bad').flatMap((each) => {
      const keys = keysIn(each);
      return each.expected.flatMap((expected) => {
        const [, file = '', line, column] = /^(.+):(\d+):(\d+) /.exec(expected) ?? [];
        const covering = (keys.get(file) ?? []).filter(({ covers }) => covers(Number(line), Number(column)));
        return covering.flatMap(({ names }) => names);
      });
    }),
  );
  expect(LANGUAGE_KEYS.filter((key) => !atFault.has(key))).toEqual([]);
});
