import { Status } from '../rules/vocabulary';
import type { Handoff } from './model';

/** What must be said before anything else, a sentence each. */
export function state({ setup, deployed, needed }: Handoff): string[] {
  const lines: string[] = [];
  if (setup.status === Status.PENDING) {
    lines.push(
      needed.length > 0
        ? 'Not in use yet: enter the values below, then send us what we still need from you.'
        : 'Not in use yet: we will tell you when it is.',
    );
  }
  if (setup.status === Status.SUSPENDED) lines.push('Suspended: nothing works until we tell you.');
  if (!deployed) lines.push('Draft from the definition: it is valid after the deployment.');
  return lines;
}
