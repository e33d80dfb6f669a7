import type { Integration } from './model';

/** Whom an integration lets in, in words: principals, certificates, tokens, or the user whose access keys are handed over; empty where it is nobody yet. */
export function whoIs(integration: Integration): readonly string[] {
  switch (integration.kind) {
    case 'assumed-role':
    case 'direct-trust':
      return integration.principals;
    case 'roles-anywhere': {
      const { commonName, organization, organizationalUnit } = integration.subject ?? {};
      const subject = Object.entries({ CN: commonName, O: organization, OU: organizationalUnit })
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => `${key}=${value}`);
      return subject.length === 0 ? [] : [`certificate ${subject.join(', ')}`];
    }
    case 'web-identity': {
      const { provider, subjects, roleSessionName } = integration;
      if (provider === undefined) return [];
      if (subjects.length === 0)
        return roleSessionName === undefined ? [] : [`${provider} with session name ${roleSessionName}`];
      return subjects.map((subject) => `${provider} subject ${subject}`);
    }
    case 'access-key':
      return [`user ${integration.name}`];
    default:
      return integration satisfies never;
  }
}

/** As {@link whoIs}, without session names: some vendors use them as the shared secret of their customers. */
export function whoIsToShow(integration: Integration): readonly string[] {
  if (integration.kind !== 'web-identity' || integration.roleSessionName === undefined) return whoIs(integration);
  return whoIs({ ...integration, roleSessionName: '(not shown)' });
}
