import type { VerificationCode } from './finding';

/** What a finding of each code is about, and what to do; generated into the documentation. */
export const CODES = {
  'overlapping-prefix': {
    what: 'two integrations reach the same keys of one bucket',
    fix: 'give each integration a prefix that is not inside the other',
  },
  'unknown-statement': {
    what: "a policy, an ACL, a grant or an access point lets somebody outside reach a client's bucket, key or secret",
    fix: 'remove it, or make it an integration; if they are of our own company, add the account to ownAccounts or an entry to internal',
  },
  'unknown-principal': {
    what: "outsiders can become a role or user that reaches a client's bucket, key or secret without an integration",
    fix: 'remove the access or the trust, or make it an integration; if it is one of our own, add its account to ownAccounts, or the user to internal',
  },
  'changed-trust': {
    what: "an integration's role trusts another principal than its definition says",
    fix: 'undo it, or change the definition and deploy',
  },
  'changed-access': {
    what: 'an integration may do other things than its definition says; another inline policy is found as this',
    fix: 'undo it, or change the definition and deploy',
  },
  'more-access': {
    what: "another managed policy, a group, a password or another boundary is on an integration's role or user",
    fix: 'undo it: what an integration may do is in its definition alone',
  },
  'bucket-guard': {
    what: "a client's bucket is public, is a website, takes ACLs or plain HTTP, or has another encryption, versioning, lifecycle, access log or EventBridge setting than its definition says",
    fix: 'undo it, or change the definition of the bucket and deploy',
  },
  'unknown-door': {
    what: "an access point, a file transfer or a replication leads to or out of a client's bucket without an integration",
    fix: 'remove it, or make it an integration',
  },
  'unknown-key': {
    what: 'a user of an integration has an access key that its stack did not make',
    fix: 'make the key inactive and then delete it, or add a slot to the integration and hand that one over',
  },
  'unknown-profile': {
    what: "a profile opens sessions of an integration's role and is not its own, or differs from its definition",
    fix: 'undo it, or change the definition and deploy',
  },
  'changed-authority': {
    what: "a trust anchor accepts other certificates than the integration's, or is on while nobody should have access",
    fix: 'undo it, or change the definition and deploy',
  },
  missing: {
    what: 'something that a definition says is not in the account',
    fix: 'deploy. If somebody deleted it outside CloudFormation, the stack still lists it and a deployment does not make it again: remove it from the definitions, deploy, add it again, and deploy once more',
  },
  'key-state': {
    what: 'an access key is not there, or is not as the status of its integration says',
    fix: 'undo it, or change the status and deploy',
  },
  'not-defined': {
    what: 'a stack or an integration is deployed that no definition has',
    fix: 'deploy --end-removed ends it; if it is needed, add its definition again',
  },
  'undeclared-insider': {
    what: "somebody of our own company reaches a client's bucket, key or secret, and no internal entry says so",
    fix: 'add an entry to internal, in settings.yaml or client.yaml, or take the access away',
  },
} as const satisfies Readonly<Record<VerificationCode, { readonly what: string; readonly fix: string }>>;
