import { existsSync } from 'node:fs';
import type { Finding } from '../rules/finding';
import { REMOVE_AT_MOST } from '../rules/stacks';
import { type Acceptor, withAcceptances } from './judging/accepted';
import type { Settings } from './judging/bucket';
import { type ClientFiles, readClient, readSettings } from './judging/client';
import { crossRules } from './judging/cross-rules';
import { dateWarnings } from './judging/dates';
import { type Folder, readFolder } from './judging/folder';
import { internalPrincipals } from './judging/internal';
import type { Bucket, Deployment } from './model/model';
import { Profiles } from './profiles/profiles';
import { byPlace, type Problem } from './yaml/problem';
import { YamlFile } from './yaml/yaml-file';

export interface LoadOptions {
  /** Read these clients only. */
  readonly clients?: readonly string[];
  /** The day, as `YYYY-MM-DD`, against which dates are judged; none are without it. */
  readonly today?: string;
  /** Is told how far it is, after each client. */
  readonly progress?: (doing: 'reading' | 'checking', done: number, of: number) => void;
  /** Judge the folder as if this integration stood in it, in place of its like; its client as well, where there is none. */
  readonly added?: { readonly client: string; readonly vendor: string; readonly text: string };
  /** Judge the folder as if these files stood in it as well, by their paths in it; it may not exist yet. */
  readonly files?: ReadonlyMap<string, string>;
  /** The folder holds what differs from another only, which may be nothing. */
  readonly part?: boolean;
}

export interface Loaded {
  /** What is valid; whole where no problem is an error. */
  readonly deployment: Deployment;
  /** By place; warnings among them. */
  readonly problems: readonly Problem[];
  /** Whether any problem is an error. */
  readonly failed: boolean;
}

/** Reads and judges a folder of definitions: every problem of every file, in one run. */
export function load(dir: string, options: LoadOptions = {}): Loaded {
  const isNone = options.files !== undefined && !existsSync(dir);
  const folder = isNone
    ? NO_FOLDER
    : readFolder(dir, options.clients, (done, of) => options.progress?.('reading', done, of));
  return judge(withFiles(withAdded(folder, options.added), options.files), new Profiles(dir), options);
}

const NO_FOLDER: Folder = { clients: [], problems: [], partial: false };

function withFiles(folder: Folder, files: LoadOptions['files'] = new Map()): Folder {
  const clients = new Map(folder.clients.map((client) => [client.name, client]));
  const problems = [...folder.problems];
  let { settings } = folder;
  for (const [file, text] of files) {
    const yaml = new YamlFile(file, text);
    problems.push(...yaml.problems);
    const [, name, vendor = ''] = /^([^/]+)\/([^/]+)\.yaml$/.exec(file) ?? [];
    if (name === undefined) {
      settings = yaml;
      continue;
    }
    const client = clients.get(name) ?? { name, integrations: [], pems: new Map() };
    const integrations = [...client.integrations, { vendor, yaml }];
    clients.set(name, vendor === 'client' ? { ...client, client: yaml } : { ...client, integrations });
  }
  return { ...folder, settings, clients: [...clients.values()], problems };
}

function withAdded(folder: Folder, added: LoadOptions['added']): Folder {
  if (!added) return folder;
  const { client: name, vendor, text } = added;
  const integration = { vendor, yaml: new YamlFile(`${name}/${vendor}.yaml`, text) };
  const there = folder.clients.find((client) => client.name === name) ?? {
    name,
    client: new YamlFile(`${name}/client.yaml`, ''),
    integrations: [],
    pems: new Map(),
  };
  const others = there.integrations.filter((each) => each.vendor !== vendor);
  const client = { ...there, integrations: [...others, integration] };
  const clients = [...folder.clients.filter((each) => each.name !== name), client];
  const { file, problems } = integration.yaml;
  return { ...folder, clients, problems: [...folder.problems.filter((each) => each.file !== file), ...problems] };
}

