import {
  ANY,
  canonicalText,
  compact,
  isKnown,
  type Json,
  listed,
  literalText,
  plainJson,
  readPolicy,
  readStatement,
  STAR,
  statementsOf,
  type Value,
  valueText,
} from '../../lib/access';

const PLACE = { scope: 's', id: 'i', at: 'a' };

test('values that differ read differently, and one that is not known is no text', () => {
  const thing = { scope: 's', id: 'i' };
  const values: readonly Value[] = [
    ['a'],
    ['A'],
    [thing],
    [{ ...thing, attribute: 'x' }],
    [{ ...thing, scope: 't' }],
    [{ scope: 's', id: 'i.x' }],
    ['<s|i|>'],
    ['\\<s|i|>'],
    [{ any: true }],
    ['<any>'],
    [{ oneOf: [['a'], ['b']] }],
    [{ oneOf: [['a|b']] }],
    ['<a|b>'],
    [{ oneOf: [[thing], ['a']] }],
    [],
  ];
  const texts = values.map(valueText);
  expect(new Set(texts.slice(0, 5)).size).toBe(5);
  expect(new Set(texts.filter((_, at) => at !== 5)).size).toBe(values.length - 1);
  expect(texts[2]).toBe('<s|i|>');
  // A choice between one thing and itself is none.
  expect(valueText([{ oneOf: [[thing], [thing]] }])).toBe('<s|i|>');
  expect(texts[3]).toBe('<s|i.x|>');
  expect(values.map(literalText).filter((text) => text !== undefined)).toEqual([
    'a',
    'A',
    '<s|i|>',
    '\\<s|i|>',
    '<any>',
    '<a|b>',
    '',
  ]);
});

test.each<[Value, string]>([
  [['a\\b<c>|'], 'a\\\\b\\<c\\>\\|'],
  [['plain'], 'plain'],
  [[{ oneOf: [['a'], ['b'], ['a']] }], '<a|b>'],
  [[{ oneOf: [] }], ''],
  [[ANY, { scope: 's', id: 'a.b' }], '<any><s|a.b|>'],
])('%j reads %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});

test('wildcards have a text of their own', () => {
  expect(['*', STAR, { wild: '?' }].map((piece) => valueText([piece]))).toEqual(['*', '<*>', '<?>']);
});

test.each<[Value, Value]>([
  [
    ['a', '', 'b', { scope: 's', id: 'i' }, 'c', 'd'],
    ['ab', { scope: 's', id: 'i' }, 'cd'],
  ],
  [[''], []],
  [
    [ANY, '', ANY],
    [ANY, ANY],
  ],
])('%j in fewest pieces', (value, expected) => {
  expect(compact(value)).toEqual(expected);
});

test.each<[Value, boolean]>([
  [[], true],
  [['a', { scope: 's', id: 'i' }], true],
  [['a', ANY], false],
  [[ANY, 'a'], false],
  [[{ oneOf: [['a'], ['b']] }], true],
  [[{ oneOf: [['a'], ['b', ANY]] }, 'c'], false],
])('%j is known: %s', (value, known) => {
  expect(isKnown(value)).toBe(known);
});

test.each<[unknown, string]>([
  [{ b: 1, a: true }, '{"a":"true","b":"1"}'],
  [['x'], '"x"'],
  ['"a', '"\\"a"'],
  ['a"', '"a\\""'],
  ['"', '"\\""'],
  [{ 'a"': '' }, '{"a\\"":""}'],
  [['y', 'x'], '["x","y"]'],
  [[], '[]'],
  [{ a: null, b: [null, 'x'] }, '{"b":"x"}'],
  [null, ''],
  [undefined, ''],
  [{ a: {} }, '{"a":{}}'],
  [() => 1, '<any>'],
])('%j has one spelling', (given, text) => {
  expect(canonicalText(plainJson(given))).toBe(text);
});

test('what is unknown has one too', () => {
  const json: Json = { choice: [{ text: ['a'] }, { unknown: true }, { absent: true }] };
  expect(canonicalText(json)).toBe('<"a"|<any>|>');
  expect(canonicalText({ choice: [plainJson({ a: 'b' }), plainJson({ a: ['b'] })] })).toBe('{"a":"b"}');
});

test('JSON that is nested without end is unknown where it gets too deep', () => {
  let deep: unknown = 'x';
  for (let at = 0; at < 100_000; at += 1) deep = at % 2 === 0 ? [deep] : { deep };
  expect(canonicalText(plainJson(deep))).toContain('<any>');
  expect(canonicalText(plainJson([[['x']]]))).toBe('"x"');
});

test('a statement is of one text, whatever order its members and lists have', () => {
  const one = { Sid: 's', Effect: 'Allow', Action: ['b', 'a'], Resource: ['r'] };
  const other = { Resource: 'r', Action: ['a', 'b'], Effect: 'Allow', Sid: 's' };
  const texts = [one, other, { ...one, Sid: 't' }].map((each) => readStatement(plainJson(each), PLACE).text);
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]).not.toBe(texts[2]);
  expect(texts[0]).toBe('{"Action":["a","b"],"Effect":"Allow","Resource":"r","Sid":"s"}');
});

test('a policy keeps its Denies, and the place where it stands', () => {
  const policy = readPolicy(
    plainJson({ Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }] }),
    PLACE,
  );
  expect(statementsOf(policy)).toMatchObject([{ effect: 'Deny', who: [{ by: 'anyone' }], place: PLACE }]);
  expect(statementsOf(undefined)).toEqual([]);
});

test('what is unreadable says where, and counts as one statement for everything', () => {
  const policy = readPolicy(plainJson('x'), PLACE);
  expect(policy).toEqual({ unreadable: PLACE });
  const [statement, ...others] = statementsOf(policy);
  expect(others).toEqual([]);
  expect(statement).toMatchObject({
    effect: 'Allow',
    who: [{ by: 'anyone' }],
    only: [],
    actions: [[{ any: true }]],
    resources: [[{ any: true }]],
    place: PLACE,
  });
  expect(statementsOf(policy)[0]).toBe(statement);
});

test('names of members are data: one that is also a method of objects is none', () => {
  const policy = readPolicy(
    plainJson(JSON.parse('{"__proto__": {"Statement": []}, "constructor": {}, "Statement": []}')),
    PLACE,
  );
  expect(policy).toEqual([]);
});

test('a list is its members, lists and choices in it taken apart, and what is left out is nothing', () => {
  const [a, b] = [plainJson('a'), plainJson({ b: 'c' })];
  const list = [a, b];
  // The same one, not a copy: policies have many.
  expect(listed({ list })).toBe(list);
  expect(listed(a)).toEqual([a]);
  expect(listed({ list: [a, { list: [b] }, { choice: [a, { absent: true }] }, { unknown: true }] })).toEqual([
    a,
    b,
    a,
    { unknown: true },
  ]);
  expect(listed({ choice: [{ list: [a] }, b] })).toEqual([a, b]);
  expect(listed({ absent: true })).toEqual([]);
});
