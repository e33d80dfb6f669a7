import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { integrationsApp } from '../lib/app/integrations-app';
import { today } from '../lib/text/dates';

// Where other tools keep what can be made again, and nobody commits it.
const modules = join(process.cwd(), 'node_modules');

const app = integrationsApp({
  report: (line) => process.stderr.write(`${line}\n`),
  today: today(),
  environment: {
    account: process.env.CDK_DEFAULT_ACCOUNT || undefined,
    region: process.env.CDK_DEFAULT_REGION || undefined,
  },
  validation: {
    folder: existsSync(modules) ? join(modules, '.cache', 'cdk-bucket-integrations') : undefined,
    parallel: availableParallelism() > 1,
  },
});
if (app) app.synth();
else process.exitCode = 1;
