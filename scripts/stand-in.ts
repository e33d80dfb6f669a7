/**
 * Starts a stand-in for AWS, which knows CloudFormation, S3, IAM and Secrets Manager and enforces no policy, and says which
 * variables lead the CDK and the command to it. It runs until it is interrupted, and keeps nothing.
 *
 *     npm run --silent stand-in
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cloud, WITHOUT_CHANGE_SETS } from '../test/e2e/cli/cloud';
import { ENDPOINTS } from '../test/e2e/servers/endpoints';
import { startMoto } from '../test/e2e/servers/moto';
import { Processes } from '../test/e2e/servers/processes';
import { standIns } from '../test/e2e/servers/stand-ins';

async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const found = standIns();
  const dir = mkdtempSync(join(tmpdir(), 'stand-in-'));
  const processes = new Processes(dir, () => {});
  process.once('exit', () => {
    processes.kill();
    rmSync(dir, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void processes.stop().then(() => process.exit(0)));
  process.env[ENDPOINTS] = JSON.stringify({ moto: await startMoto(found, processes) });
  const cloud = await Cloud.open();
  const variables = { ...cloud.environment, ...WITHOUT_CHANGE_SETS };
  process.stdout.write(
    Object.entries(variables)
      .map(([name, value]) => `export ${name}=${value}\n`)
      .join(''),
  );
  process.stderr.write('a stand-in for AWS runs until Ctrl-C: paste these lines into the shell that deploys to it\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
