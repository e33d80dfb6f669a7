import type { CauseCode } from '../causes/cause';
import type { Company } from '../definitions/model/model';
import type { Reader } from '../definitions/profiles/profile';
import type { KnownSetup } from '../rules/setup-information';
import type { PolicyDocument } from '../rules/statement';
import type { Row } from './document';
import type { Trust } from './trust';

/** One field of the vendor's own screen. */
export interface Field {
  readonly label: string;
  /** What to enter; none where it is not known yet or must not be shown. */
  readonly value?: string;
  /** Where there are several values, instead: any of them. */
  readonly values?: readonly string[];
  /** Where the value comes from, where it is not here. */
  readonly elsewhere?: string;
  readonly note?: string;
}

/** Something that we still need. */
export interface Needed {
  /** The key of the definition that it goes into. */
  readonly key: string;
  readonly label: string;
  readonly where: string;
}

/** When and from what a hand-off was made. */
export interface Issued {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The commit of the definitions. */
  readonly commit?: string;
}

/** What has changed since an earlier version. */
export interface Since {
  readonly ref: string;
  readonly commit: string;
  /** A sentence each; none where all is the same. */
  readonly changes: readonly string[];
}

/** What the vendor is handed. Never holds a secret. */
export interface Handoff {
  readonly setup: KnownSetup;
  /** Whose bucket, and for whom: `Access to Kohler's bucket for Adobe`. */
  readonly title: string;
  /** The vendor's product, or the name of the integration where there is no profile. */
  readonly product: string;
  /** Whether a profile knows the product's own screen. */
  readonly hasProfile: boolean;
  /** The client's name for people. */
  readonly clientTitle?: string;
  /** Who hands over. */
  readonly company?: Company;
  /** To whom at the vendor. */
  readonly contact?: string;
  readonly issued?: Issued;
  readonly since?: Since;
  readonly description?: string;
  readonly trust: Trust;
  /** The same for people. */
  readonly trusted: readonly Row[];
  readonly access: readonly string[];
  readonly expires?: string;
  /** Addresses and networks from which alone requests are allowed; from everywhere where there is none. */
  readonly from: readonly string[];
  /** The session name that the trust asks for; any will do without it. */
  readonly roleSessionName?: string;
  /** Whether the setup information comes from what is deployed. */
  readonly deployed: boolean;
  readonly fields: readonly Field[];
  /** What is pasted whole instead of the fields, in the vendor's own language. */
  readonly statements: readonly Command[];
  readonly needed: readonly Needed[];
  /** How long a session lasts, in a sentence; none where there are no sessions. */
  readonly sessions?: string;
  readonly commands: readonly Command[];
  readonly test: readonly string[];
  /** What the vendor's own role or user must be allowed in its account; none where that has no part in it. */
  readonly vendorPolicy?: PolicyDocument;
  readonly troubleshooting: readonly Trouble[];
  readonly limits: readonly string[];
  readonly sources: readonly string[];
}

/** Something to type, and what it does. */
export interface Command {
  readonly title: string;
  readonly code: string;
}

/** Something that goes wrong, why, and what to do. */
export interface VendorError {
  readonly message: string;
  readonly cause: string;
  readonly remedy: string;
}

/** What goes wrong, and who corrects it. */
export interface Trouble extends VendorError {
  readonly who: Reader;
  /** Of its cause, where it is one that every product meets. */
  readonly code?: CauseCode;
}
