import { Capability } from '../rules/confinement';
import { ACTS_AS_ITSELF } from '../rules/vocabulary';
import { can, reading, type Scope } from './scope';
import type { Attempt } from './trial';

/** Tries inside the prefix what the hand-off does not grant. Whatever works all the same is of this run's own making. */
export async function tryNotGranted(scope: Scope): Promise<void> {
  const { trial, session, written, key } = scope;
  const { prefix, kind } = trial.handed;
  const inside = (what: string, run: () => Promise<unknown>): Attempt => ({ where: 'inside', what, run });
  const place = prefix || 'the bucket';

  if (!can(scope, Capability.LIST)) await trial.denied('list', [inside(place, () => session.list(prefix))]);
  if (!can(scope, Capability.READ)) await trial.denied('get', [reading(scope, 'inside', key)]);
  if (!can(scope, Capability.WRITE)) {
    await trial.denied('put', [inside(key, () => written.put(key, 'connection test\n'))]);
  }
  if (!can(scope, Capability.VERSIONS)) {
    await trial.denied('versions', [inside(place, () => session.listVersions(prefix))]);
  }
  // A missing object would be denied to everyone who may not list the root, whatever else they may.
  if (!can(scope, Capability.TAGS) && written.has(key)) {
    await trial.denied('tags', [inside(key, () => session.tags(key))]);
  }
  // A vendor that acts as itself sees the buckets of its own account.
  if (!can(scope, Capability.LIST_BUCKETS) && !ACTS_AS_ITSELF[kind]) {
    await trial.denied('list-buckets', [{ where: 'bucket', what: 'all buckets', run: () => session.countBuckets() }]);
  }
  if (!can(scope, Capability.DELETE)) await trial.denied('delete', [inside(key, () => written.delete(key))]);
}
