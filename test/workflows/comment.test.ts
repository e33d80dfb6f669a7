import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../scaffold/.github/scripts/comment.mjs');
const MARKER = '<!-- bucket-integrations: access -->';
const PER_PAGE = 2;

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}

/** GitHub, as far as the script asks it: comments by pages, written and changed. */
class GitHub {
  readonly asked: string[] = [];
  refuses = false;
  private readonly server: Server;

  constructor(readonly comments: Comment[]) {
    this.server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '', this.address);
      this.asked.push(`${request.method} ${url.pathname}`);
      const say = (status: number, content: unknown, headers = {}) =>
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(content));
      if (this.refuses || request.headers.authorization !== 'Bearer the-token') return say(403, { message: 'no' });
      const all = url.pathname === '/repos/octo-org/integrations/issues/7/comments';
      const [, id] = /^\/repos\/octo-org\/integrations\/issues\/comments\/(\d+)$/.exec(url.pathname) ?? [];
      if (all && request.method === 'GET') {
        const page = Number(url.searchParams.get('page') ?? 1);
        const more = page * PER_PAGE < this.comments.length;
        const link = more ? { link: `<${this.address}${url.pathname}?page=${page + 1}>; rel="next"` } : {};
        return say(200, this.comments.slice((page - 1) * PER_PAGE, page * PER_PAGE), link);
      }
      const { body } = JSON.parse(await textOf(request));
      if (all) this.comments.push({ id: 100 + this.comments.length, body, user: { type: 'Bot' } });
      const found = this.comments.find((each) => String(each.id) === id);
      if (found && request.method === 'PATCH') found.body = body;
      return say(found || all ? 200 : 404, {});
    });
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

const folder = mkdtempSync(join(tmpdir(), 'comment-'));
const servers: GitHub[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function github(...comments: [body: string, type?: string][]): Promise<GitHub> {
  const server = new GitHub(comments.map(([body, type = 'User'], at) => ({ id: at + 1, body, user: { type } })));
  servers.push(server);
  await server.listen();
  return server;
}

function comment(server: GitHub, text: string, more: Readonly<Record<string, string>> = {}) {
  const file = join(folder, 'access.md');
  writeFileSync(file, text);
  return commentFrom(file, server, more);
}

function commentFrom(file: string, { address }: GitHub, more: Readonly<Record<string, string>> = {}) {
  const env = {
    PATH: process.env.PATH,
    GITHUB_API_URL: address,
    GITHUB_REPOSITORY: 'octo-org/integrations',
    GITHUB_TOKEN: 'the-token',
    PULL_REQUEST: '7',
    ...more,
  };
  return new Promise<{ status: number; said: string }>((resolve) => {
    execFile(process.execPath, [SCRIPT, file], { env }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
}

test('writes a comment, and updates that one ever after', async () => {
  const server = await github(['hello'], ['looks good'], ['one more']);
  expect(await comment(server, '+ kohler_adobe may delete')).toEqual({ status: 0, said: '' });
  expect(await comment(server, 'No change.\n')).toEqual({ status: 0, said: '' });
  expect(server.comments.map(({ body }) => body)).toEqual([
    'hello',
    'looks good',
    'one more',
    `${MARKER}\nNo change.\n`,
  ]);
  const before = server.asked.length;
  await comment(server, 'No change.\n');
  expect(server.asked.slice(before).every((each) => each.startsWith('GET '))).toBe(true);
});

test('leaves alone what others write, be it with the marker', async () => {
  const server = await github([`${MARKER}\nmine`], ['a bot quotes it: <!-- bucket-integrations: access -->', 'Bot']);
  await comment(server, 'text');
  expect(server.comments.map(({ body }) => body.split('\n')[1])).toEqual(['mine', undefined, 'text']);
});

test('cuts off what is longer than a comment may be', async () => {
  const server = await github();
  await comment(server, 'x'.repeat(70_000));
  const body = server.comments[0]?.body ?? '';
  expect(body).toHaveLength(65_536);
  expect(body).toMatch(/The rest is in the summary of the run\.$/);
});

test.each<[what: string, make: (file: string) => void]>([
  ['a link to a file elsewhere', (file) => symlinkSync(process.execPath, file)],
  ['a file without end', (file) => symlinkSync('/dev/zero', file)],
  [
    'a file of 17 MiB',
    (file) => {
      writeFileSync(file, '');
      truncateSync(file, 17 * 2 ** 20);
    },
  ],
])('reads nothing of %s', async (_, make) => {
  const server = await github();
  const file = join(folder, `made-${server.address.split(':').at(-1)}.md`);
  make(file);
  const { status, said } = await commentFrom(file, server);
  expect([status, server.asked]).toEqual([1, []]);
  expect(said).toMatch(/^the comment was not written: .*\.md is no file of at most 16777216 bytes\n$/);
});

test('says in a line that GitHub refuses, and never the token', async () => {
  const server = await github();
  server.refuses = true;
  const { status, said } = await comment(server, 'text');
  expect(status).toBe(1);
  expect(said).toBe(
    'the comment was not written: GitHub answers 403 to GET /repos/octo-org/integrations/issues/7/comments\n',
  );
});

test.each<Readonly<Record<string, string>>>([
  { PULL_REQUEST: '7/../8' },
  { PULL_REQUEST: '' },
  { GITHUB_TOKEN: '' },
  { GITHUB_REPOSITORY: 'a/b/c' },
])('refuses %j', async (env) => {
  const server = await github();
  const { status, said } = await comment(server, 'text', env);
  expect([status, server.asked]).toEqual([1, []]);
  expect(said).toContain('must be set');
});
