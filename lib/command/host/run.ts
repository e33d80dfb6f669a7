import spawn from 'cross-spawn';
import { Failure } from './failure';

/**
 * Runs a program to its end, without a shell but on Windows, where npm and npx are scripts: their words are then quoted for it. It shares the terminal, and what it prints goes to standard error: standard
 * output is for results.
 *
 * @param folder where it runs, if not in the present one
 * @returns what it ended with
 */
export type Run = (program: string, args: readonly string[], folder?: string) => Promise<number>;

/** The programs that are installed. */
export const run: Run = (program, args, folder) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd: folder, stdio: ['inherit', 2, 2] });
    child.once('error', (cause) =>
      reject(
        new Failure('cannot-run', `${program} cannot be run: ${cause.message}`, 'install it, and put it into PATH', {
          cause,
        }),
      ),
    );
    // Ended by a signal, it has no status.
    child.once('close', (status) => resolve(status ?? 1));
  });
