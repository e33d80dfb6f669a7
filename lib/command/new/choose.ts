import type { Profile } from '../../definitions/profiles/profile';
import { KINDS, type Kind } from '../../rules/vocabulary';
import { either } from '../../text/list';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import type { AnswerFinding } from './answer-finding';
import type { NewOptions } from './options';

/** The kind of a new integration, and why. */
export interface Chosen {
  readonly kind: Kind;
  /** The safest kind that the vendor can use. */
  readonly best: Kind;
  /** Two lines at most. */
  readonly why: string;
}

/** One of the mission's questions, by the option that answers it. */
export type Question = 'inAws' | 'assumesRoles' | 'certificate' | 'token';

/** The answers that are known. */
export type Answers = { readonly [Q in Question]?: boolean };

/** The safest kind that the answers allow, or the question that is still open. */
export function kindBy({ inAws, assumesRoles, certificate, token }: Answers): Kind | { readonly open: Question } {
  if (inAws === undefined) return { open: 'inAws' };
  if (inAws) {
    if (assumesRoles === undefined) return { open: 'assumesRoles' };
    return assumesRoles ? 'assumed-role' : 'direct-trust';
  }
  if (certificate === undefined) return { open: 'certificate' };
  if (certificate) return 'roles-anywhere';
  if (token === undefined) return { open: 'token' };
  return token ? 'web-identity' : 'access-key';
}

/** Picks the safest kind that the vendor can use, by its profile, the options, or the mission's questions. */
export async function choose(
  profile: Profile | undefined,
  options: NewOptions,
  host: Host,
): Promise<Chosen | AnswerFinding> {
  if (profile) return fromProfile(profile, options.kind);
  const best = await asked(options, host);
  if (typeof best === 'object') {
    if (options.kind === undefined) return unanswered(best.open);
    return { kind: options.kind, best: options.kind, why: `You asked for ${options.kind}.\n${WHY[options.kind]}` };
  }
  if (options.kind !== undefined && options.kind !== best) {
    return {
      kind: options.kind,
      best,
      why: `You asked for ${options.kind}, although ${best} is enough.\n${WHY[options.kind]}`,
    };
  }
  return { kind: best, best, why: `It is the safest kind that the vendor can use.\n${WHY[best]}` };
}

const WHY: Readonly<Record<Kind, string>> = {
  'assumed-role': 'The vendor gets sessions that end by themselves, and nothing is kept that could leak.',
  'direct-trust': "The bucket's policy allows the vendor's own role or user, and nothing is kept that could leak.",
  'roles-anywhere': 'A certificate opens sessions that end by themselves; it expires, and can be withdrawn.',
  'web-identity': 'A token of its own provider opens sessions that end by themselves; nothing is handed over.',
  'access-key': 'Its credentials live until somebody removes them: set reviewBy, and ask again then.',
};

function fromProfile(profile: Profile, wanted: Kind | undefined): Chosen {
  const kinds = profile.ways.map(({ kind }) => kind);
  const [best] = kinds;
  const kind = wanted ?? best;
  if (kind === undefined || best === undefined || !kinds.includes(kind)) {
    throw new Failure('vendor-kind', `${profile.title} cannot use ${wanted}; it can use ${either(kinds)}`, {
      exit: Exit.USAGE,
    });
  }
  const why =
    kind === best
      ? `It is the safest that ${profile.title} can use.`
      : `You asked for it; ${profile.title} can use ${best}, which is safer.`;
  return { kind, best, why: `${why}\n${WHY[kind]}` };
}

const QUESTIONS: Readonly<Record<Question, { readonly ask: string; readonly open: string; readonly flags: string }>> = {
  inAws: {
    ask: 'Does the vendor work in AWS?',
    open: 'it is not known whether the vendor works in AWS',
    flags: '--in-aws or --outside-aws',
  },
  assumesRoles: {
    ask: 'Can it assume a role of ours?',
    open: 'it is not known whether the vendor can assume a role',
    flags: '--assumes-roles or --no-assumes-roles',
  },
  certificate: {
    ask: 'Can it present a certificate (X.509)?',
    open: 'it is not known whether the vendor can present a certificate',
    flags: '--certificate or --no-certificate',
  },
  token: {
    ask: 'Can it present a token of an identity provider (OIDC)?',
    open: 'it is not known whether the vendor can present a token of an identity provider',
    flags: '--token or --no-token',
  },
};

/** The safest kind, asking what is not known; the open question where nobody is there to answer. */
async function asked(options: NewOptions, host: Host): Promise<ReturnType<typeof kindBy>> {
  const known: { -readonly [Q in Question]?: boolean } = { ...options };
  for (;;) {
    const kind = kindBy(known);
    if (typeof kind === 'string' || !host.ask) return kind;
    known[kind.open] = await yes(QUESTIONS[kind.open].ask, host.ask, host);
  }
}

async function yes(question: string, ask: NonNullable<Host['ask']>, host: Host): Promise<boolean> {
  for (;;) {
    const answer = (await ask(`${question} [y/n] `)).trim().toLowerCase();
    if (/^y(?:es)?$/.test(answer)) return true;
    if (/^no?$/.test(answer)) return false;
    host.err('y or n, please\n');
  }
}

function unanswered(question: Question): AnswerFinding {
  const { open, flags } = QUESTIONS[question];
  const fix = `${flags}, or --kind ${either(KINDS)}`;
  return { about: question, code: 'missing-answer', message: open, fix };
}
