import { Capability } from '../rules/confinement';
import type { Line } from './document';

/** What each capability lets a vendor do, in words. */
const WORDS: Readonly<Record<Capability, (place: string) => Line>> = {
  [Capability.LIST]: (place) => ['list the keys under ', { code: place }],
  [Capability.READ]: (place) => ['read objects under ', { code: place }],
  [Capability.WRITE]: (place) => ['write objects under ', { code: place }],
  [Capability.DELETE]: (place) => ['delete objects under ', { code: place }],
  [Capability.VERSIONS]: (place) => ['list and read earlier versions of objects under ', { code: place }],
  [Capability.TAGS]: (place) => ['read and set tags of objects under ', { code: place }],
  [Capability.ACL]: () => ['send the ACL ', { code: 'bucket-owner-full-control' }, ' with an upload, and no other'],
  [Capability.RETENTION_READ]: (place) => ['read retention and legal hold of objects under ', { code: place }],
  [Capability.ROOT_LIST]: () => ['list key names from the root of the bucket'],
  [Capability.LIST_BUCKETS]: () => ['list the names of all buckets of the account'],
};

/** What a vendor may do, a line for each capability, with its name. */
export function allowed(access: readonly Capability[], place: string): Line[] {
  return Object.values(Capability)
    .filter((capability) => access.includes(capability))
    .map((capability) => [{ strong: capability }, ': ', ...WORDS[capability](place)]);
}
