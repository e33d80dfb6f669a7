/**
 * Has cfn-lint judge the templates of the examples and of every shape that a definition can have. Anything that it
 * says fails, down to its remarks, but for I1022: the CDK writes Fn::Join where it would like Fn::Sub.
 * `pip install cfn-lint`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cdkJson from '../cdk.json';
import { integrationsApp } from '../lib/app/integrations-app';
import { EVERY_SHAPE, EXAMPLES } from '../test/support/every-shape';
import { inFolder } from '../test/support/folder';

process.env.CDK_VALIDATION = 'false';
const outdir = mkdtempSync(join(tmpdir(), 'templates-'));
try {
  synth(EXAMPLES, 'examples');
  inFolder(EVERY_SHAPE, (dir) => synth(dir, 'shapes'));
  const templates = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(outdir, file));
  const { error, status } = spawnSync('cfn-lint', ['-c', 'I', '-i', 'I1022', '-t', ...templates], { stdio: 'inherit' });
  if (error) process.stderr.write(`cfn-lint cannot be run (${error.message}): pip install cfn-lint\n`);
  else if (status === 0) process.stdout.write(`cfn-lint finds nothing in ${templates.length} templates\n`);
  process.exitCode = status ?? 1;
} finally {
  rmSync(outdir, { recursive: true });
}

function synth(integrations: string, name: string): void {
  const app = integrationsApp({
    report: (line) => process.stderr.write(`${line}\n`),
    today: '2026-11-22',
    environment: {},
    context: { ...cdkJson.context, integrations },
    outdir: join(outdir, name),
  });
  app?.synth();
}
