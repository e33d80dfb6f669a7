import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../definitions/load';
import { withKeys } from '../../definitions/yaml/with-keys';
import type { Place } from '../../deploy/account-stacks';
import { Failure } from '../host/failure';
import type { Git } from '../host/git';
import { layOut, layOutProfiles } from './checkout';
import { type Entry, Repository } from './repository';

/** The definitions of a client that is removed, as folders for the CDK. */
export interface RemovedClient {
  /** All that it had. */
  readonly folder: string;
  /** The client itself, without integrations and internal entries. */
  readonly bare: string;
}

/**
 * Lays out the definitions of a client as they were at a commit.
 *
 * @param at where its stack is, whatever the definitions say of it
 * @param into an empty folder, which is made
 * @throws Failure where the client itself cannot be read
 */
export async function checkoutRemoved(
  client: string,
  {
    dir,
    commit,
    at = {},
    into,
  }: { readonly dir: string; readonly commit: string; readonly at?: Place; readonly into: string },
  git: Git,
): Promise<RemovedClient> {
  const repository = await Repository.at(realpathSync(dir), commit, git);
  const all = (await repository.files(repository.pathOf(realpathSync(dir)) ?? '')) ?? [];
  const own = all.filter(({ path }) => path === SETTINGS || path.startsWith(`${client}/`)).filter(isRead);
  const [folder, bare] = [join(into, 'all', 'integrations'), join(into, 'bare', 'integrations')];
  await layOut(repository, own, folder, commit);
  await layOutProfiles(dir, repository, join(into, 'all', 'vendors'), commit);
  const [settings, itself] = [SETTINGS, `${client}/client.yaml`];
  await layOut(
    repository,
    own.filter(({ path }) => path === settings || path === itself),
    bare,
    commit,
  );
  edit(join(folder, itself), { ...at });
  edit(join(bare, itself), { ...at, internal: undefined });
  edit(join(bare, settings), { internal: undefined });
  const { problems, failed } = load(bare, { clients: [client] });
  const [first] = problems.filter(({ severity }) => severity === 'error');
  if (!failed) return { folder, bare };
  const why = `its definition at ${commit.slice(0, 7)} cannot be read any more (${first?.file}: ${first?.message})`;
  throw new Failure(
    `${client} is removed, and ${why}; nothing was changed: end its stacks yourself, and run this again`,
  );
}

function edit(file: string, keys: Readonly<Record<string, string | undefined>>): void {
  if (existsSync(file)) writeFileSync(file, withKeys(readFileSync(file, 'utf8'), keys));
}

const SETTINGS = 'settings.yaml';

/** What may stand beside definitions is not read. */
function isRead({ path }: Entry): boolean {
  return !/(?:^|\/)\.|\.md$/.test(path);
}

/**
 * The last commit that had a client which was defined at some time since another commit, and is not now.
 *
 * @returns undefined where there is none, or the clone has not that much history
 */
export async function lastWith(
  client: string,
  { dir, since, until }: { readonly dir: string; readonly since: string; readonly until: string },
  git: Git,
): Promise<string | undefined> {
  const words = ['log', '-1', '--format=%H', '--diff-filter=AM', `${since}..${until}`, '--', `${client}/client.yaml`];
  const { status, stdout } = await git(realpathSync(dir), words);
  const commit = stdout.toString().trim();
  return status === 0 && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}
