import { MOST_BYTES } from '../../definitions/yaml/size';
import { YamlFile } from '../../definitions/yaml/yaml-file';
import type { Place } from '../../deploy/account-stacks';
import { checkAccount, checkName, checkRegion } from '../../rules/names';
import type { Git } from '../host/git';
import { gitFailed } from './git';
import type { Written } from './history';

/** What was defined at commits in between, any of which may have been deployed in part. */
export interface Between {
  /** Where clients were said to be. */
  readonly places: readonly Place[];
  /** The clients whose own file was written, each with the last commit that did, and where that said it was. */
  readonly clients: ReadonlyMap<string, Place & { readonly commit: string }>;
}

export const NOTHING_BETWEEN: Between = { places: [], clients: new Map() };

/**
 * Reads where clients were said to be by commits.
 *
 * @param written by them, the latest first
 * @param repository of the definitions, with their folder in it
 */
export async function definedBetween(
  written: readonly Written[],
  { top, folder }: { readonly top: string; readonly folder: string },
  git: Git,
): Promise<Between> {
  const inFolder = (file: string) => (folder === '' ? file : `${folder}/${file}`);
  const settings = inFolder('settings.yaml');
  const clientOf = (path: string) => {
    const name = path.split('/').at(-2) ?? '';
    return path === inFolder(`${name}/client.yaml`) && checkName('client', name).length === 0 ? name : undefined;
  };
  const files = written.filter(({ path, removed }) => !removed && (path === settings || clientOf(path) !== undefined));
  if (files.length === 0) return NOTHING_BETWEEN;
  const names = files.flatMap(({ commit, path }) => [`${commit}:${settings}`, `${commit}:${path}`]);
  const texts = await textsOf(top, names, git);
  const places = files.map((_, at): Place => {
    const [general, own] = [placeIn(texts[2 * at]), placeIn(texts[2 * at + 1])];
    return { account: own.account ?? general.account, region: own.region ?? general.region };
  });
  const latest = files.flatMap(({ commit, path }, at): [string, Place & { commit: string }][] => {
    const client = clientOf(path);
    return client === undefined ? [] : [[client, { ...places[at], commit }]];
  });
  return { places, clients: new Map(latest.reverse()) };
}

/** The texts of files by the names that git has for them; undefined of what is not there. */
async function textsOf(top: string, names: readonly string[], git: Git): Promise<(string | undefined)[]> {
  const input = names.map((name) => `${name}\n`).join('');
  const { status, stdout, stderr } = await git(top, ['cat-file', '--batch'], input);
  if (status !== 0) throw gitFailed(stderr);
  let at = 0;
  return names.map(() => {
    const end = stdout.indexOf('\n', at);
    const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.subarray(at, end).toString()) ?? [];
    at = end + 1;
    if (size === undefined) return undefined;
    const text = stdout.subarray(at, at + Number(size));
    at += Number(size) + 1;
    return text.length > MOST_BYTES ? undefined : text.toString();
  });
}

/** Where a file says that a client is, as far as it can be read. */
function placeIn(text = ''): Place {
  const { data, problems } = new YamlFile('', text);
  const valid = (value: unknown, check: (value: string) => readonly unknown[]) =>
    typeof value === 'string' && check(value).length === 0 ? value : undefined;
  if (problems.length > 0) return {};
  return { account: valid(data.account, checkAccount), region: valid(data.region, checkRegion) };
}
