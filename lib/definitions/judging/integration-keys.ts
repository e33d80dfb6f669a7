/**
 * What the reading of an integration and its rules both know: its keys, and what surrounds it.
 */

import { KINDS, type Kind } from '../../rules/vocabulary';
import { commonShape, kindShapes } from '../language/schema';
import type { Bucket } from '../model/model';
import type { Profiles } from '../profiles/profiles';
import type { ValidKeys } from '../yaml/keys';
import type { YamlFile } from '../yaml/yaml-file';
import type { Settings } from './bucket';
import type { Pem } from './folder';

/** What surrounds an integration. */
export interface IntegrationContext {
  readonly client: string;
  /** None where the client's file does not say. */
  readonly bucket?: Bucket;
  readonly account?: string;
  readonly region?: string;
  readonly settings: Settings;
  readonly pems: ReadonlyMap<string, Pem>;
  readonly profiles: Profiles;
}

// Every key of every kind, so that a default shape can be filled in; which of them a file may have, its kind decides.
export const everyShape = Object.assign(
  {},
  commonShape,
  ...KINDS.map((kind) => kindShapes[kind]),
) as typeof commonShape & AllOf<(typeof kindShapes)[Kind]>;

/** What all members of a union have together: a function that takes any of them takes this. */
type AllOf<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The keys of an integration, the file's own over those of its vendor's profile. */
export type IntegrationKeys = ValidKeys<typeof everyShape>;

/** Whether any of these keys is there but could not be read, so that rules that need it must wait. */
export function unread(yaml: YamlFile, keys: IntegrationKeys, ...names: (keyof IntegrationKeys)[]): boolean {
  return names.some((name) => Object.hasOwn(yaml.data, name) && keys[name] === undefined);
}
