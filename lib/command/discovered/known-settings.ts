import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../definitions/judging/client';
import { readFolder } from '../../definitions/judging/folder';
import type { KnownSettings } from '../../discovery/options';
import { refuseErrors } from '../deployment/load-valid';
import type { Host } from '../host/host';

/**
 * What the settings of a folder say, which may have none, and need not exist.
 * @throws Failure where they have errors, which have then been told
 */
export function knownSettings(dir: string, host: Host): KnownSettings {
  const isThere = existsSync(join(dir, 'settings.yaml'));
  if (!isThere) return { isThere, bucketPrefix: USUAL_PREFIX, ownAccounts: [] };
  const { settings, problems } = readFolder(dir, []);
  const { keys, problems: found } = readSettings(settings);
  refuseErrors([...problems, ...found], dir, host);
  const { account, region, rolePath, permissionsBoundary, organization } = keys;
  const { bucketPrefix = USUAL_PREFIX, ownAccounts = [] } = keys;
  return { isThere, account, region, rolePath, permissionsBoundary, organization, bucketPrefix, ownAccounts };
}

const USUAL_PREFIX = 'integrations';
