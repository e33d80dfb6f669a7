/** Integrations' roles and users: whether they are there, and what they have beside policies. */
import type { RoleDetail, UserDetail } from '../account/iam';
import type { Integration } from '../definitions/model/model';
import { LEAST_MAX_SESSION } from '../rules/duration';
import { namesOf, secretName } from '../rules/names';
import { Status } from '../rules/vocabulary';
import { counted } from '../text/plural';
import { awsCommand } from './aws-command';
import type { ExpectedIntegration } from './expected';
import type { Finding } from './finding';
import { logicalId } from './logical-id';
import { aboutIntegration, finding } from './settings';
import { isStackRead, physicalId } from './sited';

export function principalFindings(expected: ExpectedIntegration): readonly Finding[] {
  const { arn, site, integration } = expected;
  if (arn === undefined) return [];
  const kind = integration.kind === 'access-key' ? 'user' : 'role';
  const name = arn.split('/').at(-1) ?? '';
  const { iam } = site.at.snapshot;
  if ((kind === 'user' ? iam?.UserDetailList : iam?.RoleDetailList) === undefined) return [];
  const found = kind === 'user' ? site.at.user(name) : site.at.role(name);
  const about = aboutIntegration(integration.name, { principal: arn });
  if (!found) return [finding('missing', about, `the ${kind} of ${integration.name} is not there`)];
  if (found.Arn !== arn)
    return [finding('missing', about, `the ${kind} of ${integration.name} should be ${arn}; it is ${found.Arn}`)];
  return [
    ...boundary(expected, found, kind, name),
    ...(kind === 'role' ? sessionLength(expected, name) : accessKeys(expected, name)),
  ];
}

/** The permissions boundary: what a company says that no role may go beyond. */
function boundary(
  { site, integration, arn }: ExpectedIntegration,
  { PermissionsBoundary }: RoleDetail | UserDetail,
  kind: 'role' | 'user',
  name: string,
): readonly Finding[] {
  const wanted = site.client.permissionsBoundary;
  const found = PermissionsBoundary?.PermissionsBoundaryArn;
  if (wanted === found) return [];
  const named = { [`${kind}-name`]: name };
  const undo =
    wanted === undefined
      ? awsCommand('iam', `delete-${kind}-permissions-boundary`, named)
      : awsCommand('iam', `put-${kind}-permissions-boundary`, { ...named, 'permissions-boundary': wanted });
  const about = aboutIntegration(integration.name, { principal: arn });
  const message = `${arn} has ${found ?? 'no permissions boundary'}, and should have ${wanted ?? 'no permissions boundary'}`;
  return [finding('more-access', about, message, undo)];
}

function sessionLength({ site, integration, arn }: ExpectedIntegration, name: string): readonly Finding[] {
  const found = site.at.snapshot.maxSessionDurations?.get(name);
  if (found === undefined || !('maxSessionSeconds' in integration)) return [];
  const wanted = Math.max(integration.maxSessionSeconds, LEAST_MAX_SESSION);
  if (found === wanted) return [];
  const undo = awsCommand('iam', 'update-role', { 'role-name': name, 'max-session-duration': String(wanted) });
  const message = `sessions of ${arn} may last ${found} seconds, and should last ${wanted}`;
  return [finding('changed-access', aboutIntegration(integration.name, { principal: arn }), message, undo)];
}

/** The keys of a user against the slots of its integration. */
function accessKeys(expected: ExpectedIntegration, user: string): readonly Finding[] {
  const { site, integration, arn } = expected;
  const { at } = site;
  if (integration.kind !== 'access-key' || isUnread(expected)) return [];
  const about = aboutIntegration(integration.name, { principal: arn });
  const found = at.accessKeysOf(user);
  const made = integration.keys.map((slot) =>
    physicalId(
      site,
      integration.stackPart,
      'AWS::IAM::AccessKey',
      logicalId(integration.vendor, `Key${slot.toUpperCase()}`),
    ),
  );
  const isKnown = isStackRead(site, integration.stackPart) && made.some((id) => id !== undefined);
  // Where the stack does not say which keys are its own, the oldest are.
  const inOrder = [...found].sort((a, b) => ((a.CreateDate ?? '') < (b.CreateDate ?? '') ? -1 : 1));
  const own = isKnown ? found.filter((key) => made.includes(key.AccessKeyId)) : inOrder.slice(0, made.length);
  const named = (id: string) => ({ 'user-name': user, 'access-key-id': id });
  const wanted = integration.status === Status.ACTIVE ? 'Active' : 'Inactive';
  return [
    ...found
      .filter((key) => !own.includes(key))
      .map(({ AccessKeyId, CreateDate }) =>
        finding(
          'unknown-key',
          about,
          `${arn} has the access key ${AccessKeyId}, which is in no slot${CreateDate ? `; the key was made ${CreateDate.slice(0, 10)}` : ''}`,
          awsCommand('iam', 'delete-access-key', named(AccessKeyId)),
        ),
      ),
    ...(own.length < made.length
      ? [
          finding(
            'key-state',
            about,
            `${arn} has ${counted(own.length, 'access key')} in its slots, and should have ${made.length}`,
          ),
        ]
      : []),
    ...own
      .filter(({ Status: status }) => status !== undefined && status !== wanted)
      .map(({ AccessKeyId, Status: status }) =>
        finding(
          'key-state',
          about,
          `the access key ${AccessKeyId} of ${arn} is ${status}, and the integration is ${integration.status}`,
          awsCommand('iam', 'update-access-key', { ...named(AccessKeyId), status: wanted }),
        ),
      ),
    ...missingSecrets(expected, integration),
  ];
}

function isUnread({ site, arn }: ExpectedIntegration): boolean {
  const { accessKeys: keys, notRead } = site.at.snapshot;
  return keys === undefined || notRead.some((each) => each.list === 'accessKeys' && each.arn === arn);
}

function missingSecrets(
  { site }: ExpectedIntegration,
  { name, keys }: Extract<Integration, { kind: 'access-key' }>,
): readonly Finding[] {
  const { secrets, notRead } = site.at.snapshot;
  if (secrets === undefined || notRead.some(({ list, arn }) => list === 'secrets' && isOfRegion(arn, site.region)))
    return [];
  const { client, vendor } = namesOf(name);
  return keys.flatMap((slot) => {
    const secret = secretName(client, vendor, slot);
    if (site.at.secret(site.region, secret)) return [];
    return [finding('missing', aboutIntegration(name), `the secret ${secret} of ${name} is not there`)];
  });
}

/** Whether something that was not read may be of a Region. */
export function isOfRegion(arn: string | null, region: string): boolean {
  return arn === null || [region, ''].includes(arn.split(':')[3] ?? '');
}
