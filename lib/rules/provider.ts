/**
 * How an identity provider is written in a definition, what it says of a caller, and what is wrong with either.
 */

import { quote } from '../text/quote';
import type { Finding } from './finding';
import { type SharedIssuer, sharedIssuer } from './issuers';
import { Status } from './vocabulary';

/** An OpenID Connect provider, as its written form says. */
export interface Provider {
  /** What condition keys and ARNs call it: its address without `https://`. */
  readonly issuer: string;
  /** AWS knows it by itself: no provider is made, and it has no ARN. */
  readonly builtIn: boolean;
  /** Its ARN, where it was named by that. */
  readonly arn?: string;
  /** The account of that ARN. */
  readonly account?: string;
}

/** Its tokens may name their audience in either of two claims. */
export const GOOGLE = 'accounts.google.com';

/**
 * What AWS knows by itself, so that a provider made for it is never asked.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
const BUILT_IN = [GOOGLE, 'cognito-identity.amazonaws.com'];

const ISSUER = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:/[A-Za-z0-9._~-]+)*/?';
const ADDRESS = new RegExp(`^https://(${ISSUER})$`);
const ARN = new RegExp(`^arn:aws[a-z-]*:iam::(\\d{12}):oidc-provider/(${ISSUER})$`);

/** The provider that a text names, or undefined where {@link checkProvider} finds fault with it. */
export function parseProvider(text: string): Provider | undefined {
  const known = BUILT_IN.find((one) => [one, `https://${one}`, `https://${one}/`].includes(text));
  if (known !== undefined) return { issuer: known, builtIn: true };
  if (/\.\.|\/\.well-known\//.test(text)) return undefined;
  const [, issuer] = ADDRESS.exec(text) ?? [];
  if (issuer) return { issuer, builtIn: false };
  const [, account, named] = ARN.exec(text) ?? [];
  return account && named ? { issuer: named, builtIn: false, arn: text, account } : undefined;
}

/**
 * What is wrong with a provider.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function checkProvider(text: string): Finding[] {
  if (parseProvider(text) && text.length <= 255) return [];
  const plain = /^http:\/\//.test(text);
  return [
    {
      code: 'bad-provider',
      message: `${quote(text)} is not an identity provider${plain ? ': AWS reaches providers over https only' : ''}`,
      fix: 'write the issuer of its tokens as in their iss claim, for example https://login.example.com/tenant, or the ARN of a provider in this account (arn:aws:iam::111122223333:oidc-provider/…)',
    },
  ];
}

/** What is wrong with a claim or a part of a certificate's subject, which is compared letter by letter. */
export function checkExact(what: string, value: string): Finding[] {
  if (value.trim() === '' || value.trim() !== value || value.length > 255) {
    return [
      {
        code: 'bad-claim',
        message: `${quote(value)} cannot be ${what}`,
        fix: 'write it exactly as in the token or certificate: 1 to 255 characters, no space around them',
      },
    ];
  }
  if (/[*?]|\$\{/.test(value)) {
    return [
      {
        code: 'claim-wildcard',
        message: `${what} ${quote(value)} has *, ? or \${, which have another meaning in a policy`,
        fix: 'list each value whole: it is compared letter by letter',
      },
    ];
  }
  return [];
}

/**
 * What is wrong with the `sub` claim of a provider's tokens. It may end in `*` only where customers share the issuer, and
 * behind what names the customer there.
 *
 * @param provider in written form; undefined where it is not known
 */
export function checkSubject(provider: string | undefined, value: string): Finding[] {
  if (!value.endsWith('*') || value === '*') return checkExact('the subject', value);
  const literal = value.slice(0, -1);
  const findings = checkExact('the subject', literal);
  if (findings.length > 0) return checkExact('the subject', value);
  const shared = sharedIssuer(parseProvider(provider ?? '')?.issuer ?? '');
  if (shared?.customer?.test(literal)) return [];
  const [finding] = checkExact('the subject', value);
  if (!finding || !shared?.customer) return finding ? [finding] : [];
  const fix = `name the customer before the *, as in ${shared.example}`;
  return [{ ...finding, message: `${quote(value)} names no customer of ${shared.name} before its *`, fix }];
}

/** Whether a subject stands for several. */
export function isPattern(subject: string): boolean {
  return subject.length > 1 && subject.endsWith('*');
}

/** What a web-identity integration says of the tokens it takes. */
export interface Token {
  readonly status: Status;
  readonly provider?: string;
  readonly audiences?: readonly string[];
  readonly subjects?: readonly string[];
  readonly roleSessionName?: string;
}

/** What is missing from the conditions on a token. */
export function checkToken(token: Token): Finding[] {
  const { status, provider, audiences = [], subjects = [], roleSessionName } = token;
  if (status !== Status.ACTIVE) return [];
  const missing = (message: string, fix: string): Finding => ({ code: 'missing-key', message, fix });
  const findings: Finding[] = [];
  if (provider === undefined) {
    findings.push(
      missing('provider is missing', "add provider: the tokens' iss claim, or set status: pending until it is known"),
    );
  }
  if (audiences.length === 0) {
    findings.push(
      missing('audiences is missing', "add audiences: the tokens' aud claim, or set status: pending until it is known"),
    );
  }
  const shared = sharedIssuer(parseProvider(provider ?? '')?.issuer ?? '');
  if (shared) findings.push(...checkShared(shared, token));
  else if (subjects.length === 0 && roleSessionName === undefined) {
    const message = 'the audience alone would allow every customer of the provider that asks for it';
    findings.push(
      missing(message, "add subjects: the tokens' sub claim, or roleSessionName where tokens have no stable subject"),
    );
  }
  return findings;
}

/** What every customer's tokens for AWS may be for. */
const EVERYBODYS_AUDIENCE = 'sts.amazonaws.com';

/** A trust that does not compare what tells an issuer's customers apart. */
function checkShared(shared: SharedIssuer, { audiences = [], subjects = [], roleSessionName }: Token): Finding[] {
  const { name, claim, example } = shared;
  const wrong = (what: string, fix: string): Finding[] => [
    {
      code: 'shared-issuer',
      message: `all customers of ${name} have the same issuer, and only ${what} distinguishes them: without it this trusts all of them`,
      fix,
    },
  ];
  switch (claim) {
    case 'sub':
      return subjects.length > 0
        ? []
        : wrong("the subject (the tokens' sub claim)", `add subjects, for example ${example}`);
    case 'aud':
      return audiences.length > 0 && (subjects.length > 0 || !audiences.includes(EVERYBODYS_AUDIENCE))
        ? []
        : wrong("the audience (the tokens' aud claim)", `name your own audience, for example ${example}`);
    case 'session-name':
      return roleSessionName !== undefined && !roleSessionName.includes('*')
        ? []
        : wrong('the session name', `add roleSessionName, whole: for example ${example}`);
    default:
      return claim satisfies never;
  }
}

/**
 * A warning where only a session name, which a caller chooses itself, narrows the tokens of a provider.
 * @param known whether the vendor's profile says that its tokens have no stable subject
 */
export function checkNoSubject(token: Token, known = false): Finding[] {
  const { status, provider, subjects = [], roleSessionName } = token;
  const parsed = parseProvider(provider ?? '');
  if (known || status !== Status.ACTIVE || !parsed || subjects.length > 0 || roleSessionName === undefined) return [];
  if (sharedIssuer(parsed.issuer)) return [];
  return [
    {
      code: 'no-subject',
      message: `nothing in the token is compared but its audience: the session name is the caller's own choice`,
      fix: "add subjects: the tokens' sub claim, which the provider decides",
    },
  ];
}

/** Warnings about values that no token of a provider ever has. */
export function checkImpossibleToken({ provider, subjects = [] }: Token): Finding[] {
  const parsed = parseProvider(provider ?? '');
  if (!parsed) return [];
  const findings: Finding[] = [];
  if (/^sts\.windows\.net\/[0-9a-f-]{36}$/.test(parsed.issuer)) {
    findings.push({
      code: 'issuer-slash',
      message: `tokens of Microsoft Entra ID (version 1) name the issuer https://${parsed.issuer}/, with a slash at its end`,
      fix: `write provider: https://${parsed.issuer}/`,
    });
  }
  if (/^login\.microsoftonline\.com\/[0-9a-f-]{36}\/v2\.0\/$/.test(parsed.issuer)) {
    findings.push({
      code: 'issuer-slash',
      message: `tokens of Microsoft Entra ID (version 2) name the issuer https://${parsed.issuer.slice(0, -1)}, without a slash at its end`,
      fix: `write provider: https://${parsed.issuer.slice(0, -1)}`,
    });
  }
  if (parsed.issuer === GOOGLE) {
    for (const subject of subjects.filter((each) => !/^\d+$/.test(each))) {
      findings.push({
        code: 'google-subject',
        message: `${quote(subject)} is not a subject of Google's tokens: their sub claim is a number, not a mail address`,
        fix: 'write the unique id: gcloud iam service-accounts describe ADDRESS --format="value(uniqueId)" prints it',
      });
    }
  }
  return findings;
}
