/** Runs the proof: folders, what is asked of them, and whether the policies and the contract give the same answer. */
import fc from 'fast-check';
import { HEADERS } from '../simulation/encryption';
import type { Judge } from '../support/judge';
import { Account } from './account';
import { type Folder, folders } from './definitions';
import { allows, type Question } from './oracle';
import { type Asked, internalQuestions, type Pick, Questions } from './questions';

export interface Options {
  readonly seed: number;
  /** At least so many decisions. */
  readonly decisions: number;
  /** fast-check's path to one folder of a seed: that folder alone, asked everything. */
  readonly path?: string;
}

export interface Proof {
  readonly decisions: number;
  readonly allowed: number;
  readonly folders: number;
  readonly integrations: number;
  /** What our own people have, a bucket each. */
  readonly internals: number;
  /** How many decisions were about what. */
  readonly about: ReadonlyMap<string, number>;
  readonly failure?: Failure;
}

export interface Failure {
  /** Of the batch that it is in. */
  readonly seed: number;
  readonly path: string;
  readonly message: string;
}

/** Folders of one seed; the next batch has the next seed. */
const BATCH = 200;
/** Of what isn't given inside, so many questions to an integration. */
const SAMPLE = 40;

export async function prove({ seed, decisions, path }: Options): Promise<Proof> {
  const run = new Run(path === undefined ? decisions : 0, path !== undefined);
  for (let batch = seed; ; batch += 1) {
    const details = await fc.check(
      fc.asyncProperty(folders, (folder) => run.judge(folder)),
      { seed: batch, path, numRuns: path === undefined ? BATCH : 1 },
    );
    const failure = details.failed
      ? { seed: batch, path: details.counterexamplePath ?? '', message: messageOf(details.errorInstance) }
      : undefined;
    if (failure || path !== undefined || run.done) return { ...run.counts, failure };
  }
}

class Run {
  readonly counts = {
    decisions: 0,
    allowed: 0,
    folders: 0,
    integrations: 0,
    internals: 0,
    about: new Map<string, number>(),
  };
  private readonly wanted: number;
  private readonly thorough: boolean;
  /** What the first wrong answer was about: while fast-check makes the folder smaller, all of that is asked, and no more. */
  private wrong: string | undefined;

  constructor(wanted: number, thorough: boolean) {
    this.wanted = wanted;
    this.thorough = thorough;
  }

  get done(): boolean {
    return this.counts.decisions >= this.wanted;
  }

  async judge(folder: Folder): Promise<void> {
    if (this.done && !this.thorough && this.wrong === undefined) return;
    const account = accountOf(folder);
    if (!account) return;
    this.counts.folders += 1;
    for (const integration of folder.integrations) {
      this.counts.integrations += 1;
      const random = randomOf(folder.salt, `${integration.client}/${integration.vendor}`);
      const all = new Questions(account, integration, pickBy(random)).asked();
      for (const asked of this.chosen(account, all, random)) await this.answer(folder, account, asked);
    }
    for (const [at, internal] of folder.internals.entries()) {
      this.counts.internals += 1;
      const random = randomOf(folder.salt, `${internal.client}#${at}`);
      const all = internalQuestions(account, internal, pickBy(random));
      for (const asked of this.chosen(account, all, random)) await this.answer(folder, account, asked);
    }
  }

  private chosen(account: Account, all: readonly Asked[], random: () => number): readonly Asked[] {
    if (this.wrong !== undefined) return all.filter(({ about }) => about === this.wrong);
    if (this.thorough) return all;
    const given = all.filter(({ about, question }) => ALWAYS.has(about) && allows(account, question));
    const rest = all.filter((asked) => !given.includes(asked)).map((asked) => ({ asked, order: random() }));
    return [
      ...given,
      ...rest
        .sort((a, b) => a.order - b.order)
        .slice(0, SAMPLE)
        .map(({ asked }) => asked),
    ];
  }

  private async answer(folder: Folder, account: Account, { about, question }: Asked): Promise<void> {
    const expected = allows(account, question);
    const answer = await ask(account, question);
    this.counts.decisions += 1;
    if (answer) this.counts.allowed += 1;
    this.counts.about.set(about, (this.counts.about.get(about) ?? 0) + 1);
    if (answer === expected) return;
    this.wrong ??= about;
    const files = Object.entries(folder.files).filter(([file]) => !file.endsWith('.pem'));
    throw new Error(
      [
        `${about}: ${answer ? 'allowed' : 'denied'}, though it must be ${expected ? 'allowed' : 'denied'}`,
        JSON.stringify(question, null, 2),
        ...files.map(([file, text]) => `--- ${file}\n${text}`),
      ].join('\n'),
    );
  }
}

function pickBy(random: () => number): Pick {
  return (values) => values[Math.floor(random() * values.length)] as never;
}

/** None where AWS would take no policy of that length, and so the folder is refused. */
function accountOf(folder: Folder): Account | undefined {
  try {
    return new Account(folder);
  } catch (error) {
    // A risk is a warning, which refuses nothing.
    const refusals = messageOf(error)
      .split('\n')
      .filter((line) => !/: warning\[[a-z-]+\]: /.test(line));
    if (refusals.length > 0 && refusals.every((line) => /error\[[a-z-]+-policy-too-long\]/.test(line)))
      return undefined;
    throw error;
  }
}

/** What every integration that has it is asked, every time. */
const ALWAYS: ReadonlySet<string> = new Set([
  'an object inside',
  'a list inside',
  'the location',
  'a list of the root',
  'a list of buckets',
  'uploads in progress',
  ...HEADERS.map((header) => `an upload: ${header}`),
  'the key',
  'the certificate',
  'the token',
  'a trusted principal',
  'tags of a session',
  'a source identity',
  'one of ours: an object',
  'one of ours: a list',
  'one of ours: the key',
]);

function ask(account: Account, question: Question): Promise<boolean> {
  const { context } = question;
  const judge: Judge = account.judge(
    question.ask === 'may' && question.action.startsWith('kms:') ? question.resource : '',
  );
  switch (question.ask) {
    case 'may':
      return question.through === undefined
        ? judge.may(question.caller, question)
        : judge.mayThrough(question.through, question.caller, question);
    case 'assume':
      return judge.mayAssume(question.role, question.principal, context, question.action);
    case 'open':
      return judge.mayOpenSession(question.role, question.by, question.action, context);
  }
}

/** Numbers from 0 to 1, the same for the same salt and name, whatever else is in the folder (mulberry32). */
function randomOf(salt: number, name: string): () => number {
  let state = [...name].reduce((sum, one) => Math.imul(sum, 31) + one.charCodeAt(0), salt) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.stack || error.name : String(error);
}
