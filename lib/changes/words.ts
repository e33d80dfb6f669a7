/** Plain words for what definitions say, each to stand in a sentence. */

import type { Bucket, Integration } from '../definitions/model/model';
import { accessPointOf } from '../rules/access-points';
import { parseCertificates } from '../rules/certificate';
import { Capability } from '../rules/confinement';
import { LEAST_MAX_SESSION } from '../rules/duration';
import type { ExternalTrust } from '../rules/trust';
import { Status } from '../rules/vocabulary';
import { all, either } from '../text/list';

/** What a capability brings. */
interface Deed {
  /** Under the prefix, or beyond it. */
  readonly where: 'under' | 'beyond';
  /** As a verb; some capabilities bring more together than alone. */
  readonly verb: (has: (other: Capability) => boolean) => string;
}

const DEEDS: Readonly<Record<Capability, Deed>> = {
  [Capability.LIST]: { where: 'under', verb: () => 'list' },
  [Capability.READ]: { where: 'under', verb: () => 'read' },
  [Capability.WRITE]: { where: 'under', verb: () => 'write' },
  [Capability.DELETE]: {
    where: 'under',
    verb: (has) => {
      const also = [
        ...(has(Capability.VERSIONS) ? ['earlier versions'] : []),
        ...(has(Capability.TAGS) ? ['object tags'] : []),
      ];
      return also.length === 0 ? 'delete' : `delete (${all(also)} too)`;
    },
  },
  [Capability.VERSIONS]: {
    where: 'under',
    verb: (has) =>
      has(Capability.DELETE) ? 'see, fetch and delete earlier versions' : 'see and fetch earlier versions',
  },
  [Capability.TAGS]: {
    where: 'under',
    verb: (has) => (has(Capability.DELETE) ? 'read, set and delete object tags' : 'read and set object tags'),
  },
  [Capability.ACL]: { where: 'under', verb: () => 'send the ACL bucket-owner-full-control' },
  [Capability.RETENTION_READ]: { where: 'under', verb: () => 'read retention and legal hold' },
  [Capability.ROOT_LIST]: {
    where: 'beyond',
    verb: () => "list from the bucket's root, which shows other integrations' key names",
  },
  [Capability.LIST_BUCKETS]: { where: 'beyond', verb: () => "see the names of all the account's buckets" },
};

/**
 * What some capabilities bring, as verbs.
 * @param among all that the integration has
 */
export function deeds(
  capabilities: readonly Capability[],
  among: readonly Capability[],
): { readonly under: readonly string[]; readonly beyond: readonly string[] } {
  const has = (capability: Capability) => among.includes(capability);
  const verbs = (where: Deed['where']) =>
    Object.values(Capability)
      .filter((capability) => capabilities.includes(capability) && DEEDS[capability].where === where)
      .map((capability) => DEEDS[capability].verb(has));
  return { under: verbs('under'), beyond: verbs('beyond') };
}

/** `under adobe/`. */
export function under(prefix: string): string {
  return prefix === '' ? 'in the whole bucket' : `under ${prefix}`;
}

/** `s3://integrations-kohler/adobe/`. */
export function place(bucket: Bucket, prefix: string): string {
  return `s3://${bucket.name}/${prefix}`;
}

/** `1h30m`. */
export function duration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.round((seconds % 3600) / 60)];
  return `${hours > 0 ? `${hours}h` : ''}${minutes > 0 || hours === 0 ? `${minutes}m` : ''}`;
}

/** How long a session lasts at most, in seconds; undefined where there are none. */
export function sessionOf(integration: Integration): number | undefined {
  if (!('maxSessionSeconds' in integration)) return undefined;
  const { kind, maxSessionSeconds } = integration;
  // A role has no shorter maximum; a profile of Roles Anywhere has.
  return kind === 'roles-anywhere' ? maxSessionSeconds : Math.max(maxSessionSeconds, LEAST_MAX_SESSION);
}

