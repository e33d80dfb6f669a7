/** Prints what the confinement checks cost of a synth: `npm run checks-cost -- CLIENTS INTEGRATIONS`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type IPolicyValidationContext, Stack, Validations } from 'aws-cdk-lib/core';
import { AssumedRoleIntegration, ClientBucket, ConfinementChecks } from '../lib';

/** The checks, timed. */
class Timed extends ConfinementChecks {
  milliseconds = 0;

  override validate(context: IPolicyValidationContext): ReturnType<ConfinementChecks['validate']> {
    const start = process.cpuUsage();
    const report = super.validate(context);
    this.milliseconds += since(start);
    return report;
  }
}

/** Milliseconds of processors: those of the wall clock depend on what else the machine does. */
function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Synthesizes an app in which every client has some integrations. */
function cost(clients: number, integrations: number): { synth: number; checks: number } {
  const outdir = mkdtempSync(join(tmpdir(), 'checks-cost-'));
  const checks = new Timed();
  const start = process.cpuUsage();
  const app = new App({ analyticsReporting: false, outdir });
  Validations.of(app).addPlugins(checks);
  for (let client = 0; client < clients; client += 1) {
    const stack = new Stack(app, `c${client}`);
    const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: `c${client}` });
    for (let vendor = 0; vendor < integrations; vendor += 1) {
      const principals = ['arn:aws:iam::123456789876:user/sender'];
      new AssumedRoleIntegration(stack, `v${vendor}`, { clientBucket, vendorName: `v${vendor}`, principals });
    }
  }
  app.synth();
  const synth = since(start);
  rmSync(outdir, { recursive: true });
  return { synth, checks: checks.milliseconds };
}

if (require.main === module) {
  const [clients = 30, integrations = 8] = process.argv.slice(2).map(Number);
  cost(1, 1);
  const { synth, checks } = cost(clients, integrations);
  const share = ((100 * checks) / synth).toFixed(1);
  process.stdout.write(
    `${clients} clients with ${integrations} integrations each: the checks took ${checks.toFixed(0)} ms of ${synth.toFixed(0)} ms, ${share} %\n`,
  );
}
