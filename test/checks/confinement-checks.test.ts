import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AccountPrincipal,
  AccountRootPrincipal,
  ArnPrincipal,
  CfnRole,
  ManagedPolicy,
  Policy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { CfnTrustAnchor } from 'aws-cdk-lib/aws-rolesanywhere';
import { Bucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { type App, Aspects, CfnOutput, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import {
  AccessKeyIntegration,
  AssumedRoleIntegration,
  ClientBucket,
  ConfinementChecks,
  DirectTrustIntegration,
  RolesAnywhereIntegration,
  Status,
} from '../../lib';
import { integrationsApp } from '../../lib/app/integrations-app';
import { newApp } from '../support/synth';

const VENDOR = 'arn:aws:iam::123456789876:user/sender';
const STRANGER = '666677778888';

interface Made {
  readonly app: App;
  readonly stack: Stack;
  readonly clientBucket: ClientBucket;
  readonly adobe: AssumedRoleIntegration;
}

/** A plain CDK app with the plugin and one integration. */
function made(env?: { account: string; region: string }): Made {
  const app = newApp();
  Validations.of(app).addPlugins(new ConfinementChecks());
  const stack = new Stack(app, 'kohler', { env });
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', createEncryptionKey: true });
  const adobe = new AssumedRoleIntegration(stack, 'adobe', { clientBucket, vendorName: 'adobe', principals: [VENDOR] });
  return { app, stack, clientBucket, adobe };
}

/** What stops a synth; nothing where it goes through. */
function synth(app: App): string[] {
  const complaints: string[] = [];
  const spy = jest.spyOn(console, 'error').mockImplementation((text) => void complaints.push(String(text)));
  try {
    const { directory } = app.synth();
    expect(readFileSync(join(directory, 'manifest.json'), 'utf8')).toBeTruthy();
    return [];
  } catch (error) {
    const path = /validation-report\.json/.test(String(error))
      ? /(\S+validation-report\.json)/.exec(String(error))?.[1]
      : undefined;
    if (path === undefined) throw error;
    return reported(path);
  } finally {
    spy.mockRestore();
  }
}

function reported(path: string): string[] {
  const { pluginReports } = JSON.parse(readFileSync(path, 'utf8'));
  return pluginReports
    .filter(({ summary, pluginName }: { summary?: { pluginName: string }; pluginName?: string }) =>
      (summary?.pluginName ?? pluginName)?.includes('ConfinementChecks'),
    )
    .flatMap(({ violations }: { violations: { ruleName: string; description: string; suggestedFix?: string }[] }) =>
      violations.map(({ ruleName, description, suggestedFix }) => {
        // Whatever stops a synth says what to do instead.
        expect(suggestedFix).toBeTruthy();
        return `${ruleName.replace(/\[.*/, '')}: ${description}`;
      }),
    );
}

test('says nothing of a clean app', () => {
  expect(synth(made().app)).toEqual([]);
});

test('says nothing where the account is known', () => {
  const { app, stack } = made({ account: '999988887777', region: 'eu-west-1' });
  new Role(stack, 'Operator', {
    assumedBy: new AccountRootPrincipal(),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess')],
  });
  expect(synth(app)).toEqual([]);
});

const BROKEN: [string, (parts: Made) => void, RegExp][] = [
  [
    'an override',
    ({ adobe }) =>
      (adobe.node.findChild('Role') as CfnRole).addPropertyOverride(
        'Policies.0.PolicyDocument.Statement.1.Resource',
        '*',
      ),
    /^changed-access: adobeRole\w+: it is not the access that kohler_adobe is meant to have: .*"Resource":"\*"/,
  ],
  [
    'an aspect',
    ({ app }) =>
      Aspects.of(app).add({
        visit(node: IConstruct) {
          if (node instanceof CfnRole) node.managedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
        },
      }),
    /^more-access: adobeRole\w+: managed policies add to what kohler_adobe is meant to have/,
  ],
  [
    'a policy for an imported role',
    ({ stack, adobe }) =>
      Role.fromRoleName(stack, 'Imported', adobe.roleName).addToPrincipalPolicy(
        new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }),
      ),
    /^more-access: ImportedPolicy\w+: it adds to what kohler_adobe is meant to have/,
  ],
  [
    "a grant to an account in the bucket's policy",
    ({ clientBucket }) => clientBucket.bucket.grantRead(new AccountPrincipal(STRANGER)),
    /^unknown-statement: BucketPolicy\w+: no integration is meant to have .*666677778888/,
  ],
  [
    'a bucket policy written by hand',
    ({ stack }) =>
      new CfnBucketPolicy(stack, 'ByHand', {
        bucket: 'integrations-kohler',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::integrations-kohler/*' },
          ],
        },
      }),
    /^unknown-statement: ByHand: no integration is meant to have .*"Principal":"\*"/,
  ],
  [
    'a role that an outsider assumes',
    ({ stack, clientBucket }) =>
      clientBucket.bucket.grantRead(new Role(stack, 'Outsider', { assumedBy: new AccountPrincipal(STRANGER) })),
    /^unknown-principal: Outsider\w+: outsiders can become Outsider\w+, which reaches a client's bucket: /,
  ],
  [
    'such a role in another stack',
    ({ app, clientBucket }) =>
      clientBucket.bucket.grantRead(
        new Role(new Stack(app, 'other'), 'Outsider', { assumedBy: new AccountPrincipal(STRANGER) }),
      ),
    /^unknown-principal: Outsider\w+: outsiders can become Outsider\w+, which reaches a client's bucket: /,
  ],
  [
    'such a role in a nested stack',
    ({ stack, clientBucket }) =>
      clientBucket.bucket.grantRead(
        new Role(new NestedStack(stack, 'nested'), 'Outsider', { assumedBy: new AccountPrincipal(STRANGER) }),
      ),
    /^unknown-principal: Outsider\w+: outsiders can become Outsider\w+, which reaches a client's bucket: /,
  ],
  [
    "a role that an integration's role assumes",
    ({ stack, clientBucket, adobe }) =>
      clientBucket.bucket.grantRead(new Role(stack, 'Next', { assumedBy: new ArnPrincipal(adobe.roleArn) })),
    /^unknown-principal: Next\w+: outsiders can become Next\w+ by way of adobeRole\w+, which reaches a client's bucket: /,
  ],
];

test.each(BROKEN)('%s stops the synth, with resource, statement and reason', (_, change, message) => {
  const parts = made();
  change(parts);
  const complaints = synth(parts.app);
  expect(complaints).toContainEqual(expect.stringMatching(message));
});

test.each<[string, (parts: Made) => void]>([
  [
    'a function that reads the bucket',
    ({ stack, clientBucket }) => {
      const role = new Role(stack, 'FunctionRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      clientBucket.bucket.grantRead(role);
    },
  ],
  [
    "an outsider's role with a bucket of its own",
    ({ stack }) =>
      new Bucket(stack, 'Own').grantReadWrite(
        new Role(stack, 'Outsider', { assumedBy: new AccountPrincipal(STRANGER) }),
      ),
  ],
  [
    'a Deny from elsewhere',
    ({ stack, adobe }) =>
      new Policy(stack, 'Less', {
        roles: [Role.fromRoleName(stack, 'Imported', adobe.roleName)],
        statements: [PolicyStatement.fromJson({ Effect: 'Deny', Action: 's3:PutObject', Resource: '*' })],
      }),
  ],
  ['an output of a role', ({ stack, adobe }) => new CfnOutput(stack, 'RoleArn', { value: adobe.roleArn })],
])('%s is fine', (_, change) => {
  const parts = made();
  change(parts);
  expect(synth(parts.app)).toEqual([]);
});

describe('the authority of a trust anchor', () => {
  const PEM = (name: string) => readFileSync(join(__dirname, `../support/${name}.pem`), 'utf8');
  const anchored = (status: Status) => {
    const { app, stack, clientBucket } = made();
    const boomi = new RolesAnywhereIntegration(stack, 'boomi', {
      clientBucket,
      vendorName: 'boomi',
      certificateAuthority: PEM('ca'),
      commonName: 'sender',
      status,
    });
    return { app, anchor: boomi.node.findChild('TrustAnchor') as CfnTrustAnchor };
  };

  test.each(Object.values(Status))('is as it was given, %s', (status) => {
    expect(synth(anchored(status).app)).toEqual([]);
  });

  test('cannot become another', () => {
    const { app, anchor } = anchored(Status.ACTIVE);
    anchor.addPropertyOverride('Source.SourceData.X509CertificateData', PEM('leaf'));
    expect(synth(app)).toEqual([
      expect.stringMatching(/^changed-authority: boomiTrustAnchor\w*: it is not the authority of kohler_boomi's/),
    ]);
  });

  test('cannot become one that nobody sees', () => {
    const { app, anchor } = anchored(Status.ACTIVE);
    anchor.addPropertyOverride('Source', {
      SourceType: 'AWS_ACM_PCA',
      SourceData: { AcmPcaArn: 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/x' },
    });
    expect(synth(app)).toEqual([expect.stringContaining('changed-authority')]);
  });

  test('is off while the integration is', () => {
    const { app, anchor } = anchored(Status.SUSPENDED);
    anchor.enabled = true;
    expect(synth(app)).toEqual([expect.stringContaining('kohler_boomi is suspended')]);
  });
});

test('two clients with the same construct ids are told apart', () => {
  const app = newApp();
  Validations.of(app).addPlugins(new ConfinementChecks());
  const buckets = ['acme', 'kohler'].map((clientName) => {
    const stack = new Stack(app, clientName);
    const clientBucket = new ClientBucket(stack, 'Bucket', { clientName, createEncryptionKey: true });
    new DirectTrustIntegration(stack, 'trust', { clientBucket, vendorName: 'trust', principals: [VENDOR] });
    return clientBucket;
  });
  expect(synth(app)).toEqual([]);
  expect(buckets.map(({ bucketName }) => bucketName)).toEqual(['integrations-acme', 'integrations-kohler']);
});

test('what an integration of one client is meant to have is not meant in the bucket of another', () => {
  const app = newApp();
  Validations.of(app).addPlugins(new ConfinementChecks());
  const [acme, kohler] = ['acme', 'kohler'].map((clientName) => {
    const stack = new Stack(app, clientName);
    return new ClientBucket(stack, 'Bucket', { clientName, createEncryptionKey: true });
  });
  if (!acme || !kohler) throw new Error('no buckets');
  new DirectTrustIntegration(Stack.of(acme), 'trust', {
    clientBucket: acme,
    vendorName: 'trust',
    principals: [VENDOR],
  });
  const key = acme.encryptionKey?.node.defaultChild as CfnKey;
  const [, ofAcme] = Stack.of(acme).resolve(key.keyPolicy).Statement;
  kohler.encryptionKey?.addToResourcePolicy(PolicyStatement.fromJson(ofAcme));
  expect(synth(app)).toContainEqual(expect.stringMatching(/^unknown-statement: BucketKey\w+: no integration/));
});

test('a bucket in one stack and integrations in others are one', () => {
  const app = newApp();
  Validations.of(app).addPlugins(new ConfinementChecks());
  const clientBucket = new ClientBucket(new Stack(app, 'a'), 'Bucket', {
    clientName: 'kohler',
    createEncryptionKey: true,
  });
  const stack = new Stack(app, 'b');
  const nested = new NestedStack(stack, 'nested');
  new AssumedRoleIntegration(stack, 'adobe', { clientBucket, vendorName: 'adobe', principals: [VENDOR] });
  new AccessKeyIntegration(nested, 'sap', { clientBucket, vendorName: 'sap' });
  expect(synth(app)).toEqual([]);
});

test('stages are read too', () => {
  const app = newApp();
  Validations.of(app).addPlugins(new ConfinementChecks());
  const stack = new Stack(new Stage(app, 'prod'), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  clientBucket.bucket.grantRead(new AccountPrincipal(STRANGER));
  expect(synth(app)).toContainEqual(expect.stringMatching(/^unknown-statement: /));
});

test('every example is clean, with and without an account', () => {
  for (const environment of [{}, { account: '999988887777', region: 'eu-west-1' }]) {
    const app = integrationsApp({
      report: () => undefined,
      today: '2026-01-01',
      environment,
      context: { integrations: join(__dirname, '../data/examples') },
    });
    if (!app) throw new Error('no app');
    expect(synth(app)).toEqual([]);
  }
});
