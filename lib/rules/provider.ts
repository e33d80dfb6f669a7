/**
 * How an identity provider is written in a definition, what it says of a caller, and what is wrong with either.
 */

import { quote } from '../text/quote';
import type { Finding } from './finding';
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

const GOOGLE = 'accounts.google.com';
const ISSUER = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:/[A-Za-z0-9._~-]+)*/?';
const ADDRESS = new RegExp(`^https://(${ISSUER})$`);
const ARN = new RegExp(`^arn:aws[a-z-]*:iam::(\\d{12}):oidc-provider/(${ISSUER})$`);

/** The provider that a text names, or undefined where {@link checkProvider} finds fault with it. */
export function parseProvider(text: string): Provider | undefined {
  if ([GOOGLE, `https://${GOOGLE}`, `https://${GOOGLE}/`].includes(text)) return { issuer: GOOGLE, builtIn: true };
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
  // Anybody can have a token of Google's for any audience, and chooses the session name.
  const shared = parseProvider(provider ?? '')?.builtIn === true;
  if (subjects.length === 0 && (shared || roleSessionName === undefined)) {
    const message = 'the audience alone would allow every customer of the provider that asks for it';
    const otherwise = shared ? '' : ', or roleSessionName where tokens have no stable subject';
    findings.push(missing(message, `add subjects: the tokens' sub claim${otherwise}`));
  }
  return findings;
}
