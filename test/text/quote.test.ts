import { execFileSync } from 'node:child_process';
import { html } from '../../lib/html/html';
import { codeBlock, codeSpan, escapedLink, escapedText } from '../../lib/text/markdown';
import { printable, printableLines, quote } from '../../lib/text/quote';
import { shellWord } from '../../lib/text/shell';

describe('a text that is printed', () => {
  test('spells out what nobody sees, and nothing else', () => {
    expect(printable('a\u001b[31m\u200bb\u202ec\n')).toBe('a\\u001b[31m\\u200bb\\u202ec\\u000a');
    expect(printable('Zürich – 東京, naïve café ✓ 👍')).toBe('Zürich – 東京, naïve café ✓ 👍');
    expect(printableLines('a\n\tb\r\u0000')).toBe('a\n\tb\\u000d\\u0000');
  });

  test('is spelled out in JSON as JSON does', () => {
    const value = { a: 'x\u202e\u{e0041}\u0085', '\u200b': '\ud800' };
    const text = printableLines(JSON.stringify(value, null, 2));
    expect(text).not.toMatch(/[\u202e\u0085\u200b]|\u{e0041}/u);
    expect(JSON.parse(text)).toEqual(value);
  });

  test('is quoted on one line, and not endless', () => {
    expect(quote('a"b\n')).toBe('"a\\"b\\n"');
    expect(quote('x'.repeat(2_000_000))).toBe(`"${'x'.repeat(75)}…"`);
    expect(quote(['a', null])).toBe('["a",null]');
    expect(quote(undefined)).toBe('undefined');
    expect(quote(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toBe('a value that is nested too deeply');
  });
});

describe('a text in Markdown', () => {
  test.each([
    ['a_b *c* `d` [e](f) <g>', 'a\\_b \\*c\\* \\`d\\` \\[e\\](f) \\<g\\>'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['12) item', '12\\) item'],
    ['&#x202e; ~~gone~~ ~/.aws $x$', '\\&#x202e; \\~\\~gone\\~\\~ ~/.aws \\$x\\$'],
    ['a\n\n# b', 'a # b'],
    ['3 of 4 - done', '3 of 4 - done'],
    ['x\u200by', 'x\\\\u200by'],
  ])('%j is only text', (text, written) => {
    expect(escapedText(text)).toBe(written);
  });

  test('is code whatever it holds', () => {
    expect(codeSpan('a`b\u001b')).toBe('``a`b\\u001b``');
    expect(codeBlock('a\n```\n\u202eb')).toEqual(['````', 'a\n```\n\\u202eb', '````']);
  });

  test('is a link where it is an address alone', () => {
    expect(escapedLink('https://docs.example/a_b?c=d#e')).toBe('https://docs.example/a_b?c=d#e');
    expect(escapedLink('https://docs.example/) [x](javascript:alert(1)')).toBe(
      'https://docs.example/) \\[x\\](javascript:alert(1)',
    );
    expect(escapedLink('the manual, page_3')).toBe('the manual, page\\_3');
  });
});

test('a text in HTML is only text', () => {
  expect(String(html`${`<b title="a">'&\u202e\n`}`)).toBe('&lt;b title=&quot;a&quot;&gt;&#39;&amp;\\u202e\n');
});

test.each(['plain-1.2/x', '', "it's", '$(touch x)', '`x`', '"; x', 'a b', '*', '~', 'a\nb', "''"])(
  '%j is one word of a shell, and itself',
  (word) => {
    const printed = execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' });
    expect(printed).toBe(word);
  },
);
