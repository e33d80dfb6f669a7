import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import manifest from '../../package.json';
import { anchorsOf, relativeLinks } from '../support/links';

const ROOT = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const isMarkdown = (file: string) => file.endsWith('.md');

/** Pages that people read: Markdown of the repository, without what a test makes or expects. */
const PAGES = [
  ...readdirSync(ROOT).filter(isMarkdown),
  ...['docs', 'scaffold', '.github'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(isMarkdown)
      .map((file) => join(folder, file)),
  ),
];

/** What is wrong with a link of a page, if anything. */
function wrong(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), decodeURI(path)));
  if (!existsSync(join(ROOT, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined || !isMarkdown(target)) return undefined;
  return anchorsOf(read(target)).has(anchor) ? undefined : `${link}: ${target} has no such heading`;
}

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  const links = relativeLinks(read(page));
  expect(links.flatMap((link) => wrong(page, link) ?? [])).toEqual([]);
});

test.each([
  ['a page that is not there', 'docs/nowhere.md', 'there is no docs/nowhere.md'],
  ['a heading that is not there', 'docs/definitions.md#nowhere', 'has no such heading'],
  ['a heading of its own that is not there', '#nowhere', 'has no such heading'],
])('is caught: %s', (_, link, said) => {
  expect(wrong('README.md', link)).toContain(said);
});

test('the index names every page of docs, and the README leads to it', () => {
  const index = relativeLinks(read('docs/README.md')).map((link) => join('docs', link.replace(/#.*/, '')));
  const pages = PAGES.filter((page) => /^docs\/(?:guides\/)?[^/]+$/.test(page) && page !== 'docs/README.md');
  expect(pages.length).toBeGreaterThan(30);
  expect(pages.filter((page) => !index.includes(page))).toEqual([]);
  expect(relativeLinks(read('README.md'))).toContain('docs/README.md');
});

/** Whether npm packs a file. It always packs the manifest, the README and the licence. */
function packed(file: string): boolean {
  const listed = (entry: string) =>
    file === entry ||
    file.startsWith(`${entry}/`) ||
    (entry.includes('*') && file.startsWith(entry.split('*')[0] ?? ''));
  const included = manifest.files.filter((entry) => !entry.startsWith('!')).some(listed);
  const excluded = manifest.files.filter((entry) => entry.startsWith('!')).some((entry) => listed(entry.slice(1)));
  return /^(?:package\.json|README\.md|LICENSE)$/.test(file) || (included && !excluded);
}

/** Where a page of documentation may lead to in the repository only: sources, and how to change them. */
const SOURCES = /^(?:lib|test|scripts|bin|\.github|CONTRIBUTING\.md|CODE_OF_CONDUCT\.md)(?:\/|$)/;

test.each(PAGES.filter((page) => packed(page)))('in the package, every link of %s leads to a file of it', (page) => {
  const links = relativeLinks(read(page)).map((link) => normalize(join(dirname(page), link.replace(/#.*/, ''))));
  const missing = links
    .filter(
      (target) =>
        target !== dirname(page) && !packed(statSync(join(ROOT, target)).isDirectory() ? `${target}/x` : target),
    )
    .filter((target) => page === 'README.md' || !SOURCES.test(target));
  expect(missing).toEqual([]);
});
