import type { Profile } from '../../definitions/profiles/profile';
import { kindsOf, saferKinds, sitesOf } from '../../definitions/profiles/ways';
import { KINDS, type Kind } from '../../rules/vocabulary';
import { either } from '../../text/list';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { askUntil, askYes, checkedBy } from '../terminal/ask';
import type { AnswerFinding } from './answer-finding';
import type { NewOptions } from './options';

/** The kind of a new integration, and why. */
export interface Chosen {
  readonly kind: Kind;
  /** The name of the profile's way, where a definition must say it. */
  readonly way?: string;
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
  if (profile) return fromProfile(profile, await withWay(profile, options, host));
  if (options.way !== undefined || options.site !== undefined)
    throw new Failure(
      'options-conflict',
      '--way and --site choose from a vendor profile, and there is none',
      'leave them out, or name one with --profile',
      {
        exit: Exit.USAGE,
      },
    );
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

function fromProfile(profile: Profile, { kind: wanted, way: name, site }: NewOptions): Chosen {
  const kinds = kindsOf(profile);
  const refuse = (code: 'vendor-kind' | 'vendor-way' | 'vendor-site', what: string, fix: string) =>
    new Failure(code, what, fix, { exit: Exit.USAGE });
  const names = profile.ways.flatMap((way) => way.name ?? []);
  if (name !== undefined && !names.includes(name))
    throw refuse(
      'vendor-way',
      `${profile.title} has no way ${name}`,
      names.length > 0 ? `use ${either(names)}` : 'leave --way out',
    );
  const [first] = profile.ways;
  const way = profile.ways.find(
    (each) => (name === undefined || each.name === name) && (wanted === undefined || each.kind === wanted),
  );
  if (!way || !first)
    throw refuse('vendor-kind', `${profile.title} cannot use ${wanted}`, `it can use ${either(kinds)}`);
  const sites = sitesOf(way);
  if (site !== undefined && !sites.includes(site))
    throw refuse(
      'vendor-site',
      `${profile.title} has no site ${site}`,
      sites.length > 0 ? `use ${either(sites)}` : 'leave --site out',
    );
  const { kind } = way;
  const best = saferKinds(profile, way)[0] ?? (way.purpose === first.purpose ? first.kind : kind);
  const why =
    kind === best
      ? `It is the safest that ${profile.title} can use.`
      : `You asked for it; ${profile.title} can use ${best}, which is safer.`;
  return { kind, best, way: way === first ? undefined : way.name, why: `${why}\n${WHY[kind]}` };
}

/** Asks for the way where the profile has several by name, and nobody has chosen. */
async function withWay(profile: Profile, options: NewOptions, host: Host): Promise<NewOptions> {
  const named = profile.ways.flatMap(({ name, note }) => (name === undefined ? [] : [{ name, note }]));
  const [first] = profile.ways;
  const said = [options.kind, options.way].some((each) => each !== undefined);
  if (!host.ask || options.yes || said || named.length < 2) return options;
  const names = named.map(({ name }) => name);
  const way = await askUntil(
    {
      text: `Which way of ${profile.title}: ${either(names)}?`,
      enter: first?.name ?? `the safest, ${first?.kind}`,
      help: named.map(({ name, note }) => `${name}: ${note ?? 'nothing more is known of it'}`.trim()).join('\n'),
      read: (answer) =>
        checkedBy(
          answer,
          names.includes(answer)
            ? []
            : [{ message: `${profile.title} has no way ${answer}`, fix: `use ${either(names)}` }],
        ),
    },
    host,
  );
  return way === undefined ? options : { ...options, way };
}

interface KindQuestion {
  readonly ask: string;
  readonly help: string;
  readonly open: string;
  readonly flags: string;
}

const QUESTIONS: Readonly<Record<Question, KindQuestion>> = {
  inAws: {
    help: 'Answer y if the program that reads or writes the bucket runs in an AWS account of the vendor. Its setup page then names an account, a role or a user of AWS. If it runs elsewhere, or on your own premises, answer n.',
    ask: 'Does the vendor work in AWS?',
    open: 'it is not known whether the vendor works in AWS',
    flags: '--in-aws or --outside-aws',
  },
  assumesRoles: {
    help: 'Most vendors in AWS can. Their setup page asks for the ARN of a role (IAM role, role ARN, cross-account role), often with an external ID. If it asks for a bucket policy or for nothing but a bucket, answer n.',
    ask: 'Can it assume a role of ours?',
    open: 'it is not known whether the vendor can assume a role',
    flags: '--assumes-roles or --no-assumes-roles',
  },
  certificate: {
    help: 'Answer y if it can hold a private key with a certificate and use IAM Roles Anywhere, for example by the AWS signing helper. Software on your own or its own servers often can.',
    ask: 'Can it present a certificate (X.509)?',
    open: 'it is not known whether the vendor can present a certificate',
    flags: '--certificate or --no-certificate',
  },
  token: {
    help: 'Answer y if it can send a token of OpenID Connect to AWS (web identity federation, OIDC). Google Cloud, Azure, GitHub, GitLab and many SaaS products can. If its form has fields for an access key only, answer n.',
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
    const { ask, help } = QUESTIONS[kind.open];
    known[kind.open] = await askYes(ask, help, host);
  }
}

function unanswered(question: Question): AnswerFinding {
  const { open, flags } = QUESTIONS[question];
  const fix = `${flags}, or --kind ${either(KINDS)}`;
  return { about: question, code: 'missing-answer', message: open, fix };
}