/** The certificates of an authority, each told by its subject and fingerprint. */
export function authority(pem: string): string[] {
  return parseCertificates(pem).map(
    ({ subject, fingerprint256 }) =>
      `${subject.replaceAll('\n', ', ')} (SHA-256 ${fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase()}…)`,
  );
}

export function subjectOf(subject: Extract<Integration, { kind: 'roles-anywhere' }>['subject']): string {
  const { commonName, organization, organizationalUnit } = subject ?? {};
  return Object.entries({ CN: commonName, O: organization, OU: organizationalUnit })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

/** Who is let in, as the subject of a sentence. */
export function who(integration: Integration): string {
  switch (integration.kind) {
    case 'assumed-role':
      return all(integration.trusts?.map(trustText) ?? integration.principals) || 'nobody yet';
    case 'direct-trust':
      return all(integration.principals) || 'nobody yet';
    case 'roles-anywhere': {
      const { certificateAuthority, trustAnchorArn } = integration;
      const issuer = certificateAuthority === undefined ? trustAnchorArn : either(authority(certificateAuthority));
      return `anyone who has a certificate for ${subjectOf(integration.subject)} issued by ${issuer}`;
    }
    case 'web-identity': {
      const { provider, audiences, subjects } = integration;
      const by = subjects.length === 0 ? '' : ` and the subject ${either(subjects)}`;
      return `anyone who has a token of ${provider} for the audience ${either(audiences)}${by}`;
    }
    case 'access-key':
      return `anyone who has the access key in slot ${either(integration.keys)}`;
    default:
      return integration satisfies never;
  }
}

function trustText({ principal, externalId }: ExternalTrust): string {
  return externalId === undefined ? principal : `${principal} with an external ID of its own`;
}

/** The conditions under which it works, beside who and where. */
export function conditions(integration: Integration): string[] {
  const { expires } = integration;
  const session = sessionOf(integration);
  const named = 'roleSessionName' in integration ? integration.roleSessionName : undefined;
  const externalIds = integration.kind === 'assumed-role' && !integration.trusts ? integration.externalIds : [];
  const itself = integration.kind === 'assumed-role' && integration.selfAssume ? ' (which may assume itself)' : '';
  return [
    ...('roleName' in integration ? [`as role ${integration.roleName}${itself}`] : []),
    ...(externalIds.length > 0 ? ['with an external ID'] : []),
    ...(named === undefined ? [] : [`with session name ${named}`]),
    ...(integration.kind === 'roles-anywhere' && integration.acceptRoleSessionName
      ? ['with a session name of its choice']
      : []),
    ...('sessionTags' in integration && integration.sessionTags ? ['with session tags'] : []),
    ...('sourceIdentity' in integration && integration.sourceIdentity ? ['with a source identity'] : []),
    ...(session === undefined ? [] : [`for sessions of up to ${duration(session)}`]),
    ...(originsOf(integration).length > 0 ? [`from ${either(originsOf(integration))}`] : []),
    ...(accessPointOf(integration) === undefined ? [] : [`through the access point ${accessPointOf(integration)}`]),
    ...(expires === undefined ? [] : [`until ${expires}`]),
  ];
}

/** From where it may be used; none is from anywhere. */
export function originsOf({ sourceIps, vpcEndpoints, sourceVpcs }: Integration): string[] {
  return [...sourceIps, ...vpcEndpoints, ...sourceVpcs];
}

/** Who may do what, where and how: an integration in one sentence. */
export function inOneSentence(integration: Integration, bucket: Bucket): string {
  const { under: here, beyond } = deeds(integration.access, integration.access);
  const what = [...(here.length > 0 ? [`${all(here)} ${under(integration.prefix)}`] : []), ...beyond].join(', and ');
  return [`${who(integration)} may ${what} (${place(bucket, integration.prefix)})`, ...conditions(integration)].join(
    ', ',
  );
}

export function isActive({ status }: Integration): boolean {
  return status === Status.ACTIVE;
}
