import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ENDPOINTS } from './endpoints';
import { hold } from './held';

/** Starts the servers once for a whole run. */
export default async function globalSetup(): Promise<void> {
  const keeper = spawn(process.execPath, ['--require', 'ts-node/register', join(__dirname, 'keeper.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  hold(keeper);
  const [line] = await Promise.race([
    new Promise<[string]>((resolve) => createInterface(keeper.stdout).once('line', (text) => resolve([text]))),
    new Promise<[]>((resolve) => keeper.once('exit', () => resolve([]))),
  ]);
  // The keeper has said what is wrong, in one line.
  if (line === undefined) process.exit(1);
  process.env[ENDPOINTS] = line;
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}
