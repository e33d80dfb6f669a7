import type { Integration } from '../definitions/model/model';
import type { Profile, Question, Reader, Way } from '../definitions/profiles/profile';
import { wayOf } from '../definitions/profiles/ways';
import { Status } from '../rules/vocabulary';
import type { Needed } from './model';

const WHO: Readonly<Record<Integration['kind'], readonly Needed[]>> = {
  'assumed-role': [
    { key: 'principals', label: 'Role or user ARN', where: 'the role or user of yours that will assume ours' },
    {
      key: 'externalId',
      label: 'External ID',
      where:
        'what your product shows or sends as external ID; write "none" if it sends none, "yours" if we may choose it',
    },
  ],
  'direct-trust': [
    { key: 'principals', label: 'Role or user ARN', where: 'the role or user of yours that will use the bucket' },
  ],
  'roles-anywhere': [
    {
      key: 'trustAnchor',
      label: 'Certificate authority',
      where:
        'the certificate (PEM, no private key) of the authority that issues yours; write "none" if you have none, and we issue your certificate',
    },
    {
      key: 'subject',
      label: 'Subject of the certificate',
      where: 'its common name, organization and organizational unit, as openssl x509 -noout -subject prints them',
    },
  ],
  'web-identity': [
    { key: 'provider', label: 'Issuer of your tokens', where: 'their iss claim, an address that begins with https://' },
    { key: 'audiences', label: 'Audience', where: 'their aud claim' },
    { key: 'subjects', label: 'Subject', where: 'their sub claim; say which part of it varies, if one does' },
  ],
  'access-key': [],
};

/** What a pending integration waits for from us: it is never asked of the vendor. */
export function stillOurs(integration: Integration, profile: Profile | undefined): Needed[] {
  return stillNeeded(integration, profile && wayOf(profile, integration), 'owner');
}

/** What a pending integration waits for, from the vendor or from us. */
export function stillNeeded(integration: Integration, way: Way | undefined, from: Reader): Needed[] {
  if (integration.status !== Status.PENDING) return [];
  const known = (key: string): boolean => {
    const value = (integration as unknown as Record<string, unknown>)[key];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  };
  const missing = (key: string): boolean => !(MODEL_KEYS[key] ?? [key]).some(known);
  const questions: readonly Question[] = way?.sends ?? WHO[integration.kind];
  return questions
    .filter((question) => (question.from ?? 'vendor') === from && missing(question.key))
    .map(({ key, label, where }) => ({ key, label, where }));
}

/** Keys of a definition that the model knows by other names. */
const MODEL_KEYS: Readonly<Record<string, readonly string[]>> = {
  externalId: ['externalIds'],
  trustAnchor: ['certificateAuthority', 'trustAnchorArn'],
};
