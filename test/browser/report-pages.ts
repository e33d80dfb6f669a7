/// <reference lib="dom" />
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { documentAssets } from '../../lib/command/report';
import { load } from '../../lib/definitions/load';
import type { Deployment } from '../../lib/definitions/model/model';
import { reportHtml } from '../../lib/report/html';
import type { Observed } from '../../lib/report/observed';
import { reportOf } from '../../lib/report/report';
import { writeLargeFolder } from '../support/large-folder';
import { launched } from './chromium';

export const EXAMPLES = join(__dirname, '../data/examples');
export const TODAY = '2026-11-22';

/** A browser, and the pages of 9, 300 and 5,000 integrations, each made when a test first asks for it. */
export class ReportPages {
  private browser?: Browser;
  private readonly folder = mkdtempSync(join(tmpdir(), 'report-'));
  private readonly files = new Map<string, string>();

  async open(): Promise<Browser> {
    this.browser ??= await launched();
    return this.browser;
  }

  async close(): Promise<void> {
    await this.browser?.close();
    rmSync(this.folder, { recursive: true });
  }

  file(name: PageName): string {
    const known = this.files.get(name);
    if (known !== undefined) return known;
    const { deployment, problems, failed } = load(this.definitions(name), { today: TODAY });
    if (failed) throw new Error(JSON.stringify(problems[0]));
    const observed = name === 'small' || name === 'hostile' ? {} : observedOf(deployment);
    const file = join(this.folder, `${name}.html`);
    writeFileSync(file, reportHtml(reportOf(deployment, problems, TODAY, observed), documentAssets()));
    this.files.set(name, file);
    return file;
  }

  private definitions(name: PageName): string {
    if (name === 'small' || name === 'seen') return EXAMPLES;
    const dir = join(this.folder, name);
    if (name === 'hostile') {
      mkdirSync(join(dir, 'kohler'), { recursive: true });
      writeFileSync(join(dir, 'kohler/client.yaml'), '');
      writeFileSync(join(dir, 'kohler/a.yaml'), HOSTILE);
    } else {
      mkdirSync(dir);
      writeLargeFolder(
        dir,
        name === 'medium' ? { clients: 30, integrations: 300 } : { clients: 500, integrations: 5000 },
      );
    }
    return dir;
  }

  /** Opens a page, lends it, closes it; whatever it complains of fails the test. */
  async using(
    name: PageName,
    options: BrowserContextOptions & { readonly hash?: string },
    use: (page: Page) => Promise<void>,
  ): Promise<void> {
    const { hash = '', ...rest } = options;
    const context = await (await this.open()).newContext({ viewport: { width: 1280, height: 900 }, ...rest });
    const complaints: string[] = [];
    try {
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => complaints.push(message.text()));
      await page.goto(`file://${this.file(name)}${hash}`);
      await use(page);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  }
}

/** 9 integrations, the same with what was seen of them, 300, 5,000, and one that means harm. */
export type PageName = 'small' | 'seen' | 'medium' | 'large' | 'hostile';

const MARKUP = '</script><script>document.title = "taken"</script><img src=x onerror="document.title = \'taken\'">';
const HOSTILE = [
  'kind: assumed-role',
  'principals: [arn:aws:iam::111122223333:role/x]',
  'contact: =cmd()',
  ...['description', 'owner', 'request', 'reason'].map((key) => `${key}: ${JSON.stringify(MARKUP)}`),
].join('\n');

/** An instant some days before `TODAY`. */
function before(days: number): string {
  return new Date(Date.parse(TODAY) - days * 86_400_000 + 34_200_000).toISOString();
}

/** What an account and its logs may show of that many integrations: some differ, some are never used, keys of every age. */
function observedOf({ clients }: Deployment): Observed {
  const all = clients.flatMap(({ integrations }) => integrations);
  const number = new Map(all.map(({ name }, at) => [name, at]));
  const used = all.map(({ name }, at) => {
    const lastSeen = at % 9 === 4 ? null : before(at % 7 === 0 ? 200 : 1 + (at % 12));
    const cause = {
      operation: 'REST.PUT.OBJECT',
      count: 12,
      last: before(2),
      cause: 'It may not write',
      fix: 'Add write',
    };
    const last = { lastSeen, lastList: null, lastRead: lastSeen, lastWrite: null, lastDelete: null };
    return [name, { ...last, requests: at, unused: [], denied: at % 40 === 3 ? [cause] : [] }] as const;
  });
  return {
    source: { folder: 'integrations', commit: '1a2b3c4d5e', changed: false },
    account: {
      ...{ accounts: ['111122223333'], collectedAt: before(1), others: ['the role legacy reads a bucket of ours'] },
      of: (_, name) => {
        const at = number.get(name) ?? 0;
        const findings = at % 23 === 4 ? [{ code: 'more-access', message: 'it may also delete' }] : [];
        const key = { status: 'Active', days: 30 + ((at * 37) % 900), lastUsed: before(1) };
        const keys = all[at]?.kind === 'access-key' ? [key] : [];
        return { verdict: findings.length > 0 ? 'differs' : 'same', findings, keys };
      },
    },
    usage: {
      ...{ from: before(90), to: before(1), integrations: new Map(used) },
      strangers: [{ requester: 'arn:aws:iam::111122223333:role/x', bucket: 'b', requests: 3, last: before(3) }],
    },
  };
}

export const count = (page: Page) => page.locator('#count').textContent();
export const names = (page: Page) => page.locator('#rows .name').allTextContents();
export const hash = (page: Page) => page.evaluate(() => location.hash);

/** Goes to another address of the page, and comes back when the page has followed: `popstate` comes later than the click. */
export async function follow(page: Page, go: () => Promise<unknown>): Promise<void> {
  // Listeners are called in the order in which they were added, so that the page's own is done by then.
  const followed = page.evaluate(
    () => new Promise<void>((done) => addEventListener('popstate', () => done(), { once: true })),
  );
  await go();
  await followed;
}

/** The picture, and what stands below the rows, is drawn after a pause. */
export async function inMap(page: Page, selector = '.map'): Promise<number> {
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 150)));
  return page.locator(selector).count();
}
