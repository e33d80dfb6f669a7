/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { documentAssets } from '../../lib/command/report';
import { load } from '../../lib/definitions/load';
import { reportHtml } from '../../lib/report/html';
import { reportOf } from '../../lib/report/report';
import { count, EXAMPLES, follow, hash, inMap, names, ReportPages, TODAY } from './report-pages';

const pages = new ReportPages();
const using = pages.using.bind(pages);
beforeAll(() => pages.open());
afterAll(() => pages.close());

describe('by clicking', () => {
  test('filters narrow the list, the map and the address alike, and go away again', async () => {
    await using('small', {}, async (page) => {
      expect(await count(page)).toBe('All 9 integrations');
      expect(await page.locator('.chip').count()).toBe(0);
      await page.selectOption('#kind', 'assumed-role');
      await page.selectOption('#state', 'active');
      expect(await count(page)).toBe('3 of 9 integrations');
      expect(await names(page)).toEqual(['globex_okta-workflows', 'globex_segment', 'kohler_reltio']);
      expect(await inMap(page, '.map .prefix')).toBe(3);
      expect(await hash(page)).toBe('#kind=assumed-role&state=active');
      await page.fill('#q', 'hr leaver');
      expect(await names(page)).toEqual(['globex_okta-workflows']);
      await page.click('#clear');
      expect(await count(page)).toBe('All 9 integrations');
      expect(await hash(page)).toBe('');
    });
  });

  test.each([
    ['#can', 'delete', 5],
    ['#due', 'month', 0],
    ['#risk', 'accepted', 4],
    ['#due', 'none', 6],
    ['#client', 'acme', 2],
    ['#vendor', 'boomi', 1],
  ])('%s %s lets %d through', async (select, value, many) => {
    await using('small', {}, async (page) => {
      await page.selectOption(select, value);
      expect(await count(page)).toBe(`${many} of 9 integrations`);
      expect(await inMap(page, '#map-frame:visible')).toBe(many > 0 ? 1 : 0);
    });
  });

  test('the address keeps the filter, and the way back', async () => {
    await using('small', { hash: '#kind=access-key' }, async (page) => {
      expect(await names(page)).toEqual(['kohler_adobe']);
      expect(await page.inputValue('#kind')).toBe('access-key');
      await follow(page, () => page.click('.cards a[href="#risk=accepted"]'));
      expect((await names(page)).length).toBe(4);
      await follow(page, () => page.goBack());
      expect(await names(page)).toEqual(['kohler_adobe']);
      await page.reload();
      expect(await names(page)).toEqual(['kohler_adobe']);
      await page.click('nav a[href="#clients"]');
      expect(await hash(page)).toBe('#kind=access-key');
    });
  });

  test('an address with what the page does not know filters nothing', async () => {
    await using('small', { hash: '#kind=root&colour=red&client=%22%3E' }, async (page) => {
      expect(await count(page)).toBe('All 9 integrations');
    });
  });

  test('a vendor or a bucket of the map shows its part', async () => {
    await using('small', {}, async (page) => {
      await follow(page, () => page.click('.map a:has-text("bucket integrations-kohler")'));
      expect(await names(page)).toEqual(['kohler_adobe', 'kohler_reltio', 'kohler_warehouse']);
      await follow(page, () => page.click('.map a:has-text("vendor reltio")'));
      expect(await names(page)).toEqual(['kohler_reltio']);
      expect(await inMap(page, '.map .line')).toBe(2);
    });
  });

  test('the map tells long-lived keys and states apart by more than colour', async () => {
    await using('small', {}, async (page) => {
      expect(await inMap(page, '.map .prefix.key .key-sign')).toBe(1);
      const look = (classes: string) =>
        page
          .locator(`.map .line${classes}`)
          .first()
          .evaluate((element) => {
            const { strokeDasharray, strokeWidth } = getComputedStyle(element);
            return `${strokeDasharray} ${strokeWidth}`;
          });
      const looks = await Promise.all(['.active:not(.key)', '.active.key', '.pending', '.suspended'].map(look));
      expect(new Set(looks).size).toBe(4);
      const said = await page.locator('.map .prefix').allTextContents();
      expect(said.filter((text) => text.includes('suspended') || text.includes('pending'))).toHaveLength(2);
    });
  });

  test('a heading sorts, and the other way round', async () => {
    await using('small', {}, async (page) => {
      const head = page.locator('#table thead button[value=date]');
      await head.click();
      expect((await names(page)).slice(0, 3)).toEqual(['kohler_adobe', 'globex_segment', 'globex_boomi']);
      expect(await page.locator('#table th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
      await head.click();
      expect((await names(page)).at(-1)).toBe('kohler_adobe');
      expect(await page.locator('#table th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
      const first = page.locator('#clients tbody tr').first();
      await page.click('#clients thead button:has-text("Integrations")');
      expect(await first.textContent()).toContain('acme');
      await page.click('#clients thead button:has-text("Integrations")');
      expect(await first.textContent()).toContain('globex');
    });
  });

  test('a row opens and closes', async () => {
    await using('small', { hash: '#q=kohler_reltio' }, async (page) => {
      await page.click('.disclose');
      expect(await page.locator('.detail').textContent()).toContain(
        'arn:aws:iam::123456789876:user/reltio.platform.jobs',
      );
      expect(await page.content()).not.toContain('5ez83245');
      await page.click('.disclose');
      expect(await page.locator('.detail').count()).toBe(0);
    });
  });

  test('what is chosen is a chip; without it, it is as before, and Back brings it back', async () => {
    await using('small', {}, async (page) => {
      await page.selectOption('#client', 'kohler');
      await page.selectOption('#can', 'delete');
      await page.fill('#q', 'a');
      await page.fill('#q', 'ad');
      expect(await page.locator('.chip').allTextContents()).toEqual([
        'Search: ad ×, remove',
        'Client: kohler ×, remove',
        'May: delete ×, remove',
      ]);
      await page.click('.chip[value=can]');
      expect(await hash(page)).toBe('#q=ad&client=kohler');
      expect(await page.evaluate(() => document.activeElement?.classList.contains('chip'))).toBe(true);
      await follow(page, () => page.goBack());
      expect(await page.inputValue('#can')).toBe('delete');
      // All that was typed is one step.
      await follow(page, () => page.goBack());
      expect([await page.inputValue('#q'), await hash(page)]).toEqual(['', '#client=kohler&can=delete']);
      await follow(page, () => page.goBack());
      await follow(page, () => page.goBack());
      expect(await count(page)).toBe('All 9 integrations');
    });
  });

  test('a deep link leads to its row, and opens it; so does a click', async () => {
    await using('small', { hash: '#name=kohler_reltio' }, async (page) => {
      const top = () =>
        page.evaluate(() => document.getElementById('integrations')?.getBoundingClientRect().top ?? 999);
      expect(await names(page)).toEqual(['kohler_reltio']);
      expect(await page.locator('.detail').count()).toBe(1);
      expect(await top()).toBeLessThan(100);
      expect(await page.locator('.detail button').allTextContents()).toEqual([
        'Copy file of kohler_reltio',
        'Copy link of kohler_reltio',
      ]);
    });
  });

  test('what is shown is saved as a file, without formulas', async () => {
    await using('hostile', {}, async (page) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('#csv')]);
      expect(download.suggestedFilename()).toBe('integrations.csv');
      const text = readFileSync(await download.path(), 'utf8');
      expect(text.split('\r\n')).toHaveLength(3);
      expect(text).toContain('"kohler_a","kohler"');
      expect(text).toContain(`"'=cmd()"`);
    });
  });
});

describe('by keyboard alone', () => {
  const focused = (page: Page) =>
    page.evaluate(() => {
      const at = document.activeElement;
      return at ? `${at.tagName.toLowerCase()}${at.id ? `#${at.id}` : ''}` : '';
    });

  test('the first key leads past everything to the integrations, and on to the search', async () => {
    await using('small', {}, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the integrations');
      expect(
        await page
          .locator('.skip')
          .first()
          .evaluate((element) => element.getBoundingClientRect().left),
      ).toBeGreaterThan(0);
      await page.keyboard.press('Enter');
      expect(await focused(page)).toBe('section#integrations');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('input#q');
    });
  });

  test('everything is done', async () => {
    await using('small', {}, async (page) => {
      await page.keyboard.press('/');
      expect(await focused(page)).toBe('input#q');
      await page.keyboard.type('globex');
      expect(await count(page)).toBe('4 of 9 integrations');
      await page.keyboard.press('Enter');
      expect([await count(page), await hash(page)]).toEqual(['4 of 9 integrations', '#q=globex']);
      expect(page.url()).not.toContain('?');
      const tabTo = async (selector: string) => {
        for (let presses = 0; presses < 60; presses += 1) {
          await page.keyboard.press('Tab');
          if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
        }
        throw new Error(`no way to ${selector}`);
      };
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('select#client');
      await tabTo('#kind');
      await page.keyboard.press('ArrowDown');
      expect(await names(page)).toEqual(['globex_okta-workflows', 'globex_segment']);
      await tabTo('#map-frame a');
      await tabTo('#table thead button');
      await page.keyboard.press('Enter');
      expect(await names(page)).toEqual(['globex_segment', 'globex_okta-workflows']);
      await tabTo('.disclose');
      await page.keyboard.press('Space');
      expect(await page.locator('.detail').textContent()).toContain('2028-01-01');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('true');
    });
  });

  test('what has the focus is seen', async () => {
    await using('small', {}, async (page) => {
      const unseen: string[] = [];
      for (let presses = 0; presses < 70; presses += 1) {
        await page.keyboard.press('Tab');
        const seen = await page.evaluate(() => {
          const at = document.activeElement;
          if (!at || at === document.body) return undefined;
          const ring = (element: Element | null | undefined) =>
            element
              ? Number.parseFloat(getComputedStyle(element).outlineWidth) > 1 &&
                getComputedStyle(element).outlineStyle !== 'none'
              : false;
          return ring(at) || ring(at.nextElementSibling) ? undefined : at.outerHTML.slice(0, 100);
        });
        if (seen !== undefined) unseen.push(seen);
      }
      expect(unseen).toEqual([]);
    });
  });
});

