import { integrationsApp } from '../lib/app/integrations-app';
import { today } from '../lib/definitions/today';

const app = integrationsApp({
  report: (line) => process.stderr.write(`${line}\n`),
  today: today(),
  environment: {
    account: process.env.CDK_DEFAULT_ACCOUNT || undefined,
    region: process.env.CDK_DEFAULT_REGION || undefined,
  },
});
if (app) app.synth();
else process.exitCode = 1;
