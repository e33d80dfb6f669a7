/** A rule of the checks, for people. */
export interface Rule {
  /** What breaks it. */
  readonly what: string;
  /** What to do instead. */
  readonly fix: string;
}

/** Every rule by its id, which is stable: users acknowledge it by that. */
export const RULES = {
  'overlapping-prefix': {
    what: 'two integrations reach the same keys, or a prefix means more than it says',
    fix: 'give each integration a prefix that is not inside the other',
  },
  'secret-shown': {
    what: 'a secret access key is in a template or an output',
    fix: 'leave the secret where it is: in Secrets Manager',
  },
  'bucket-guard': {
    what: "a client's bucket is public, takes ACLs or plain HTTP, or is not retained",
    fix: 'remove what changed the bucket, or use existingBucket for one that is guarded elsewhere',
  },
  'unknown-statement': {
    what: "somebody reaches a client's bucket, key or secret, and no integration should",
    fix: 'remove the statement, or make it an integration',
  },
  'unknown-principal': {
    what: "outsiders can become a role or user that reaches a client's bucket, key or secret without an integration",
    fix: 'remove the trust, or the access that it gives, or make it an integration',
  },
  'unknown-door': {
    what: "an access point, an access grant or a file transfer leads to a client's bucket without an integration",
    fix: 'remove it, or make it an integration',
  },
  'changed-trust': {
    what: "an integration's role trusts another principal than it should",
    fix: 'change the definition of the integration, not its role',
  },
  'changed-access': {
    what: 'an integration may do other things than it should',
    fix: 'change the definition of the integration, not its policy',
  },
  'changed-authority': {
    what: "a trust anchor accepts other certificates than the integration's, or the integration is not active",
    fix: 'change the definition of the integration, not its trust anchor',
  },
  'more-access': {
    what: "something adds to an integration's access: a policy, a group, a password",
    fix: 'change the definition of the integration instead',
  },
  'unknown-key': {
    what: 'a user has an access key that is in no slot of its integration, or is active while the integration is not',
    fix: 'add a slot to the integration instead',
  },
  'unknown-profile': {
    what: "a profile opens sessions of an integration's role and is not its own, or is enabled while the integration is not active",
    fix: 'define a roles-anywhere integration instead',
  },
  kept: {
    what: 'what allows a vendor stays when it is removed: a role, user, key, secret, profile, access point or bucket policy',
    fix: 'remove the deletion policy: it ends with its integration',
  },
  'forged-intent': {
    what: "the metadata of a template differs from its constructs' intents, or another version of this package made them",
    fix: 'do not change this metadata, and use one version of this package in an app',
  },
  'unread-template': {
    what: 'a macro rewrites a template when it is deployed, or the template is not in the app, so the checks cannot read it',
    fix: "keep such templates out of apps with clients' buckets",
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;
