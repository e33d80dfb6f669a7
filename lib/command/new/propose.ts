import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Loaded } from '../../definitions/load';
import { partFor } from '../../definitions/model/split';
import { Profiles } from '../../definitions/profiles/profiles';
import { type Problem, problemLine } from '../../definitions/yaml/problem';
import { integrationText, schemaLine } from '../../definitions/yaml/write';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { loadWatched } from '../terminal/progress';
import type { AnswerFinding } from './answer-finding';
import { type Chosen, choose } from './choose';
import { draftOf } from './draft';
import type { NewOptions } from './options';

/** A definition as it would be written, or why it cannot be. */
export interface Proposal {
  /** The file that it would be. */
  readonly file: string;
  /** The vendor's profile, where it has one. */
  readonly profile?: string;
  /** None where the kind could not be chosen. */
  readonly chosen?: Chosen;
  readonly text: string;
  /** The further stack that it goes to, where its client's own has no room. */
  readonly stackPart?: number;
  /** What is to be filled in before anybody can use it, a line each. */
  readonly missing: readonly string[];
  readonly findings: readonly AnswerFinding[];
  /** What `check` would say of the folder with it, and does not say now. */
  readonly problems: readonly Problem[];
}

/** Makes the definition of a new integration: the safest kind that the vendor can use. Nothing is written. */
export async function propose(client: string, vendor: string, options: NewOptions, host: Host): Promise<Proposal> {
  const file = join(options.dir, client, `${vendor}.yaml`);
  const profiles = new Profiles(options.dir);
  const name = options.profile ?? (profiles.names().includes(vendor) ? vendor : undefined);
  const profile = name === undefined ? undefined : profiles.get(name);
  if (name !== undefined && !profile)
    throw new Failure('unknown-vendor', `there is no profile of ${name}; bucket-integrations vendors shows all`, {
      exit: Exit.USAGE,
    });
  if (existsSync(file)) return { file, profile: name, text: '', missing: [], findings: [taken(file)], problems: [] };
  const chosen = await choose(profile, options, host);
  if ('about' in chosen) return { file, profile: name, text: '', missing: [], findings: [chosen], problems: [] };
  const { draft, missing, findings } = await draftOf(vendor, name, profile, chosen, options, host);
  const schema = schemaLine(options.dir, 'integration');
  const judged = judge(client, vendor, integrationText(schema, draft, missing), options.dir, host);
  // Where the client's own stack has room, nothing is said of stacks.
  const { part: stackPart } = judged;
  const placed =
    stackPart === undefined
      ? judged
      : judge(client, vendor, integrationText(schema, { ...draft, stackPart }, missing), options.dir, host);
  return { file, profile: name, chosen, text: placed.text, stackPart, missing, findings, problems: placed.problems };
}

export function taken(file: string): AnswerFinding {
  const fix = 'edit it, or choose another vendor name';
  return { about: 'vendor', code: 'file-exists', message: `${file} exists already`, fix };
}

/** The errors that a folder has with a definition and has not without it, wherever they stand; and where there is room. */
function judge(client: string, vendor: string, text: string, dir: string, host: Host) {
  const errors = ({ problems }: Loaded) => problems.filter(({ severity }) => severity === 'error');
  const now = new Set(errors(loadWatched(dir, {}, host)).map((problem) => problemLine(problem, '')));
  const then = loadWatched(dir, { added: { client, vendor, text } }, host);
  const whose = then.deployment.clients.find(({ name }) => name === client);
  const integration = whose?.integrations.find((one) => one.vendor === vendor);
  return {
    text,
    problems: errors(then).filter((problem) => !now.has(problemLine(problem, ''))),
    part: whose && integration ? partFor(whose, integration) : undefined,
  };
}
