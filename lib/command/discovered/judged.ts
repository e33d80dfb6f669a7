import { bucketOf, type Integration } from '../../definitions/model/model';
import type { Problem } from '../../definitions/yaml/problem';
import { integrationText, schemaLine } from '../../definitions/yaml/write';
import { type ClientFile, clientText } from '../../discovery/clients';
import { type Definition, definitionText } from '../../discovery/definition';
import type { Discovery, Inexpressible } from '../../discovery/discover';
import { Failure } from '../host/failure';
import type { Host } from '../host/host';
import { loadWatched } from '../terminal/progress';
import { sayProblems } from '../terminal/say';

/** What was found, as far as `check` passes it. */
export interface Judged {
  readonly discovery: Discovery;
  readonly definitions: readonly Definition[];
  readonly clients: readonly ClientFile[];
  readonly leaks: Discovery['leaks'];
  readonly inexpressible: readonly Inexpressible[];
  /** By their paths in the folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Warnings of `check` in them. */
  readonly warnings: readonly Problem[];
}

/** Rounds after which nothing new is found: each takes at least one definition away. */
const MOST_ROUNDS = 50;

/**
 * Judges definitions as `check` will, beside what the folder holds: one that is refused cannot be one.
 * @throws Failure where the folder's own settings or files stand in the way
 */
export function judged(discovery: Discovery, dir: string, host: Host): Judged {
  const before = new Set(
    errorsIn(discovery.settings || discovery.definitions.length === 0 ? [] : loadWatched(dir, {}, host).problems).map(
      keyOf,
    ),
  );
  let { definitions } = discovery;
  const inexpressible = [...discovery.inexpressible];
  let profiles = new Set(definitions.filter(({ profile }) => profile !== undefined).map(({ found }) => found.file));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const files = filesOf(discovery, definitions, profiles, dir);
    const loaded = loadWatched(dir, { files, today: host.today }, host);
    const errors = errorsIn(loaded.problems).filter((problem) => !before.has(keyOf(problem)));
    if (errors.length === 0) {
      const changed =
        profiles.size === 0 ? new Set<string>() : changedByProfile(discovery, definitions, profiles, dir, host);
      if (changed.size === 0) {
        const own = new Set(files.keys());
        const warnings = loaded.problems.filter(({ severity, file }) => severity === 'warning' && own.has(file));
        const clients = clientsOf(discovery, definitions);
        return { discovery, definitions, clients, leaks: discovery.leaks, inexpressible, files, warnings };
      }
      profiles = new Set([...profiles].filter((file) => !changed.has(file)));
      continue;
    }
    const wrong = new Map(errors.map((problem) => [problem.file, problem]));
    const withProfile = [...wrong.keys()].filter((file) => profiles.has(file));
    if (withProfile.length > 0) {
      profiles = new Set([...profiles].filter((file) => !wrong.has(file)));
      continue;
    }
    const refused = definitions.filter(
      ({ found }) => wrong.has(found.file) || wrong.has(`${found.client}/client.yaml`),
    );
    if (refused.length === 0 || errors.some(({ code }) => code === 'required-key')) throw inTheWay(errors, dir, host);
    // Of an error in a client's file, its integrations cannot be there either.
    for (const { found, candidate } of refused) {
      const problem = wrong.get(found.file) ?? wrong.get(`${found.client}/client.yaml`);
      inexpressible.push(refusedBy(candidate, problem));
    }
    definitions = definitions.filter((each) => !refused.includes(each));
  }
  throw new Failure(
    'edit-refused',
    'nothing was written: check refuses too many of the definitions',
    'name fewer buckets with --bucket',
  );
}

function errorsIn(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

function keyOf({ file, code, message }: Problem): string {
  return `${file} ${code} ${message}`;
}

function clientsOf({ clients }: Discovery, definitions: readonly Definition[]): readonly ClientFile[] {
  return clients.filter(({ name }) => definitions.some(({ found }) => found.client === name));
}

function filesOf(
  discovery: Discovery,
  definitions: readonly Definition[],
  profiles: ReadonlySet<string>,
  dir: string,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  if (definitions.length === 0) return files;
  if (discovery.settings) files.set('settings.yaml', integrationText('', discovery.settings, []));
  for (const client of clientsOf(discovery, definitions))
    files.set(client.file, clientText(client, schemaLine(dir, 'client')));
  for (const each of definitions) {
    const profile = profiles.has(each.found.file) ? each.profile : undefined;
    files.set(each.found.file, definitionText(each, schemaLine(dir, 'integration'), profile));
  }
  return files;
}

/** A profile may supply what an account does not have: then the definition would say more than was found. */
function changedByProfile(
  discovery: Discovery,
  definitions: readonly Definition[],
  profiles: ReadonlySet<string>,
  dir: string,
  host: Host,
): ReadonlySet<string> {
  const said = (with_: ReadonlySet<string>) => {
    const { deployment } = loadWatched(dir, { files: filesOf(discovery, definitions, with_, dir) }, host);
    return new Map(
      deployment.clients.flatMap((client) =>
        client.integrations.map((each) => [each.file, meaningOf(each, bucketOf(client, each).name)]),
      ),
    );
  };
  const [bare, full] = [said(new Set()), said(profiles)];
  return new Set([...profiles].filter((file) => bare.get(file) !== full.get(file)));
}

function meaningOf(integration: Integration, bucket: string): string {
  const { profile, way, site, ...others } = integration;
  return JSON.stringify([bucket, Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function refusedBy({ rights, actsAs, bucket }: Definition['candidate'], problem: Problem | undefined): Inexpressible {
  const [grant] = rights.grants;
  const why = problem === undefined ? 'check refuses it' : `check refuses it: ${problem.message}; ${problem.fix}`;
  return { resource: actsAs?.arn ?? grant?.said.place.id ?? bucket, statement: grant?.said.json ?? {}, why };
}

function inTheWay(errors: readonly Problem[], dir: string, host: Host): Failure {
  sayProblems(errors.slice(0, 10), dir, host);
  const isRequired = errors.some(({ code }) => code === 'required-key');
  const fix = isRequired
    ? 'no account knows what settings.yaml requires: take require out until somebody has filled it in, or write to another folder'
    : 'fix these, or write to another folder';
  return new Failure('edit-refused', 'nothing was written', fix, { problems: errors });
}
