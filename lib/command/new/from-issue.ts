import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clientFolders } from '../../definitions/client-folders';
import { byPlace, type Problem, problemLine } from '../../definitions/yaml/problem';
import { readBounded } from '../../files/bounded';
import type { FieldId } from '../../requests/form';
import { type Issue, MOST_CHARACTERS, readIssue } from '../../requests/issue';
import { type AccessRequest, KEYS, requestOf, spotOf } from '../../requests/request';
import type { Finding } from '../../rules/finding';
import { nearest } from '../../text/nearest';
import { quote } from '../../text/quote';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { kindBy } from './choose';
import type { NewOptions } from './options';
import { keyOf, type Proposal, propose } from './propose';
import { write } from './write-definition';

/** Where the issue is read from, and what is known beside it. */
export interface FromIssueOptions extends NewOptions {
  /** A file with the issue's text, or `-`: standard input. */
  readonly fromIssue: string;
}

/**
 * Writes the definition that an issue asks for, or says everything that is missing or wrong in it, each at its place.
 * What the command line says wins over the issue.
 */
export async function newFromIssue(
  client: string | undefined,
  vendor: string | undefined,
  { fromIssue, ...options }: FromIssueOptions,
  host: Host,
): Promise<Exit> {
  const file = fromIssue === '-' ? 'stdin' : fromIssue;
  const issue = readIssue(await textOf(fromIssue, host), file);
  const said = withoutGaps({ client, vendor, ...options });
  const told = new Set(Object.keys(said)) as Set<keyof AccessRequest>;
  const { request, problems, wrong } = requestOf(issue, file, host.today, told);
  const { externalId, ...others } = withoutGaps(request);
  const ids = externalId === undefined ? {} : { externalId: [externalId] };
  const asked = { ...others, ...ids, ...said } as Asked;
  const found = [...problems, ...unknownClient(asked, issue, file)];
  const named = asked.client !== undefined && asked.vendor !== undefined;
  if (issue.answers.size > 0) {
    // Without a name, the other answers are judged all the same, so that everything is said at once.
    const { client: whose = standIn(), vendor: whom = standIn() } = asked;
    // Nobody is asked: the answers are in the issue, or are missing there.
    const proposal = await propose(whose, whom, asked, { ...host, ask: undefined });
    found.push(...problemsOf(named ? proposal : { ...proposal, problems: [] }, issue, file, asked, wrong));
    if (named && !found.some(isError)) {
      for (const problem of found) host.err(`${problemLine(problem, '')}\n`);
      return write(proposal, options, host);
    }
  }
  found.sort(byPlace);
  if (options.json) host.out(`${JSON.stringify({ problems: found }, null, 2)}\n`);
  else for (const problem of found) host.err(`${problemLine(problem, '')}\n`);
  return Exit.FOUND;
}

/** What the issue and the command line ask for. */
type Asked = NewOptions & Pick<AccessRequest, 'client' | 'vendor'>;

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** A name that nobody has. */
function standIn(): string {
  return `stand-in-${randomUUID().slice(0, 8)}`;
}

/** Without the keys that have no value, so that they hide no other's. */
function withoutGaps<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** As many as the longest issue can have in UTF-8. */
const MOST_BYTES = 4 * MOST_CHARACTERS;

async function textOf(from: string, host: Host): Promise<string> {
  try {
    if (from !== '-') return decoded(readBounded(from, MOST_BYTES));
    if (!host.input) throw new Error('there is no standard input');
    return decoded(await host.input(MOST_BYTES));
  } catch (error) {
    const what = from === '-' ? 'standard input' : from;
    const fix = 'save the text of the issue there: gh issue view NUMBER --json body --jq .body';
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read: ${message}`;
    throw new Failure('cannot-read', `${what} ${why}`, fix, { cause: error });
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('it is not UTF-8 text');
  }
}

/** A request never makes a new client: a slip of the pen would be a bucket. */
function unknownClient({ client, dir }: Asked, issue: Issue, file: string): Problem[] {
  if (client === undefined || existsSync(join(dir, client, 'client.yaml'))) return [];
  const near = nearest(client, clientFolders(dir));
  const make = `for a new client, make ${join(dir, client, 'client.yaml')} first; an empty file is enough`;
  const fix = near ? `did you mean ${near}? Otherwise, ${make}` : make;
  return [at(issue, file, 'client', { code: 'unknown-client', message: `there is no client ${quote(client)}`, fix })];
}

function at(
  issue: Issue,
  file: string,
  id: FieldId,
  finding: Finding,
  severity: Problem['severity'] = 'error',
): Problem {
  const { line, column } = spotOf(issue, id);
  const { code, message, fix } = finding;
  return { file, line, column, severity, code, message, fix };
}

/** What stands against a proposal, at the answers that it comes from; of a wrong answer no more is said. */
function problemsOf(
  proposal: Proposal,
  issue: Issue,
  file: string,
  asked: NewOptions,
  wrong: ReadonlySet<FieldId>,
): Problem[] {
  const unanswered = proposal.findings.map((finding): [FieldId, Finding] => {
    const { about, code, fix } = finding;
    const field = FIELD_OF.get(about);
    if (code !== 'missing-answer') return [field ?? 'vendor', finding];
    // Some things are no question of the form.
    return [field ?? 'vendor', { ...finding, fix: field ? `answer it in the issue, or add ${fix}` : `add ${fix}` }];
  });
  const judged = proposal.problems.map((problem): [FieldId, Finding] => [fieldOf(problem, proposal), problem]);
  const all = [...unanswered, ...judged, ...noAccess(proposal, asked)].filter(([id]) => !wrong.has(id));
  return [...all.map(([id, finding]) => at(issue, file, id, finding)), ...otherwise(proposal, issue, file, asked)];
}

const FIELD_OF: ReadonlyMap<string, FieldId> = new Map(
  Object.entries(KEYS).map(([id, key]) => [key as string, id as FieldId]),
);

/** Keys of a definition that are answered under another name. */
const ANSWERED: Readonly<Record<string, FieldId>> = {
  principals: 'principals',
  dedicatedBucket: 'bucket',
  wholeBucket: 'bucket',
  kind: 'in-aws',
};

/** The field whose answer a problem of the proposed definition is about. */
function fieldOf(problem: Problem, { client, vendor, text }: Proposal): FieldId {
  const key = keyOf(problem, { client, vendor }, text) ?? '';
  return ANSWERED[key] ?? FIELD_OF.get(key) ?? 'vendor';
}

/** What nobody asked for is not given: the default holds for whom the catalogue knows. */
function noAccess({ profile }: Proposal, { access }: NewOptions): [FieldId, Finding][] {
  if (access || profile !== undefined) return [];
  const fix = 'put an x into the boxes that apply, or add --access list read';
  return [['access', { code: 'missing-answer', message: 'no box for what it may do is checked', fix }]];
}

/** A warning where the answers would lead elsewhere than the vendor's profile. */
function otherwise({ chosen }: Proposal, issue: Issue, file: string, asked: NewOptions): Problem[] {
  const kind = kindBy(asked);
  if (!chosen || asked.kind !== undefined || typeof kind !== 'string' || kind === chosen.kind) return [];
  const message = `these answers lead to ${kind}; the vendor's profile leads to ${chosen.kind}, which is used`;
  const fix = `if the answers are right, add --kind ${kind} with a --reason`;
  return [at(issue, file, 'in-aws', { code: 'other-than-profile', message, fix }, 'warning')];
}
