/**
 * Has cfn-lint judge the templates of the examples and of every shape that a definition can have. Anything that it
 * says fails, down to its remarks, but for I1022: the CDK writes Fn::Join where it would like Fn::Sub; and for W6001
 * where setup information in a part of a client's stacks names the bucket's key, which another stack makes.
 * `pip install cfn-lint`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import cdkJson from '../cdk.json';
import { integrationsApp } from '../lib/app/integrations-app';
import { EVERY_SHAPE, EXAMPLES } from '../test/support/every-shape';
import { inFolder } from '../test/support/folder';

/** The output of `cfn-lint -f json`, as far as it is read. */
const findings = z.array(
  z.object({
    Rule: z.object({ Id: z.string() }),
    Message: z.string(),
    Filename: z.string(),
    Location: z.object({
      Path: z
        .array(z.union([z.string(), z.number()]))
        .nullish()
        .transform((path) => path ?? []),
    }),
  }),
);

process.env.CDK_VALIDATION = 'false';
const outdir = mkdtempSync(join(tmpdir(), 'templates-'));
try {
  synth(EXAMPLES, 'examples');
  inFolder(EVERY_SHAPE, (dir) => synth(dir, 'shapes'));
  const templates = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(outdir, file));
  process.exitCode = lint(templates) ? 0 : 1;
} finally {
  rmSync(outdir, { recursive: true });
}

/** Whether cfn-lint finds nothing; says what it finds. */
function lint(templates: readonly string[]): boolean {
  const args = ['-f', 'json', '-c', 'I', '-i', 'I1022', '-t', ...templates];
  const { error, status, stdout } = spawnSync('cfn-lint', args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (error || status === null) {
    process.stderr.write(`cfn-lint cannot be run (${error?.message ?? 'it was ended'}): pip install cfn-lint\n`);
    return false;
  }
  const all = findings.safeParse(parsed(stdout));
  if (!all.success || (status !== 0 && all.data.length === 0)) {
    process.stderr.write(`cfn-lint ended with ${status}: ${stdout}\n`);
    return false;
  }
  const meant = all.data.filter(isMeant);
  const found = all.data.filter((finding) => !isMeant(finding));
  for (const { Rule, Message, Filename, Location } of found) {
    process.stdout.write(`${Rule.Id} ${Message}\n${Filename}: ${Location.Path.join('/')}\n\n`);
  }
  if (found.length > 0) return false;
  const but = meant.length > 0 ? `, but for the key in setup information of parts (W6001, ${meant.length} times)` : '';
  process.stdout.write(`cfn-lint finds nothing in ${templates.length} templates${but}\n`);
  return true;
}

/** Setup information is one text; that a part imports the key's ARN into it makes no output of an output. */
function isMeant({ Rule, Location: { Path } }: z.infer<typeof findings>[number]): boolean {
  const [section, output, key, join] = Path;
  return (
    Rule.Id === 'W6001' &&
    section === 'Outputs' &&
    /SetupInformation[0-9A-F]{8}$/.test(String(output)) &&
    key === 'Value' &&
    join === 'Fn::Join'
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
