/** Roles Anywhere: profiles that open sessions of integrations' roles, and the anchors that vouch for certificates. */
import { isObject } from '../account/json';
import type { RolesAnywhereProfile, TrustAnchor } from '../account/services';
import type { RolesAnywhere } from '../definitions/model/model';
import { bareCertificates, fingerprint } from '../rules/certificate';
import { Status } from '../rules/vocabulary';
import { regionOf } from './account-index';
import { awsCommand, inTurn } from './aws-command';
import type { ExpectedIntegration } from './expected';
import type { Finding, VerificationCode } from './finding';
import { logicalId } from './logical-id';
import { isOfRegion } from './principals';
import { aboutIntegration, finding } from './settings';
import { physicalId } from './sited';

export function anywhereFindings(expected: ExpectedIntegration): readonly Finding[] {
  const { integration, arn } = expected;
  if (arn === undefined || integration.kind === 'access-key') return [];
  return [
    ...profileFindings(expected, arn),
    ...(integration.kind === 'roles-anywhere' ? anchorFindings(expected, integration) : []),
  ];
}

function profileFindings(expected: ExpectedIntegration, roleArn: string): readonly Finding[] {
  const { site, integration } = expected;
  const { snapshot } = site.at;
  if (snapshot.rolesAnywhereProfiles === undefined) return [];
  const all = site.at.profilesOf(roleArn);
  const own = integration.kind === 'roles-anywhere' ? ownProfile(expected, all) : undefined;
  const unread = snapshot.notRead.some(
    ({ list, arn }) => list === 'rolesAnywhereProfiles' && isOfRegion(arn, site.region),
  );
  return [
    ...(integration.kind === 'roles-anywhere' && !own && !unread
      ? [finding('missing', aboutIntegration(integration.name), `the profile of ${integration.name} is not there`)]
      : []),
    ...all.filter((profile) => profile !== own).map((profile) => unknownProfile(expected, profile)),
    ...(own && integration.kind === 'roles-anywhere' ? profileDifferences(expected, integration, own) : []),
  ];
}

/** The profile that the stack made; where that is not known, the first of the integration's name. */
function ownProfile(
  { site, integration }: ExpectedIntegration,
  all: readonly RolesAnywhereProfile[],
): RolesAnywhereProfile | undefined {
  const id = physicalId(
    site,
    integration.stackPart,
    'AWS::RolesAnywhere::Profile',
    logicalId(integration.vendor, 'Profile'),
  );
  if (id !== undefined) return all.find(({ profileArn }) => profileArn === id || profileArn.endsWith(`:profile/${id}`));
  return all
    .filter(({ name }) => name === integration.name)
    .sort((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? -1 : 1))[0];
}

function profileOptions({ profileArn }: RolesAnywhereProfile) {
  return { 'profile-id': profileArn.split('/').at(-1), region: regionOf(profileArn) };
}

function unknownProfile({ integration, arn }: ExpectedIntegration, profile: RolesAnywhereProfile): Finding {
  const about = aboutIntegration(integration.name, { resource: profile.profileArn, principal: arn });
  const message = `${profile.profileArn} opens sessions of ${arn}, and is not the profile of ${integration.name}`;
  return finding(
    'unknown-profile',
    about,
    message,
    awsCommand('rolesanywhere', 'delete-profile', profileOptions(profile)),
  );
}

function profileDifferences(
  { integration: { name, status } }: ExpectedIntegration,
  { maxSessionSeconds, acceptRoleSessionName }: RolesAnywhere,
  profile: RolesAnywhereProfile,
): readonly Finding[] {
  const { profileArn, enabled, roleArns = [], durationSeconds, managedPolicyArns = [], attributeMappings } = profile;
  const options = profileOptions(profile);
  const about = aboutIntegration(name, { resource: profileArn });
  const wrong = (code: VerificationCode, what: string, undo: string | null) => [
    finding(code, about, `${profileArn} ${what}`, undo),
  ];
  const update = (more: Readonly<Record<string, string | true>>) =>
    awsCommand('rolesanywhere', 'update-profile', { ...options, ...more });
  const isActive = status === Status.ACTIVE;
  const accepts = profile.acceptRoleSessionName;
  return [
    ...(enabled === undefined || enabled === isActive
      ? []
      : wrong(
          'unknown-profile',
          `is ${enabled ? 'on' : 'off'}, and ${name} is ${status}`,
          awsCommand('rolesanywhere', isActive ? 'enable-profile' : 'disable-profile', options),
        )),
    ...(roleArns.length === 1 ? [] : wrong('unknown-profile', `opens sessions of ${roleArns.length} roles`, null)),
    ...(durationSeconds === undefined || durationSeconds === maxSessionSeconds
      ? []
      : wrong(
          'unknown-profile',
          `opens sessions of ${durationSeconds} seconds, and should of ${maxSessionSeconds}`,
          update({ 'duration-seconds': String(maxSessionSeconds) }),
        )),
    ...(accepts === undefined || accepts === acceptRoleSessionName
      ? []
      : wrong(
          'unknown-profile',
          `${accepts ? 'takes' : 'does not take'} a session name of the caller's choice`,
          update({ [acceptRoleSessionName ? 'accept-role-session-name' : 'no-accept-role-session-name']: true }),
        )),
    // Session policies take away; who reads the definition does not see them.
    ...(managedPolicyArns.length === 0
      ? []
      : wrong('more-access', 'has session policies, which are not defined', null)),
    ...mappingDifferences(attributeMappings, options, wrong),
  ];
}

