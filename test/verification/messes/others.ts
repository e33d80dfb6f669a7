/** Others who can become somebody, and stacks. */
import type { Raw } from '../../support/deployed-account';
import { OWN } from '../account-of-all-kinds';
import {
  ACCOUNT,
  addBootstrap,
  addGroup,
  addKeyOf,
  addRole,
  addStatement,
  addUser,
  allow,
  attach,
  BUCKET,
  BUCKET_ARN,
  bucket,
  document,
  opens,
  root,
  STRANGER,
  trust,
} from './edits';
import type { Mess } from './mess';

export const OF_OTHERS: readonly Mess[] = [
  // Others who can become somebody.
  {
    name: 'a role of a stranger with full access',
    make: (account) =>
      attach(account, addRole(account, 'monitoring', trust(root(STRANGER))), 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
    codes: ['unknown-principal'],
    names: 'role/monitoring',
  },
  {
    name: 'a chain of two roles',
    make: (account) => {
      addRole(
        account,
        'second',
        trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/first` }),
        document(allow('s3:GetObject', `${BUCKET_ARN}/*`)),
      );
      addRole(account, 'first', trust(root(STRANGER), { StringEquals: { 'sts:ExternalId': 'x' } }));
    },
    codes: ['unknown-principal'],
    names: 'role/second',
  },
  {
    name: 'a user with a key and a policy',
    make: (account) => {
      addUser(account, 'uploader', document(allow('s3:PutObject', `${BUCKET_ARN}/adobe/*`)));
      addKeyOf(account, 'uploader');
    },
    codes: ['unknown-principal'],
    names: 'user/uploader',
  },
  {
    name: 'a user with a password and a group',
    make: (account) => {
      addGroup(account, 'admins', document(allow('*')));
      addUser(account, 'somebody').GroupList.push('admins');
      account.loginProfiles.push('somebody');
    },
    codes: ['unknown-principal'],
    names: 'group/admins',
  },
  {
    name: 'a role for any certificate',
    make: (account) =>
      addRole(account, 'servers', trust({ Service: 'rolesanywhere.amazonaws.com' }), document(allow('s3:*'))),
    codes: ['unknown-principal'],
    names: 'role/servers',
  },
  {
    name: 'a role for any repository',
    make: (account) => {
      addBootstrap(account);
      addRole(
        account,
        'pipeline',
        document({
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
        }),
        document(allow('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/cdk-*`)),
      );
    },
    codes: ['unknown-principal'],
    names: 'role/pipeline',
  },
  {
    name: 'a role that may read the secrets',
    make: (account) => addRole(account, 'ops', trust(root(STRANGER)), document(allow('secretsmanager:GetSecretValue'))),
    codes: ['unknown-principal'],
    names: 'role/ops',
  },
  {
    name: 'a role that may make keys for users',
    make: (account) => addRole(account, 'helpdesk', trust(root(STRANGER)), document(allow('iam:CreateAccessKey'))),
    codes: ['unknown-principal'],
    names: 'role/helpdesk',
  },
  {
    name: 'a role that may change trusts',
    make: (account) =>
      addRole(account, 'helpdesk', trust(root(STRANGER)), document(allow('iam:UpdateAssumeRolePolicy'))),
    codes: ['unknown-principal'],
    names: 'role/helpdesk',
  },
  {
    name: 'a second statement of an inline policy beside a harmless one',
    make: (account) =>
      addRole(
        account,
        'mixed',
        trust(root(STRANGER)),
        document(allow('sqs:*'), allow('s3:*'), allow(['kms:Decrypt', 's3:GetObject'])),
      ),
    codes: ['unknown-principal'],
    names: 'role/mixed',
  },
  // Stacks.
  {
    name: 'a stack that no definition has',
    make: (account) =>
      account.stacks.push({
        StackName: 'integrations-globex',
        StackId: `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/integrations-globex/1`,
        StackStatus: 'UPDATE_COMPLETE',
        Description: 'Bucket and integrations of globex',
        Outputs: [],
        Resources: [],
      }),
    codes: ['not-defined'],
    names: 'integrations-globex',
  },
  {
    name: 'an integration that no definition has',
    make: (account) => {
      const stack = account.stacks.find(({ StackName }: Raw) => StackName === 'integrations-kohler');
      const OutputValue = JSON.stringify({ integration: 'kohler_old', kind: 'assumed-role' });
      stack.Outputs.push({ OutputKey: 'old', OutputValue });
    },
    codes: ['not-defined'],
    names: 'kohler_old',
    noUndo: true,
  },
  {
    name: 'a user of another account of ours, whose keys nobody here sees',
    make: (account) =>
      addStatement(bucket(account), {
        ...opens({ AWS: `arn:aws:iam::${OWN}:user/analyst` }),
        Sid: 'More',
        NotAction: undefined,
      }),
    codes: ['unknown-statement'],
    names: BUCKET,
  },
];
