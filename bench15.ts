import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { AssumedRoleIntegration, ClientBucket, ConfinementChecks } from './lib';
const [clients = 30, integrations = 8] = process.argv.slice(2).map(Number);
const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'checks-cost-')), builtinCloudFormationValidation: false } as never);
for (let client = 0; client < clients; client += 1) {
  const stack = new Stack(app, `c${client}`);
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: `c${client}` });
  for (let vendor = 0; vendor < integrations; vendor += 1) {
    new AssumedRoleIntegration(stack, `v${vendor}`, { clientBucket, vendorName: `v${vendor}`, principals: ['arn:aws:iam::123456789876:user/sender'] });
  }
}
console.time('synth');
const assembly = app.synth();
console.timeEnd('synth');
const stackTemplates = assembly.stacks.map(({ hierarchicalId, templateFullPath, environment }) => ({ stackConstructPath: hierarchicalId, templatePath: templateFullPath, accountId: environment.account, region: environment.region }));
for (let i = 0; i < 1; i++) { const c0=process.cpuUsage();
console.log(new ConfinementChecks().validate({ appConstruct: app, templatePaths: [], stackTemplates } as never).violations.length); const c1=process.cpuUsage(c0);console.log('cpu',(c1.user+c1.system)/1000); }
if ((globalThis as any).cnt) console.log(Object.values((globalThis as any).cnt).sort((a: any, b: any) => b[0] - a[0]).slice(0, 12));
