import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Loaded } from '../../definitions/load';
import { partFor } from '../../definitions/model/split';
import { Profiles } from '../../definitions/profiles/profiles';
import { type Problem, problemLine } from '../../definitions/yaml/problem';
import { integrationText, schemaLine } from '../../definitions/yaml/write';
import { ownCommand } from '../../text/commands';
import { meantOr } from '../../text/nearest';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { askUntil } from '../terminal/ask';
import { loadWatched } from '../terminal/progress';
import { badProfile } from '../terminal/say';
import type { AnswerFinding } from './answer-finding';
import { type Chosen, choose } from './choose';
import { type Drafted, draftOf, madeUp, type NewSubject } from './draft';
import type { NewOptions } from './options';
import { questionsOf } from './questions';
import { besideRequired, noAnswer, requiredKeys } from './required-keys';

/** A definition as it would be written, or why it cannot be. */
export interface Proposal {
  readonly client: string;
  readonly vendor: string;
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
  /** The external ID that was made here, where nobody gave one. */
  readonly madeExternalId?: string;
  readonly findings: readonly AnswerFinding[];
  /** What `check` would say of the folder with it, and does not say now. */
  readonly problems: readonly Problem[];
}

/** Makes the definition of a new integration: the safest kind that the vendor can use. Nothing is written. */
export async function propose(client: string, vendor: string, given: NewOptions, host: Host): Promise<Proposal> {
  const file = join(given.dir, client, `${vendor}.yaml`);
  const profiles = new Profiles(given.dir);
  const name = given.profile ?? (profiles.names().includes(vendor) ? vendor : undefined);
  const profile = name === undefined ? undefined : profiles.get(name);
  const wrong = name === undefined ? undefined : profiles.wrong.get(name);
  if (name !== undefined && wrong) throw badProfile(name, wrong, given.dir, host);
  if (name !== undefined && !profile)
    throw new Failure(
      'unknown-vendor',
      `there is no profile of ${name}`,
      meantOr(name, profiles.names(), `${ownCommand('vendors', given.dir)} shows all`),
      {
        exit: Exit.USAGE,
      },
    );
  const none = { client, vendor, file, profile: name, text: '', missing: [], problems: [] };
  if (existsSync(file)) return { ...none, findings: [taken(file)] };
  const chosen = await choose(profile, given, host);
  if ('about' in chosen) return { ...none, findings: [chosen] };
  const subject: NewSubject = { client, vendor, profileName: name, profile, chosen };
  const made = madeUp(vendor);
  const judge = judgeIn(subject, given.dir, host);
  const { options, drafted, judged } = await interview(subject, given, host, (options) => {
    const drafted = draftOf(subject, options, made);
    return { options, drafted, judged: judge(drafted, {}) };
  });
  // Where the client's own stack has room, nothing is said of stacks.
  const stackPart = options.stackPart ?? judged.part;
  const { text, problems } = stackPart === options.stackPart ? judged : judge(drafted, { stackPart });
  const { missing, madeExternalId } = drafted;
  const findings = [...drafted.findings, ...requiredKeys(problems).map(noAnswer)];
  return {
    ...{ client, vendor, file, profile: name, chosen, text, stackPart, missing, madeExternalId, findings },
    problems: besideRequired(problems),
  };
}

export function taken(file: string): AnswerFinding {
  const fix = 'edit it, or choose another vendor name';
  return { about: 'vendor', code: 'file-exists', message: `${file} exists already`, fix };
}

/** A definition of these options, judged. */
interface Attempt {
  readonly options: NewOptions;
  readonly drafted: Drafted;
  readonly judged: Judged;
}

/** Asks what is left out, and again what `check` refuses; nobody is asked where nobody is there to answer. */
async function interview(
  subject: NewSubject,
  given: NewOptions,
  host: Host,
  attempt: (options: NewOptions) => Attempt,
): Promise<Attempt> {
  const first = attempt(given);
  if (!host.ask) return first;
  const required = new Set(requiredKeys(first.judged.problems));
  const questions = (options: NewOptions) => questionsOf({ subject, options, required, today: host.today });
  let options = given;
  // An answer may make another question needless: a site supplies principals.
  const asked = new Set<string>();
  for (;;) {
    const [question] = questions(options).filter(
      ({ keys, answered, enter }) => !answered && !asked.has(keys.join()) && (enter === undefined || !given.yes),
    );
    if (!question) break;
    asked.add(question.keys.join());
    options = { ...options, ...(await askUntil(question, host)) };
  }
  for (;;) {
    const tried = attempt(options);
    const [problem] = besideRequired(tried.judged.problems);
    const key = problem && keyOf(problem, subject, tried.judged.text);
    const question = questions(options).find(({ keys }) => key !== undefined && keys.includes(key));
    if (!problem || !question) return tried;
    host.err(`${problem.message}; ${problem.fix}\n`);
    options = { ...options, ...(await askUntil(question, host)) };
  }
}

/** The key of the definition that a problem is about; undefined where that cannot be told. */
export function keyOf(
  { file, line, code }: Problem,
  { client, vendor }: Pick<NewSubject, 'client' | 'vendor'>,
  text: string,
): string | undefined {
  if (file !== `${client}/${vendor}.yaml`) return code === 'overlapping-prefix' ? 'prefix' : undefined;
  if (code === 'overlapping-prefix') return 'prefix';
  const lines = text.split('\n').slice(0, line);
  return lines.flatMap((each) => /^([A-Za-z]+):/.exec(each)?.[1] ?? []).at(-1);
}

interface Judged {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly part: number | undefined;
}

/** The errors that a folder has with a definition and has not without it, wherever they stand; and where there is room. */
function judgeIn({ client, vendor }: NewSubject, dir: string, host: Host) {
  const errors = ({ problems }: Loaded) => problems.filter(({ severity }) => severity === 'error');
  const now = new Set(errors(loadWatched(dir, {}, host)).map((problem) => problemLine(problem, '')));
  const schema = schemaLine(dir, 'integration');
  return ({ draft, missing }: Drafted, more: Drafted['draft']): Judged => {
    const text = integrationText(schema, { ...draft, ...more }, missing);
    const then = loadWatched(dir, { added: { client, vendor, text } }, host);
    const whose = then.deployment.clients.find(({ name }) => name === client);
    const integration = whose?.integrations.find((one) => one.vendor === vendor);
    return {
      text,
      problems: errors(then).filter((problem) => !now.has(problemLine(problem, ''))),
      part: whose && integration ? partFor(whose, integration) : undefined,
    };
  };
}
