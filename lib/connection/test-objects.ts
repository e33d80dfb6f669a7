import { Refused } from './refused';
import type { Session } from './vendor';

/** What could not be removed again. */
export interface Leftovers {
  /** Keys at which an object of ours stays. */
  readonly keys: readonly string[];
  /** Keys of which earlier versions or delete markers stay, which are not listed. */
  readonly versions: readonly string[];
  /** Keys of uploads that stay in progress. */
  readonly uploads: readonly string[];
}

/** Everything that a run wrote, so that it can be removed. */
export class TestObjects {
  /** Key → ids of the versions and delete markers made there; none where the bucket keeps no versions. */
  private readonly versions = new Map<string, Set<string>>();
  private readonly live = new Set<string>();
  private readonly uploads = new Map<string, string>();

  constructor(private readonly session: Session) {}

  get nothing(): boolean {
    return this.versions.size === 0 && this.uploads.size === 0;
  }

  has(key: string): boolean {
    return this.live.has(key);
  }

  versionsOf(key: string): readonly string[] {
    return [...(this.versions.get(key) ?? [])];
  }

  async put(key: string, body: string, acl?: string): Promise<void> {
    this.made(key, await this.session.put(key, body, acl));
  }

  async start(key: string): Promise<string> {
    const uploadId = await this.session.startUpload(key);
    this.uploads.set(uploadId, key);
    return uploadId;
  }

  async complete(key: string, uploadId: string, entityTag: string): Promise<void> {
    this.made(key, await this.session.completeUpload(key, uploadId, entityTag));
    this.uploads.delete(uploadId);
  }

  async abort(uploadId: string): Promise<void> {
    await this.session.abortUpload(this.uploads.get(uploadId) ?? '', uploadId);
    this.uploads.delete(uploadId);
  }

  /** Deletes an object of ours; where versions are kept, that leaves a delete marker on top of them. */
  async delete(key: string): Promise<void> {
    const marker = await this.session.delete(key);
    this.live.delete(key);
    if (marker !== undefined) this.note(key, marker);
  }

  /** Deletes one of our versions or delete markers for good. */
  async deleteVersion(key: string, versionId: string): Promise<void> {
    await this.session.delete(key, versionId);
    const left = this.versions.get(key);
    left?.delete(versionId);
    if (left?.size === 0) this.live.delete(key);
  }

  /**
   * Removes what is left, as far as the session is let.
   *
   * @param mayDelete whether deleting a key, or a version of it, is worth trying
   */
  async remove(mayDelete: (key: string, version: boolean) => boolean): Promise<Leftovers> {
    for (const uploadId of [...this.uploads.keys()]) await tried(() => this.abort(uploadId));
    for (const [key, versions] of this.versions) {
      if (this.live.has(key) && mayDelete(key, false)) await tried(() => this.delete(key));
      if (!mayDelete(key, true)) continue;
      for (const versionId of [...versions]) await tried(() => this.deleteVersion(key, versionId));
    }
    return {
      keys: [...this.live],
      versions: [...this.versions].filter(([key, { size }]) => size > 0 && !this.live.has(key)).map(([key]) => key),
      uploads: [...this.uploads.values()],
    };
  }

  private made(key: string, versionId: string | undefined): void {
    this.live.add(key);
    this.note(key, versionId);
  }

  private note(key: string, versionId: string | undefined): void {
    const versions = this.versions.get(key) ?? new Set();
    if (versionId !== undefined) versions.add(versionId);
    this.versions.set(key, versions);
  }
}

/** What is refused stays, and is told. */
async function tried(remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}
