import type { Finding } from '../rules/finding';
import type { KeySlot } from '../rules/vocabulary';

/** An access key, as IAM tells of it. */
export interface AccessKeyFacts {
  readonly id: string;
  readonly active: boolean;
  readonly made: Date;
  /** None where it was never used. */
  readonly used?: { readonly at: Date; readonly service?: string; readonly region?: string };
}

/** A user and its access keys, as IAM tells of them. */
export interface UserFacts {
  /** The twelve digits of the account that was asked. */
  readonly account: string;
  /** When it was asked. */
  readonly asked: Date;
  readonly keys: readonly AccessKeyFacts[];
}

/** What is deployed of an integration with access keys. Ids only: a secret is never part of it. */
export interface DeployedKeys {
  /** None where AWS has no such user. */
  readonly user?: UserFacts;
  /** The id of the key that the secret of a slot holds; none for a slot that has no secret. */
  readonly held: ReadonlyMap<KeySlot, string>;
}

/** What a user types to go on, whole commands. */
export interface Commands {
  readonly deploy: string;
  readonly handoff: string;
  readonly rotate: string;
}

/** Where one of the two slots stands. */
export interface SlotState {
  readonly slot: KeySlot;
  /** The name of its secret, whether that is there or not. */
  readonly secret: string;
  readonly defined: boolean;
  /** Whether its secret is there; none where AWS was not asked. */
  readonly deployed?: boolean;
  /** The id that its secret holds. */
  readonly keyId?: string;
  /** None where the user has no such key. */
  readonly key?: AccessKeyFacts;
}

/** The next step of an integration's rotation: a second key beside the first, or the older of two keys retired. */
export interface Rotation {
  readonly step: 'add' | 'retire';
  /** The slot that is added or retired. */
  readonly slot: KeySlot;
  /** The slot that stays as it is. */
  readonly other: KeySlot;
  readonly from: readonly KeySlot[];
  readonly to: readonly KeySlot[];
  readonly slots: readonly SlotState[];
  /** Keys of the user that are in no slot. */
  readonly strays: readonly AccessKeyFacts[];
  /** Why the step must not be taken now; none where it may be. */
  readonly refusals: readonly Finding[];
}

/** What the operator takes upon himself. */
export interface Told {
  /** Retire a key that was used in the last day. */
  readonly evenIfUsed: boolean;
  /** Retire a key though the other was never used. */
  readonly evenIfUnused: boolean;
}
