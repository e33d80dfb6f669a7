/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // One of two cores would be left idle.
  maxWorkers: '100%',
  roots: ['<rootDir>/test'],
  transform: { '\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  // Packages that are ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(string-width|get-east-asian-width|strip-ansi|ansi-regex)/)'],
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
};
