/**
 * Starts a stand-in for AWS, which knows CloudFormation, S3, IAM, KMS and Secrets Manager and enforces no policy, and says which
 * variables lead the CDK and the command to it. It runs until it is interrupted, and keeps nothing.
 *
 *     npm run --silent stand-in [-- DIR]
 *
 * With a folder of definitions, these are deployed to it first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../lib/definitions/load';
import { Cloud, WITHOUT_CHANGE_SETS } from '../test/e2e/cli/cloud';
import { REGION } from '../test/e2e/servers/ceph';
import { motoCredentials } from '../test/e2e/servers/clients';
import { ENDPOINTS } from '../test/e2e/servers/endpoints';
import { startMoto } from '../test/e2e/servers/moto';
import { Processes } from '../test/e2e/servers/processes';
import { standIns } from '../test/e2e/servers/stand-ins';
import { CloudFormationOfServices } from '../test/e2e/stacks/cloud-formation';
import { deployFolder } from '../test/e2e/stacks/deploy-folder';

async function main([folder]: readonly string[]): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const definitions = folder === undefined ? undefined : definitionsIn(folder);
  const found = standIns();
  const dir = mkdtempSync(join(tmpdir(), 'stand-in-'));
  const processes = new Processes(dir, () => {});
  process.once('exit', () => {
    processes.kill();
    rmSync(dir, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void processes.stop().then(() => process.exit(0)));
  const { url: moto } = await CloudFormationOfServices.start(await startMoto(found, processes));
  process.env[ENDPOINTS] = JSON.stringify({ moto });
  const cloud = await Cloud.open();
  if (definitions) {
    const { account } = cloud;
    const where = {
      endpoint: cloud.recorder.url,
      account,
      region: REGION,
      credentials: await motoCredentials(account),
    };
    const stacks = await deployFolder(definitions, where);
    process.stderr.write(`deployed: ${stacks.join(', ')}\n`);
  }
  const variables = { ...cloud.environment, ...WITHOUT_CHANGE_SETS };
  process.stdout.write(
    Object.entries(variables)
      .map(([name, value]) => `export ${name}=${value}\n`)
      .join(''),
  );
  process.stderr.write('a stand-in for AWS runs until Ctrl-C: paste these lines into the shell that deploys to it\n');
}

function definitionsIn(folder: string) {
  const { deployment, problems } = load(folder);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) throw new Error(`${folder} has ${errors} errors: npx bucket-integrations check --dir ${folder}`);
  return deployment;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
