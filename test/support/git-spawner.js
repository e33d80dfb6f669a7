/**
 * Runs git for the tests of one worker, a JSON document a line: a large process forks slowly, and this one is small.
 */
const { execFile } = require('node:child_process');
const { createInterface } = require('node:readline');

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, file, args, cwd, env, input } = JSON.parse(line);
  const options = { cwd, env, encoding: 'buffer', maxBuffer: 2 ** 30 };
  const child = execFile(file, args, options, (error, stdout, stderr) => {
    const failure = error && { message: error.message, code: error.code };
    const texts = { stdout: stdout.toString('base64'), stderr: stderr.toString('base64') };
    process.stdout.write(`${JSON.stringify({ id, failure, ...texts })}\n`);
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(Buffer.from(input, 'base64'));
});
