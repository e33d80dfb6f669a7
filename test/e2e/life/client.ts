import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from '../../../lib/definitions/load';
import type { Integration } from '../../../lib/definitions/model/model';
import type { SetupInformation } from '../../../lib/rules/setup-information';
import { runWith } from '../../support/run';
import { synthesizeFolder, type Template } from '../../support/synth';
import { type Deployed, type DeployedStack, type DeployOptions, stackOf } from '../deployer/deployer';
import type { Account } from '../servers/accounts';
import { REGION } from '../servers/ceph';

/** The hand-off as a vendor gets it: the setup information, and what may be done with it. */
export interface Handoff extends SetupInformation {
  readonly access: readonly string[];
}

/** A folder of definitions of one client, and what is deployed of it. */
export class Client {
  readonly dir = mkdtempSync(join(tmpdir(), 'life-'));
  readonly stack: DeployedStack;
  private deployed: Deployed | undefined;

  constructor(
    readonly name: string,
    readonly home: Account,
  ) {
    this.stack = stackOf(name, home);
  }

  /** Writes definitions, by integration or `client`; removes those without a text. */
  write(definitions: Readonly<Record<string, string | undefined>>): void {
    for (const [name, text] of Object.entries(definitions)) {
      const file = join(this.dir, this.name, `${name}.yaml`);
      mkdirSync(dirname(file), { recursive: true });
      if (text === undefined) rmSync(file);
      else writeFileSync(file, text);
    }
  }

  /** What is defined. */
  integrations(): readonly Integration[] {
    return load(this.dir).deployment.clients.flatMap(({ integrations }) => integrations);
  }

  /** Synthesizes the folder and deploys it. */
  async deploy(options?: DeployOptions): Promise<Deployed> {
    this.deployed = await this.stack.deploy(this.template(), options);
    return this.deployed;
  }

  /** Takes over what exists already, as `bucket-integrations adopt` and `cdk import` do. */
  async adopt(...words: readonly string[]): Promise<void> {
    const { exit, out, err } = await runWith({}, 'adopt', this.name, ...words, '--dir', this.dir);
    if (exit !== 0) throw new Error(`adopt: ${err}`);
    await this.stack.import(this.template(), JSON.parse(out));
  }

  /** What `bucket-integrations handoff` makes of what is deployed. */
  async handoff(vendor: string): Promise<Handoff> {
    const outputs = join(this.dir, '.outputs.json');
    writeFileSync(outputs, JSON.stringify({ [this.stack.stackName]: this.deployed?.outputs ?? {} }));
    const argv = ['handoff', `${this.name}_${vendor}`, '--dir', this.dir, '--outputs', outputs, '--format', 'json'];
    const { out, err, exit } = await runWith({}, ...argv);
    if (exit !== 0 || err !== '') throw new Error(`handoff of ${vendor}: ${err}`);
    return JSON.parse(out) as Handoff;
  }

  private template(): Template {
    const template = synthesizeFolder(this.dir, { account: this.home.id, region: REGION })[this.name];
    if (!template) throw new Error(`there is no client ${this.name}`);
    return template;
  }

  /** Forgets the folder. */
  remove(): void {
    rmSync(this.dir, { recursive: true });
  }
}
