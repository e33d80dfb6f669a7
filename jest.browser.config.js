/** Pages in a real browser: needs Chromium, so it is not part of the default suite. */
module.exports = {
  ...require('./jest.config.js'),
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.browser.ts'],
  testTimeout: 60_000,
};
