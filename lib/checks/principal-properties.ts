/** Settings of integrations' roles and users beside their policies, and what of an integration stays when it is removed. */
import { forms, type Json, literalText, valueText } from '../access';
import { DEFAULT_SESSION_SECONDS } from '../rules/meant-settings';
import { at, type ReadResource } from '../templates';
import { under } from './door-check';
import type { JudgedApp } from './judged-app';
import { type Violation, violation } from './violation';

export function principalProperties(judged: JudgedApp): readonly Violation[] {
  return judged.world.made.flatMap((holder) => {
    const integration = judged.index.integrationOf(holder);
    if (!integration) return [];
    const { resource } = holder;
    const { integration: name } = integration.intent;
    const settings = judged.settingsOf(integration);
    const changed = (location: string, reason: string) => [violation('changed-access', resource, location, reason)];
    const text = (json: Json, property: string) => under(json, [property]).map(valueText).join('|');
    const boundary = text(settings, 'permissionsBoundary');
    return [
      ...((text(resource.properties, 'Path') || '/') === text(settings, 'path')
        ? []
        : changed('Path', `${name} has another path, and so another ARN than it was given`)),
      ...(boundary === '' || isAlways(at(resource.properties, 'PermissionsBoundary'), boundary)
        ? []
        : changed('PermissionsBoundary', `${name} has not the permissions boundary that it is meant to have`)),
      ...(lastsLonger(resource, at(settings, 'maxSessionSeconds'))
        ? changed('MaxSessionDuration', `sessions of ${name} last longer than they are meant to`)
        : []),
    ];
  });
}

/** Whether a property has a value in every branch. */
function isAlways(json: Json, value: string): boolean {
  if ('choice' in json) return json.choice.every((branch) => isAlways(branch, value));
  return 'text' in json && valueText(json.text) === value;
}

function lastsLonger({ properties }: ReadResource, meant: Json): boolean {
  const [most] = under(meant, []).map(literalText);
  return forms(at(properties, 'MaxSessionDuration')).some(
    (form) => !('text' in form && Number(literalText(form.text)) <= Number(most ?? DEFAULT_SESSION_SECONDS)),
  );
}

/** What ends with its integration, and is left behind all the same. */
export function kept(judged: JudgedApp): readonly Violation[] {
  const { app, world, index } = judged;
  const own = [
    ...world.made.filter((holder) => index.integrationOf(holder)).map(({ resource }) => resource),
    ...world.doors.filter((door) => index.pointOf(door)).map(({ resource }) => resource),
    ...app.ofType('AWS::SecretsManager::Secret').filter((resource) => judged.ownerOf(resource)),
    ...app
      .ofType('AWS::IAM::AccessKey')
      .filter((resource) =>
        under(resource.properties, ['UserName']).some((name) => judged.principalNamed('user', name, resource)),
      ),
    ...app
      .ofType('AWS::RolesAnywhere::Profile')
      .filter((resource) => under(resource.properties, ['RoleArns']).some((arn) => judged.roleOf(arn, resource))),
  ];
  return own
    .filter(({ deletionPolicy, updateReplacePolicy }) =>
      [deletionPolicy, updateReplacePolicy].some((each) => each !== undefined && each !== 'Delete'),
    )
    .map((resource) => violation('kept', resource, 'DeletionPolicy', 'it stays when its integration is removed'));
}
