/**
 * Roles, users, access keys and profiles, and whatever is attached to them.
 */
import { type Intent, policiesOf } from '../rules/intent';
import { Status } from '../rules/vocabulary';
import { difference, same } from './compare';
import type { FlatResource } from './flat-template';
import { type Grant, grantsOf, reaches } from './grants';
import { type Scene, type Violation, violation } from './scene';

export function role(scene: Scene, resource: FlatResource): Violation[] {
  const { properties } = resource;
  const intent = scene.byPrincipal.get(String(properties.RoleName));
  if (!intent || intent.trusts.by === 'access-key') return stranger(scene, resource);
  const { trust } = policiesOf(intent);
  return [
    ...(same(properties.AssumeRolePolicyDocument, trust)
      ? []
      : [
          violation(
            'changed-trust',
            resource,
            'AssumeRolePolicyDocument',
            `it is not the trust that ${intent.integration} is meant to have: ${difference(properties.AssumeRolePolicyDocument, trust)}`,
          ),
        ]),
    ...inline(resource, intent),
  ];
}

export function user(scene: Scene, resource: FlatResource): Violation[] {
  const intent = scene.byPrincipal.get(String(resource.properties.UserName));
  if (intent?.trusts.by !== 'access-key') return [];
  const { LoginProfile, Groups } = resource.properties;
  return [
    ...inline(resource, intent),
    ...(LoginProfile === undefined
      ? []
      : [violation('more-access', resource, 'LoginProfile', 'the user can sign in to the console')]),
    ...(Groups === undefined
      ? []
      : [violation('more-access', resource, 'Groups', 'the user has the policies of a group')]),
  ];
}

function inline(resource: FlatResource, intent: Intent): Violation[] {
  const { Policies = [], ManagedPolicyArns } = resource.properties;
  const { access } = policiesOf(intent);
  const documents = (Policies as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) => PolicyDocument);
  const changed = documents.length !== 1 || !same(documents[0], access);
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

export function accessKey(scene: Scene, resource: FlatResource): Violation[] {
  const intent = scene.principal(resource.properties.UserName);
  if (!intent) return [];
  const secret = scene.template.resources.some(
    ({ type, properties }) =>
      type === 'AWS::SecretsManager::Secret' &&
      String(properties.SecretString).includes(`<${resource.logicalId}.SecretAccessKey>`),
  );
  const off = intent.status !== Status.ACTIVE && resource.properties.Status !== 'Inactive';
  return [
    ...(secret
      ? []
      : [
          violation(
            'unknown-key',
            resource,
            'UserName',
            `${intent.integration} has no secret for this key: it was not meant`,
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
export function attached(scene: Scene, resource: FlatResource): Violation[] {
  const { Roles = [], Users = [], RoleName, UserName } = resource.properties;
  const names = [Roles, Users, RoleName ?? [], UserName ?? []].flat();
  const intent = names.map((name) => scene.principal(name)).find((each) => each !== undefined);
  if (intent)
    return [violation('more-access', resource, 'Roles', `it adds to what ${intent.integration} is meant to have`)];
  return [];
}

export function profile(scene: Scene, resource: FlatResource): Violation[] {
  const { RoleArns = [], ManagedPolicyArns } = resource.properties;
  const own = [RoleArns]
    .flat()
    .map((arn) => scene.principal(arn))
    .find((each) => each !== undefined);
  if (!own) return [];
  const named = own.integration === resource.properties.Name && own.trusts.by === 'certificate';
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

/** A role of nobody's that lets outsiders in and reaches a client's bucket or key. */
function stranger(scene: Scene, resource: FlatResource): Violation[] {
  const outside = grantsOf(resource.properties.AssumeRolePolicyDocument).filter((grant) => grant.outside);
  if (outside.length === 0) return [];
  const documents = [
    ...((resource.properties.Policies ?? []) as { PolicyDocument: unknown }[]).map(
      ({ PolicyDocument }) => PolicyDocument,
    ),
    ...scene.template.resources
      .filter(
        ({ type, properties }) =>
          /^AWS::IAM::(?:Role|Managed)?Policy$/.test(type) &&
          [properties.Roles ?? [], properties.RoleName ?? []]
            .flat()
            .some((name) => [`<${resource.logicalId}>`, resource.properties.RoleName].includes(name as string)),
      )
      .map(({ properties }) => properties.PolicyDocument),
  ];
  const guarded = [...scene.bucketNames(), ...scene.keyNames()];
  return documents
    .flatMap((document) => grantsOf(document))
    .filter((grant: Grant) => reaches(grant, guarded))
    .map((grant) =>
      violation(
        'unknown-statement',
        resource,
        'Policies',
        `outsiders may assume the role, and it reaches a client's bucket: ${grant.text}`,
      ),
    );
}
