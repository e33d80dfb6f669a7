const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');

/** The tests that a large run shows as its slowest. */
const SLOWEST = 10;

/** Ends a run with its slowest tests and `N passed, N failed`, and leaves the counts in the file that TEST_COUNTS names. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    const line = `${numPassedTests} passed, ${failed} failed${skipped}`;
    if (process.env.TEST_COUNTS) {
      writeFileSync(process.env.TEST_COUNTS, `${numPassedTests} ${failed}\n`);
      process.stdout.write(`slowest tests:\n${slowest(results.testResults).join('\n')}\n`);
    }
    process.stdout.write(`${line}\n`);
  }
};

function slowest(files) {
  return files
    .flatMap(({ testFilePath, testResults }) =>
      testResults.map(({ duration, fullName }) => ({ seconds: (duration ?? 0) / 1000, testFilePath, fullName })),
    )
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST)
    .map(
      ({ seconds, testFilePath, fullName }) =>
        `${seconds.toFixed(1).padStart(6)} s  ${relative(process.cwd(), testFilePath)} › ${fullName.slice(0, 120)}`,
    );
}
