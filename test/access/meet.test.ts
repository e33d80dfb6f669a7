import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import {
  ANY,
  covers,
  exactPattern,
  mayMeet,
  type Pattern,
  type Thing,
  type Value,
  wildcardPattern,
} from '../../lib/access';
import { automaton, coversAll, overlap } from '../../lib/access/automaton';
import { runs } from '../support/share';

const STAR = { wild: '*' } as const;
const ONE = { wild: '?' } as const;
const thing = (id: string, like?: Thing['like']): Thing => ({ scope: 's', id, ...(like && { like }) });

/** A pattern without unknown pieces, as a regular expression. */
function expression(pattern: Pattern): RegExp {
  const source = pattern.map((piece) => {
    if (typeof piece === 'string') return piece.replace(/[^\w]/g, '\\$&');
    return 'wild' in piece && piece.wild === '?' ? '.' : '.*';
  });
  return new RegExp(`^${source.join('')}$`, 's');
}

const TEXTS = ((): string[] => {
  const all = [''];
  for (let from = 0, length = 1; length <= 6; length += 1) {
    const to = all.length;
    for (; from < to; from += 1) for (const char of 'ab:') all.push(`${all[from]}${char}`);
  }
  return all;
})();

const SHORT = TEXTS.filter(({ length }) => length <= 4);

const plainPiece = fc.oneof(fc.constantFrom('a', 'b', ':'), fc.constant(STAR), fc.constant(ONE));
const plainPattern: fc.Arbitrary<Pattern> = fc.array(plainPiece, { maxLength: 3 });

test('of patterns without unknown pieces, two meet if some text is meant by both, and never else', () => {
  fc.assert(
    fc.property(plainPattern, plainPattern, (a, b) => {
      const [one, other] = [expression(a), expression(b)];
      const expected = TEXTS.some((text) => one.test(text) && other.test(text));
      expect([mayMeet(a, b), mayMeet(b, a)]).toEqual([expected, expected]);
    }),
    { numRuns: runs(2000) },
  );
});

const name = fc.stringMatching(/^[ab]{1,3}$/);
const segment = fc.oneof(name, fc.constantFrom(':', '/', ':/', 'Ab'));

/** One way to write a text, given in segments: each as itself, as something wild or unknown, or as a thing's name. */
function blurred(segments: readonly string[], ways: readonly number[]): Pattern {
  return segments.flatMap((text, at): Pattern => {
    const isName = /^[ab]+$/.test(text);
    switch (ways[at % ways.length]) {
      case 1:
        return [STAR];
      case 2:
        return [...text].map(() => ONE);
      case 3:
        return [ANY];
      case 4:
        return [{ oneOf: [['other'], [text], [ANY, 'x']] }];
      case 5:
        return isName ? [thing(`${at}`)] : [text];
      case 6:
        return isName ? [thing(`${at}`, [text.slice(0, 1), ANY])] : [text, STAR];
      case 7:
        return [text, ANY, { oneOf: [[], ['x']] }];
      default:
        return [text];
    }
  });
}

const ways = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 7 });

test('two ways to write one text always meet, whatever is unknown in them', () => {
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 7 }), ways, ways, (segments, one, other) => {
      const [a, b] = [blurred(segments, one), blurred(segments, other)];
      expect(mayMeet(a, b) && mayMeet(b, a)).toBe(true);
      expect(mayMeet(a, [segments.join('').toUpperCase()], 'no-case')).toBe(true);
    }),
    { numRuns: runs(5000) },
  );
});

test('a pattern that covers a value matches every text that the value can be', () => {
  const written = fc.array(fc.oneof(fc.constantFrom('a', 'b', ':', STAR, ONE), fc.constant(STAR)), { maxLength: 4 });
  const unknown: fc.Arbitrary<Pattern> = fc.array(
    fc.oneof(
      fc.constantFrom('a', 'b', ':'),
      fc.constant(ANY),
      fc.constant(ONE),
      fc.constant(thing('t')),
      fc.constant({ oneOf: [['a'], ['b', ANY], []] }),
    ),
    { maxLength: 3 },
  );
  let covered = 0;
  fc.assert(
    fc.property(written, unknown, (pattern, value) => {
      if (!covers([pattern], value)) return;
      covered += 1;
      const matching = expression(pattern);
      expect(SHORT.filter((text) => mayMeet(value, [text]) && !matching.test(text))).toEqual([]);
    }),
    { numRuns: runs(3000) },
  );
  expect(covered).toBeGreaterThan(runs(3000) / 6);
});

