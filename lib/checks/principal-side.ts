/**
 * Roles, users, access keys and profiles, and whatever is attached to them.
 */
import { fingerprint } from '../rules/certificate';
import type { Intent } from '../rules/intent';
import { Status } from '../rules/vocabulary';
import { comesTo, difference, isDeny, same, statementsOf } from './compare';
import { type FlatResource, isUnknown } from './flat-template';
import { grantsOf, reaches } from './grants';
import { strangeRole, strangeUser } from './strangers';
import { type TemplateInApp, type Violation, violation } from './template-in-app';

export function role(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const { properties } = resource;
  const intent = scene.world.named(properties.RoleName);
  if (!intent || intent.trusts.by === 'access-key') return strangeRole(scene, resource);
  const { trust } = scene.world.policies(intent);
  return [
    ...(comesTo(statementsOf(properties.AssumeRolePolicyDocument), trust)
      ? []
      : [
          violation(
            'changed-trust',
            resource,
            'AssumeRolePolicyDocument',
            `it is not the trust that ${intent.integration} is meant to have: ${difference(properties.AssumeRolePolicyDocument, trust)}`,
          ),
        ]),
    ...inline(scene, resource, intent),
  ];
}

export function user(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const intent = scene.world.named(resource.properties.UserName);
  if (intent?.trusts.by !== 'access-key') return strangeUser(scene, resource);
  const { LoginProfile, Groups } = resource.properties;
  return [
    ...inline(scene, resource, intent),
    ...(LoginProfile === undefined
      ? []
      : [violation('more-access', resource, 'LoginProfile', 'the user can sign in to the console')]),
    ...(Groups === undefined
      ? []
      : [violation('more-access', resource, 'Groups', 'the user has the policies of a group')]),
  ];
}

function inline(scene: TemplateInApp, resource: FlatResource, intent: Intent): Violation[] {
  const { Policies = [], ManagedPolicyArns } = resource.properties;
  const { access } = scene.world.policies(intent);
  const documents = (Policies as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) => PolicyDocument);
  const changed = !comesTo(documents.flatMap(statementsOf), access);
  return [
    ...(changed
      ? [
          violation(
            'changed-access',
            resource,
            'Policies',
            `it is not the access that ${intent.integration} is meant to have: ${difference(documents, [access])}`,
          ),
        ]
      : []),
    ...(ManagedPolicyArns === undefined || same(ManagedPolicyArns, [])
      ? []
      : [
          violation(
            'more-access',
            resource,
            'ManagedPolicyArns',
            `managed policies add to what ${intent.integration} is meant to have`,
          ),
        ]),
  ];
}

export function accessKey(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const { UserName } = resource.properties;
  const intent = scene.world.principal(UserName);
  if (!intent) {
    const keys = scene.world.intents.integrations.some(({ trusts }) => trusts.by === 'access-key');
    return keys && isUnknown(UserName)
      ? [violation('unknown-key', resource, 'UserName', 'the template does not show whose access key it is')]
      : [];
  }
  const secret = scene.world
    .secretsOf(intent)
    .some(({ properties }) => String(properties.SecretString).includes(`<${resource.id}.SecretAccessKey>`));
  const off = intent.status !== Status.ACTIVE && resource.properties.Status !== 'Inactive';
  return [
    ...(secret
      ? []
      : [
          violation(
            'unknown-key',
            resource,
            'UserName',
            `${intent.integration} has no secret for this key, so it should not have the key`,
          ),
        ]),
    ...(off
      ? [
          violation(
            'unknown-key',
            resource,
            'Status',
            `${intent.integration} is ${intent.status}, and its key is active`,
          ),
        ]
      : []),
  ];
}

/** Policies and groups beside the inline one. */
export function attached(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const { Roles = [], Users = [], RoleName, UserName, PolicyDocument } = resource.properties;
  if (PolicyDocument !== undefined && statementsOf(PolicyDocument).every(isDeny)) return [];
  const names = [Roles, Users, RoleName ?? [], UserName ?? []].flat();
  const intent = names.map((name) => scene.world.principal(name)).find((each) => each !== undefined);
  if (intent)
    return [violation('more-access', resource, 'Roles', `it adds to what ${intent.integration} is meant to have`)];
  if (names.some(isUnknown) && grantsOf(PolicyDocument).some((grant) => reaches(grant, scene.world.guarded())))
    return [
      violation(
        'more-access',
        resource,
        'Roles',
        "the template does not show whose policy it is, and it reaches a client's bucket",
      ),
    ];
  return [];
}

export function profile(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const { RoleArns = [], ManagedPolicyArns } = resource.properties;
  const own = [RoleArns]
    .flat()
    .map((arn) => scene.world.principal(arn))
    .find((each) => each !== undefined);
  if (!own) return [];
  const meant = scene.world.profileNamed(own.integration);
  const named = own.trusts.by === 'certificate' && meant === resource && [RoleArns].flat().length === 1;
  const off = own.status !== Status.ACTIVE && resource.properties.Enabled === true;
  return [
    ...(named
      ? []
      : [
          violation(
            'unknown-profile',
            resource,
            'RoleArns',
            `it opens sessions of ${own.integration}, which is not meant to have it`,
          ),
        ]),
    ...(off ? [violation('unknown-profile', resource, 'Enabled', `${own.integration} is ${own.status}`)] : []),
    ...(ManagedPolicyArns === undefined
      ? []
      : [violation('more-access', resource, 'ManagedPolicyArns', 'session policies are not meant')]),
  ];
}

/** A trust anchor vouches for whom an integration lets in: another certificate in it lets in somebody else. */
export function trustAnchor(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const { Source, Enabled } = resource.properties;
  const { SourceData } = (Source ?? {}) as { SourceData?: { X509CertificateData?: unknown } };
  const certificates = SourceData?.X509CertificateData;
  const bundle = same(Source, { SourceType: 'CERTIFICATE_BUNDLE', SourceData: { X509CertificateData: certificates } });
  return scene.world.vouchedFor(resource).flatMap(({ integration, status, trusts }) => {
    if (trusts.by !== 'certificate') return [];
    const meant = bundle && typeof certificates === 'string' && fingerprint(certificates) === trusts.authority;
    const off = status !== Status.ACTIVE && Enabled === true;
    return [
      ...(meant
        ? []
        : [
            violation(
              'changed-authority',
              resource,
              'Source',
              `it is not the authority of ${integration}'s certificates`,
            ),
          ]),
      ...(off ? [violation('changed-authority', resource, 'Enabled', `${integration} is ${status}`)] : []),
    ];
  });
}