describe('for who cannot see it', () => {
  test('there are landmarks, one first heading, and a level for each', async () => {
    await using('small', {}, async (page) => {
      const found = await page.evaluate(() => ({
        landmarks: ['header', 'nav', 'main', 'footer', '[role=search]'].map(
          (each) => document.querySelectorAll(each).length,
        ),
        levels: [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName.slice(1))),
        unnamed: [...document.querySelectorAll('section, [role=region], nav')].filter(
          (each) =>
            !each.hasAttribute('aria-label') && !document.getElementById(each.getAttribute('aria-labelledby') ?? ''),
        ).length,
        live: document.getElementById('count')?.getAttribute('role'),
      }));
      expect(found.landmarks).toEqual([1, 1, 1, 1, 1]);
      expect(found.levels.filter((level) => level === 1)).toHaveLength(1);
      expect(found.levels.every((level, at) => level <= (found.levels[at - 1] ?? 0) + 1)).toBe(true);
      expect(found.unnamed).toBe(0);
      expect(found.live).toBe('status');
    });
  });

  test.each([1280, 400])('whatever can be used has a name at %d columns', async (width) => {
    await using('small', { viewport: { width, height: 900 } }, async (page) => {
      const session = await page.context().newCDPSession(page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const roles = ['button', 'link', 'combobox', 'searchbox', 'radio', 'table', 'region', 'DisclosureTriangle'];
      const used = nodes.filter(({ ignored, role }) => !ignored && roles.includes(role?.value));
      expect(used.length).toBeGreaterThan(50);
      expect(used.filter(({ name }) => !name?.value).map(({ role }) => role?.value)).toEqual([]);
      const headings = nodes.filter(({ ignored, role }) => !ignored && role?.value === 'heading');
      expect(headings.map(({ name }) => name?.value)).toEqual(
        expect.arrayContaining(['What to do', 'Who can reach what', 'Picture', 'Clients', 'Headroom', 'Warnings']),
      );
      const cells = nodes.filter(({ ignored, role }) => !ignored && role?.value === 'rowheader');
      // Rows stay rows where they look like cards.
      expect(cells.length).toBeGreaterThanOrEqual(9 + 3);
    });
  });
});

