import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaLine } from '../../definitions/yaml/write';
import { integrationName } from '../../rules/names';
import { stackId } from '../../rules/stacks';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import type { Chosen } from './choose';
import type { NewOptions } from './options';
import type { Proposal } from './propose';

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
    throw new Failure('cannot-write', `${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
  if (chosen) report(client, vendor, proposal, chosen, options, host);
  return Exit.DONE;
}

export function report(
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
      ? `It is pending until these are known:\n${missing.map((each) => `  - ${each}\n`).join('')}bucket-integrations handoff ${name} asks the vendor for what only the vendor knows.\n`
      : `Next: npx bucket-integrations check, then npx cdk deploy ${stacks.join(' ')}.\n`;
  const full =
    stackPart === undefined ? '' : `the stack of ${client} is full: it goes to ${stackId(client, stackPart)}\n`;
  host.out(`${file}\nkind: ${chosen.kind}\n${chosen.why}\n${full}${next}`);
}
