/** Access keys, profiles and trust anchors of integrations, and what may be one of theirs. */
import { type Json, literalText, mayMeet, type Thing, type Value, valueText } from '../access';
import type { MeantIntegration } from '../proof';
import { fingerprint } from '../rules/certificate';
import { Status } from '../rules/vocabulary';
import { allTexts, at, isAbsent, type ReadResource, textsIn } from '../templates';
import type { JudgedApp } from './judged-app';
import { secretsOf } from './shown-secrets';
import { type Violation, violation } from './violation';

export function accessKeys(judged: JudgedApp): readonly Violation[] {
  return judged.app.ofType('AWS::IAM::AccessKey').flatMap((resource) => {
    const [name = []] = textsIn(at(resource.properties, 'UserName'));
    const found = (location: string, reason: string) => [violation('unknown-key', resource, location, reason)];
    const integration = judged.principalNamed('user', name, resource);
    if (!integration) {
      return judged.perhapsNamed('user', name)
        ? found('UserName', 'the template does not show whose access key it is')
        : [];
    }
    const { intent } = integration;
    const key = { scope: resource.source.name, id: resource.logicalId };
    const isKept = judged
      .secretsOf(integration)
      .some(({ source, written }) => source === resource.source && holds(at(written, 'SecretString'), key));
    const status = textsIn(at(resource.properties, 'Status')).map(literalText);
    const isOff = status.length > 0 && status.every((each) => each === 'Inactive');
    return [
      ...(isKept
        ? []
        : found('UserName', `${intent.integration} has no secret for this key, so it should not have the key`)),
      ...(intent.status === Status.ACTIVE || isOff
        ? []
        : found('Status', `${intent.integration} is ${intent.status}, and its key is active`)),
    ];
  });
}

/** Whether a text has the secret of an access key in it. */
function holds(json: Json, { scope, id }: Pick<Thing, 'scope' | 'id'>): boolean {
  return allTexts(json)
    .flatMap(secretsOf)
    .some((thing) => thing.scope === scope && thing.id === id);
}

export function instanceProfiles(judged: JudgedApp): readonly Violation[] {
  return judged.app.ofType('AWS::IAM::InstanceProfile').flatMap((resource) =>
    textsIn(at(resource.properties, 'Roles')).flatMap((name) => {
      const integration = judged.principalNamed('role', name, resource) ?? judged.perhapsNamed('role', name);
      const reason = `it adds to what ${integration?.intent.integration} is meant to have`;
      return integration ? [violation('more-access', resource, 'Roles', reason)] : [];
    }),
  );
}

export function profiles(judged: JudgedApp): readonly Violation[] {
  const all = judged.app.ofType('AWS::RolesAnywhere::Profile');
  // The first of a name is the one that is meant.
  const first = new Map<string, ReadResource>();
  const keyOf = (resource: ReadResource, name: string) => JSON.stringify([resource.source.name, name]);
  for (const resource of all) {
    const key = keyOf(resource, valueText(textsIn(at(resource.properties, 'Name'))[0] ?? []));
    if (!first.has(key)) first.set(key, resource);
  }
  return all.flatMap((resource) => {
    const { properties } = resource;
    const arns = textsIn(at(properties, 'RoleArns'));
    const found = (location: string, reason: string) => [violation('unknown-profile', resource, location, reason)];
    const own = arns.map((arn) => judged.roleOf(arn, resource)).find((each) => each !== undefined);
    if (!own) {
      return judged.meant.integrations.some((each) => arns.some((arn) => mayBeRole(arn, each)))
        ? found('RoleArns', 'the template does not show whose sessions it opens')
        : [];
    }
    const { integration, trusts, status } = own.intent;
    const isNamed =
      trusts.by === 'certificate' && first.get(keyOf(resource, integration)) === resource && arns.length === 1;
    const isOn = textsIn(at(properties, 'Enabled')).some((text) => literalText(text) !== 'false');
    return [
      ...(isNamed ? [] : found('RoleArns', `it opens sessions of ${integration}, which is not meant to have it`)),
      ...(status !== Status.ACTIVE && isOn ? found('Enabled', `${integration} is ${status}`) : []),
      ...(isAbsent(at(properties, 'AttributeMappings'))
        ? []
        : found('AttributeMappings', `it changes what the trust of ${integration} reads in a certificate`)),
      ...(isAbsent(at(properties, 'ManagedPolicyArns'))
        ? []
        : [violation('more-access', resource, 'ManagedPolicyArns', 'session policies are not meant')]),
    ];
  });
}

function mayBeRole(arn: Value, { intent, account, principal }: MeantIntegration): boolean {
  if (intent.trusts.by !== 'certificate' || !principal) return false;
  return mayMeet(
    arn,
    ['arn:', { wild: 'part' }, ':iam::', ...account, ':role/', { wild: '*' }, ...principal.name],
    'no-case',
  );
}

/** A trust anchor vouches for whom an integration lets in: another certificate in it lets in somebody else. */
export function trustAnchors(judged: JudgedApp): readonly Violation[] {
  const byAnchor = new Map<string, MeantIntegration[]>();
  for (const integration of judged.meant.integrations) {
    if (!integration.trustAnchor) continue;
    const anchor = valueText(integration.trustAnchor);
    byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), integration]);
  }
  return judged.app.ofType('AWS::RolesAnywhere::TrustAnchor').flatMap((resource) => {
    const { properties } = resource;
    const found = byAnchor.get(valueText(judged.app.valueOf(resource, 'TrustAnchorArn'))) ?? [];
    const certificates = literalText(
      textsIn(at(properties, 'Source', 'SourceData', 'X509CertificateData'))[0] ?? [[]].flat(),
    );
    const sourceType = textsIn(at(properties, 'Source', 'SourceType'))
      .map(literalText)
      .join();
    const isOn = textsIn(at(properties, 'Enabled')).some((text) => literalText(text) !== 'false');
    return found.flatMap(({ intent: { integration, status, trusts } }) => {
      if (trusts.by !== 'certificate') return [];
      const isMeant =
        sourceType === 'CERTIFICATE_BUNDLE' &&
        certificates !== undefined &&
        certificates !== '' &&
        fingerprint(certificates) === trusts.authority;
      const changed = (location: string, reason: string) => [
        violation('changed-authority', resource, location, reason),
      ];
      return [
        ...(isMeant ? [] : changed('Source', `it is not the authority of ${integration}'s certificates`)),
        ...(status !== Status.ACTIVE && isOn ? changed('Enabled', `${integration} is ${status}`) : []),
      ];
    });
  });
}
