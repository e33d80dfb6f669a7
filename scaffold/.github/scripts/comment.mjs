/**
 * Puts a Markdown file into a pull request as one comment: the comment of the last run is found again by a marker in it,
 * and updated. Nothing but Node.js is needed.
 *
 *     node comment.mjs access.md
 *
 * Environment: GITHUB_TOKEN, GITHUB_REPOSITORY, PULL_REQUEST, and GITHUB_API_URL where that is not GitHub's own.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 */
import { lstatSync, readFileSync } from 'node:fs';

const MARKER = '<!-- bucket-integrations: access -->';
/** What GitHub takes, in characters. */
const MOST = 65_536;
/** What is read at all, in bytes: nobody's comparison is longer. */
const MOST_BYTES = 16 * 2 ** 20;

const { GITHUB_TOKEN, GITHUB_REPOSITORY, PULL_REQUEST, GITHUB_API_URL = 'https://api.github.com' } = process.env;

try {
  await main(process.argv[2]);
} catch (error) {
  process.stderr.write(`the comment was not written: ${error.message}\n`);
  process.exitCode = 1;
}

async function main(file) {
  if (
    !file ||
    !GITHUB_TOKEN ||
    !/^[\w.-]+\/[\w.-]+$/.test(GITHUB_REPOSITORY ?? '') ||
    !/^\d+$/.test(PULL_REQUEST ?? '')
  ) {
    throw new Error('name a file; GITHUB_TOKEN, GITHUB_REPOSITORY and PULL_REQUEST must be set');
  }
  // Others made it: it is a file, and not the name of one elsewhere.
  const found = lstatSync(file);
  if (!found.isFile() || found.size > MOST_BYTES) throw new Error(`${file} is no file of at most ${MOST_BYTES} bytes`);
  const body = bodyOf(readFileSync(file, 'utf8'));
  const earlier = await mine(`/repos/${GITHUB_REPOSITORY}/issues/${PULL_REQUEST}/comments?per_page=100`);
  if (earlier?.body === body) return;
  const [method, path] = earlier
    ? ['PATCH', `/repos/${GITHUB_REPOSITORY}/issues/comments/${earlier.id}`]
    : ['POST', `/repos/${GITHUB_REPOSITORY}/issues/${PULL_REQUEST}/comments`];
  await ask(method, path, { body });
}

function bodyOf(text) {
  const whole = `${MARKER}\n${text}`;
  if (whole.length <= MOST) return whole;
  const end = '\n\nThe rest is in the summary of the run.';
  return `${whole.slice(0, MOST - end.length)}${end}`;
}

/** The comment that an earlier run wrote: others can write the marker too, but not as a bot. */
async function mine(path) {
  for (let next = path; next; ) {
    const response = await ask('GET', next);
    const found = (await response.json()).find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(MARKER));
    if (found) return found;
    const [, url] = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '') ?? [];
    next = url?.startsWith(GITHUB_API_URL) ? url.slice(GITHUB_API_URL.length) : undefined;
  }
  return undefined;
}

async function ask(method, path, content) {
  const response = await fetch(`${GITHUB_API_URL}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
    },
    body: content && JSON.stringify(content),
  });
  if (!response.ok) throw new Error(`GitHub answers ${response.status} to ${method} ${path.split('?')[0]}`);
  return response;
}
