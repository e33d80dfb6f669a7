import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client, Deployment } from '../definitions/model/model';
import { type Adoptable, adoptables } from '../deploy/adopt';
import { parseStackName, stackId } from '../rules/stacks';
import { cdkCommand } from '../text/commands';
import { nearest } from '../text/nearest';
import { contextOfApp } from './deployment/app-context';
import { findClient } from './deployment/find';
import { loadValid } from './deployment/load-valid';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';

export interface AdoptOptions {
  readonly dir: string;
  readonly json: boolean;
  /** The adopted buckets have a policy, which is adopted too. */
  readonly bucketPolicy: boolean;
}

/**
 * Writes what `cdk import --resource-mapping` reads, so that buckets, roles and users that exist already become a client's
 * own: for each its logical id in the stack, and the property by which CloudFormation knows it.
 *
 * @param names of what exists in AWS
 */
export async function adopt(
  clientName: string,
  names: readonly string[],
  options: AdoptOptions,
  host: Host,
): Promise<Exit> {
  const deployment = loadValid(options.dir, host);
  const client = findClient(deployment, clientName, options.dir);
  const stacks = await adoptablesOf(client, deployment);
  const all = stacks.flatMap(({ resources }) => resources);
  const found = names.map((name) => {
    const at = stacks.find(({ resources }) => resources.some((each) => each.name === name));
    const chosen = at?.resources.filter((each) => each.name === name && (options.bucketPolicy || !each.isPolicy)) ?? [];
    if (at && chosen.length > 0) return { stack: at.id, chosen };
    throw new Failure(
      'unknown-resource',
      `the stack of ${client.name} has no bucket, role or user ${name}`,
      instead(name, all),
    );
  });
  const [first, other] = new Map(found.map(({ stack }, at) => [stack, names[at]]));
  if (first && other) {
    const [one, two] = [first, other].map(([id, name]) => `${name} is in the stack ${id}`);
    throw new Failure('several-stacks', `${one}, ${two}`, 'import one stack at a time: name resources of one stack');
  }
  const chosen = found.flatMap((each) => each.chosen);
  const mapping = Object.fromEntries(chosen.map(({ logicalId, identifier }) => [logicalId, identifier]));
  host.out(`${JSON.stringify(mapping, null, 2)}\n`);
  for (const { name, needs } of chosen) {
    for (const [id, type] of Object.entries(needs).filter(([needed]) => !(needed in mapping)))
      host.err(note(name, id, type));
  }
  const then = cdkCommand(`import ${first?.[0] ?? client.name} --resource-mapping FILE`, options.dir);
  host.err(`next: write that to a file, then ${then}\n`);
  return Exit.DONE;
}

/** An import has nothing else in it, and CloudFormation refuses a template that refers to what is not there. */
function note(name: string, id: string, type: string): string {
  const how = 'leave it out of the definitions until the import is done';
  return `note: ${name} refers to ${id} (${type}), which is not imported: if the stack does not have it yet, ${how}\n`;
}

function instead(name: string, all: readonly Adoptable[]): string {
  const names = [...new Set(all.map((each) => each.name))];
  const near = nearest(name, names);
  if (near !== undefined) return `did you mean ${near}?`;
  return names.length === 0
    ? 'it has none at all: a bucket with existing: true is never managed'
    : `it has ${names.join(', ')}: name yours in the definitions first (bucket.name, roleName)`;
}

/** What can be adopted, by stack; the client's own first. */
async function adoptablesOf(client: Client, deployment: Deployment): Promise<{ id: string; resources: Adoptable[] }[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'bucket-integrations-adopt-'));
  try {
    const { synthesizedStacks } = await import('../app/templates');
    const stacks = synthesizedStacks(deployment, {
      clients: new Set([client.name]),
      providers: false,
      environment: {},
      context: contextOfApp(),
      outdir,
    });
    return stacks.map(({ name, template }) => ({
      id: stackId(client.name, parseStackName(name)?.part),
      resources: adoptables(template),
    }));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
