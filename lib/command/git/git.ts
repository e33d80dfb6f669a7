import { execFile } from 'node:child_process';
import { Failure } from '../host/failure';
import type { Git } from '../host/git';

/** A repository is found by the folder alone, also from within a hook, where git names its own. */
const NOT_FROM_HERE = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

/** The git that is installed. */
export const git: Git = (folder, args, input) =>
  new Promise((resolve, reject) => {
    const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C' };
    for (const name of NOT_FROM_HERE) delete env[name];
    const options = { cwd: folder, env, encoding: 'buffer', maxBuffer: 2 ** 30 } as const;
    const child = execFile('git', [...args], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      if (typeof status === 'number') resolve({ status, stdout, stderr: stderr.toString() });
      else if (status === 'ENOENT')
        reject(new Failure('cannot-run', 'git is not installed, or not in PATH', 'install it', { cause: error }));
      else
        reject(
          new Failure('cannot-run', `git cannot be run: ${error?.message}`, 'correct that, and try again', {
            cause: error,
          }),
        );
    });
    // What git does not want to read any more is no matter.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });

/** What git ended with, in one line. */
export function gitFailed(stderr: string, before = ''): Failure {
  const said = stderr.trim().replace(/\s+/g, ' ').slice(0, 500);
  return new Failure('git-failed', `${before}git says ${said}`, 'correct that, and run this again');
}
