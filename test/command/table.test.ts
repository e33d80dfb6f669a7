import { table } from '../../lib/command/terminal/table';
import { columnsOf } from '../../lib/command/terminal/width';

test.each([
  ['', 0],
  ['abc', 3],
  ['naïve', 5],
  ['e\u0301', 1],
  ['日本語', 6],
  ['한국', 4],
  ['ｆｕｌｌ', 8],
  ['👍', 2],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['a\u200bb', 2],
  ['→…', 2],
  // Wide characters outside the blocks that everybody knows: kana of old, Tangut, a squared word.
  ['\u{1b000}', 2],
  ['\u{17000}', 2],
  ['\u{1f200}', 2],
  // A telephone is text, unless it is asked to be a picture; a keycap, a skin and a flag of Wales are one picture each.
  ['☎', 1],
  ['☎\ufe0f', 2],
  ['1\ufe0f\u20e3', 2],
  ['👍🏽', 2],
  ['🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}', 2],
  // Marks stand on what is before them, syllables of parts are one.
  ['か\u3099', 2],
  ['ก็', 1],
  ['\u1100\u1161\u11a8', 2],
  ['a\u00ad', 1],
])('%p takes %d columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

const HEADINGS = ['NAME', 'MAY', 'WHERE'];
const ROWS = [
  ['kohler_adobe', 'list read write delete', 's3://integrations-kohler/adobe/'],
  ['acme_x', 'list', 's3://acme/x/'],
];

test('columns line up, whatever stands in them', () => {
  expect(
    table(
      ['VENDOR', 'TITLE'],
      [
        ['日本', 'wide'],
        ['abcdef', 'narrow'],
      ],
    ),
  ).toBe('VENDOR  TITLE\n日本    wide\nabcdef  narrow\n');
});

test('without a width nothing wraps', () => {
  expect(table(HEADINGS, ROWS).split('\n')[1]).toBe(
    'kohler_adobe  list read write delete  s3://integrations-kohler/adobe/',
  );
});

test('where it is narrow, cells wrap between words and behind slashes', () => {
  expect(table(HEADINGS, ROWS, 59)).toBe(
    [
      'NAME          MAY           WHERE',
      'kohler_adobe  list read     s3://integrations-kohler/adobe/',
      '              write delete',
      'acme_x        list          s3://acme/x/',
      '',
    ].join('\n'),
  );
});

test('a path wraps behind a slash, and never behind the two of its scheme', () => {
  const rows = [['x', 's3://integrations-kohler/adobe/']];
  expect(table(['N', 'WHERE'], rows, 30)).toBe('N  WHERE\nx  s3://integrations-kohler/\n   adobe/\n');
  expect(table(['N', 'WHERE'], rows, 27)).toBe('N: x\nWHERE: s3://integrations-kohler/adobe/\n');
});

test('where it is narrower, rows are paragraphs, and no word is broken', () => {
  expect(table(HEADINGS, ROWS, 24)).toBe(
    [
      'NAME: kohler_adobe',
      'MAY: list read write',
      '     delete',
      'WHERE: s3://integrations-kohler/adobe/',
      '',
      'NAME: acme_x',
      'MAY: list',
      'WHERE: s3://acme/x/',
      '',
    ].join('\n'),
  );
});

test('of four columns, the last one goes below the others first, where it is not broken', () => {
  const rows = ROWS.map(([name = '', may = '', where = '']) => [name, 'active', may, where]);
  expect(table(['NAME', 'STATUS', 'MAY', 'WHERE'], rows, 36)).toBe(
    [
      'NAME          STATUS  MAY',
      '  WHERE',
      'kohler_adobe  active  list read',
      '                      write delete',
      '  s3://integrations-kohler/adobe/',
      'acme_x        active  list',
      '  s3://acme/x/',
      '',
    ].join('\n'),
  );
});

test.each(Array.from({ length: 110 }, (_, width) => width + 20))(
  'in %d columns no line is longer, but for words that are',
  (width) => {
    const rows = [...ROWS, ['globex_日本', 'list', 's3://integrations-globex/okta/ and something else']];
    for (const line of table(HEADINGS, rows, width).split('\n')) {
      const words = line.trim().replace(/^[A-Z]+: /, '');
      if (words.includes(' ') || line.includes('  ')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    }
  },
);

test('what moves the cursor or turns the direction is named', () => {
  const out = table(['A'], [['x\u001b[2J\u009b1A\u202ey\r\n']]);
  expect(out).toBe('A\nx\\u001b[2J\\u009b1A\\u202ey\\u000d\\u000a\n');
});

test('paint is for what is seen, not for what is measured', () => {
  const paint = (text: string, column: number, row: readonly string[] | undefined) => `<${row ? column : 'H'}>${text}`;
  expect(table(['A', 'B'], [['x', 'y']], undefined, paint)).toBe('<H>A  <H>B\n<0>x  <1>y\n');
});
