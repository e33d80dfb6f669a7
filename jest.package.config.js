const base = require('./jest.config.js');

/** What the packed artifact does in other people's apps: it is built, packed and installed, so it takes minutes. */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/package/**/*.package.ts'],
  testTimeout: 400_000,
  maxWorkers: 1,
};
