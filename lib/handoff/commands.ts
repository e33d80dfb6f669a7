import type { Integration } from '../definitions/model/model';
import { Capability } from '../rules/confinement';
import { ACTS_AS_ITSELF } from '../rules/vocabulary';
import { shellWord } from '../text/shell';
import { sessionName } from './fields';
import type { Command, Handoff } from './model';
import { externalIdsOf } from './trust';

/**
 * How to try an integration with the AWS CLI, on Windows, macOS and Linux alike: a profile, then what it may do and what
 * can work. Nothing is read that nobody put there.
 */
export function commandsFor(integration: Integration, setup: Handoff['setup']): Command[] {
  // A product of its own makes the calls by itself, with credentials that nobody has at hand.
  if (integration.profile !== undefined && !HAS_CREDENTIALS[integration.kind]) return [];
  const profile = integration.name;
  const bucket = bucketIn(integration, setup);
  const at = (key: string) => anyShellWord(`s3://${bucket}/${setup.prefix}${key}`);
  const file = `${integration.vendor}-test.txt`;
  const as = ACTS_AS_ITSELF[integration.kind] ? '' : ` --profile ${profile}`;
  const can = (capability: Capability) => integration.access.includes(capability);
  const acl = can(Capability.ACL) ? ' --acl bucket-owner-full-control' : '';
  const put = can(Capability.WRITE);
  const key = can(Capability.LIST) ? 'KEY-FROM-THE-LIST' : 'KEY-THAT-WE-NAME';
  return [
    ...profileFor(integration, setup, profile),
    ...(put
      ? [{ title: 'Put a small file', code: `echo test > ${file}\naws s3 cp ${file} ${at('')}${acl}${as}` }]
      : []),
    ...(can(Capability.LIST)
      ? [
          {
            title: setup.prefix === '' ? 'List the bucket' : 'List the prefix; the slash at its end is needed',
            code: `aws s3 ls ${at('')}${as}`,
          },
        ]
      : []),
    ...(can(Capability.READ)
      ? [
          put
            ? { title: 'Get the file', code: `aws s3 cp ${at(file)} -${as}` }
            : {
                title: can(Capability.LIST)
                  ? 'Get an object of the list; if the list is empty, ask us for one'
                  : 'Get an object; ask us for a key',
                code: `aws s3 cp ${at(key)} -${as}`,
              },
        ]
      : []),
    ...(put && can(Capability.DELETE) ? [{ title: 'Delete the file', code: `aws s3 rm ${at(file)}${as}` }] : []),
  ];
}

/** Whether the credentials of a kind are handed to people, whatever product they are for. */
const HAS_CREDENTIALS: Readonly<Record<Integration['kind'], boolean>> = {
  ...{ 'assumed-role': false, 'direct-trust': false, 'web-identity': false },
  ...{ 'roles-anywhere': true, 'access-key': true },
};

/** A word of sh, PowerShell and cmd alike. */
function anyShellWord(word: string): string {
  return /^[\w./:+-]+$/.test(word) ? word : `"${word}"`;
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
    return [{ title: `In ~/.aws/config (Windows: %UserProfile%\\.aws\\config), ${title}`, code: body.join('\n') }];
  };
  switch (integration.kind) {
    case 'assumed-role': {
      const [externalId] = externalIdsOf(setup);
      return config('a profile that assumes the role; source_profile names one of a role or user that we trust', [
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
      return config(
        'a profile that opens sessions with your certificate and its private key; it needs the program aws_signing_helper',
        [`credential_process = ${helper}${name}`],
      );
    }
    case 'web-identity':
      return config('a profile that assumes the role with your token, which is in the file token.jwt', [
        `role_arn = ${role}`,
        `role_session_name = ${sessionName(integration)}`,
        'web_identity_token_file = token.jwt',
      ]);
    case 'access-key':
      return [
        {
          title: `Make a profile with your access key; the Region is ${region}`,
          code: `aws configure --profile ${profile}`,
        },
      ];
    case 'direct-trust':
      return [];
    default:
      return integration satisfies never;
  }
}
