const base = require('./jest.config.js');

/** The tests that a mutant has to meet: a glob of them, which scripts/mutate.ts gives. */
module.exports = {
  ...base,
  testMatch: [`<rootDir>/test/${process.env.MUTATION_TESTS}`],
  reporters: [],
};
