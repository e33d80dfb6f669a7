import type { RequirableKey } from '../../definitions/language/shared-keys';
import { sitesOf } from '../../definitions/profiles/ways';
import { Capability, canonicalPrefix, checkPrefix } from '../../rules/confinement';
import type { Finding } from '../../rules/finding';
import { checkBucketName } from '../../rules/names';
import { checkPrincipalOf } from '../../rules/principal';
import { checkExact, checkProvider } from '../../rules/provider';
import { checkDate } from '../../rules/restrictions';
import { checkExternalId } from '../../rules/trust';
import { either } from '../../text/list';
import { nearest } from '../../text/nearest';
import { quote } from '../../text/quote';
import { checkedBy, type Question, type WrongAnswer, wordsOf } from '../terminal/ask';
import { coversSites, makesExternalId, type NewSubject, needsBucket, needsReasonOf, suppliedBy } from './draft';
import type { NewAnswers } from './options';

/** A question whose answer goes into a definition. */
export interface KeyQuestion extends Question<NewAnswers> {
  /** The keys that it answers, each under its name in a definition. */
  readonly keys: readonly string[];
  /** Whether the answer is there already. */
  readonly answered: boolean;
}

/** What the answers to questions are judged by. */
interface Asking {
  readonly subject: NewSubject;
  readonly options: NewAnswers;
  /** Keys that the settings ask of every integration. */
  readonly required: ReadonlySet<RequirableKey>;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** What Enter means where only the vendor knows the answer. */
export const NOT_KNOWN = 'not known yet';

/** Every question about a new integration of this kind, in the order in which they are asked. */
export function questionsOf(asking: Asking): KeyQuestion[] {
  return [
    ...handshakeQuestions(asking),
    ...reason(asking),
    ...bucket(asking),
    access(asking),
    ...prefix(asking),
    ...Object.keys(TEXTS)
      .map((key) => key as RequirableKey)
      .filter((key) => ALWAYS.has(key) || asking.required.has(key))
      .map((key) => text(key, asking)),
  ];
}

/** The questions that only the vendor can answer. */
export function handshakeQuestions(asking: Asking): KeyQuestion[] {
  return [...site(asking), ...trust(asking)];
}

/** What is asked whether or not the settings require it. */
const ALWAYS: ReadonlySet<RequirableKey> = new Set(['expires', 'owner', 'contact']);

function site({ subject, options }: Asking): KeyQuestion[] {
  const { way } = suppliedBy(subject, undefined);
  const sites = way ? sitesOf(way) : [];
  if (!way || sites.length === 0) return [];
  return [
    {
      ...{ keys: ['site'], answered: options.site !== undefined },
      text: `Which site of the vendor: ${either(sites)}?`,
      enter: coversSites(way) ? 'any of them' : NOT_KNOWN,
      help: "The vendor's site or region in which your account with the vendor is. The vendor's own page shows it.",
      read: (answer) => checkedBy({ site: answer }, sites.includes(answer) ? [] : [notOneOf(answer, sites)]),
    },
  ];
}

function trust(asking: Asking): KeyQuestion[] {
  const { subject, options } = asking;
  const { defaults } = suppliedBy(subject, options.site);
  const { kind } = subject.chosen;
  switch (kind) {
    case 'assumed-role':
      return [...principals('assumed-role', asking), ...externalId(asking)];
    case 'direct-trust':
      return principals('direct-trust', asking);
    case 'roles-anywhere':
      return [
        {
          ...{ keys: ['trustAnchor'], enter: NOT_KNOWN },
          answered: [options.caFile, options.trustAnchor, defaults.trustAnchor].some((each) => each !== undefined),
          text: "The PEM file of the certificate authority that issues the vendor's certificate?",
          help: 'The name of a file in the folder of the client, for example vendor-ca.pem. It holds the certificate of the authority, never a private key. The ARN of an existing trust anchor is an answer too.',
          read: (answer) => (answer.startsWith('arn:') ? { trustAnchor: answer } : { caFile: answer }),
        },
        {
          ...{ keys: ['subject'], enter: NOT_KNOWN },
          answered: options.commonName !== undefined || defaults.subject !== undefined,
          text: "The common name (CN) of the vendor's certificate?",
          help: 'Only a certificate with this common name gets sessions. openssl x509 -noout -subject -in FILE shows it.',
          read: (answer) => checkedBy({ commonName: answer }, checkExact('the common name', answer)),
        },
      ];
    case 'web-identity':
      return [
        {
          ...{ keys: ['provider'], enter: NOT_KNOWN },
          answered: options.issuer !== undefined || defaults.provider !== undefined,
          text: "The issuer of the vendor's tokens?",
          help: 'The address in the iss claim of its tokens, for example https://accounts.google.com; or the ARN of an identity provider that the account has already.',
          read: (answer) => checkedBy({ issuer: answer }, checkProvider(answer)),
        },
        {
          ...{ keys: ['audiences'], enter: NOT_KNOWN },
          answered: options.audience !== undefined || defaults.audiences !== undefined,
          text: 'The audience of the tokens?',
          help: 'The aud claim, exactly. Several with blanks between: one of them must be in the token.',
          read: (answer) => exactWords(answer, 'the audience', (audience) => ({ audience })),
        },
        {
          ...{ keys: ['subjects'], enter: NOT_KNOWN },
          answered: [options.subject, defaults.subjects, options.sessionName].some((each) => each !== undefined),
          text: 'The subject of the tokens?',
          help: 'The sub claim, exactly: it says which of the customers or programs of the issuer this is. Several with blanks between.',
          read: (answer) =>
            exactWords(answer.replace(/(?<=.)\*$/, ''), 'the subject', () => ({ subject: wordsOf(answer) })),
        },
      ];
    case 'access-key':
      return [];
    default:
      return kind satisfies never;
  }
}

function principals(kind: 'assumed-role' | 'direct-trust', { subject, options }: Asking): KeyQuestion[] {
  const { defaults } = suppliedBy(subject, options.site);
  const { trust: trusts, principal } = options;
  return [
    {
      ...{ keys: ['principals', 'trusts'], enter: NOT_KNOWN },
      answered: [trusts, principal, defaults.principals].some((each) => each !== undefined),
      text: "The vendor's role or user ARN?",
      help: `Who the vendor is in AWS, for example arn:aws:iam::111122223333:role/exporter. The vendor's setup page shows it, or its support knows it. Several with blanks between. Twelve digits are a whole account: anyone in it, if that account agrees.${kind === 'direct-trust' ? ' A canonical user ID (64 hexadecimal digits) is an answer too.' : ''} Without it, the definition is pending: everything gets its name, and nobody has access yet.`,
      read: (answer) => {
        const principal = answer.split(/\s+|,\s*(?=arn:|\d{12}\b|[0-9a-f]{64}\b)/).filter((each) => each !== '');
        return checkedBy(
          { principal },
          principal.flatMap((each) => checkPrincipalOf(kind, each)),
        );
      },
    },
  ];
}

function externalId({ subject, options }: Asking): KeyQuestion[] {
  const { way, defaults } = suppliedBy(subject, options.site);
  const rule = way?.externalId;
  if (options.trust || rule?.use === 'refused' || defaults.externalId !== undefined) return [];
  const made = makesExternalId('assumed-role', way);
  const enter = made ? 'a new random one' : rule?.use === 'optional' ? 'none' : NOT_KNOWN;
  return [
    {
      ...{ keys: ['externalId', 'externalIds'], enter },
      answered: options.externalId !== undefined || options.externalIdLater === true,
      text: 'The external ID?',
      help: 'A word that the vendor must send whenever it assumes the role, so that another of its customers cannot make it use yours. If we choose it, press Enter. If the vendor makes it, type it; type later if it is not known yet: the definition is pending until then. Type none if the vendor sends none.',
      read: (answer) => {
        if (answer === 'later') return { externalId: undefined, externalIdLater: true };
        if (answer === 'new') return { externalId: undefined, externalIdLater: false };
        if (answer === 'none')
          return checkedBy<NewAnswers>(
            { externalId: false, externalIdLater: false },
            rule?.use === 'required' ? [SENDS_ONE] : [],
          );
        const ids = wordsOf(answer);
        return checkedBy<NewAnswers>({ externalId: ids, externalIdLater: false }, ids.flatMap(checkExternalId));
      },
    },
  ];
}

const SENDS_ONE = { message: 'this vendor always sends one', fix: 'type it, or later if it is not known yet' };

function reason({ subject: { chosen }, options }: Asking): KeyQuestion[] {
  if (!needsReasonOf(chosen)) return [];
  return [
    {
      ...{ keys: ['reason'], answered: options.reason !== undefined },
      text: `Why ${chosen.kind}, and nothing safer?`,
      help: 'One sentence for the reviewer: what the vendor cannot do. For example: its form has fields for an access key only.',
      read: (answer) => ({ reason: answer }),
    },
  ];
}

function bucket({ subject, options }: Asking): KeyQuestion[] {
  if (!needsBucket(subject)) return [];
  return [
    {
      ...{ keys: ['dedicatedBucket'], answered: options.bucket !== undefined },
      text: 'The name of a bucket of its own?',
      help: 'This vendor cannot stay under a prefix, so it gets a bucket in which nothing else is. The name must be unique in all of AWS, for example our-company-kohler-aligni.',
      read: (answer) => checkedBy({ bucket: answer }, checkBucketName(answer)),
    },
  ];
}

function access({ subject, options }: Asking): KeyQuestion {
  const { defaults } = suppliedBy(subject, options.site);
  const byDefault = Array.isArray(defaults.access) ? defaults.access.map(String) : ['list', 'read', 'write'];
  const known = Object.values(Capability);
  return {
    ...{ keys: ['access'], enter: byDefault.join(' '), answered: options.access !== undefined },
    text: 'What may it do?',
    help: `Some of: ${known.join(' ')}. list, read, write and delete are of objects under its prefix; take only what the vendor needs. docs/capabilities.md explains each.`,
    read: (answer) => {
      const words = [...new Set(wordsOf(answer))];
      const strange = words.filter((word) => !(known as string[]).includes(word));
      return checkedBy(
        { access: words },
        strange.map((word) => notOneOf(word, known)),
      );
    },
  };
}

function prefix({ subject, options }: Asking): KeyQuestion[] {
  const { defaults } = suppliedBy(subject, options.site);
  if (options.wholeBucket || defaults.wholeBucket !== undefined) return [];
  const byDefault = typeof defaults.prefix === 'string' ? defaults.prefix : `${subject.vendor}/`;
  return [
    {
      ...{ keys: ['prefix'], enter: byDefault, answered: options.prefix !== undefined },
      text: 'Under which prefix?',
      help: 'It acts on objects whose keys begin with this, and no others. No other integration in the bucket may overlap it.',
      read: (answer) => checkedBy({ prefix: answer }, checkPrefix(canonicalPrefix(answer))),
    },
  ];
}

function text(key: RequirableKey, { options, required, today }: Asking): KeyQuestion {
  const { ask, help, enter, check } = TEXTS[key];
  return {
    ...{ keys: [key], text: ask, help, answered: options[key] !== undefined },
    enter: required.has(key) ? undefined : enter,
    read: (answer) => checkedBy({ [key]: answer }, check?.(answer, today) ?? []),
  };
}

interface TextQuestion {
  readonly ask: string;
  readonly enter: string;
  readonly help: string;
  readonly check?: (answer: string, today: string) => readonly Pick<Finding, 'message' | 'fix'>[];
}

/** A day in the future. */
function day(answer: string, today: string): readonly Pick<Finding, 'message' | 'fix'>[] {
  const findings = checkDate(answer);
  if (findings.length > 0 || answer > today) return findings;
  return [{ message: `${answer} is not in the future`, fix: 'name a later day' }];
}

/** In the order in which they are asked. */
const TEXTS: Readonly<Record<RequirableKey, TextQuestion>> = {
  description: {
    ask: 'What is it for?',
    enter: 'nothing said',
    help: 'One sentence: which data goes where, and why.',
  },
  request: {
    ask: 'Which ticket requests it?',
    enter: 'none',
    help: 'The number or address of the ticket, for reviewers and auditors.',
  },
  expires: {
    ask: 'On which day does access end (YYYY-MM-DD)?',
    enter: 'never',
    help: 'Access ends by itself at 00:00 UTC of that day. check warns 30 days before.',
    check: day,
  },
  reviewBy: {
    ask: 'By which day does somebody check whether it is still needed (YYYY-MM-DD)?',
    enter: 'none',
    help: 'Access does not end on that day: check warns from then on.',
    check: day,
  },
  owner: {
    ask: 'Who is responsible for it?',
    enter: 'nobody named',
    help: 'A team or person of your own company, for the reviewer to ask whether it is still needed.',
  },
  contact: {
    ask: 'Who can we reach at the vendor?',
    enter: 'nobody named',
    help: 'A name, a mail address or a support page, for the day when something does not work.',
  },
};

function exactWords(answer: string, what: string, value: (words: string[]) => NewAnswers): NewAnswers | WrongAnswer {
  const words = wordsOf(answer);
  return checkedBy(
    value(words),
    words.flatMap((word) => checkExact(what, word)),
  );
}

function notOneOf(word: string, known: readonly string[]): Pick<Finding, 'message' | 'fix'> {
  const near = nearest(word, known);
  return { message: `${quote(word)} is none of them`, fix: near ? `did you mean ${near}?` : `use ${either(known)}` };
}
