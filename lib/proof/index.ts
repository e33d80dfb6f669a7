/**
 * The one judgement: what is meant is there exactly, and nobody else reaches what is guarded.
 */
export type { Entrance } from './entrances';
export type { Finding, ProofRule } from './finding';
export { type Insider, type ReachedInside, reachWords } from './insiders';
export { type Entrances, entrancesOf, type Judgement, judge, judgement } from './judge';
export {
  type Meant,
  type MeantBucket,
  type MeantIntegration,
  type MeantInternal,
  meantBucket,
  meantIntegration,
  meantInternal,
  principalKey,
  type Site,
} from './meant';
export { MeantIndex, near } from './meant-index';
export { countedTargets, patternText, shortened } from './words';
