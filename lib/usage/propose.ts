import type { Client, Integration } from '../definitions/model/model';
import type { Narrower } from '../definitions/yaml/narrow-edit';
import { dayOf } from '../text/dates';
import type { Usage } from './usage';

/** The narrower definition of an integration, as its use suggests. */
export interface Proposal {
  readonly integration: Integration;
  readonly narrower: Narrower;
  /** Why, in a sentence. */
  readonly why: string;
}

/** Days until one that was never used ends: time for somebody to say that it is needed. */
const GRACE_DAYS = 30;

/**
 * What could be taken away: capabilities that were not used, and, of what was never used, the access after thirty days. What
 * the logs do not show stays.
 *
 * @param lastUsed when an account itself saw an integration used, where that is known
 */
export function proposals(
  clients: readonly Client[],
  usage: Usage,
  today: string,
  lastUsed: (integration: string) => string | undefined = () => undefined,
): Proposal[] {
  return clients
    .flatMap(({ integrations }) => integrations)
    .flatMap((integration): Proposal[] => {
      const used = usage.integrations.find(({ integration: name }) => name === integration.name);
      if (used === undefined || used.unused === null || integration.status !== 'active') return [];
      const since = usage.from?.slice(0, 10) ?? 'the logs begin';
      if (used.lastSeen === null) {
        const seen = lastUsed(integration.name);
        if (seen !== undefined && usage.from !== null && seen >= usage.from) return [];
        const end = dayOf(new Date(Date.parse(today) + GRACE_DAYS * 86_400_000));
        if (integration.expires !== undefined && integration.expires <= end) return [];
        return [{ integration, narrower: { expires: end }, why: `not used since ${since}` }];
      }
      const { unused } = used;
      const access = integration.access.filter((each) => !unused.includes(each));
      if (access.length === integration.access.length || access.length === 0) return [];
      return [{ integration, narrower: { access }, why: `${unused.join(', ')} not used since ${since}` }];
    });
}