test.each<[Pattern, Pattern, boolean]>([
  // Things.
  [[thing('a')], [thing('a')], true],
  [[thing('a')], [thing('b')], false],
  [[{ ...thing('a'), attribute: 'Arn' }], [thing('a')], false],
  [[{ ...thing('a'), scope: 'other' }], [thing('a')], false],
  [[thing('a'), '/x'], [thing('b'), '/x'], false],
  [['pre', thing('a')], ['pre', thing('b')], false],
  [[thing('a')], ['some-name'], true],
  [[thing('a')], [''], false],
  [[thing('a')], ['a:b'], false],
  [[thing('a')], ['a/b'], false],
  [[thing('a'), '/', STAR], [thing('b'), '/k'], false],
  [[thing('a'), '/', STAR], [thing('a'), '/k'], true],
  [[thing('a')], [STAR], true],
  [[thing('a')], [ONE, ONE], true],
  [[thing('a')], ['a', STAR], true],
  [[thing('a'), thing('b')], [STAR], true],
  [[thing('a'), thing('b')], [thing('b'), thing('a')], false],
  [[thing('a', ['stack-', ANY])], ['other'], false],
  [[thing('a', ['stack-', ANY])], ['stack-1'], true],
  [[thing('a', ['stack-', ANY])], [thing('b', ['stack-', ANY])], false],
  [[thing('a', ['stack-', ANY])], [thing('a', ['stack-', ANY])], true],
  [[thing('a', ['stack-', ANY])], ['stack', STAR], true],
  // What is unknown.
  [[ANY], ['anything:at/all'], true],
  [[ANY], [thing('a')], true],
  [[ANY, 'x'], [thing('a')], true],
  [[ANY, 'x'], ['y'], false],
  [[{ oneOf: [['a'], ['b']] }], ['b'], true],
  [[{ oneOf: [['a'], ['b']] }], ['c'], false],
  [[{ oneOf: [] }], ['a'], false],
  [[{ oneOf: [['a'], [{ oneOf: [['b'], ['c']] }]] }, 'd'], ['cd'], true],
  [['a', { wild: 'part' }, ':'], ['abc:'], true],
  [['a', { wild: 'part' }, 'z'], ['a:z'], false],
  [['a', { wild: 'part' }], ['a/b'], true],
  [[{ wild: 'part' }], [thing('a')], true],
  [['A'], ['a'], false],
  [['é', ONE], ['é😀'], true],
  [[STAR, 'x', thing('a')], [STAR, 'x', thing('b')], false],
  [[STAR, thing('a'), STAR], [thing('b'), 'x', STAR], true],
  [[thing('a'), STAR], [STAR, thing('a'), 'x'], true],
  [[thing('a'), ONE], ['a:'], true],
  [[thing('a'), ONE], [':', STAR], false],
  [[thing('a'), ONE], ['/', STAR], false],
  [[{ wild: 'part' }, ONE], ['/:'], true],
  [[{ wild: 'part' }, 'b', ONE], [':', STAR], false],
])('%j and %j: %s', (a, b, expected) => {
  expect([mayMeet(a, b), mayMeet(b, a)]).toEqual([expected, expected]);
  // By graphs alone as well: what needs none is only faster.
  const [one, other] = [automaton(a, 'exact'), automaton(b, 'exact')];
  expect([overlap(one, other), overlap(other, one)]).toEqual([expected, expected]);
});

test.each<[readonly Pattern[], Pattern, boolean]>([
  [[['a']], ['a'], true],
  [[['a']], ['b'], false],
  [[['a'], ['b']], [{ oneOf: [['a'], ['b']] }], true],
  [[['a']], [{ oneOf: [['a'], ['b']] }], false],
  [[[thing('a')]], [thing('a')], true],
  [[[thing('a')]], ['a'], false],
  [[[thing('a', ['a'])]], ['a'], false],
  [[['a']], [thing('a')], false],
  [[[STAR]], [thing('a'), ANY], true],
  [[['a', STAR]], ['a', ANY], true],
  [[['a', STAR]], [ANY], false],
  [[[ANY]], ['a'], false],
  [[[{ oneOf: [['a']] }]], ['a'], false],
  [[[ONE]], [ONE], true],
  [[['a']], [ONE], false],
  [[[ONE]], [thing('a')], false],
  [[[STAR]], [STAR], true],
  [[], ['a'], false],
  [[['a', STAR, 'b']], ['a', thing('x'), 'b'], true],
  [[[thing('a')]], [thing('b')], false],
  [[[thing('a'), STAR]], [thing('a'), thing('b')], true],
  [[[thing('a'), 'x']], [thing('a'), thing('b')], false],
  [[['a', STAR, 'c']], ['a', thing('b'), 'c'], true],
  [[['a', STAR, 'c']], ['a', ONE, 'c'], true],
  [[['a', { wild: 'part' }]], ['ab/'], true],
  [[['a', { wild: 'part' }]], ['ab:'], false],
  [[['a', { wild: 'part' }]], ['a', ONE], false],
  [[['a', ONE]], ['a', STAR], false],
  [[['a', ONE]], ['a', { wild: 'part' }], false],
  [[['a', { wild: 'part' }]], ['a', ANY], false],
  [[['a', STAR]], [{ oneOf: [['a'], ['ab', ANY]] }], true],
  [[['a', STAR]], [{ oneOf: [['a'], ['b', ANY]] }], false],
])('%j covers %j: %s', (patterns, value, expected) => {
  expect(covers(patterns, value)).toBe(expected);
  expect(coversAll(patterns, value, 'exact')).toBe(expected);
});

