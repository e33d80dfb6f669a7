import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Template } from '../../support/synth';
import { type Files, OWN_ACCOUNT, ROOT } from './definitions';
import { type Ended, ended } from './ended';

/** What a checkout holds besides the definitions. */
const CHECKOUT = ['bin', 'lib', 'vendors', 'node_modules', 'cdk.json', 'package.json', 'tsconfig.json'];

/** Of a manifest of a cloud assembly, what matters here. */
interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      { readonly type: string; readonly properties: { readonly stackName?: string; readonly templateFile: string } }
    >
  >;
}

/**
 * A folder as a user has it: this checkout, with definitions of its own, from which `cdk` and `bucket-integrations` are
 * run as processes. The AWS that they see is the server at an endpoint.
 */
export class Deployment {
  readonly dir = mkdtempSync(join(tmpdir(), 'deployment-'));
  readonly outputsFile = join(this.dir, 'outputs.json');

  /**
   * @param environment the endpoint, the region and credentials, as AWS's tools read them from the environment
   * @param account what definitions call their own
   */
  constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private readonly account = '',
  ) {
    for (const each of CHECKOUT) symlinkSync(join(ROOT, each), join(this.dir, each));
    mkdirSync(join(this.dir, 'home'));
  }

  /** Lays these definitions in the place of those that are there. */
  define(files: Files): void {
    const to = join(this.dir, 'integrations');
    rmSync(to, { recursive: true, force: true });
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(to, file)), { recursive: true });
      writeFileSync(join(to, file), text.replaceAll(OWN_ACCOUNT, this.account));
    }
  }

  /** Runs the CDK's own command. */
  cdk(...argv: string[]): Promise<Ended> {
    return this.run(join(ROOT, 'node_modules/.bin/cdk'), argv);
  }

  /** Deploys, with nobody there to ask. */
  deploy(...argv: string[]): Promise<Ended> {
    rmSync(this.outputsFile, { force: true });
    return this.cdk('deploy', '--require-approval', 'never', '--outputs-file', this.outputsFile, ...argv);
  }

  /** Runs this project's command. */
  command(...argv: string[]): Promise<Ended> {
    return this.run(join(this.dir, 'bin/bucket-integrations'), argv);
  }

  /** What `--outputs-file` was written with: stack name → output → value. */
  outputs(): Record<string, Record<string, string>> {
    return JSON.parse(readFileSync(this.outputsFile, 'utf8'));
  }

  /** The templates of the last synth, by stack name. */
  templates(): Record<string, Template> {
    const read = (file: string) => JSON.parse(readFileSync(join(this.dir, 'cdk.out', file), 'utf8'));
    const { artifacts } = read('manifest.json') as Manifest;
    return Object.fromEntries(
      Object.entries(artifacts)
        .filter(([, { type }]) => type === 'aws:cloudformation:stack')
        .map(([id, { properties }]) => [properties.stackName ?? id, read(properties.templateFile)]),
    );
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private run(program: string, argv: readonly string[]): Promise<Ended> {
    const env = {
      PATH: process.env.PATH,
      HOME: join(this.dir, 'home'),
      CI: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_VALIDATION: 'false',
      NO_COLOR: '1',
      NODE_NO_WARNINGS: '1',
      ...this.environment,
    };
    return ended(program, argv, { cwd: this.dir, env });
  }
}
