/**
 * Turns AWS's answers into a case of the account readers' corpus (test/account/shapes), without what identifies anybody.
 *
 *     npm run record-answers -- ANSWERS --name NAME --what "what it shows" --source https://docs.aws.amazon.com/…
 *
 * ANSWERS is a folder, of files as the AWS CLI prints them:
 *
 * - `identity.json`: of `aws sts get-caller-identity`, so that this account becomes that of the examples;
 * - `MEMBER.json`: a member of a snapshot, for example `iam.json`, `oidcProviders.json`, `accessGrants.json`;
 * - `buckets/NAME/MEMBER.json`: a member of a bucket, for example `buckets/logs/Policy.json`;
 *
 * or one file with such members, for example a snapshot. `--keep WORD` keeps a word that you have looked at.
 */
import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSnapshot, snapshotText } from '../../../lib/account/file-text';
import { isObject, NotJson, parseJson } from '../../../lib/account/json';
import { NotASnapshot, SNAPSHOT_FORMAT } from '../../../lib/account/snapshot';
import { readRegular } from '../../../lib/files/bounded';
import { Anonymiser } from './anonymise';
import { vocabularyOf } from './vocabulary';

const CORPUS = join(__dirname, '../shapes');

/** A case is read by people: a whole account is none. */
const MOST = 4 * 2 ** 20;
const BOUNDS = { length: MOST, depth: 100, values: 200_000 };

/** What the corpus gives each case. */
const HEADER = {
  format: SNAPSHOT_FORMAT,
  account: '111122223333',
  partition: 'aws',
  regions: ['eu-west-1'],
  collectedAt: '2026-11-27T10:00:00Z',
};

/** Why nothing was recorded. */
class Refused extends Error {}

/** What stands in a case beside what is given and read. */
interface Said {
  readonly what: string;
  readonly source: string;
  readonly keep?: readonly string[];
}

/**
 * A case of the corpus out of answers, as the text of its file.
 * @throws Refused where the answers are none, or where something of them would be left
 */
export async function caseOf(
  answers: Readonly<Record<string, unknown>>,
  { what, source, keep }: Said,
): Promise<string> {
  if (!/^https:\/\/docs\.aws\.amazon\.com\/\S+$/.test(source))
    throw new Refused('--source names the page of AWS that describes the answer: https://docs.aws.amazon.com/…');
  const { identity, account, ...members } = withoutHeader(answers);
  if (Object.keys(members).length === 0) throw new Refused('there is no answer in it');
  const own = isObject(identity) ? identity.Account : account;
  const vocabulary = await vocabularyOf([JSON.stringify(members)], keep);
  const anonymiser = new Anonymiser(vocabulary, /^\d{12}$/.test(String(own)) ? String(own) : undefined);
  const given = anonymiser.of(members) as Readonly<Record<string, unknown>>;
  const { read, durations } = readAs(given);
  const text = `${JSON.stringify({ what, source, given, read, durations }, null, 2)}\n`;
  const left = anonymiser.left(JSON.stringify([given, read]));
  if (left > 0) throw new Refused(`${left} words of the answers would be left; this is a fault of this script`);
  return text;
}

/** What a snapshot says of itself is not of AWS. */
function withoutHeader(answers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { format: _f, partition: _p, regions: _r, collectedAt: _c, notRead: _n, ...rest } = answers;
  return rest;
}

/** What this version reads of it: somebody looks at that before it becomes what is expected. */
function readAs(given: Readonly<Record<string, unknown>>): { read: object; durations?: object } {
  try {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...HEADER, ...given }));
    const snapshot = parseSnapshot(bytes);
    const written = withoutHeader(JSON.parse([...snapshotText(snapshot)].join('')));
    const { account: _, maxSessionDurations, ...read } = written;
    return { read, durations: isObject(maxSessionDurations) ? Object.entries(maxSessionDurations) : undefined };
  } catch (error) {
    if (error instanceof NotASnapshot)
      throw new Refused(`the answers are not such as a snapshot has: ${error.message}`);
    throw error;
  }
}

/**
 * The answers of a folder, or of a file.
 * @throws Refused where something else lies in it; names of files are not repeated, since they can be a bucket's
 */
export function answersIn(path: string): Record<string, unknown> {
  if (!lstatSync(path).isDirectory()) {
    const answers = readAnswer(path);
    if (!isObject(answers)) throw new Refused('the file is no object; name a snapshot, or a folder of answers');
    return answers;
  }
  const members = filesIn(path, (entry) => entry.name === 'buckets' && entry.isDirectory());
  const buckets = readdirOf(join(path, 'buckets')).map((name) => ({
    Name: name,
    ...filesIn(join(path, 'buckets', name)),
  }));
  return buckets.length === 0 ? members : { ...members, buckets };
}

function readdirOf(folder: string): string[] {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).sort() : [];
}

interface Entry {
  readonly name: string;
  isDirectory(): boolean;
}

function filesIn(folder: string, isElse: (entry: Entry) => boolean = () => false): Record<string, unknown> {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !isElse(entry));
  const foreign = entries.filter((entry) => !entry.isFile() || !/^[A-Za-z]+\.json$/.test(entry.name));
  if (foreign.length > 0)
    throw new Refused(
      `${foreign.length} files in the folder are no answers; name each as the member: Policy.json, iam.json`,
    );
  const names = entries.map((entry) => entry.name).sort();
  return Object.fromEntries(names.map((name) => [basename(name, '.json'), readAnswer(join(folder, name))]));
}

/** An answer; null where the CLI printed nothing, since there is none. */
function readAnswer(file: string): unknown {
  const text = readRegular(file, MOST).toString();
  if (text.trim() === '') return null;
  try {
    return parseJson(text, BOUNDS);
  } catch (error) {
    if (error instanceof NotJson)
      throw new Refused(`an answer cannot be read: ${error.message}; save it with --output json`);
    throw error;
  }
}

/** Writes the case; never over another. */
async function record(words: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      what: { type: 'string' },
      source: { type: 'string' },
      keep: { type: 'string', multiple: true },
    },
  });
  const { name = '', what, source } = values;
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0 || what === undefined || source === undefined)
    throw new Refused('write: npm run record-answers -- ANSWERS --name NAME --what TEXT --source URL');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw new Refused('--name has small letters, digits and hyphens: it is a file');
  const file = join(CORPUS, `${name}.json`);
  writeFileSync(file, await caseOf(answersIn(path), { what, source, keep: values.keep }), { flag: 'wx' });
  return file;
}

if (require.main === module) {
  record(process.argv.slice(2)).then(
    (file) =>
      process.stderr.write(
        `wrote ${file}\nread all of it before you commit it: does anything identify anybody, and is "read" what AWS means?\n`,
      ),
    (error: NodeJS.ErrnoException) => {
      const said = error.code === 'EEXIST' ? 'there is such a case already; choose another --name' : error.message;
      process.stderr.write(`${said}\n`);
      process.exitCode = 1;
    },
  );
}
