import { bucketOf, type Client, type Company, type Integration } from '../definitions/model/model';
import type { Profile, Question, Reader, Way } from '../definitions/profiles/profile';
import { stepsOf, wayOf } from '../definitions/profiles/ways';
import { partitionOf } from '../rules/names';
import { type KnownSetup, type SetupInformation, setupInformation } from '../rules/setup-information';
import { Status } from '../rules/vocabulary';
import { all } from '../text/list';
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
 * @param company who hands it over
 */
export function handoffOf(
  client: Client,
  integration: Integration,
  profile: Profile | undefined,
  deployed: SetupInformation | undefined,
  company?: Company,
): Handoff {
  const setup = deployed ?? setupFrom(client, integration);
  const way = profile && wayOf(profile, integration);
  return {
    setup,
    title: profile?.title ?? integration.vendor,
    clientTitle: client.title,
    company,
    contact: integration.contact,
    description: integration.description,
    access: integration.access,
    expires: integration.expires,
    from: [...integration.sourceIps, ...integration.vpcEndpoints, ...integration.sourceVpcs],
    roleSessionName:
      'roleSessionName' in integration && integration.roleSessionName ? sessionName(integration) : undefined,
    deployed: deployed !== undefined,
    fields: fieldsFor(client, integration, setup, way),
    needed: stillNeeded(integration, way, 'vendor'),
    sessions: sessionsOf(integration),
    commands: integration.status === Status.ACTIVE ? commandsFor(integration, setup) : [],
    test: stepsOf(way?.test ?? profile?.test, integration.access),
    troubleshooting: [
      ...[...(way?.errors ?? []), ...(profile?.errors ?? [])].map((error) => ({ who: 'vendor' as const, ...error })),
      ...troubleshooting(client, integration).map((error) => ({ who: 'vendor' as const, ...error })),
    ],
    limits: [...(way?.limits ?? []), ...(profile?.limits ?? [])],
    sources: profile?.sources ?? [],
  };
}

/** The setup information as far as it is known before anything is deployed. */
export function setupFrom(client: Client, integration: Integration): KnownSetup {
  const { account, region, rolePath } = client;
  const { name: bucketName, kmsKey } = bucketOf(client, integration);
  const kmsKeyArn = kmsKey === 'create' ? undefined : kmsKey;
  const partition = partitionOf(region) ?? 'aws';
  const made = integration.kind === 'roles-anywhere' ? { trustAnchorArn: integration.trustAnchorArn } : {};
  return setupInformation(integration, { bucketName, partition, account, region, rolePath, kmsKeyArn }, made);
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
  const chain = chained ? '; one hour where the role is assumed from a session of another role (role chaining)' : '';
  return [`Sessions last up to ${length}${chain}.`, ...carriedBy(integration)].join(' ');
}

/** What a session may carry beside a name. */
function carriedBy(integration: Integration): string[] {
  const carried = [
    ...('sessionTags' in integration && integration.sessionTags ? ['session tags'] : []),
    ...('sourceIdentity' in integration && integration.sourceIdentity ? ['a source identity'] : []),
  ];
  return carried.length === 0 ? [] : [`They may carry ${all(carried)}.`];
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

/** What a pending integration waits for from us: it is never asked of the vendor. */
export function stillOurs(integration: Integration, profile: Profile | undefined): Needed[] {
  return stillNeeded(integration, profile && wayOf(profile, integration), 'owner');
}

/** What a pending integration waits for, from the vendor or from us. */
function stillNeeded(integration: Integration, way: Way | undefined, from: Reader): Needed[] {
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
