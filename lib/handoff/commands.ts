import type { Integration } from '../definitions/model/model';
import { Capability } from '../rules/confinement';
import { ACTS_AS_ITSELF } from '../rules/vocabulary';
import { shellWord } from '../text/shell';
import { sessionName } from './fields';
import type { Command, Handoff } from './model';

/** How to try an integration with the AWS CLI: a profile, then what it may do. */
export function commandsFor(integration: Integration, setup: Handoff['setup']): Command[] {
  const profile = integration.name;
  const bucket = bucketIn(integration, setup);
  const place = shellWord(`s3://${bucket}/${setup.prefix}`);
  const file = `${integration.vendor}-test.txt`;
  const placed = shellWord(`s3://${bucket}/${setup.prefix}${file}`);
  const as = ACTS_AS_ITSELF[integration.kind] ? '' : ` --profile ${profile}`;
  const can = (capability: Capability) => integration.access.includes(capability);
  const acl = can(Capability.ACL) ? ' --acl bucket-owner-full-control' : '';
  return [
    ...profileFor(integration, setup, profile),
    ...(can(Capability.WRITE)
      ? [{ title: 'Put a file', code: `echo test > ${file}\naws s3 cp ${file} ${place}${acl}${as}` }]
      : []),
    ...(can(Capability.LIST)
      ? [{ title: 'List the prefix; the slash at its end is needed', code: `aws s3 ls ${place}${as}` }]
      : []),
    ...(can(Capability.READ) ? [{ title: 'Get the file', code: `aws s3 cp ${placed} -${as}` }] : []),
    ...(can(Capability.DELETE) ? [{ title: 'Delete it', code: `aws s3 rm ${placed}${as}` }] : []),
  ];
}

/** What stands where a bucket's name does: the alias of an access point, if there is one. */
function bucketIn(integration: Integration, setup: Handoff['setup']): string {
  if (integration.kind !== 'direct-trust' || !integration.accessPoint) return setup.bucket;
  return setup.accessPointAlias ?? '<access point alias: known after the first deployment>';
}

function profileFor(integration: Integration, setup: Handoff['setup'], profile: string): Command[] {
  const role = setup.roleArn ?? '<role ARN: known after the first deployment>';
  const region = setup.region ?? '<region>';
  const config = (title: string, lines: readonly (string | undefined)[]): Command[] => {
    const body = [`[profile ${profile}]`, ...lines, `region = ${region}`].filter((line) => line !== undefined);
    return [{ title: `${title} in ~/.aws/config`, code: body.join('\n') }];
  };
  switch (integration.kind) {
    case 'assumed-role': {
      const [externalId] = integration.externalIds;
      return config('A profile that assumes the role with your own credentials (source_profile)', [
        `role_arn = ${role}`,
        externalId === undefined ? undefined : `external_id = ${externalId}`,
        integration.roleSessionName === undefined ? undefined : `role_session_name = ${sessionName(integration)}`,
        'source_profile = default',
      ]);
    }
    case 'roles-anywhere': {
      // AWS's tools run it as a shell does; a placeholder is there to be replaced.
      const word = (known: string | undefined, otherwise: string) =>
        known === undefined ? otherwise : shellWord(known);
      const helper = `aws_signing_helper credential-process --certificate cert.pem --private-key key.pem --trust-anchor-arn ${word(setup.trustAnchorArn, '<trust anchor ARN>')} --profile-arn ${word(setup.profileArn, '<profile ARN>')} --role-arn ${word(setup.roleArn, role)}`;
      const name = integration.acceptRoleSessionName
        ? ` --role-session-name ${shellWord(sessionName(integration))}`
        : '';
      return config('A profile that opens sessions with your certificate', [`credential_process = ${helper}${name}`]);
    }
    case 'web-identity':
      return config('A profile that assumes the role with your token', [
        `role_arn = ${role}`,
        `role_session_name = ${sessionName(integration)}`,
        'web_identity_token_file = token.jwt',
      ]);
    case 'access-key':
      return [{ title: 'A profile with your access key', code: `aws configure --profile ${profile}` }];
    case 'direct-trust':
      return [];
    default:
      return integration satisfies never;
  }
}
