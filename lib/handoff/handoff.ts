import { bucketOf, type Client, type Company, type Integration } from '../definitions/model/model';
import type { Profile, Way } from '../definitions/profiles/profile';
import { stepsOf, wayOf } from '../definitions/profiles/ways';
import { partitionOf } from '../rules/names';
import { type KnownSetup, type SetupInformation, setupInformation } from '../rules/setup-information';
import { Status } from '../rules/vocabulary';
import { all } from '../text/list';
import { counted } from '../text/plural';
import { commandsFor } from './commands';
import { fieldsFor, sessionName, statementsFor } from './fields';
import { titleOf } from './letterhead';
import type { Handoff, Issued, Since, Trouble } from './model';
import { stillNeeded } from './needed';
import { troubleshooting } from './troubleshooting';
import { trustOf, trustRows } from './trust';
import { policyFor } from './vendor-side';

/** Of whom a hand-off is, and of when. */
export interface Sender {
  readonly company?: Company;
  readonly issued?: Issued;
  readonly since?: Since;
}

/**
 * The hand-off of an integration.
 *
 * @param deployed its setup information as the stack put it out; a draft from the definition without it, as far as
 *   account and region are known
 */
export function handoffOf(
  client: Client,
  integration: Integration,
  profile: Profile | undefined,
  deployed: SetupInformation | undefined,
  sender: Sender = {},
): Handoff {
  const setup = deployed ?? setupFrom(client, integration);
  const way = profile && wayOf(profile, integration);
  const from = [...integration.sourceIps, ...integration.vpcEndpoints, ...integration.sourceVpcs];
  const isActive = integration.status === Status.ACTIVE;
  return {
    setup,
    title: titleOf(client, integration, profile),
    product: profile?.title ?? integration.vendor,
    hasProfile: profile !== undefined,
    clientTitle: client.title,
    contact: integration.contact,
    ...sender,
    description: integration.description,
    trust: trustOf(integration, setup),
    trusted: trustRows(integration, setup, from),
    access: integration.access,
    expires: integration.expires,
    from,
    roleSessionName:
      'roleSessionName' in integration && integration.roleSessionName ? sessionName(integration) : undefined,
    deployed: deployed !== undefined,
    fields: fieldsFor(client, integration, setup, way),
    statements: statementsFor(client, integration, setup, way),
    needed: stillNeeded(integration, way, 'vendor'),
    sessions: sessionsOf(integration),
    commands: isActive ? commandsFor(integration, setup) : [],
    test: isActive ? stepsOf(way?.test ?? profile?.test, integration.access) : [],
    vendorPolicy: isActive && asksVendor(integration, profile) ? policyFor(client, integration, setup) : undefined,
    troubleshooting: isActive ? troublesOf(client, integration, profile, way) : [],
    limits: [...(way?.limits ?? []), ...(profile?.limits ?? [])],
    sources: profile?.sources ?? [],
  };
}

/** Whose own account allows what its product does, nobody tells. A product that assumes roles is set up to do so. */
function asksVendor(integration: Integration, profile: Profile | undefined): boolean {
  return profile === undefined || integration.kind === 'direct-trust';
}

/** The vendor's own messages first, then those of S3 and IAM; of what only we can correct, not why. */
function troublesOf(
  client: Client,
  integration: Integration,
  profile: Profile | undefined,
  way: Way | undefined,
): Trouble[] {
  const own = [...(way?.errors ?? []), ...(profile?.errors ?? [])].map((error): Trouble => {
    const { who = 'vendor' } = error;
    return who === 'vendor' ? { ...error, who } : { ...OURS, message: error.message };
  });
  const general = troubleshooting(client, integration).map((error): Trouble => ({ ...error, who: 'vendor' }));
  return [...own, ...general];
}

const OURS = {
  cause: 'Something on our side.',
  remedy: 'Send us the message: this is ours to correct.',
  who: 'owner',
} as const;

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