/** What a certificate's subject means is said by the mappings: those of AWS take all of it. */
function mappingDifferences(
  mappings: RolesAnywhereProfile['attributeMappings'],
  options: ReturnType<typeof profileOptions>,
  wrong: (code: VerificationCode, what: string, undo: string | null) => readonly Finding[],
): readonly Finding[] {
  const ofSubject = (mappings ?? []).find(({ certificateField }) => certificateField === 'x509Subject');
  const rules = ofSubject?.mappingRules;
  const specifiers = Array.isArray(rules) ? rules.filter(isObject).map(({ specifier }) => specifier) : [];
  if (mappings === undefined || specifiers.length === 0 || specifiers.join() === '*') return [];
  const undo = awsCommand('rolesanywhere', 'put-attribute-mapping', {
    ...options,
    'certificate-field': 'x509Subject',
    'mapping-rules': 'specifier=*',
  });
  return wrong('changed-authority', `takes only ${specifiers.join(', ')} of a certificate's subject`, undo);
}

function anchorFindings(
  { site, trustAnchorArn, integration: { name, status } }: ExpectedIntegration,
  { certificateAuthority }: RolesAnywhere,
): readonly Finding[] {
  const { trustAnchors, notRead } = site.at.snapshot;
  if (trustAnchors === undefined || trustAnchorArn === undefined) return [];
  if (notRead.some(({ list, arn }) => list === 'trustAnchors' && isOfRegion(arn, site.region))) return [];
  const anchor = trustAnchorArn === null ? undefined : site.at.anchor(trustAnchorArn);
  if (!anchor)
    return [
      finding(
        'missing',
        aboutIntegration(name, { resource: trustAnchorArn }),
        `the trust anchor of ${name} is not there`,
      ),
    ];
  // Of an anchor that is made elsewhere its makers say what it accepts.
  if (certificateAuthority === undefined) return [];
  return changedAnchor(anchor, name, status, certificateAuthority);
}

function changedAnchor(
  anchor: TrustAnchor,
  name: string,
  status: Status,
  certificateAuthority: string,
): readonly Finding[] {
  const { trustAnchorArn, enabled, source } = anchor;
  const options = { 'trust-anchor-id': trustAnchorArn.split('/').at(-1), region: regionOf(trustAnchorArn) };
  const about = aboutIntegration(name, { resource: trustAnchorArn });
  const findings: Finding[] = [];
  const isActive = status === Status.ACTIVE;
  if (enabled !== undefined && enabled !== isActive) {
    const undo = awsCommand('rolesanywhere', isActive ? 'enable-trust-anchor' : 'disable-trust-anchor', options);
    findings.push(
      finding(
        'changed-authority',
        about,
        `${trustAnchorArn} is ${enabled ? 'on' : 'off'}, and ${name} is ${status}`,
        undo,
      ),
    );
  }
  if (source === undefined) return findings;
  const { sourceType, sourceData } = source;
  const found = isObject(sourceData) ? sourceData.x509CertificateData : undefined;
  const authority = bareCertificates(certificateAuthority);
  const isMeant =
    sourceType === 'CERTIFICATE_BUNDLE' && typeof found === 'string' && fingerprint(found) === fingerprint(authority);
  if (!isMeant) {
    const wanted = { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: authority } };
    const undo = inTurn([
      awsCommand('rolesanywhere', 'update-trust-anchor', { ...options, source: JSON.stringify(wanted) }),
    ]);
    const message = `${trustAnchorArn} is not the authority of ${name}'s certificates`;
    findings.push(finding('changed-authority', about, message, undo));
  }
  return findings;
}
