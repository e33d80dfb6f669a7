import { ofPages, type Reading } from './reading';

/** IAM Roles Anywhere: whose certificates are trusted, and which roles they may assume. */
export async function readRolesAnywhere(reading: Reading, regions: readonly string[]) {
  const { ask } = reading;
  const [trustAnchors, rolesAnywhereProfiles] = await Promise.all([
    reading.ofRegions('trustAnchors', regions, ['rolesanywhere', 'trust-anchor/*'], (region) =>
      ofPages(
        (nextToken) => ask('rolesanywhere', region, 'ListTrustAnchors', { nextToken }),
        (page) => page.trustAnchors,
        (page) => page.nextToken,
      ),
    ),
    reading.ofRegions('rolesAnywhereProfiles', regions, ['rolesanywhere', 'profile/*'], (region) =>
      ofPages(
        (nextToken) => ask('rolesanywhere', region, 'ListProfiles', { nextToken }),
        (page) => page.profiles,
        (page) => page.nextToken,
      ),
    ),
  ]);
  return { trustAnchors, rolesAnywhereProfiles };
}
