/** What is in accounts every day, and must not be cried over. */
import { HOME, type Raw } from '../support/deployed-account';
import { OWN } from './account-of-all-kinds';
import {
  addBootstrap,
  addKeyOf,
  addRole,
  addTransferUser,
  addUser,
  allow,
  attach,
  document,
  root,
  trust,
} from './messes/edits';

const { account: ACCOUNT } = HOME;
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

function federated(provider: string, action: string, Condition: object) {
  return document({ Effect: 'Allow', Principal: { Federated: provider }, Action: action, Condition });
}

function placed(role: Raw, path: string): Raw {
  role.Path = path;
  role.Arn = role.Arn.replace(':role/', `:role${path}`);
  return role;
}

export const EVERYDAY: readonly { readonly name: string; readonly make: (account: Raw) => void }[] = [
  {
    name: "a landing zone's roles, of accounts that are ours",
    make: (account) => {
      for (const name of ['AWSControlTowerExecution', 'OrganizationAccountAccessRole', 'stacksets-exec-1a2b3c'])
        attach(account, addRole(account, name, trust(root(OWN))), ADMIN);
      addRole(
        account,
        'aws-controltower-ConfigRecorderRole',
        trust({ Service: 'config.amazonaws.com' }),
        document(allow(['s3:GetBucketAcl', 's3:GetBucketPolicy', 's3:ListAllMyBuckets'])),
      );
    },
  },
  {
    name: 'the identity centre',
    make: (account) => {
      const provider = `arn:aws:iam::${ACCOUNT}:saml-provider/AWSSSO_1a2b3c4d5e6f7a8b_DO_NOT_DELETE`;
      account.samlProviders.push({ Arn: provider });
      const saml = federated(provider, 'sts:AssumeRoleWithSAML', {
        StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' },
      });
      const role = addRole(account, 'AWSReservedSSO_AdministratorAccess_1a2b3c4d5e6f7a8b', saml);
      attach(account, placed(role, '/aws-reserved/sso.amazonaws.com/eu-west-1/'), ADMIN);
    },
  },
  {
    name: 'service-linked roles',
    make: (account) => {
      const linked = (name: string, service: string, ...policies: readonly object[]) =>
        placed(addRole(account, name, trust({ Service: service }), ...policies), `/aws-service-role/${service}/`);
      linked('AWSServiceRoleForAmazonSSM', 'ssm.amazonaws.com', document(allow(['s3:GetObject', 'iam:PassRole'])));
      linked('AWSServiceRoleForAmazonMacie', 'macie.amazonaws.com', document(allow(['s3:GetObject', 's3:ListBucket'])));
      linked('AWSServiceRoleForSupport', 'support.amazonaws.com', document(allow('s3:GetBucketLocation')));
    },
  },
  { name: 'what cdk bootstrap makes', make: addBootstrap },
  {
    name: 'a pipeline of one repository, which deploys',
    make: (account) => {
      addBootstrap(account);
      addRole(
        account,
        'deploy',
        federated(GITHUB, 'sts:AssumeRoleWithWebIdentity', {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': 'repo:octo-org/integrations:environment:production',
          },
        }),
        document(allow('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/cdk-*`)),
      );
    },
  },
  {
    name: 'the role that takes snapshots',
    make: (account) =>
      addRole(
        account,
        'bucket-integrations-snapshot',
        federated(GITHUB, 'sts:AssumeRoleWithWebIdentity', {
          StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:octo-org/integrations:*' },
        }),
        document(
          allow([
            'iam:GetAccountAuthorizationDetails',
            'iam:ListAccessKeys',
            's3:GetBucketPolicy',
            's3:ListAllMyBuckets',
            'kms:GetKeyPolicy',
          ]),
        ),
      ),
  },
  {
    name: 'administrators whom ours alone may become',
    make: (account) => attach(account, addRole(account, 'admin', trust(root(ACCOUNT))), ADMIN),
  },
  {
    name: 'a break-glass user whom an internal entry names',
    make: (account) => {
      attach(account, addUser(account, 'break-glass'), ADMIN);
      account.loginProfiles.push('break-glass');
      addKeyOf(account, 'break-glass');
    },
  },
  {
    name: 'a user with a key and nothing to do with us',
    make: (account) => {
      addUser(account, 'ci', document(allow('ecr:*'), allow('s3:PutObject', 'arn:aws:s3:::website/*')));
      addKeyOf(account, 'ci');
    },
  },
  {
    name: 'servers, functions and notebooks with all of S3',
    make: (account) => {
      for (const service of ['ec2', 'lambda', 'sagemaker', 'glue', 'ecs-tasks'])
        addRole(account, `app-${service}`, trust({ Service: `${service}.amazonaws.com` }), document(allow('s3:*')));
    },
  },
  {
    name: 'a vendor that watches metrics',
    make: (account) =>
      addRole(
        account,
        'monitoring',
        trust(root('464622532012'), { StringEquals: { 'sts:ExternalId': '1a2b3c' } }),
        document(allow(['cloudwatch:Get*', 'ec2:Describe*', 's3:ListAllMyBuckets', 's3:GetBucketTagging'])),
      ),
  },
  {
    name: 'a service that writes into an existing bucket for us',
    make: (account) => {
      const bucket = account.buckets.find(({ Name }: Raw) => Name === 'acme-landing-zone');
      bucket.Policy = JSON.stringify(
        document({
          Effect: 'Allow',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::acme-landing-zone/AWSLogs/*',
          Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
        }),
      );
    },
  },
  {
    name: "an analyst of another account of ours in an existing bucket's policy",
    make: (account) => {
      const bucket = account.buckets.find(({ Name }: Raw) => Name === 'acme-landing-zone');
      bucket.Policy = document({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${OWN}:role/analyst` },
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: ['arn:aws:s3:::acme-landing-zone', 'arn:aws:s3:::acme-landing-zone/*'],
      });
    },
  },
  {
    name: 'other buckets, public ones too',
    make: (account) => {
      account.bucketNames.push('website');
    },
  },
  {
    name: 'a file transfer server for another bucket',
    make: (account) => {
      const Role = addRole(
        account,
        'transfer',
        trust({ Service: 'transfer.amazonaws.com' }),
        document(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::partners/*')),
      ).Arn;
      addTransferUser(account, {
        Role,
        HomeDirectory: '/partners/one',
      });
    },
  },
  {
    name: 'an access grant for people of the identity centre',
    make: (account) =>
      account.accessGrants.push({
        AccessGrantId: 'a1b2c3',
        Grantee: { GranteeType: 'DIRECTORY_GROUP', GranteeIdentifier: '1a2b3c' },
        Permission: 'READ',
        GrantScope: 's3://acme-landing-zone/*',
      }),
  },
  {
    name: "a service's grant on the key",
    make: (account) =>
      account.keys[0].Grants.push({
        GrantId: '1a2b3c',
        GranteePrincipal: 'dynamodb.eu-west-1.amazonaws.com',
        IssuingAccount: `arn:aws:iam::${ACCOUNT}:root`,
        Operations: ['Decrypt', 'GenerateDataKey'],
      }),
  },
];
