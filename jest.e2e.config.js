/** On real servers, started once for the whole run: needs scripts/get-stand-ins, so it is not part of the default suite. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
  globalSetup: '<rootDir>/test/e2e/servers/global-setup.ts',
  globalTeardown: '<rootDir>/test/e2e/servers/global-teardown.ts',
  maxWorkers: 2,
  testTimeout: 120_000,
};
