import { Capability } from '../rules/confinement';
import { shellWord } from '../text/shell';
import { can, type Scope } from './scope';

/** Deletes what was written, which is a step where deleting is granted. */
export async function tryDelete(scope: Scope): Promise<void> {
  const { trial, written, key } = scope;
  if (!can(scope, Capability.DELETE)) return;
  await trial.works('delete', async () => {
    await written.delete(key);
    return key;
  });
  if (!can(scope, Capability.VERSIONS) || written.versionsOf(key).length === 0) return;
  await trial.works('delete-version', async () => {
    const versions = written.versionsOf(key);
    for (const versionId of versions) await written.deleteVersion(key, versionId);
    return `${key}, ${versions.length} versions`;
  });
}

/** Removes what is left of this run, and says what can't be removed. */
export async function cleanUp(scope: Scope): Promise<void> {
  const { trial, written } = scope;
  const { bucket, prefix, integration } = trial.handed;
  if (written.nothing) return;
  const outside = (key: string) => !key.startsWith(prefix);
  const left = await written.remove(
    (key, version) => outside(key) || (can(scope, Capability.DELETE) && (!version || can(scope, Capability.VERSIONS))),
  );
  const places = (keys: readonly string[]) => keys.map((key) => `s3://${bucket}/${key}`).join(', ');
  const stay = left.keys.length > 0 || left.uploads.length > 0;
  const may = !can(scope, Capability.DELETE) && !left.keys.some(outside) && left.uploads.length === 0;
  const detail = stay
    ? `${places([...left.keys, ...left.uploads])} stays${may ? `: ${integration} may not delete; its owner may` : ''}`
    : left.versions.length > 0
      ? `removed; earlier versions of ${places(left.versions)} stay, which no list shows`
      : 'everything that was written is removed';
  if (!stay || may) return trial.add({ step: 'clean-up', expected: 'works', outcome: 'works', detail });
  trial.add({
    ...{ step: 'clean-up', expected: 'works', outcome: 'error', detail },
    cause: {
      code: 'left-behind',
      cause: 'what this run wrote could not be removed',
      who: 'owner',
      fix:
        left.keys.map((key) => `aws s3 rm ${shellWord(`s3://${bucket}/${key}`)}`).join('; ') ||
        'abort the uploads in progress',
    },
  });
}
