/**
 * Roles and users of nobody's: they are no integration, and so must not bring outsiders to a client's bucket.
 */
import { isReaderGrant } from '../rules/account-reader';
import type { FlatResource } from './flat-template';
import { grantsOf, reaches } from './grants';
import { type TemplateInApp, type Violation, violation } from './template-in-app';

/** A role that is no integration's: it may let outsiders in, or reach what is guarded, but not both. */
export function strangeRole(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const outside = grantsOf(resource.properties.AssumeRolePolicyDocument)
    .flatMap(({ principals }) => principals)
    .some((principal) => scene.isOutside(principal));
  return outside ? reach(scene, resource, 'outsiders may assume the role') : [];
}

/** A user that is no integration's: an access key can be in anybody's hands. */
export function strangeUser(scene: TemplateInApp, resource: FlatResource): Violation[] {
  return reach(scene, resource, 'anyone who has its keys acts as the user');
}

function reach(scene: TemplateInApp, resource: FlatResource, who: string): Violation[] {
  if (scene.world.intents.buckets.length === 0) return [];
  const { documents, unseen } = policiesHeld(scene, resource);
  return [
    ...documents
      .flatMap(grantsOf)
      .filter((grant) => !isReaderGrant(grant.actions) && reaches(grant, scene.world.guarded()))
      .map(({ text }) =>
        violation('unknown-statement', resource, 'Policies', `${who}, and it reaches a client's bucket: ${text}`),
      ),
    ...unseen.map((arn) =>
      violation(
        'unknown-statement',
        resource,
        'ManagedPolicyArns',
        `${who}, and the template does not show what ${arn} allows`,
      ),
    ),
  ];
}

interface Held {
  /** Policies that the templates show. */
  readonly documents: readonly unknown[];
  /** ARNs of policies that they don't. */
  readonly unseen: readonly unknown[];
}

/** Every policy of a role, user or group, wherever it is attached. */
function policiesHeld(scene: TemplateInApp, holder: FlatResource): Held {
  const { Policies, ManagedPolicyArns, Groups } = holder.properties;
  const managed = list(ManagedPolicyArns);
  const shown = managed.flatMap((arn) => scene.world.resource(arn) ?? []);
  const named = [...list(Groups), ...joined(scene, holder)];
  const groups = named.flatMap((name) => groupOf(scene, name) ?? []);
  const ofGroups = groups.map((group) => policiesHeld(scene, group));
  return {
    documents: [
      ...list(Policies).map((policy) => (policy as { PolicyDocument?: unknown }).PolicyDocument),
      ...[...shown, ...attachedTo(scene, holder)].map(({ properties }) => properties.PolicyDocument),
      ...ofGroups.flatMap(({ documents }) => documents),
    ],
    unseen: [
      ...managed.filter((arn) => scene.world.resource(arn) === undefined),
      ...named.filter((name) => groupOf(scene, name) === undefined),
      ...ofGroups.flatMap(({ unseen }) => unseen),
    ],
  };
}

function groupOf(scene: TemplateInApp, name: unknown): FlatResource | undefined {
  const groups = scene.world.ofType('AWS::IAM::Group');
  return scene.world.resource(name) ?? groups.find(({ properties }) => properties.GroupName === name);
}

/** The groups that a user is put into from elsewhere. */
function joined(scene: TemplateInApp, { id, properties }: FlatResource): unknown[] {
  return scene.world
    .ofType('AWS::IAM::UserToGroupAddition')
    .filter(({ properties: { Users } }) =>
      list(Users).some((name) => name === `<${id}>` || name === properties.UserName),
    )
    .map(({ properties: { GroupName } }) => GroupName);
}

/** The policies that name whom they belong to. */
function attachedTo(scene: TemplateInApp, { id, properties: own }: FlatResource): FlatResource[] {
  const names: unknown[] = [`<${id}>`, ...list(own.RoleName), ...list(own.UserName), ...list(own.GroupName)];
  return scene.world.ofType(...POLICY_TYPES).filter(({ properties }) => {
    const { Roles, Users, Groups, RoleName, UserName, GroupName } = properties;
    const holders = [Roles, Users, Groups, RoleName, UserName, GroupName].flatMap(list);
    return holders.some((name) => names.includes(name));
  });
}

const POLICY_TYPES = ['', 'Role', 'User', 'Group', 'Managed'].map((kind) => `AWS::IAM::${kind}Policy`);

function list(value: unknown): unknown[] {
  return [value ?? []].flat();
}
