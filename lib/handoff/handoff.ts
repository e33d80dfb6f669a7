import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import type { Profile } from '../definitions/profiles/profile';
import { wayOf } from '../definitions/profiles/profile-rules';
import { partitionOf } from '../rules/names';
import { type KnownSetup, type SetupInformation, setupInformation } from '../rules/setup-information';
import { Status } from '../rules/vocabulary';
import { counted } from '../text/plural';
import { commandsFor } from './commands';
import { fieldsFor, sessionName } from './fields';
import type { Handoff, Needed } from './model';
import { troubleshooting } from './troubleshooting';

/**
 * The hand-off of an integration.
 *
 * @param deployed its setup information as the stack put it out; worked out from the definition without it, as far as
 *   account and region are known
 */
export function handoffOf(
  client: Client,
  integration: Integration,
  profile: Profile | undefined,
  deployed: SetupInformation | undefined,
): Handoff {
  const setup = deployed ?? setupFrom(client, integration);
  const way = profile && wayOf(profile, integration.kind);
  return {
    setup,
    title: profile?.title ?? integration.vendor,
    description: integration.description,
    access: integration.access,
    expires: integration.expires,
    roleSessionName:
      'roleSessionName' in integration && integration.roleSessionName ? sessionName(integration) : undefined,
    deployed: deployed !== undefined,
    fields: fieldsFor(client, integration, setup, way),
    needed: integration.status === Status.PENDING ? stillNeeded(integration, way?.sends) : [],
    sessions: sessionsOf(integration),
    commands: integration.status === Status.ACTIVE ? commandsFor(integration, setup) : [],
    test: profile?.test ?? [],
    troubleshooting: [...(profile?.errors ?? []), ...troubleshooting(client, integration)],
    limits: profile?.limits ?? [],
    sources: profile?.sources ?? [],
  };
}

/** The setup information as far as it is known before anything is deployed. */
export function setupFrom(client: Client, integration: Integration): KnownSetup {
  const { account, region } = client;
  const { name: bucketName } = bucketOf(client, integration);
  const partition = partitionOf(region) ?? 'aws';
  const made = integration.kind === 'roles-anywhere' ? { trustAnchorArn: integration.trustAnchorArn } : {};
  return setupInformation(integration, { bucketName, partition, account, region }, made);
}

/** An hour is the end for who reaches a role from another role, whatever the role allows. */
function sessionsOf(integration: Integration): string | undefined {
  if (!('maxSessionSeconds' in integration)) return undefined;
  const hours = integration.maxSessionSeconds / 3600;
  const length =
    hours >= 1 && Number.isInteger(hours * 2)
      ? counted(hours, 'hour')
      : `${integration.maxSessionSeconds / 60} minutes`;
  const chained = integration.kind === 'assumed-role' && hours > 1;
  return `Sessions last up to ${length}${chained ? '; one hour where the role is assumed from a session of another role (role chaining)' : ''}.`;
}

const WHO: Readonly<Record<Integration['kind'], readonly Needed[]>> = {
  'assumed-role': [{ key: 'principals', label: 'Role or user ARN', where: 'the role or user that will assume ours' }],
  'direct-trust': [
    { key: 'principals', label: 'Role or user ARN', where: 'the role or user that will use the bucket' },
  ],
  'roles-anywhere': [
    {
      key: 'trustAnchor',
      label: 'Certificate authority',
      where: 'the PEM of the authority that issues your certificate',
    },
    {
      key: 'subject',
      label: 'Subject of the certificate',
      where: 'its common name, organization and organizational unit',
    },
  ],
  'web-identity': [
    { key: 'provider', label: 'Issuer of your tokens', where: 'their iss claim' },
    { key: 'audiences', label: 'Audience', where: 'their aud claim' },
    { key: 'subjects', label: 'Subject', where: 'their sub claim' },
  ],
  'access-key': [],
};

/** What a pending integration waits for. */
function stillNeeded(integration: Integration, sends: readonly Needed[] | undefined): Needed[] {
  const missing = (key: string): boolean => {
    const value = (integration as unknown as Record<string, unknown>)[MODEL_KEYS[key] ?? key];
    return value === undefined || (Array.isArray(value) && value.length === 0);
  };
  return [...(sends ?? WHO[integration.kind])].filter(({ key }) => missing(key));
}

/** Keys of a definition that the model knows by another name. */
const MODEL_KEYS: Readonly<Record<string, string>> = { externalId: 'externalIds', trustAnchor: 'certificateAuthority' };
