import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from '../../definitions/load';
import { MOST_BYTES } from '../../definitions/yaml/size';
import { withKeys } from '../../definitions/yaml/with-keys';
import type { Place } from '../../deploy/account-stacks';
import { readRegular } from '../../files/bounded';
import { Failure } from '../host/failure';
import type { Git } from '../host/git';
import { layOut } from './checkout';
import { Repository } from './repository';

/** What is laid out of a client that goes, or of a part of it. */
export interface RemovedClient {
  readonly client: string;
  /** A part of its stacks; undefined for its own. */
  readonly part?: number;
  /** A commit that has the client. */
  readonly commit: string;
  /** Where its stack is, whatever the definitions say of it. */
  readonly at?: Place;
}

/**
 * Lays out a client as it was at a commit, without integrations and internal entries: its own stack is then made of its bucket
 * alone. A part has one integration that nobody can use, so that the CDK knows its stack.
 *
 * @param into a folder, which is created
 * @returns the folder of the definitions
 * @throws Failure where the client cannot be read
 */
export async function checkoutBare(
  { client, part, commit, at = {} }: RemovedClient,
  dir: string,
  into: string,
  git: Git,
): Promise<string> {
  const folder = realpathSync(dir);
  const repository = await Repository.at(folder, commit, git);
  const [settings, itself] = ['settings.yaml', `${client}/client.yaml`];
  const all = (await repository.files(repository.pathOf(folder) ?? '')) ?? [];
  const bare = join(into, 'integrations');
  await layOut(
    repository,
    all.filter(({ path }) => path === settings || path === itself),
    bare,
    commit,
  );
  edit(join(bare, settings), { internal: undefined, require: undefined });
  edit(join(bare, itself), { ...at, internal: undefined });
  if (part !== undefined) {
    mkdirSync(join(bare, dirname(itself)), { recursive: true });
    writeFileSync(join(bare, client, 'nobody.yaml'), `kind: assumed-role\nstatus: pending\nstackPart: ${part}\n`);
  }
  const { problems, failed } = load(bare, { clients: [client] });
  if (!failed) return bare;
  const [first] = problems.filter(({ severity }) => severity === 'error');
  const why = `its definition at ${commit.slice(0, 7)} cannot be read now (${first?.file}: ${first?.message})`;
  throw new Failure(
    'cannot-end',
    `${client} cannot be ended: ${why}`,
    'nothing was changed: end its stacks yourself, and run this again',
  );
}

function edit(file: string, keys: Readonly<Record<string, string | undefined>>): void {
  if (existsSync(file)) writeFileSync(file, withKeys(readRegular(file, MOST_BYTES).toString(), keys));
}
