import { randomInt } from 'node:crypto';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import { CreateAccessPointCommand, PutAccessPointPolicyCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateServerCommand, TransferClient } from '@aws-sdk/client-transfer';
import { REGION } from '../servers/ceph';
import { type Credentials, motoCredentials } from '../servers/clients';
import { endpoints } from '../servers/endpoints';

export const ELSEWHERE = 'us-west-2';

/** An account on moto that nothing else in the run uses, made by its APIs: what its CloudFormation drops is there. */
export interface MotoAccount {
  readonly id: string;
  readonly credentials: Credentials;
  readonly bucket: string;
  readonly elsewhere: string;
  readonly keyArn: string;
}

const trust = (principal: object, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }],
  });

/** A policy that allows one action on one thing. */
export function allowing(Action: string, Resource: string, more: object = {}): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more, Action, Resource }] });
}

/** Makes an account with one of everything that a snapshot reads and moto has. */
export async function motoAccount(): Promise<MotoAccount> {
  const id = `6${String(randomInt(1e11)).padStart(11, '0')}`;
  const credentials = await motoCredentials(id);
  const common = { endpoint: endpoints().moto, region: REGION, credentials: { ...credentials } };
  const [bucket, elsewhere] = [`integrations-kohler-${id}`, `elsewhere-${id}`];
  await makePrincipals(new iam.IAMClient(common), id);
  const keyArn = await makeKey(new kms.KMSClient(common), id);
  await makeBucket(new s3.S3Client({ ...common, forcePathStyle: true }), bucket, keyArn);
  await new s3.S3Client({ ...common, region: ELSEWHERE, forcePathStyle: true }).send(
    new s3.CreateBucketCommand({ Bucket: elsewhere, CreateBucketConfiguration: { LocationConstraint: ELSEWHERE } }),
  );
  await makeAccessPoint(common, id, bucket);
  const secrets = new SecretsManagerClient(common);
  await secrets.send(new CreateSecretCommand({ Name: 'integrations/kohler/adobe/a', SecretString: 'the-very-secret' }));
  await secrets.send(new CreateSecretCommand({ Name: 'integrations/kohler/adobe/b', SecretString: 'the-very-secret' }));
  await secrets.send(new CreateSecretCommand({ Name: 'somebody-elses', SecretString: 'the-very-secret' }));
  const ResourcePolicy = allowing('secretsmanager:GetSecretValue', '*', { Principal: '*' });
  await secrets.send(new PutResourcePolicyCommand({ SecretId: 'integrations/kohler/adobe/a', ResourcePolicy }));
  await new TransferClient(common).send(new CreateServerCommand({ IdentityProviderType: 'SERVICE_MANAGED' }));
  await makeStacks(new CloudFormationClient(common));
  return { id, credentials, bucket, elsewhere, keyArn };
}

async function makePrincipals(client: iam.IAMClient, id: string): Promise<void> {
  const PolicyName = 'versions';
  const { Policy } = await client.send(
    new iam.CreatePolicyCommand({ PolicyName, Path: '/boundaries/', PolicyDocument: allowing('s3:GetObject', '*') }),
  );
  const PolicyArn = Policy?.Arn ?? '';
  await client.send(
    new iam.CreatePolicyVersionCommand({
      PolicyArn,
      PolicyDocument: allowing('s3:PutObject', '*'),
      SetAsDefault: true,
    }),
  );
  await client.send(
    new iam.CreateRoleCommand({
      RoleName: 'kohler_reltio',
      Path: '/vendors/',
      AssumeRolePolicyDocument: trust(
        { AWS: '123456789876' },
        { Condition: { StringEquals: { 'sts:ExternalId': 'a+b=/ä' } } },
      ),
      MaxSessionDuration: 43_200,
      PermissionsBoundary: PolicyArn,
    }),
  );
  const inline = { PolicyName: 'access', PolicyDocument: allowing('s3:GetObject', 'arn:aws:s3:::x/50%25/*') };
  await client.send(new iam.PutRolePolicyCommand({ RoleName: 'kohler_reltio', ...inline }));
  await client.send(new iam.AttachRolePolicyCommand({ RoleName: 'kohler_reltio', PolicyArn }));
  await client.send(
    new iam.CreateRoleCommand({ RoleName: 'plain', AssumeRolePolicyDocument: trust({ Service: 'ec2.amazonaws.com' }) }),
  );
  await client.send(new iam.CreateGroupCommand({ GroupName: 'people' }));
  await client.send(new iam.PutGroupPolicyCommand({ GroupName: 'people', ...inline }));
  for (const UserName of ['kohler_adobe', 'jane']) await client.send(new iam.CreateUserCommand({ UserName }));
  await client.send(new iam.PutUserPolicyCommand({ UserName: 'kohler_adobe', ...inline }));
  await client.send(new iam.AddUserToGroupCommand({ UserName: 'jane', GroupName: 'people' }));
  await client.send(new iam.CreateLoginProfileCommand({ UserName: 'jane', Password: 'the-very-secret' }));
  for (const _ of [1, 2]) await client.send(new iam.CreateAccessKeyCommand({ UserName: 'kohler_adobe' }));
  const ClientIDList = ['sts.amazonaws.com', 'another'];
  await client.send(
    new iam.CreateOpenIDConnectProviderCommand({ Url: 'https://login.globex.example/realms/orders', ClientIDList }),
  );
  const SAMLMetadataDocument = `<EntityDescriptor entityID="${id}">${' '.repeat(1000)}</EntityDescriptor>`;
  await client.send(new iam.CreateSAMLProviderCommand({ Name: 'sso', SAMLMetadataDocument }));
}

