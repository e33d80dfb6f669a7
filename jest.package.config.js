const base = require('./jest.config.js');

/** What the packed artifact does in other people's apps: it is built, packed and installed, so it takes minutes. */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/package/**/*.package.ts'],
  globalSetup: '<rootDir>/test/package/pack.ts',
  globalTeardown: '<rootDir>/test/package/unpack.ts',
  testTimeout: 400_000,
  maxWorkers: 1,
};
