import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stackMeasures } from '../definitions/model/measures';
import type { Client, Integration } from '../definitions/model/model';
import { type Move, moved, type Split, splitOf } from '../definitions/model/split';
import { withKeysSet } from '../definitions/yaml/keys-edit';
import { checkCount, STACK_LIMITS } from '../rules/limits';
import { stackName } from '../rules/stacks';
import { findClient } from './deployment/find';
import { refuseErrors } from './deployment/load-valid';
import { checkoutDefinitions } from './git/checkout';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { readDefinition } from './host/read-file';
import { replaceFile } from './host/replace-file';
import { loadWatched } from './terminal/progress';
import { sayError } from './terminal/say';
import { table } from './terminal/table';

export interface SplitOptions {
  readonly dir: string;
  readonly json: boolean;
  /** The git ref whose definitions are deployed. */
  readonly base?: string;
  /** Show what would be written, and write nothing. */
  readonly dryRun: boolean;
}

/** What is known to be deployed. */
interface Deployed {
  /** None where nothing is known. */
  readonly since?: { readonly ref: string; readonly commit: string };
  /** The vendors whose files are there at that commit. */
  readonly has: (vendor: string) => boolean;
}

/** Gives integrations that are not deployed yet a further stack of their client, where its stacks have no room. */
export async function split(name: string, options: SplitOptions, host: Host): Promise<Exit> {
  const client = clientOf(name, options.dir, host);
  const deployed = await deployedAt(client, options, host);
  const result = splitOf(client, ({ vendor }) => deployed.has(vendor));
  const edits = result.moves.map((move) => editOf(move, options.dir));
  // All can be edited before any is.
  if (!options.dryRun) for (const { file, before, after } of edits) replaceFile(file, before, after);
  const full = stackMeasures(moved(client, result)).flatMap(({ limit, used, stack }) => checkCount(limit, used, stack));
  if (options.json) host.out(`${JSON.stringify(documented(client, deployed, result, options), null, 2)}\n`);
  else tell(client, deployed, result, options, host);
  for (const { code, message } of full) {
    const all = deployed.since ? `what is in it is deployed already, as ${deployed.since.ref} says` : 'nothing is left';
    sayError(code, `${message}: ${all}; name the commit that was deployed with --base`, host);
  }
  return full.length > 0 ? Exit.FOUND : Exit.DONE;
}

/** The client, whose stacks may be too full and nothing else. */
function clientOf(name: string, dir: string, host: Host): Client {
  const { deployment, problems } = loadWatched(dir, { today: host.today }, host);
  const full: readonly string[] = Object.values(STACK_LIMITS).map(({ code }) => code);
  refuseErrors(
    problems.filter(({ code }) => !full.includes(code)),
    dir,
    host,
  );
  return findClient(deployment, name, dir);
}

/** What usually has been deployed, the likeliest first. */
const DEFAULT_BASES = ['origin/main', 'main'];

async function deployedAt({ name }: Client, { dir, base }: SplitOptions, host: Host): Promise<Deployed> {
  const ref = base ?? (await defaultBase(dir, host));
  if (ref === undefined) {
    const how = `neither ${DEFAULT_BASES.join(' nor ')} is a commit of a git repository here`;
    host.err(
      `warning: nothing is known to be deployed (${how}): if anything is deployed, name its commit with --base\n`,
    );
    return { has: () => false };
  }
  const temporary = mkdtempSync(join(tmpdir(), 'bucket-integrations-split-'));
  try {
    const { commit, folder, clients } = await checkoutDefinitions(dir, ref, temporary, host.git);
    const since = { ref, commit };
    if (folder === undefined) return { since, has: () => false };
    // Of a client that is not laid out, every file is as it was.
    if (!clients.includes(name)) return { since, has: () => true };
    const then = new Set(existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : []);
    return { since, has: (vendor) => then.has(`${vendor}.yaml`) };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function defaultBase(dir: string, { git }: Host): Promise<string | undefined> {
  for (const ref of DEFAULT_BASES) {
    const run = await git(dir, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]).catch((error: unknown) => {
      // Without git, nothing is known of earlier versions.
      if (error instanceof Failure) return { status: 1 };
      throw error;
    });
    if (run.status === 0) return ref;
  }
  return undefined;
}

interface FileEdit {
  readonly file: string;
  readonly before: Buffer;
  readonly after: string;
}

function editOf({ integration, part }: Move, dir: string): FileEdit {
  const file = join(dir, integration.file);
  const { bytes: before, text } = readDefinition(file);
  const after = withKeysSet(text, { stackPart: part });
  if (after !== undefined) return { file, before, after };
  throw new Failure(
    'edit-impossible',
    `nothing is written: ${file} cannot be edited without losing something`,
    `write stackPart: ${part} yourself`,
  );
}

function documented(client: Client, { since }: Deployed, { moves, left }: Split, { dryRun }: SplitOptions) {
  return {
    client: client.name,
    base: since ?? null,
    written: !dryRun,
    moves: moves.map(({ integration, part }) => ({
      integration: integration.name,
      file: integration.file,
      stackPart: part,
      stack: stackName(client.name, part),
    })),
    left: left.map(({ name }) => name),
    stacks: stackMeasuresOf(moved(client, { moves, left })),
  };
}

/** How full each stack is then, by name. */
function stackMeasuresOf(client: Client) {
  const measures = stackMeasures(client);
  const names = [...new Set(measures.map(({ stack }) => stack ?? ''))];
  const used = (name: string, limit: unknown) =>
    measures.find((measure) => measure.stack === name && measure.limit === limit)?.used ?? 0;
  return names.map((stack) => ({
    stack,
    resources: used(stack, STACK_LIMITS.resources),
    outputs: used(stack, STACK_LIMITS.outputs),
  }));
}

function tell(client: Client, { since }: Deployed, result: Split, { dryRun }: SplitOptions, host: Host): void {
  const { moves, left } = result;
  const known = since ? ` (deployed is what ${since.ref} has, ${since.commit.slice(0, 7)})` : '';
  if (moves.length === 0) host.err(`nothing to move${known}\n`);
  else {
    const rows = moves.map(({ integration, part }) => [integration.file, `stackPart: ${part}`, from(integration)]);
    host.out(table(['FILE', dryRun ? 'WOULD GET' : 'HAS NOW', 'INSTEAD OF'], rows, host.width));
  }
  for (const { name } of left) host.err(`warning: no stack has room for ${name}\n`);
  const stacks = stackMeasuresOf(moved(client, result));
  const sizes = stacks.map(({ stack, resources, outputs }) => [stack, String(resources), String(outputs)]);
  host.out(table(['STACK', 'RESOURCES', 'OUTPUTS'], sizes, host.width));
}

function from({ stackPart }: Integration): string {
  return stackPart === undefined ? "the client's own stack" : `stackPart: ${stackPart}`;
}
