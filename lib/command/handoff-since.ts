import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../definitions/load';
import type { Client, Integration } from '../definitions/model/model';
import { Profiles } from '../definitions/profiles/profiles';
import { handoffChanges } from '../handoff/changes';
import { handoffOf } from '../handoff/handoff';
import type { Handoff, Since } from '../handoff/model';
import { checkoutDefinitions } from './git/checkout';
import { Failure } from './host/failure';
import type { Git } from './host/git';

/**
 * What of an integration's hand-off has changed since a git ref, both from the definitions alone.
 * @throws Failure where the commit cannot be read, or what was defined there cannot
 */
export async function handoffSince(
  ref: string,
  dir: string,
  client: Client,
  integration: Integration,
  git: Git,
): Promise<Since> {
  const temporary = mkdtempSync(join(tmpdir(), 'bucket-integrations-'));
  try {
    const { commit, folder, clients } = await checkoutDefinitions(dir, ref, temporary, git);
    const at = { ref, commit: commit.slice(0, 7) };
    if (folder !== undefined && !clients.includes(client.name)) return { ...at, changes: [] };
    const before = folder === undefined ? undefined : handoffIn(folder, integration.name, ref);
    return { ...at, changes: handoffChanges(before, draft(client, integration, new Profiles(dir))) };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function handoffIn(folder: string, name: string, ref: string): Handoff | undefined {
  const { deployment, failed } = load(folder, { part: true });
  for (const client of deployment.clients) {
    const integration = client.integrations.find((each) => each.name === name);
    if (integration) return draft(client, integration, new Profiles(folder));
  }
  if (failed)
    throw new Failure('base-broken', `the definitions at ${ref} have errors`, 'name a commit at which check passes');
  return undefined;
}

function draft(client: Client, integration: Integration, profiles: Profiles): Handoff {
  const profile = integration.profile === undefined ? undefined : profiles.get(integration.profile);
  return handoffOf(client, integration, profile, undefined);
}
