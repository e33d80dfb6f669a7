import { shellWord } from '../../text/shell';
import { Failure } from '../host/failure';
import type { Host } from '../host/host';

/** Runs the CDK, and says so; or only says what would be run. */
export async function runCdk(words: readonly string[], dryRun: boolean, host: Host): Promise<void> {
  const line = `npx ${words.map(shellWord).join(' ')}\n`;
  if (dryRun) {
    host.out(line);
    return;
  }
  host.err(line);
  const status = await host.run('npx', words);
  if (status === 0) return;
  throw new Failure(
    'deploy-failed',
    `${words.slice(0, 2).join(' ')} ended with ${status}`,
    'the next run does what is left to do',
  );
}
