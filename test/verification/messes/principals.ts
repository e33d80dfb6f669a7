/** What somebody may do to integrations' roles, users, access keys and secrets. */
import { encoded, type Raw } from '../../support/deployed-account';
import { ACCOUNT, addGroup, addKeyOf, allow, attach, document, role, root, STRANGER, trust, user } from './edits';
import type { Mess } from './mess';

export const OF_PRINCIPALS: readonly Mess[] = [
  // Integrations' own roles and users.
  {
    name: 'a managed policy on a role',
    make: (account) => attach(account, role(account, 'kohler_adobe'), 'arn:aws:iam::aws:policy/AmazonS3FullAccess'),
    codes: ['more-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'a managed policy on a user',
    make: (account) => attach(account, user(account, 'kohler_boomi'), 'arn:aws:iam::aws:policy/AdministratorAccess'),
    codes: ['more-access'],
    names: 'kohler_boomi',
  },
  {
    name: 'a second inline policy',
    make: (account) =>
      role(account, 'kohler_adobe').RolePolicyList.push({
        PolicyName: 'more',
        PolicyDocument: document(allow('s3:*')),
      }),
    codes: ['changed-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'a wider inline policy',
    make: (account) => {
      const [access] = role(account, 'kohler_adobe').RolePolicyList;
      access.PolicyDocument = decodeURIComponent(access.PolicyDocument).replaceAll('/adobe/', '/');
    },
    codes: ['changed-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'a group',
    make: (account) => {
      addGroup(account, 'readers', document(allow('s3:Get*')));
      user(account, 'kohler_boomi').GroupList.push('readers');
    },
    codes: ['more-access'],
    names: 'kohler_boomi',
  },
  {
    name: 'a console password',
    make: (account) => account.loginProfiles.push('kohler_boomi'),
    codes: ['more-access'],
    names: 'kohler_boomi',
  },
  {
    name: 'a boundary that is off',
    make: (account) => delete role(account, 'kohler_adobe').PermissionsBoundary,
    codes: ['more-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'another boundary on a user',
    make: (account) => {
      user(account, 'kohler_boomi').PermissionsBoundary.PermissionsBoundaryArn =
        'arn:aws:iam::aws:policy/AdministratorAccess';
    },
    codes: ['more-access'],
    names: 'kohler_boomi',
  },
  {
    name: 'a trust without its external ID',
    make: (account) => {
      const found = role(account, 'kohler_adobe');
      const widened = JSON.parse(decodeURIComponent(found.AssumeRolePolicyDocument));
      delete widened.Statement[0].Condition.StringEquals['sts:ExternalId'];
      found.AssumeRolePolicyDocument = widened;
    },
    codes: ['changed-trust'],
    names: 'kohler_adobe',
  },
  {
    name: 'a trust in somebody else as well',
    make: (account) => {
      const found = role(account, 'kohler_oidc');
      const widened = JSON.parse(decodeURIComponent(found.AssumeRolePolicyDocument));
      widened.Statement.push(...trust(root(STRANGER)).Statement);
      found.AssumeRolePolicyDocument = encoded(widened);
    },
    codes: ['changed-trust'],
    names: 'kohler_oidc',
  },
  {
    name: 'a trust that nobody can read',
    make: (account) => {
      role(account, 'kohler_adobe').AssumeRolePolicyDocument = 'not a policy';
    },
    codes: ['changed-trust'],
    names: 'kohler_adobe',
  },
  {
    name: 'longer sessions',
    make: (account) => {
      account.maxSessionDurations.kohler_adobe = 43200;
    },
    codes: ['changed-access'],
    names: 'kohler_adobe',
  },
  {
    name: 'a role that is gone',
    make: (account) => {
      account.iam.RoleDetailList = account.iam.RoleDetailList.filter(
        ({ RoleName }: Raw) => RoleName !== 'kohler_adobe',
      );
    },
    codes: ['missing'],
    names: 'kohler_adobe',
    noUndo: true,
  },
  {
    name: 'a role with another path',
    make: (account) => {
      role(account, 'kohler_adobe').Arn = `arn:aws:iam::${ACCOUNT}:role/kohler_adobe`;
    },
    codes: ['missing'],
    names: 'kohler_adobe',
    noUndo: true,
  },
  // Access keys and secrets.
  {
    name: 'a second key',
    make: (account) => addKeyOf(account, 'kohler_boomi'),
    codes: ['unknown-key'],
    names: 'AKIAIOSFODNN7EXAMPLE',
  },
  {
    name: 'another key in place of the own',
    make: (account) => {
      account.accessKeys = account.accessKeys.filter(({ UserName }: Raw) => UserName !== 'kohler_boomi');
      addKeyOf(account, 'kohler_boomi');
    },
    codes: ['unknown-key', 'key-state'],
    names: 'AKIAIOSFODNN7EXAMPLE',
    noUndo: true,
  },
  {
    name: 'an active key of a suspended integration',
    make: (account) => {
      account.accessKeys.find(({ UserName }: Raw) => UserName === 'kohler_sap').Status = 'Active';
    },
    codes: ['key-state'],
    names: 'kohler_sap',
  },
  {
    name: 'an inactive key',
    make: (account) => {
      account.accessKeys.find(({ UserName }: Raw) => UserName === 'kohler_boomi').Status = 'Inactive';
    },
    codes: ['key-state'],
    names: 'kohler_boomi',
  },
  {
    name: 'a secret that is gone',
    make: (account) => {
      account.secrets = account.secrets.filter(({ Name }: Raw) => Name !== 'integrations/kohler/boomi/a');
    },
    codes: ['missing'],
    names: 'integrations/kohler/boomi/a',
    noUndo: true,
  },
  {
    name: 'a policy of a secret for somebody else',
    make: (account) => {
      account.secrets[0].Policy = JSON.stringify(
        document({
          Effect: 'Allow',
          Principal: root(STRANGER),
          Action: 'secretsmanager:GetSecretValue',
          Resource: '*',
        }),
      );
    },
    codes: ['unknown-statement'],
    names: STRANGER,
  },
];
