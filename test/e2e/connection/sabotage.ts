import type { Credentials } from '../servers/clients';
import type { Changes, Scene } from './scene';

/** Something wrong with one integration, with the steps that must tell it: step, outcome, cause and who must mend it. */
export interface Sabotage extends Changes {
  readonly name: string;
  /** Whose integration. */
  readonly of: string;
  /** What somebody did without deploying; gives what undoes it. */
  readonly byHand?: (scene: Scene) => Promise<() => Promise<unknown>>;
  /** What is wrong with the hand-off instead. */
  readonly handoff?: object;
  /** Other credentials than the vendor's. */
  readonly credentials?: (scene: Scene) => Promise<Credentials | undefined>;
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly expected: readonly (readonly string[])[];
}
