/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // One of two cores would be left idle.
  maxWorkers: '100%',
  roots: ['<rootDir>/test'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
};
