import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { withKeySlots } from '../../lib/definitions/yaml/key-slots-edit';
import { KeySlot } from '../../lib/rules/vocabulary';
import { inFolder } from '../support/folder';
import { withoutRisks } from '../support/risks';

/**
 * Cases as data files: `# what is special`, `slots a b` (what `keys` shall be), `crlf`, `no-newline` (of both texts),
 * `refused`; then the text before and, unless it is refused, after.
 */
const DIR = join(__dirname, 'key-slots');
const cases = readdirSync(DIR)
  .sort()
  .map((file) => {
    const text = readFileSync(join(DIR, file), 'utf8');
    const [header = '', before = '', after] = text.split(/^-- (?:before|after) --\n/m);
    const flags = header.trimEnd().split('\n');
    const written = (part: string) => {
      const ended = flags.includes('no-newline') ? part.replace(/\n$/, '') : part;
      return flags.includes('crlf') ? ended.replaceAll('\n', '\r\n') : ended;
    };
    const slots = flags
      .find((line) => /^slots\b/.test(line))
      ?.split(' ')
      .slice(1) as KeySlot[];
    const refused = flags.includes('refused');
    if (refused === (after !== undefined)) throw new Error(`${file}: refused, or a text after it`);
    return { name: file.replace(/\.txt$/, ''), slots, before: written(before), after: after && written(after) };
  });

test.each(cases.map((each) => [each.name, each] as const))('%s', (_, { slots, before, after }) => {
  expect(withKeySlots(before, slots)).toBe(after);
  if (after === undefined) return;
  expect(keysIn(after)).toEqual(slots);
});

test('what is added and taken out again leaves what was there', () => {
  const lists = cases.filter(({ name, after }) => /^(?:flow|block)-add/.test(name) && after !== undefined);
  expect(lists.length).toBeGreaterThan(8);
  for (const { before, slots } of lists) {
    const [old, young] = slots as [KeySlot, KeySlot];
    const added = withKeySlots(before, slots) as string;
    const rotated = withKeySlots(added, [young]) as string;
    const back = withKeySlots(withKeySlots(rotated, [young, old]) as string, [old]) as string;
    expect(keysIn(back)).toEqual([old]);
    expect(comments(back)).toEqual(comments(before));
  }
});

test('a text that cannot be read is left alone', () => {
  for (const text of ['', 'keys: [a', 'keys: &x [a]\nkind: access-key\n', '- a\n', 'kind: access-key\nkeys: a\n']) {
    expect(withKeySlots(text, [KeySlot.A, KeySlot.B])).toBeUndefined();
  }
});

/** The slots of a definition that check passes. */
function keysIn(text: string): readonly KeySlot[] {
  return inFolder({ 'kohler/client.yaml': '', 'kohler/adobe.yaml': text }, (dir) => {
    const { deployment, problems } = load(dir);
    expect(withoutRisks(problems)).toEqual([]);
    const [integration] = deployment.clients[0]?.integrations ?? [];
    return integration?.kind === 'access-key' ? integration.keys : [];
  });
}

function comments(text: string): string[] {
  return (text.match(/#.*/g) ?? []).map((comment) => comment.trim());
}
