import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shareOf } from './share';

const TESTS = join(__dirname, '..');
const CORPUS = Array.from({ length: 23 }, (_, at) => at);

test('five places meet the whole corpus, each another part of it', () => {
  const parts = [0, 1, 2, 3, 4].map((place) => shareOf(CORPUS, place));
  expect(parts.flat().sort((a, b) => a - b)).toEqual(CORPUS);
  expect(Math.max(...parts.map(({ length }) => length))).toBe(5);
});

test('whatever takes a share is in the suite that takes all', () => {
  const shared = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && file !== 'support/share.test.ts')
    .filter((file) => /from '.*support\/share'/.test(readFileSync(join(TESTS, file), 'utf8')));
  const before = process.env.TEST_SUITE;
  process.env.TEST_SUITE = 'long';
  try {
    jest.resetModules();
    const { testMatch } = require('../../jest.config.js');
    expect(testMatch).toEqual(shared.sort().map((file) => `<rootDir>/test/${file}`));
  } finally {
    if (before === undefined) delete process.env.TEST_SUITE;
    else process.env.TEST_SUITE = before;
  }
});
