import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../definitions/language/schema';
import { problemLine } from '../definitions/yaml/problem';
import { schemaLine } from '../definitions/yaml/write';
import { checkName, integrationName } from '../rules/names';
import { stackId } from '../rules/stacks';
import { Exit, Failure, type Host } from './host/host';
import type { Chosen } from './new/choose';
import { failure } from './new/objection';
import { type Proposal, propose } from './new/propose';

/** What `new` may be told instead of asking. */
export interface NewOptions {
  readonly dir: string;
  readonly json: boolean;
  readonly profile?: string;
  readonly kind?: Kind;
  readonly inAws?: boolean;
  readonly assumesRoles?: boolean;
  readonly certificate?: boolean;
  readonly token?: boolean;
  readonly principal?: readonly string[];
  readonly externalId?: string;
  readonly access?: readonly string[];
  readonly prefix?: string;
  readonly bucket?: string;
  readonly reason?: string;
  readonly description?: string;
  readonly request?: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** Writes the definition of a new integration: the safest kind that the vendor can use, and why. */
export async function newIntegration(client: string, vendor: string, options: NewOptions, host: Host): Promise<Exit> {
  for (const [role, name] of [
    ['client', client],
    ['vendor', vendor],
  ] as const) {
    const [finding] = checkName(role, name);
    if (finding) throw new Failure(`${finding.message}; ${finding.fix}`, Exit.USAGE);
  }
  if (vendor === 'client')
    throw new Failure('client.yaml is the client itself; choose another vendor name', Exit.USAGE);
  const proposal = await propose(client, vendor, options, host);
  const [objection] = proposal.objections;
  if (objection?.code === 'file-exists') throw new Failure(`${objection.message}; ${objection.fix}`);
  if (objection) throw failure(objection);
  judged(proposal, options);
  return write(client, vendor, proposal, options, host);
}

/** Nothing is written that `check` would refuse. */
function judged({ problems }: Proposal, options: NewOptions): void {
  if (problems.length === 0) return;
  const lines = problems.map((problem) => problemLine(problem, options.dir).replace(/^.*?: error/, 'error'));
  throw new Failure(`nothing was written:\n${lines.join('\n')}`);
}

/** Writes a proposal to which nobody objects, and says what it is. */
export function write(client: string, vendor: string, proposal: Proposal, options: NewOptions, host: Host): Exit {
  const { file, text, chosen } = proposal;
  const clientFile = join(options.dir, client, 'client.yaml');
  try {
    mkdirSync(join(options.dir, client), { recursive: true });
    if (!existsSync(clientFile)) {
      writeFileSync(clientFile, schemaLine(options.dir, 'client'), { flag: 'wx' });
      host.err(`wrote ${clientFile}: a new client, with a bucket of its own\n`);
    }
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${(error as Error).message}`);
  }
  if (chosen) report(client, vendor, proposal, chosen, options, host);
  return Exit.DONE;
}

function report(
  client: string,
  vendor: string,
  { file, missing, stackPart }: Proposal,
  chosen: Chosen,
  options: NewOptions,
  host: Host,
): void {
  const name = integrationName(client, vendor);
  if (options.json) {
    host.out(
      `${JSON.stringify({ integration: name, file, kind: chosen.kind, why: chosen.why, status: missing.length > 0 ? 'pending' : 'active', missing, stackPart }, null, 2)}\n`,
    );
    return;
  }
  // What a direct trust adds is in the client's own stack all the same.
  const stacks = stackPart === undefined ? [client] : [client, stackId(client, stackPart)];
  const next =
    missing.length > 0
      ? `It is pending until these are known:\n${missing.map((each) => `  - ${each}\n`).join('')}bucket-integrations handoff ${name} asks the vendor for them.\n`
      : `Next: npx bucket-integrations check, then npx cdk deploy ${stacks.join(' ')}.\n`;
  const full =
    stackPart === undefined ? '' : `the stack of ${client} is full: it goes to ${stackId(client, stackPart)}\n`;
  host.out(`${file}\nkind: ${chosen.kind}\n${chosen.why}\n${full}${next}`);
}
