/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { load } from '../../lib/definitions/load';
import { Profiles } from '../../lib/definitions/profiles/profiles';
import { handoffAs } from '../../lib/handoff/formats';
import { handoffOf } from '../../lib/handoff/handoff';
import { launched } from './chromium';

const EXAMPLES = join(__dirname, '../data/examples');
const profiles = new Profiles(EXAMPLES);
const integrations = load(EXAMPLES).deployment.clients.flatMap((client) =>
  client.integrations.map((integration) => ({ name: integration.name, client, integration })),
);

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

async function opened(name: string, width: number): Promise<Page> {
  const found = integrations.find((each) => each.name === name);
  if (!found) throw new Error(`no ${name}`);
  const profile = found.integration.profile === undefined ? undefined : profiles.get(found.integration.profile);
  const file = join(folder, `${name}.html`);
  writeFileSync(file, handoffAs('html', handoffOf(found.client, found.integration, profile, undefined)));
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  return page;
}

describe.each(integrations.map(({ name }) => name))('the page of %s', (name) => {
  test.each([1280, 400])('fits %d columns of pixels', async (width) => {
    const page = await opened(name, width);
    const overflow = await page.evaluate(() => {
      const wide = [...document.querySelectorAll('body *')].filter(
        (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5,
      );
      return {
        scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
        wide: wide.map((element) => element.outerHTML.slice(0, 80)),
      };
    });
    expect(overflow).toEqual({ scrolls: false, wide: [] });
    await page.context().close();
  });
});

test('copying a value copies that value alone, by button and by selection', async () => {
  const page = await opened('kohler_reltio', 1280);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const values = page.locator('.fields .copy');
  const count = await values.count();
  expect(count).toBeGreaterThan(1);
  for (let at = 0; at < count; at += 1) {
    const value = values.nth(at);
    const shown = await value.locator('code').textContent();
    await value.locator('button').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await value.locator('code').click({ clickCount: 1 });
    await page.keyboard.press('Control+C');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  }
  await page.context().close();
});

test('on paper there are no buttons, and nothing is cut off', async () => {
  const page = await opened('globex_boomi', 1280);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('button').first().isVisible()).toBe(false);
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await page.context().close();
});

test('asks nothing of the network', async () => {
  const page = await opened('globex_boomi', 1280);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  expect(asked.every((url) => url.startsWith('file:'))).toBe(true);
  await page.context().close();
});