test('without JavaScript the clients and integrations are tables', async () => {
  await using('small', { javaScriptEnabled: false }, async (page) => {
    expect(await page.locator('#clients tbody tr').count()).toBe(3);
    expect(await page.locator('#integrations').textContent()).toContain('s3://integrations-kohler/adobe/');
    for (const dead of ['#q', '#map-frame', '#csv']) expect(await page.locator(dead).isVisible()).toBe(false);
  });
});

test('what a definition says is text', async () => {
  await using('hostile', {}, async (page) => {
    await page.click('.disclose');
    expect(await page.title()).toBe('Access report, 2026-11-22');
    expect(await page.locator('.detail').textContent()).toContain('<img src=x onerror=');
    expect(await page.locator('img').count()).toBe(0);
  });
});

test('asks nothing of the network, not even for an icon', async () => {
  const asked: (string | undefined)[] = [];
  const page = reportHtml(reportOf(load(EXAMPLES).deployment, [], TODAY), documentAssets());
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.setHeader('content-type', 'text/html').end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const context = await (await pages.open()).newContext();
  try {
    const tab = await context.newPage();
    const requests: string[] = [];
    tab.on('request', (request) => requests.push(request.url()));
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/report`, { waitUntil: 'networkidle' });
    await tab.fill('#q', 'adobe');
    expect(asked).toEqual(['/report']);
    expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
  } finally {
    await context.close();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('on a phone the picture is a ranked list, and no number is cut', async () => {
  await using('small', { viewport: { width: 400, height: 900 } }, async (page) => {
    expect(await inMap(page, '.map')).toBe(0);
    expect(await inMap(page, '.ranks ol[data-of=client] li')).toBe(3);
    expect(await page.locator('.ranks ol[data-of=client] b').allTextContents()).toEqual([' 4 ', ' 3 ', ' 2 ']);
  });
});