test('case counts or not', () => {
  expect(covers([['aB']], ['Ab'])).toBe(false);
  expect(covers([['aB']], ['Ab'], 'no-case')).toBe(true);
  expect(mayMeet(['aB', ANY], ['Ab'])).toBe(false);
  expect(mayMeet(['aB', ANY], ['Ab'], 'no-case')).toBe(true);
  expect(mayMeet(['aB', STAR], ['Abc'], 'no-case')).toBe(true);
  expect(mayMeet(['aB', STAR], ['Abc'])).toBe(false);
  const graphs = (names: 'exact' | 'no-case') => overlap(automaton(['aB', STAR], names), automaton(['Abc'], names));
  expect([graphs('exact'), graphs('no-case')]).toEqual([false, true]);
  expect([coversAll([['aB']], ['Ab'], 'exact'), coversAll([['aB']], ['Ab'], 'no-case')]).toEqual([false, true]);
  expect(coversAll([['Ab']], ['Ab'], 'exact')).toBe(true);
  // Of one pattern, the graphs of both are kept.
  const pattern: Pattern = ['aB'];
  const asked = () => (['exact', 'no-case'] as const).map((names) => automaton(pattern, names));
  expect(asked()[0]).toBe(asked()[0]);
  expect(asked()[0]).not.toBe(asked()[1]);
});

interface Reading {
  readonly value: Value;
  readonly wildcards: Pattern;
  readonly exact: Pattern;
}

const READINGS: readonly Reading[] = parse(readFileSync(join(__dirname, 'readings.yaml'), 'utf8'));

test.each(READINGS)('$value is read as a pattern', ({ value, wildcards, exact }) => {
  expect([wildcardPattern(value), exactPattern(value)]).toEqual([wildcards, exact]);
});

test('a text without wildcards is its own pattern', () => {
  const [plain, thingless] = [['arn:aws:s3:::x'], ['a', thing('b')]];
  expect(wildcardPattern(plain)).toBe(plain);
  expect(exactPattern(plain)).toBe(plain);
  expect(wildcardPattern(thingless)).toEqual(thingless);
});

test('no pattern takes long', () => {
  const stars = (count: number): Pattern => Array.from({ length: count }, () => [STAR, 'a']).flat();
  const before = Date.now();
  expect(mayMeet(stars(1000), ['a'.repeat(5000), 'b'])).toBe(false);
  expect(mayMeet([...stars(300), ANY, 'c'], [...stars(300), 'b'])).toBe(false);
  expect(mayMeet([...stars(20), { oneOf: Array.from({ length: 20 }, () => stars(20)) }, 'c'], ['a'.repeat(500)])).toBe(
    false,
  );
  expect(Date.now() - before).toBeLessThan(5000);
});

test('what is too long to be a policy may meet anything', () => {
  expect(mayMeet([ANY, 'a'.repeat(3000), ONE], [ANY, 'b'.repeat(3000), ONE])).toBe(true);
  expect(mayMeet([ANY, 'a'.repeat(1500), ONE], [ANY, 'b'.repeat(1500), ONE])).toBe(false);
});

test('of too many branches nothing is sure', () => {
  const branches = (count: number): Pattern => [
    { oneOf: Array.from({ length: count }, (_, at) => ['a'.repeat(at + 1)]) },
  ];
  const lengths = (count: number): Pattern[] => [['a'.repeat(count)], ['a', STAR]];
  expect(covers(lengths(30), branches(30))).toBe(true);
  const many: Pattern = Array.from({ length: 200 }, () => ONE);
  expect(covers([many, ['a', STAR]], branches(70))).toBe(false);
  const exactly = (count: number): Pattern[] => Array.from({ length: count }, (_, at) => ['a'.repeat(at + 1)]);
  expect([covers(exactly(64), branches(64)), covers(exactly(65), branches(65))]).toEqual([true, false]);
  // Nor where too many are inside another branch.
  expect(covers(exactly(65), [{ oneOf: [branches(65), ['a']] }])).toBe(false);
});
