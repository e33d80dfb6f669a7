const { useMemoryFolder } = require('./test/support/memory-folder');

useMemoryFolder();

/** What all tests share. */
const shared = {
  testEnvironment: 'node',
  // One of two cores would be left idle.
  maxWorkers: '100%',
  // Some run git, or synthesize, on machines that are busy with others.
  testTimeout: 60_000,
  roots: ['<rootDir>/test'],
  transform: { '\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  // Packages that are ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(string-width|get-east-asian-width|strip-ansi|ansi-regex)/)'],
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
};

/** Suites that need something on the machine, or minutes; `TEST_SUITE` names one of them, and without it none runs. */
const suites = {
  /** Pages in a real browser: needs Chromium. */
  browser: { testMatch: ['**/*.browser.ts'], testTimeout: 60_000 },
  /** What the packed artifact does in other people's apps: it is built, packed and installed once for the whole run. */
  package: {
    testMatch: ['<rootDir>/test/package/**/*.package.ts'],
    globalSetup: '<rootDir>/test/package/pack.ts',
    globalTeardown: '<rootDir>/test/package/unpack.ts',
    maxWorkers: 1,
    testTimeout: 400_000,
  },
  /** On real servers, started once for the whole run: needs scripts/get-stand-ins. */
  e2e: {
    testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
    moduleNameMapper: { '^@aws-sdk/client-rolesanywhere$': '<rootDir>/test/e2e/servers/roles-anywhere.ts' },
    globalSetup: '<rootDir>/test/e2e/servers/global-setup.ts',
    globalTeardown: '<rootDir>/test/e2e/servers/global-teardown.ts',
    maxWorkers: 2,
    testTimeout: 120_000,
  },
  /** All of each corpus, and of what is generated, where the default suite takes a share: those that use test/support/share. */
  long: {
    testMatch: [
      'access/leaks',
      'access/meet',
      'app/corpus',
      'app/parts',
      'changes/edits',
      'changes/soundness',
      'command/interrupted',
      'command/tour',
      'e2e/denials/explained',
      'hostile/hostile',
      'proofs/proofs',
      'sabotages/families',
      'sabotages/sabotages',
      'simulation/capabilities',
      'simulation/sabotage',
      'validation/templates',
    ].map((file) => `<rootDir>/test/${file}.test.ts`),
    testTimeout: 400_000,
  },
  /** The tests that a mutant has to meet: a glob of them, which scripts/mutate.ts gives. */
  mutation: { testMatch: [`<rootDir>/test/${process.env.MUTATION_TESTS}`], reporters: [] },
};

const name = process.env.TEST_SUITE || undefined;
if (name !== undefined && !Object.hasOwn(suites, name))
  throw new Error(`TEST_SUITE is ${name}; there are ${Object.keys(suites).join(', ')}`);

/** @type {import('jest').Config} */
module.exports = name === undefined ? shared : { ...shared, ...suites[name] };
