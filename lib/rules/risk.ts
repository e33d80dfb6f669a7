/**
 * What about an integration somebody should look at even where all is as it was asked for: one judgement for `check`,
 * `access`, `list`, `diff` and the report.
 */
import { someOf } from '../text/list';
import { Capability } from './confinement';
import { accountOf, parsePrincipal } from './principal';
import type { ExternalTrust } from './trust';
import { type Kind, Status } from './vocabulary';

/** What a risk is called; each is a warning of `check` that can be accepted. */
export const RISKS = [
  'whole-account-open',
  'long-lived-key',
  'shared-external-id',
  'root-list-shows-names',
  'delete-without-end',
] as const;

export type RiskCode = (typeof RISKS)[number];

/** How grave a risk is, the gravest first. */
export const GRAVITIES = ['high', 'medium', 'low'] as const;

export type Gravity = (typeof GRAVITIES)[number];

/** One reason to look at an integration. */
export interface Risk {
  readonly code: RiskCode;
  readonly gravity: Gravity;
  /** What is so, in a sentence without its full stop. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** What would end it. */
  readonly fix: string;
}

/** What a risk can be seen from. */
export interface RiskFacts {
  readonly kind: Kind;
  readonly status: Status;
  readonly access: readonly Capability[];
  /** A bucket that no other integration is in, if it has one. */
  readonly dedicatedBucket?: object;
  readonly expires?: string;
  readonly principals?: readonly string[];
  readonly externalIds?: readonly string[];
  /** Where each principal has an external ID of its own. */
  readonly trusts?: readonly ExternalTrust[];
  /** The integrations that ask for one of the same external IDs. */
  readonly sharedWith?: readonly string[];
}

/** The risks of an integration, the gravest first; none while nobody can use it. */
export function risksOf(facts: RiskFacts): Risk[] {
  if (facts.status !== Status.ACTIVE) return [];
  return Object.values(FINDERS)
    .flatMap((find) => find(facts) ?? [])
    .sort((a, b) => GRAVITIES.indexOf(a.gravity) - GRAVITIES.indexOf(b.gravity));
}

/** The gravest of an integration's risks; undefined where there is none. */
export function gravest(risks: readonly Risk[]): Gravity | undefined {
  return GRAVITIES.find((gravity) => risks.some((risk) => risk.gravity === gravity));
}

const FINDERS: { readonly [Code in RiskCode]: (facts: RiskFacts) => Risk | undefined } = {
  'whole-account-open': (facts) => {
    const { kind } = facts;
    const accounts = openTo(facts).filter((each) => parsePrincipal(each)?.type === 'account');
    if (accounts.length === 0) return undefined;
    return {
      code: 'whole-account-open',
      gravity: 'high',
      what: `everybody in the account ${accounts.map(accountOf).join(', ')} is allowed`,
      why: 'any role or user that an administrator there makes has this access, and no external ID distinguishes them',
      fix: kind === 'assumed-role' ? 'name the role or user, or ask for an external ID' : 'name the role or user',
    };
  },
  'long-lived-key': ({ kind }) =>
    kind === 'access-key'
      ? {
          code: 'long-lived-key',
          gravity: 'medium',
          what: 'an access key lives until somebody removes it',
          why: 'anyone who has a copy of it can use it, from anywhere, unnoticed',
          fix: 'use a role, a certificate or a token where the vendor can; otherwise set reviewBy, sourceIps and rotate it',
        }
      : undefined,
  'shared-external-id': ({ sharedWith = [] }) =>
    sharedWith.length > 0
      ? {
          code: 'shared-external-id',
          gravity: 'medium',
          what: `the external ID is asked for by ${someOf(sharedWith)} too`,
          why: "who knows it for one can point the vendor at the other's role",
          fix: 'ask for an external ID of its own in each',
        }
      : undefined,
  'root-list-shows-names': ({ access, dedicatedBucket }) =>
    access.includes(Capability.ROOT_LIST) && dedicatedBucket === undefined
      ? {
          code: 'root-list-shows-names',
          gravity: 'medium',
          what: "it can list the bucket's root",
          why: "it sees the names of other integrations' files",
          fix: 'remove root-list where the vendor works without, or give it a dedicatedBucket',
        }
      : undefined,
  'delete-without-end': ({ access, expires }) =>
    access.includes(Capability.DELETE) && expires === undefined
      ? {
          code: 'delete-without-end',
          gravity: 'low',
          what: 'it may delete, without an end',
          why: 'a vendor that is forgotten can still destroy what is there',
          fix: 'remove delete where the vendor works without, or set expires',
        }
      : undefined,
};

/** The principals that need no external ID. */
function openTo({ kind, principals = [], externalIds = [], trusts }: RiskFacts): readonly string[] {
  if (trusts) return trusts.filter(({ externalId }) => externalId === undefined).map(({ principal }) => principal);
  return kind === 'assumed-role' && externalIds.length > 0 ? [] : principals;
}
