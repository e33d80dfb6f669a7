import type { Call } from './calls';
import { nameOf, PEOPLE, type Person, type Subject } from './subjects';

/** Who asks. */
export type Who =
  /** Somebody outside, with a key of their own account. */
  | { readonly person: Person }
  /** A session of an integration's role, rightly opened. */
  | { readonly sessionOf: string }
  /** An integration's own access key. */
  | { readonly keyOf: string }
  /** A session token that was made with that key before anything was suspended. */
  | { readonly tokenOf: string }
  | { readonly nobody: true };

/** By which somebody is known. */
export const idOf = (who: Who) => JSON.stringify(who);

/** What else AWS looks at. */
export interface Circumstances {
  readonly plainHttp?: true;
  /** The caller's address; else the loopback's. */
  readonly address?: string;
  /** The VPC endpoint that the request comes through. */
  readonly endpoint?: string;
  /** The time; else now. */
  readonly at?: string;
  /** Somebody in the account has also given the caller {@link MORE}. */
  readonly givenMore?: true;
}

/** What somebody may give to a role or user besides its integration. */
export const MORE = { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' };

/** A request before it is answered. */
export type Asked = readonly [who: Who, call: Call, circumstances?: Circumstances];

/** One request with its answer. */
export interface Request {
  readonly who: Who;
  readonly call: Call;
  readonly circumstances: Circumstances;
  /** By the contract. */
  readonly allowed: boolean;
  /** The ways in which the contract could let it through, with what each rests on and what bars it. */
  readonly ways: readonly Way[];
  /** In words, unique. */
  readonly text: string;
}

/** A way to be let in: everything that grants must be there, and nothing may bar it. */
export interface Way {
  readonly grants: readonly string[];
  readonly bars: readonly string[];
}

/** Whether a request is let through where some grants and bars are switched off. */
export function letThrough(ways: readonly Way[], off: ReadonlySet<string> = new Set()): boolean {
  return ways.some(({ grants, bars }) => !grants.some((one) => off.has(one)) && bars.every((one) => off.has(one)));
}

/** Who rightly acts as an integration. */
export function actors(one: Subject): Who[] {
  const name = nameOf(one);
  if (one.kind === 'access-key') return [{ keyOf: name }];
  if (one.kind === 'assumed-role') return [{ sessionOf: name }];
  const people = Object.entries(PEOPLE) as [Person, string][];
  return people
    .filter(([, arn]) => one.principals?.some((principal) => principal === arn || principal === arn.split(':')[4]))
    .map(([person]) => ({ person }));
}
