/** Whether an integration's resources allow anybody anything. */
export enum Status {
  /** In use. */
  ACTIVE = 'active',
  /** Set up with stable names; nobody can use it yet. */
  PENDING = 'pending',
  /** As pending, after having been active. */
  SUSPENDED = 'suspended',
}

/** The two places of an access key, of which both are filled only while rotating. */
export enum KeySlot {
  A = 'a',
  B = 'b',
}

/** The kinds of integration, safest first within AWS and outside it. */
export const KINDS = ['assumed-role', 'direct-trust', 'roles-anywhere', 'web-identity', 'access-key'] as const;

/** How an integration trusts its vendor. */
export type Kind = (typeof KINDS)[number];

/** Whether a vendor of this kind acts in the bucket as its own role or user, and not as one of the bucket's account. */
export const ACTS_AS_ITSELF: Readonly<Record<Kind, boolean>> = {
  'assumed-role': false,
  'direct-trust': true,
  'roles-anywhere': false,
  'web-identity': false,
  'access-key': false,
};
