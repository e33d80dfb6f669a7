const base = require('./jest.config.js');

/** The tests that say what the two files of confinement and trust do: the ones that a mutant has to meet. */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/rules/**/*.test.ts'],
  reporters: [],
};
