import type { Profile } from '../definitions/profile';
import { KINDS, type Kind } from '../definitions/schema';
import { either } from '../rules/finding';
import { Exit, Failure, type Host } from './host';
import type { NewOptions } from './new';

/** The kind of a new integration, and why. */
export interface Chosen {
  readonly kind: Kind;
  /** The safest kind that the vendor can use. */
  readonly best: Kind;
  /** Two lines at most. */
  readonly why: string;
}

/** Picks the safest kind that the vendor can use, by its profile, the options, or the mission's questions. */
export async function choose(profile: Profile | undefined, options: NewOptions, host: Host): Promise<Chosen> {
  if (profile) return fromProfile(profile, options.kind);
  const best = await asked(options, host);
  if (best === undefined) {
    const kind = options.kind as Kind;
    return { kind, best: kind, why: `You asked for ${kind}.\n${WHY[kind]}` };
  }
  if (options.kind !== undefined && options.kind !== best) {
    return {
      kind: options.kind,
      best,
      why: `You asked for ${options.kind}, where ${best} would do.\n${WHY[options.kind]}`,
    };
  }
  return { kind: best, best, why: `It is the safest kind that the vendor can use.\n${WHY[best]}` };
}

const WHY: Readonly<Record<Kind, string>> = {
  'assumed-role': 'The vendor gets sessions that end by themselves, and nothing is kept that could leak.',
  'direct-trust': "The bucket's policy lets the vendor's own role or user in, and nothing is kept that could leak.",
  'roles-anywhere': 'A certificate opens sessions that end by themselves; it expires, and can be withdrawn.',
  'web-identity': 'A token of its own provider opens sessions that end by themselves; nothing is handed over.',
  'access-key': 'Its credentials live until somebody removes them: set reviewBy, and ask again then.',
};

function fromProfile(profile: Profile, wanted: Kind | undefined): Chosen {
  const kinds = profile.ways.map(({ kind }) => kind);
  const [best] = kinds;
  const kind = wanted ?? best;
  if (kind === undefined || best === undefined || !kinds.includes(kind)) {
    throw new Failure(`${profile.title} cannot use ${wanted}; it can use ${either(kinds)}`, Exit.USAGE);
  }
  const why =
    kind === best
      ? `It is the safest that ${profile.title} can use.`
      : `You asked for it; ${profile.title} can use ${best}, which is safer.`;
  return { kind, best, why: `${why}\n${WHY[kind]}` };
}

/** The mission's questions, as far as needed; undefined where a kind was asked for and nobody is there to answer. */
async function asked(options: NewOptions, host: Host): Promise<Kind | undefined> {
  const ask = async (known: boolean | undefined, question: string, flag: string): Promise<boolean> => {
    if (known !== undefined) return known;
    if (!host.ask) throw new Unanswered(flag);
    for (;;) {
      const answer = (await host.ask(`${question} [y/n] `)).trim().toLowerCase();
      if (/^y(?:es)?$/.test(answer)) return true;
      if (/^no?$/.test(answer)) return false;
      host.err('y or n, please\n');
    }
  };
  try {
    if (await ask(options.inAws, 'Does the vendor work in AWS?', '--in-aws or --outside-aws')) {
      const roles = await ask(
        options.assumesRoles,
        'Can it assume a role of ours?',
        '--assumes-roles or --no-assumes-roles',
      );
      return roles ? 'assumed-role' : 'direct-trust';
    }
    if (await ask(options.certificate, 'Can it present a certificate (X.509)?', '--certificate or --no-certificate'))
      return 'roles-anywhere';
    if (await ask(options.token, 'Can it present a token of an identity provider (OIDC)?', '--token or --no-token'))
      return 'web-identity';
    return 'access-key';
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    if (options.kind !== undefined) return undefined;
    throw new Failure(`say ${error.message}, or one of --kind ${either(KINDS)}`, Exit.USAGE);
  }
}

class Unanswered extends Error {}
