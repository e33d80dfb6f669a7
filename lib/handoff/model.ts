import type { Company } from '../definitions/model/model';
import type { Reader } from '../definitions/profiles/profile';
import type { KnownSetup } from '../rules/setup-information';

/** One field of the vendor's own screen. */
export interface Field {
  readonly label: string;
  /** What to enter; none where it is not known yet or must not be shown. */
  readonly value?: string;
  /** Where the value comes from, where it is not here. */
  readonly elsewhere?: string;
  readonly note?: string;
}

/** Something that we still need from the vendor. */
export interface Needed {
  /** The key of the definition that it goes into. */
  readonly key: string;
  readonly label: string;
  readonly where: string;
}

/** What the vendor is handed. Never holds a secret. */
export interface Handoff {
  readonly setup: KnownSetup;
  /** The vendor's product, or the name of the integration where there is no profile. */
  readonly title: string;
  /** The client's name for people. */
  readonly clientTitle?: string;
  /** Who hands over. */
  readonly company?: Company;
  /** To whom at the vendor. */
  readonly contact?: string;
  readonly description?: string;
  readonly access: readonly string[];
  readonly expires?: string;
  /** Addresses and networks from which alone requests are allowed; from everywhere where there is none. */
  readonly from: readonly string[];
  /** The session name that the trust asks for; any will do without it. */
  readonly roleSessionName?: string;
  /** Whether the setup information comes from what is deployed. */
  readonly deployed: boolean;
  readonly fields: readonly Field[];
  readonly needed: readonly Needed[];
  /** How long a session lasts, in a sentence; none where there are no sessions. */
  readonly sessions?: string;
  readonly commands: readonly Command[];
  readonly test: readonly string[];
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
}

/** What the vendor is told to do about it: only what the vendor itself can do. */
export function vendorRemedy({ who, remedy }: Trouble): string {
  return who === 'vendor' ? remedy : 'Send us the message: this is ours to correct.';
}
