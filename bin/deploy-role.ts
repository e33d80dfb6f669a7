import { deployRoleApp } from '../lib/app/deploy-role-app';

const app = deployRoleApp({
  report: (line) => process.stderr.write(`${line}\n`),
  environment: {
    account: process.env.CDK_DEFAULT_ACCOUNT || undefined,
    region: process.env.CDK_DEFAULT_REGION || undefined,
  },
});
if (app) app.synth();
else process.exitCode = 1;
