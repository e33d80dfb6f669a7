import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json';
import { type Candidate, objections, sectionOf } from './objections';

const ROOT = join(__dirname, '../..');

const READY: Candidate = {
  version: '0.2.0',
  published: true,
  repository: 'https://github.com/octo-org/cdk-bucket-integrations.git',
  changelog: '# Changelog\n\n## 0.2.0, 2027-01-31\n\n- A new vendor.\n\n## 0.1.0, 2026-12-01\n\n- All of it.\n',
  upgrading: '## Notes\n\n### To 0.2.0\n\nNothing to do.\n',
  owners: '* @octo-org/maintainers\n',
  releasing: '- [x] Done.\n- [ ] The first day on AWS.\n',
  tags: ['v0.2.0'],
  dirty: false,
};

test('what is ready is not refused', () => {
  expect(objections(READY)).toEqual([]);
  expect(objections({ ...READY, version: '0.1.0', tags: ['v0.1.0'], upgrading: '### To 0.1.0\n' })).toEqual([]);
});

test.each<[what: string, change: Partial<Candidate>, said: RegExp]>([
  [
    'the placeholder of the repository',
    { repository: 'https://github.com/OWNER/cdk-bucket-integrations.git' },
    /^package\.json: repository\.url is the placeholder /,
  ],
  ['a placeholder for people', { owners: '* @OWNER/maintainers\n' }, /^\.github\/CODEOWNERS: @OWNER/],
  ['a name that is not ours yet', { published: false }, /^package\.json: "published" is false; set it to true/],
  ['no tag', { tags: [''] }, /^git: this commit has no tag v0\.2\.0/],
  ['the tag of another version', { tags: ['v0.2.1'] }, /^git: this commit has no tag v0\.2\.0/],
  ['files that nobody committed', { dirty: true }, /^git: files differ/],
  ['a version before a release', { version: '0.2.0-rc.1' }, /^package\.json: the version is 0\.2\.0-rc\.1/],
  [
    'a changelog without it',
    { changelog: '## 0.1.0, 2026-12-01\n\n- x\n' },
    /^CHANGELOG\.md: nothing is said of 0\.2\.0/,
  ],
  [
    'an empty section',
    { changelog: '## 0.2.0, 2027-01-31\n\n## 0.1.0, 2026-12-01\n' },
    /^CHANGELOG\.md: nothing is said/,
  ],
  [
    'a section without a day',
    { changelog: '## 0.2.0, not released\n\n- x\n' },
    /^CHANGELOG\.md: "## 0\.2\.0, not released" has no day/,
  ],
  ['a version that only looks like it', { changelog: '## 0x2.0, 2027-01-31\n\n- x\n' }, /nothing is said of 0\.2\.0/],
  ['no note for upgrading', { upgrading: '### To 0.1.0\n' }, /^docs\/upgrading\.md: there is no note "### To 0\.2\.0"/],
])('is refused: %s', (_, change, said) => {
  expect(objections({ ...READY, ...change })).toEqual([expect.stringMatching(said)]);
});

test('1.0 is refused as long as a criterion is open, and a patch needs no note', () => {
  const one = {
    ...READY,
    version: '1.0.1',
    tags: ['v1.0.1'],
    changelog: '## 1.0.1, 2028-01-31\n\n- A fault is fixed.\n',
  };
  expect(objections(one)).toEqual(['docs/releasing.md: 1.0 needs this first: The first day on AWS.']);
  expect(objections({ ...one, releasing: '- [x] The first day on AWS.\n' })).toEqual([]);
});

test('the section of a version ends where the next begins', () => {
  expect(sectionOf(READY.changelog, '0.2.0')).toBe('- A new vendor.');
  expect(sectionOf(READY.changelog, '0.1.0')).toBe('- All of it.');
  expect(sectionOf(READY.changelog, '0.3.0')).toBeUndefined();
});

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('the files of this repository are such as they are read', () => {
  expect(sectionOf(read('CHANGELOG.md'), manifest.version)).toMatch(/\S/);
  expect(read('docs/upgrading.md')).toMatch(new RegExp(`^### To ${manifest.version.replaceAll('.', '\\.')}$`, 'm'));
  expect(read('docs/releasing.md')).toMatch(/^- \[[ x]\] /m);
  // Whichever it is: while it is not, nothing may name an address.
  const placeholder = manifest.repository.url.includes('/OWNER/');
  expect([placeholder, manifest.published]).toEqual([placeholder, !placeholder && manifest.published]);
});

test('the addresses of this project stand in package.json alone', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
    'docs/releasing.md',
    'docs/upgrading.md',
  ];
  for (const page of pages)
    expect([page, read(page)]).toEqual([
      page,
      expect.not.stringMatching(/github\.com\/[\w-]+\/cdk-bucket-integrations/),
    ]);
});