async function makeKey(client: kms.KMSClient, id: string): Promise<string> {
  const Policy = allowing('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${id}:root` } });
  const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ Policy }));
  const KeyId = KeyMetadata?.KeyId ?? '';
  await client.send(new kms.CreateAliasCommand({ AliasName: 'alias/kohler', TargetKeyId: KeyId }));
  const GranteePrincipal = 'arn:aws:iam::999988887777:role/somebody';
  await client.send(new kms.CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'] }));
  return KeyMetadata?.Arn ?? '';
}

async function makeBucket(client: s3.S3Client, Bucket: string, keyArn: string): Promise<void> {
  const CreateBucketConfiguration = { LocationConstraint: REGION as s3.BucketLocationConstraint };
  const ObjectOwnership = 'BucketOwnerPreferred';
  await client.send(new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectOwnership }));
  const blocked = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: true,
  };
  const Policy = allowing('s3:GetObject', `arn:aws:s3:::${Bucket}/*`, { Principal: { AWS: '123456789876' } });
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } as const;
  const Rules = [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }];
  const AbortIncompleteMultipartUpload = { DaysAfterInitiation: 7 };
  const lifecycle = { ID: 'abort', Status: 'Enabled', Filter: { Prefix: '' }, AbortIncompleteMultipartUpload } as const;
  const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }];
  const destination = { S3BucketDestination: { Bucket: `arn:aws:s3:::${Bucket}`, Format: 'CSV' } } as const;
  const InventoryConfiguration = {
    Id: 'daily',
    IsEnabled: true,
    IncludedObjectVersions: 'Current',
    Schedule: { Frequency: 'Daily' },
    Destination: destination,
  } as const;
  for (const command of [
    new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: blocked }),
    new s3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } }),
    new s3.PutBucketPolicyCommand({ Bucket, Policy }),
    new s3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }),
    new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    new s3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [lifecycle] } }),
    new s3.PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }),
    new s3.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }),
    new s3.PutBucketInventoryConfigurationCommand({ Bucket, Id: 'daily', InventoryConfiguration }),
    new s3.PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status: 'Enabled' } }),
  ]) {
    await (client.send as (command: object) => Promise<object>)(command);
  }
}

async function makeAccessPoint(common: object, AccountId: string, Bucket: string): Promise<void> {
  const client = new S3ControlClient(common);
  // moto has no name for each account.
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { hostname: string };
      request.hostname = request.hostname.replace(/^\d{12}\./, '');
      return next(args);
    },
    { step: 'build', priority: 'high' },
  );
  await client.send(new CreateAccessPointCommand({ AccountId, Bucket, Name: 'kohler-adobe' }));
  const Policy = allowing('s3:GetObject', `arn:aws:s3:${REGION}:${AccountId}:accesspoint/kohler-adobe/object/*`, {
    Principal: { AWS: '123456789876' },
  });
  await client.send(new PutAccessPointPolicyCommand({ AccountId, Name: 'kohler-adobe', Policy }));
}

async function makeStacks(client: CloudFormationClient): Promise<void> {
  const Resources = { Queue: { Type: 'AWS::SQS::Queue' }, Topic: { Type: 'AWS::SNS::Topic' } };
  const setup = JSON.stringify({ integration: 'kohler_adobe', kind: 'access-key' });
  const template = (Description: string, Value: string) =>
    JSON.stringify({ Description, Resources, Outputs: { Output: { Value } } });
  for (const [StackName, Description, value] of [
    ['integrations-kohler', 'Bucket and integrations of kohler', setup],
    ['database', 'Somebody else’s', 'the-very-secret'],
  ] as const) {
    await client.send(new CreateStackCommand({ StackName, TemplateBody: template(Description, value) }));
  }
}
