/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { documentAs, handoffAs } from '../../lib/handoff/formats';
import { internalDocument } from '../../lib/handoff/internal-document';
import { handed, scene } from '../handoff/goldens';
import { launched } from './chromium';

const all = scene().flatMap((client) => client.integrations.map((integration) => handed(client, integration)));
const pages = new Map<string, string>(
  all.flatMap(({ client, integration, profile, handoff }) => [
    [integration.name, handoffAs('html', handoff)] as const,
    ...(client.name === 'globex'
      ? [
          [
            `${integration.name}.internal`,
            documentAs('html', internalDocument(client, integration, profile, handoff, 'integrations')),
          ] as const,
        ]
      : []),
  ]),
);
const names = [...pages.keys()];
/** One of each kind and status, and those with long values. */
const some = names.filter(
  (name) => name.startsWith('globex_') || /kohler_(boomi|snowflake|aligni|reltio)-0$/.test(name),
);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launched();
  folder = mkdtempSync(join(tmpdir(), 'handoff-'));
});
afterAll(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true });
});

async function opened(name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, pages.get(name) ?? '');
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  return page;
}

describe.each(some)('the hand-off %s', (name) => {
  test.each([1280, 400])('fits %d columns of pixels, and no word is broken', async (width) => {
    const page = await opened(name, { viewport: { width, height: 900 } });
    const found = await page.evaluate(() => {
      const wide = [...document.querySelectorAll('body *')].filter(
        (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5,
      );
      // A label stands on as many lines as it has breaks between words, and no more.
      const broken = [...document.querySelectorAll('th[scope=row]')].filter((label) => {
        const range = document.createRange();
        const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          for (const word of (node.textContent ?? '').matchAll(/[A-Za-z0-9]+/g)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            if (range.getClientRects().length > 1) return true;
          }
        }
        return false;
      });
      const text = (element: Element) => element.outerHTML.slice(0, 80);
      return { wide: wide.map(text), broken: broken.map((label) => label.textContent) };
    });
    expect(found).toEqual({ wide: [], broken: [] });
    await page.context().close();
  });
});

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  test.each(some)('axe finds nothing in %s', async (name) => {
    // What the page's own policy forbids, a test may do.
    const page = await opened(name, { colorScheme, bypassCSP: true });
    await page.evaluate(AXE);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 120))]);
    });
    expect(violations).toEqual([]);
    await page.context().close();
  });
});

test('copying a value copies that value alone, by button and by selection', async () => {
  const page = await opened('globex_assumed-role-active');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const values = page.locator('[data-copy]');
  const count = await values.count();
  expect(count).toBeGreaterThan(10);
  for (let at = 0; at < count; at += 1) {
    const value = values.nth(at);
    const shown = await value.textContent();
    const label = await value.getAttribute('data-copy');
    const button = value.locator('xpath=..').getByRole('button', { name: `Copy ${label}`, exact: true });
    await button.click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await value.click({ clickCount: 1 });
    await page.keyboard.press('Control+C');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  }
  await page.context().close();
});

test('it reads as well where scripts and styles are stripped: no button does nothing', async () => {
  const page = await opened('globex_assumed-role-active', { javaScriptEnabled: false });
  expect(await page.locator('button').count()).toBe(0);
  const stripped = (pages.get('globex_assumed-role-active') ?? '')
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<script>[\s\S]*?<\/script>/, '');
  const file = join(folder, 'stripped.html');
  writeFileSync(file, stripped);
  await page.goto(`file://${file}`);
  const text = await page.locator('main').innerText();
  const order = [
    'Access to Globex',
    'Questions to',
    'Do this',
    'What to enter',
    'Who we trust',
    'When something goes wrong',
  ];
  const at = order.map((part) => text.indexOf(part));
  expect(at).toEqual([...at].sort((a, b) => a - b));
  expect(at[0]).toBe(0);
  // A field's label and value stand in one row.
  expect(text).toMatch(/Role ARN\s+arn:aws:iam::111122223333:role\/globex_assumed-role-active/);
  await page.context().close();
});

test('on paper there are no buttons, nothing is cut off, and pages are few', async () => {
  for (const name of some) {
    const page = await opened(name);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('button').first().isVisible()).toBe(false);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const count = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect([name, count]).toEqual([name, expect.any(Number)]);
    expect(count).toBeLessThanOrEqual(4);
    await page.context().close();
  }
});

test('asks nothing of the network', async () => {
  const page = await opened('kohler_boomi-0');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  expect(asked.every((url) => url.startsWith('file:'))).toBe(true);
  await page.context().close();
});
