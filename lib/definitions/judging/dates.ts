import { validUntil } from '../../rules/certificate';
import type { Finding } from '../../rules/finding';
import { daysBetween } from '../../text/dates';
import { counted } from '../../text/plural';
import type { Problem } from '../yaml/problem';
import type { ClientFiles } from './client';

const SOON_DAYS = 30;

/**
 * Warnings, never errors: a day that has come must not stop another client's deployment.
 * @param today as `YYYY-MM-DD`
 */
export function dateWarnings(client: ClientFiles, today: string): Problem[] {
  return client.integrations.flatMap(({ yaml, integration }) => {
    if (!integration) return [];
    const { expires } = integration;
    const reviewBy = integration.kind === 'access-key' ? integration.reviewBy : undefined;
    const warnings: Problem[] = [];
    const at = (path: string[], finding: Finding) => warnings.push(yaml.problem(finding, path, 'value', 'warning'));
    const warn = (key: string, finding: Finding) => at([key], finding);
    const authority = integration.kind === 'roles-anywhere' ? integration.certificateAuthority : undefined;
    const ends = authority === undefined ? undefined : validUntil(authority);
    if (ends !== undefined) {
      const left = daysBetween(today, ends);
      const fix = 'put the next certificate of the authority into the file, or name its file';
      const path = ['trustAnchor', 'certificate'];
      if (left < 0) at(path, { code: 'expired', message: `the certificate authority expired on ${ends}`, fix });
      else if (left <= SOON_DAYS)
        at(path, {
          code: 'expires-soon',
          message: `the certificate authority expires on ${ends}, in ${counted(left, 'day')}`,
          fix,
        });
    }
    if (expires !== undefined) {
      const left = daysBetween(today, expires);
      if (left <= 0) {
        warn('expires', {
          code: 'expired',
          message: `access ended on ${expires}`,
          fix: 'remove the file, or set a later day',
        });
      } else if (left <= SOON_DAYS) {
        warn('expires', {
          code: 'expires-soon',
          message: `access ends on ${expires}, in ${counted(left, 'day')}`,
          fix: 'set a later day if it is still needed',
        });
      }
    }
    if (reviewBy !== undefined) {
      const left = daysBetween(today, reviewBy);
      if (left <= 0) {
        warn('reviewBy', {
          code: 'review-overdue',
          message: `the access key was due for review on ${reviewBy}`,
          fix: 'ask its owner whether a role is possible now, and set the next day',
        });
      } else if (left <= SOON_DAYS) {
        warn('reviewBy', {
          code: 'review-soon',
          message: `the access key is due for review on ${reviewBy}, in ${counted(left, 'day')}`,
          fix: 'ask its owner whether a role is possible now, and set the next day',
        });
      }
    }
    return warnings;
  });
}
