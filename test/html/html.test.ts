import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Content, Html, html, joined } from '../../lib/html/html';

test.each<[string, Content, string]>([
  ['a text', `<b title='"'>&</b>`, '&lt;b title=&#39;&quot;&#39;&gt;&amp;&lt;/b&gt;'],
  ['a text that is escaped already', '&lt;', '&amp;lt;'],
  ['a number', -0.5, '-0.5'],
  ['nothing', undefined, ''],
  ['HTML', html`<b>${'<'}</b>`, '<b>&lt;</b>'],
  ['a list of both', [html`<b></b>`, '<b>', [html`<i></i>`, '&']], '<b></b>&lt;b&gt;<i></i>&amp;'],
  ['an empty list', [], ''],
  ['what HTML cannot hold', 'a\u0000\u0085\u001b\ud800b\t\n', 'a\\u0000\\u0085\\u001b\\ud800b\t\n'],
])('%s in a template', (_, content, shown) => {
  expect(html`<p class="${content}">${content}</p>`.toString()).toBe(`<p class="${shown}">${shown}</p>`);
});

test('no text ends the element or the attribute that it is in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const [, attribute, content] =
        /^<p class="(.*?)">(.*?)<\/p>$/s.exec(html`<p class="${text}">${text}</p>`.toString()) ?? [];
      expect(attribute).toBe(content);
      expect(content).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});

test('pieces are joined by a text, which is escaped as any other', () => {
  expect(joined([html`<b></b>`, html`${'<'}`, html``], ' & ').toString()).toBe('<b></b> &amp; &lt; &amp; ');
  expect(joined([], ',').toString()).toBe('');
});

test('only what is said to be trusted is taken as it is', () => {
  expect(html`<script>${Html.trusted("a < 'b'")}</script>`.toString()).toBe("<script>a < 'b'</script>");
});

test('that is said in three places: of the style and script of a page, and of its data', () => {
  const lib = join(__dirname, '../../lib');
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const trusting = files.filter((file) => readFileSync(join(lib, file), 'utf8').includes('Html.trusted('));
  expect(trusting.sort()).toEqual(['html/html.ts', 'html/page.ts', 'report/html.ts']);
});
