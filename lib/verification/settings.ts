/** What is compared with the definitions thing by thing, beside what the judgement compares: what is there, and how it is set. */
import { namesOf } from '../rules/names';
import type { Finding, VerificationCode } from './finding';
import { CODES } from './fixes';

/** Whom and what a finding is about. */
export interface About {
  readonly client: string | null;
  readonly integration?: string | null;
  readonly resource?: string | null;
  readonly principal?: string | null;
}

export function finding(code: VerificationCode, about: About, message: string, undo: string | null = null): Finding {
  const { client, integration = null, resource = null, principal = null } = about;
  const { fix } = CODES[code];
  return { code, severity: 'error', client, integration, resource, principal, message, fix, undo };
}

/** About an integration, and perhaps something of it. */
export function aboutIntegration(integration: string, more: Partial<About> = {}): About {
  return { client: namesOf(integration).client, integration, ...more };
}
