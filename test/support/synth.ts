import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib/core';
import cdkJson from '../../cdk.json';
import { clientStacks } from '../../lib/app/client-stack';
import { load } from '../../lib/definitions/load';
import { problemLine } from '../../lib/definitions/yaml/problem';
import type { Raw } from '../../lib/text/record';
import { inFolder } from './folder';

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: templates are looked into freely by tests
  readonly Properties: any;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Template extends Raw {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

// Assemblies of all apps of a run, removed at its end: the CDK leaves a folder each.
const ASSEMBLIES = mkdtempSync(join(tmpdir(), 'assemblies-'));
const remove = () => rmSync(ASSEMBLIES, { recursive: true, force: true });
if (typeof afterAll === 'function') afterAll(remove);
else process.once('exit', remove);
let apps = 0;

/** An app as the CDK CLI makes it, with the flags of cdk.json. */
export function newApp(): App {
  apps += 1;
  const outdir = join(ASSEMBLIES, String(apps));
  return new App({ analyticsReporting: false, stackTraces: false, context: cdkJson.context, outdir });
}

/** The template of a stack of that app. */
export function templateOf(stack: Stack): Template {
  const app = stack.node.root as App;
  return app.synth({ force: true }).getStackArtifact(stack.artifactId).template;
}

/** The templates of a folder of definitions, by stack: `kohler`, and `kohler-Part2` where it has parts. */
export function synthesize(
  files: Readonly<Record<string, string>>,
  environment: { account?: string; region?: string } = {},
): Record<string, Template> {
  return inFolder(files, (dir) => synthesizeFolder(dir, environment));
}

/** The same with the app that made them. */
export function synthesizeApp(files: Readonly<Record<string, string>>): {
  app: App;
  templates: Record<string, Template>;
} {
  return inFolder(files, (dir) => appOf(dir, {}));
}

export function synthesizeFolder(
  dir: string,
  environment: { account?: string; region?: string } = {},
): Record<string, Template> {
  return appOf(dir, environment).templates;
}

function appOf(
  dir: string,
  environment: { account?: string; region?: string },
): { app: App; templates: Record<string, Template> } {
  const { deployment, problems, failed } = load(dir);
  if (failed) throw new Error(problems.map((problem) => problemLine(problem, dir)).join('\n'));
  const app = newApp();
  const stacks = deployment.clients.flatMap((client) => clientStacks(app, client, environment));
  const assembly = app.synth();
  const templates = Object.fromEntries(
    stacks.map((stack) => [stack.node.id, assembly.getStackArtifact(stack.artifactId).template]),
  );
  return { app, templates };
}
