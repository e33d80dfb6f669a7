import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaLine } from '../../definitions/yaml/write';
import { integrationName } from '../../rules/names';
import { stackId } from '../../rules/stacks';
import { cdkCommand, ownCommand } from '../../text/commands';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { prose } from '../terminal/prose';
import type { Chosen } from './choose';
import type { NewOptions } from './options';
import type { Proposal } from './propose';

/** Writes a proposal to which nobody objects, and says what it is. */
export function write(proposal: Proposal, options: NewOptions, host: Host): Exit {
  const { client, file, text, chosen } = proposal;
  const clientFile = join(options.dir, client, 'client.yaml');
  try {
    mkdirSync(join(options.dir, client), { recursive: true });
    if (!existsSync(clientFile)) {
      writeFileSync(clientFile, schemaLine(options.dir, 'client'), { flag: 'wx' });
      host.err(`wrote ${clientFile}: a new client, with a bucket of its own\n`);
    }
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new Failure(
      'cannot-write',
      `${file} cannot be written: ${(error as Error).message}`,
      'name a folder that you may write, with --dir',
      { cause: error },
    );
  }
  if (chosen) report(proposal, chosen, options, host);
  return Exit.DONE;
}

function report(proposal: Proposal, { kind, why }: Chosen, { dir, json }: NewOptions, host: Host): void {
  const { client, vendor, file, missing, stackPart, madeExternalId } = proposal;
  const name = integrationName(client, vendor);
  if (json) {
    const status = missing.length > 0 ? 'pending' : 'active';
    const made = { integration: name, file, kind, why, status, missing, madeExternalId, stackPart };
    host.out(`${JSON.stringify(made, null, 2)}\n`);
    return;
  }
  // What a direct trust adds is in the client's own stack all the same.
  const stacks = stackPart === undefined ? [client] : [client, stackId(client, stackPart)];
  const next =
    missing.length > 0
      ? `It is pending until these are known:\n${missing.map((each) => `  - ${each}\n`).join('')}${ownCommand(`handoff ${name}`, dir)} asks the vendor for what only the vendor knows.\n${ownCommand(`accept ${name}`, dir)} writes the answers.\n`
      : `Next: ${ownCommand('check', dir)}, then ${cdkCommand(`deploy ${stacks.join(' ')}`, dir)}.\n`;
  const full =
    stackPart === undefined ? '' : `the stack of ${client} is full: it goes to ${stackId(client, stackPart)}\n`;
  const id = madeExternalId === undefined ? '' : `${externalIdNote(madeExternalId)}\n`;
  host.out(prose(`${file}\nkind: ${kind}\n${why}\n${id}${full}${next}`, host.width, 2));
}

/** Nobody asked for it, and the vendor must know it. */
function externalIdNote(id: string): string {
  return `external ID: ${id}\nIt was made here, at random: the vendor must send it. If the vendor sends none, remove the line, or use --no-external-id; if the vendor makes its own, use --external-id-later.`;
}