function judge(folder: Folder, profiles: Profiles, options: LoadOptions): Loaded {
  const settings = readSettings(folder.settings);
  const ofProfiles = folder.partial || options.part ? [] : profiles.readOwn(options.today);
  const surroundings = { settings: settings.keys, profiles };
  const clients = folder.clients.map((client, at) => {
    const read = readClient(client, surroundings);
    options.progress?.('checking', at + 1, folder.clients.length);
    return read;
  });
  const found = [
    ...(options.part ? [] : emptyFolder(folder)),
    ...folder.problems,
    ...settings.problems,
    ...settingsPrincipals(folder.settings, settings.keys, clients),
    // A vendor profile is a file that somebody has to correct too.
    ...[...profiles.wrong.values()].flat(),
    ...ofProfiles,
    ...clients.flatMap((client) => client.problems),
    ...crossRules(clients, folder.settings, settings.keys),
    ...(folder.partial ? clients.flatMap(uncheckedBuckets) : []),
    ...(options.today === undefined ? [] : clients.flatMap((client) => dateWarnings(client, options.today as string))),
  ];
  // Of some clients only, or without a day, it is not known which warnings there are.
  const whole = !folder.partial && options.today !== undefined;
  const acceptors = acceptorsOf(folder.settings, settings.keys, clients, whole);
  const problems = withAcceptances(found, acceptors, options.today).sort(byPlace);
  return {
    deployment: {
      region: settings.keys.region,
      tags: settings.keys.tags ?? {},
      company: settings.keys.company,
      removeAtMost: Number(settings.keys.removeAtMost ?? REMOVE_AT_MOST.byDefault),
      clients: clients.flatMap(({ client }) => (client ? [client] : [])),
    },
    problems,
    failed: problems.some((problem) => problem.severity === 'error'),
  };
}

/** Where warnings are accepted: in an integration's file, its client's, the settings. */
function acceptorsOf(
  yaml: YamlFile | undefined,
  settings: Settings,
  clients: readonly ClientFiles[],
  whole: boolean,
): Acceptor[] {
  const integrations = clients.flatMap(({ integrations: files }) =>
    files.map(({ yaml: own, accept }) => ({
      yaml: own,
      accept,
      covers: (file: string) => file === own.file,
      whole,
    })),
  );
  const ofClients = clients.flatMap(({ name, yaml: own, accept }): Acceptor[] =>
    own ? [{ yaml: own, accept, covers: (file) => file.startsWith(`${name}/`), whole }] : [],
  );
  const all: Acceptor[] = yaml ? [{ yaml, accept: settings.accept ?? [], covers: () => true, whole }] : [];
  return [...integrations, ...ofClients, ...all];
}

/** Principals of the settings that are not ours for one of the clients: each is said once. */
function settingsPrincipals(
  yaml: YamlFile | undefined,
  settings: Settings,
  clients: readonly ClientFiles[],
): Problem[] {
  if (!yaml) return [];
  const found = clients.flatMap(({ client }) => internalPrincipals(yaml, settings.internal, settings, client));
  return [...new Map(found.map((problem) => [`${problem.line}:${problem.column}`, problem])).values()];
}

/**
 * A folder that is empty is another than was meant. That all clients were removed is said by settings.yaml, which stays:
 * git keeps no folder without a file.
 */
function emptyFolder({ clients, settings, problems, partial }: Folder): Problem[] {
  if (clients.length > 0 || settings || problems.length > 0 || partial) return [];
  const finding: Finding = {
    code: 'empty-folder',
    message: 'there are no definitions in this folder',
    fix: 'point --dir (or -c integrations=) at the folder that holds them; bucket-integrations new CLIENT VENDOR makes the first; if the last client was removed, keep a settings.yaml, which may be empty',
  };
  return [{ file: '.', line: 1, column: 1, severity: 'error', ...finding }];
}

/** With some clients only, nobody sees what the others do in a bucket that is not made here. */
function uncheckedBuckets({ bucket, yaml, integrations }: ClientFiles): Problem[] {
  const unchecked = ({ name }: Bucket): Finding => ({
    code: 'unchecked-overlap',
    message: `other clients may use ${name} too, and their files were not read`,
    fix: 'run check, which reads them all, before this is deployed',
  });
  return [
    ...(yaml && bucket?.existing ? [yaml.problem(unchecked(bucket), ['bucket', 'existing'], 'value', 'warning')] : []),
    ...integrations.flatMap(({ yaml: own, place }) =>
      place?.dedicated && place.bucket.existing
        ? [own.problem(unchecked(place.bucket), ['dedicatedBucket', 'existing'], 'value', 'warning')]
        : [],
    ),
  ];
}
