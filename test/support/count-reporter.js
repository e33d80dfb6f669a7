const { writeFileSync } = require('node:fs');

/** Ends a run with `N passed, N failed`, and leaves the same in the file that TEST_COUNTS names. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    const line = `${numPassedTests} passed, ${failed} failed${skipped}`;
    if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, `${numPassedTests} ${failed}\n`);
    process.stdout.write(`${line}\n`);
  }
};
