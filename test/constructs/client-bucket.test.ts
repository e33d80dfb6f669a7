import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketNotificationDestinationType, EventType } from 'aws-cdk-lib/aws-s3';
import { App, Aws, Duration, RemovalPolicies, Stack } from 'aws-cdk-lib/core';
import {
  AssumedRoleIntegration,
  ClientBucket,
  type ClientBucketProps,
  DirectTrustIntegration,
  Status,
} from '../../lib';
import { newApp, type Resource, type Template, templateOf } from '../support/synth';

const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function made(props: Partial<ClientBucketProps> = {}): {
  template: Template;
  bucket: Resource;
  construct: ClientBucket;
} {
  const stack = new Stack(newApp(), 'kohler');
  const construct = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', ...props });
  const template = templateOf(stack);
  return { template, construct, bucket: only(template, 'AWS::S3::Bucket') };
}

function only(template: Template, type: string): Resource {
  const found = Object.values(template.Resources).filter(({ Type }) => Type === type);
  expect(found).toHaveLength(1);
  return found[0] as Resource;
}

describe('a created bucket', () => {
  test('blocks public access and has ACLs disabled', () => {
    const { Properties } = made().bucket;
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  test('is encrypted and versioned, and cleans up abandoned uploads', () => {
    const { Properties } = made().bucket;
    const [rule] = Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
    expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(Properties.LifecycleConfiguration.Rules).toEqual([
      { Id: 'expiry', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
    ]);
  });

  test('stays when it is removed or replaced', () => {
    expect(made().bucket).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('refuses plain HTTP to everybody, for itself and its objects', () => {
    const { PolicyDocument } = only(made().template, 'AWS::S3::BucketPolicy').Properties;
    expect(PolicyDocument.Statement).toEqual([
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:*',
        Resource: [
          { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
          { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.any(String), 'Arn'] }, '/*']] },
        ],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  describe('that is left behind', () => {
    const VENDOR = 'arn:aws:iam::123456789876:role/vendor';
    type Add = (bucket: ClientBucket) => unknown;
    const trust = (bucket: ClientBucket, more: object = {}) =>
      new DirectTrustIntegration(bucket, 'trust', {
        ...{ clientBucket: bucket, vendorName: 'trust', principals: [VENDOR], ...more },
      });

    test.each<[string, Add, 'Retain' | 'Delete']>([
      ['nothing else is in it', () => undefined, 'Retain'],
      [
        'integrations have roles',
        (clientBucket) =>
          new AssumedRoleIntegration(clientBucket, 'role', {
            ...{ clientBucket, vendorName: 'role', principals: [VENDOR], externalIds: ['id'] },
          }),
        'Retain',
      ],
      ['a direct trust is suspended', (bucket) => trust(bucket, { status: Status.SUSPENDED }), 'Retain'],
      ['a direct trust is in it', (bucket) => trust(bucket), 'Delete'],
      ['it hands on to access points', (bucket) => trust(bucket, { accessPoint: true }), 'Delete'],
      [
        'the app adds something of its own',
        ({ bucket }) =>
          bucket.addToResourcePolicy(
            new PolicyStatement({
              ...{ effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['s3:PutObject'] },
              resources: [bucket.arnForObjects('closed/*')],
            }),
          ),
        'Delete',
      ],
    ])('has or has not its policy, where %s', (_, add, fate) => {
      for (const removal of ['retain', 'destroy', undefined] as const) {
        const stack = new Stack(newApp(), 'kohler');
        add(new ClientBucket(stack, 'Bucket', { clientName: 'kohler' }));
        if (removal) RemovalPolicies.of(stack)[removal]();
        expect(only(templateOf(stack), 'AWS::S3::BucketPolicy')).toMatchObject({
          DeletionPolicy: fate,
          UpdateReplacePolicy: fate,
        });
      }
    });
  });

  test('is named after its client unless it is given a name', () => {
    expect(made().bucket.Properties.BucketName).toBe('integrations-kohler');
    expect(made({ bucketName: 'kohler-drop' }).bucket.Properties.BucketName).toBe('kohler-drop');
  });

  test('takes what it is told', () => {
    const logs = Bucket.fromBucketName(new Stack(), 'Logs', 'the-logs');
    const { Properties } = made({
      versioned: false,
      abortUploadsAfter: Duration.days(1),
      expireObjectsAfter: Duration.days(30),
      expireOldVersionsAfter: Duration.days(60),
      eventBridgeEnabled: true,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'kohler/',
    }).bucket;
    expect(Properties.VersioningConfiguration).toBeUndefined();
    expect(Properties.LifecycleConfiguration.Rules).toEqual([
      {
        Id: 'expiry',
        Status: 'Enabled',
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        ExpirationInDays: 30,
        NoncurrentVersionExpiration: { NoncurrentDays: 60 },
      },
    ]);
    expect(Properties.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
    expect(Properties.LoggingConfiguration).toEqual({ DestinationBucketName: 'the-logs', LogFilePrefix: 'kohler/' });
  });

  test('emits events without a custom resource', () => {
    const types = Object.values(made({ eventBridgeEnabled: true }).template.Resources).map(({ Type }) => Type);
    expect(types.sort()).toEqual(['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']);
  });

  test('emits events still where somebody adds a notification, by the resource that writes them all', () => {
    const notified = (eventBridgeEnabled?: boolean) => {
      const stack = new Stack(newApp(), 'kohler');
      const { bucket } = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', eventBridgeEnabled });
      const queue = {
        bind: () => ({ arn: 'arn:aws:sqs:eu-west-1:1:q', type: BucketNotificationDestinationType.QUEUE }),
      };
      bucket.addEventNotification(EventType.OBJECT_CREATED, queue);
      const { Properties } = only(templateOf(stack), 'Custom::S3BucketNotifications');
      return { written: Properties.NotificationConfiguration, bucket: only(templateOf(stack), 'AWS::S3::Bucket') };
    };
    const { written, bucket } = notified(true);
    expect(written).toEqual({ EventBridgeConfiguration: {}, QueueConfigurations: [expect.any(Object)] });
    expect(bucket.Properties.NotificationConfiguration).toBeUndefined();
    expect(notified().written).toEqual({ QueueConfigurations: [expect.any(Object)] });
  });

  test('lets its logs into a bucket of the same app', () => {
    const stack = new Stack(newApp(), 'kohler', { env: { account: '999988887777', region: 'eu-west-1' } });
    const serverAccessLogsBucket = new Bucket(stack, 'Logs');
    const props = { clientName: 'kohler', serverAccessLogsBucket, serverAccessLogsPrefix: 'kohler/' };
    new ClientBucket(stack, 'Bucket', props);
    const policies = Object.values(templateOf(stack).Resources).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
    const [logs] = policies.filter(({ Properties }) => JSON.stringify(Properties.Bucket).includes('Logs'));
    expect(logs?.Properties.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^Logs/), 'Arn'] }, '/kohler/*']] },
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::integrations-kohler' },
          StringEquals: { 'aws:SourceAccount': '999988887777' },
        },
      },
    ]);
    expect(() => new ClientBucket(stack, 'Wild', { ...props, serverAccessLogsPrefix: 'a*' })).toThrow(
      '[bad-log-prefix]',
    );
  });

  test.each([
    ['drop-999988887777-eu-west-1-an', 'account-regional'],
    [`drop-${Aws.ACCOUNT_ID}-${Aws.REGION}-an`, 'account-regional'],
    ['drop-999988887777-eu-west-1', undefined],
    ['drop-an-eu-west-1', undefined],
  ])('%s is of the namespace %s', (bucketName, namespace) => {
    expect(made({ bucketName }).bucket.Properties.BucketNamespace).toBe(namespace);
  });

  test('has no name of another account’s namespace', () => {
    const stack = new Stack(newApp(), 'kohler', { env: { account: '999988887777', region: 'eu-west-1' } });
    const make = (id: string, bucketName: string) => () =>
      new ClientBucket(stack, id, { clientName: 'kohler', bucketName });
    expect(make('Other', 'drop-111122223333-eu-west-1-an')).toThrow('[bad-bucket-name]');
    expect(make('Own', 'drop-999988887777-eu-west-1-an')).not.toThrow();
  });

  test('has a key of its own that is rotated and kept, where it asks for one', () => {
    const { template, bucket } = made({ createEncryptionKey: true });
    const key = only(template, 'AWS::KMS::Key');
    expect(key).toMatchObject({
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    expect(bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      {
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        BucketKeyEnabled: true,
        ServerSideEncryptionByDefault: {
          SSEAlgorithm: 'aws:kms',
          KMSMasterKeyID: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
        },
      },
    ]);
  });

  test('uses a key that exists already', () => {
    const encryptionKey = Key.fromKeyArn(new Stack(), 'Key', ARN);
    const { template, bucket } = made({ encryptionKey });
    const [rule] = bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ARN });
    expect(Object.values(template.Resources).map(({ Type }) => Type)).not.toContain('AWS::KMS::Key');
  });

  test.each([
    ['clientName', { clientName: 'Kohler' }, 'bad-name'],
    ['bucketName', { bucketName: 'Kohler_Drop' }, 'bad-bucket-name'],
  ])('refuses a wrong %s', (_, props, code) => {
    expect(() => made(props)).toThrow(`[${code}]`);
  });
});

describe('the policy of its key', () => {
  const ROLES = (count: number) =>
    Array.from({ length: count }, (_, at) => `arn:aws:iam::1111222233${10 + at}:role/${'r'.repeat(60)}`);

  /** What a synth says where so many direct trusts share a bucket with a key. */
  const said = (count: number): string => {
    const stack = new Stack(newApp(), 'kohler');
    const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', createEncryptionKey: true });
    for (let at = 0; at < count; at += 1) {
      const vendorName = `vendor-${at}`;
      new DirectTrustIntegration(stack, vendorName, { clientBucket, vendorName, principals: ROLES(30) });
    }
    try {
      templateOf(stack);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('is measured before AWS does', () => {
    expect(said(1)).toBe('');
    const [, length] = /the KMS key's policy would be (\d+) characters long; AWS takes 32768/.exec(said(11)) ?? [];
    expect(Number(length)).toBeGreaterThan(32_768);
  });
});

describe('an existing bucket', () => {
  const existing = (props: Partial<ClientBucketProps> = {}) => {
    const stack = new Stack(newApp(), 'kohler');
    const existingBucket = Bucket.fromBucketName(stack, 'Existing', 'there-already');
    const construct = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', existingBucket, ...props });
    return { stack, construct };
  };

  test('brings no resource of its own', () => {
    const { stack, construct } = existing({ encryptionKey: Key.fromKeyArn(new Stack(), 'Key', ARN) });
    new AssumedRoleIntegration(stack, 'reltio', {
      clientBucket: construct,
      vendorName: 'reltio',
      status: Status.PENDING,
    });
    expect(Object.values(templateOf(stack).Resources).map(({ Type }) => Type)).toEqual(['AWS::IAM::Role']);
    expect(construct.bucketName).toBe('there-already');
  });

  test('may have a name of before 2018, which no new one has', () => {
    const old = (name: string) => Bucket.fromBucketName(new Stack(), 'Old', name);
    expect(() => existing({ existingBucket: old('Kohler_Drop') })).not.toThrow();
    expect(() => existing({ existingBucket: old('cdk-hnb659fds-assets-999988887777-eu-west-1') })).toThrow(
      '[bootstrap-name]',
    );
  });

  test.each([
    ['there-already', undefined],
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    ['there-already-s3alias', '[bad-bucket-name] S3 reserves names that end with -s3alias'],
  ])('of the name %s', (name, refused) => {
    const stack = new Stack(newApp(), 'kohler');
    const existingBucket = Bucket.fromBucketName(stack, 'Existing', name);
    const make = () => new ClientBucket(stack, 'Bucket', { clientName: 'kohler', existingBucket });
    if (refused === undefined) expect(make().bucketName).toBe(name);
    else expect(make).toThrow(refused);
  });

  test.each<[string, Partial<ClientBucketProps>]>([
    ['versioned', { versioned: true }],
    ['createEncryptionKey', { createEncryptionKey: true }],
    ['bucketName', { bucketName: 'another' }],
    ['expireObjectsAfter', { expireObjectsAfter: Duration.days(1) }],
    ['eventBridgeEnabled', { eventBridgeEnabled: true }],
  ])('refuses %s, a setting of a bucket that is created', (key, props) => {
    expect(() => existing(props)).toThrow(new RegExp(`\\[existing-bucket-setting\\] ${key} `));
  });
});

test('no two integrations of a bucket overlap', () => {
  const stack = new Stack(new App(), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  const add = (vendorName: string, prefix?: string, wholeBucket?: boolean) =>
    new AssumedRoleIntegration(stack, vendorName, {
      clientBucket,
      vendorName,
      prefix,
      wholeBucket,
      status: Status.PENDING,
    });
  add('adobe');
  add('adobe2');
  add('deep', 'exports/deep');
  expect(() => add('inner', 'adobe/inner')).toThrow(
    '[overlapping-prefix] kohler_inner (adobe/inner/) and kohler_adobe (adobe/)',
  );
  expect(() => add('outer', 'exports')).toThrow('[overlapping-prefix]');
  expect(() => add('same', '/adobe')).toThrow('[overlapping-prefix]');
  expect(() => add('whole', undefined, true)).toThrow('[overlapping-prefix] kohler_whole (the whole bucket)');
});

describe('a bucket for access logs', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const logged = (logs: { account?: string; region?: string }, own: { account?: string; region?: string } = env) => {
    const stack = new Stack(newApp(), 'kohler', { env: own });
    const serverAccessLogsBucket = Bucket.fromBucketAttributes(stack, 'Logs', { bucketName: 'company-logs', ...logs });
    new ClientBucket(stack, 'Bucket', { clientName: 'kohler', serverAccessLogsBucket });
  };

  test.each([
    [{ region: 'us-east-1' }, '[wrong-region] the log bucket is in us-east-1, the bucket in eu-west-1'],
    [{ account: '444455556666' }, '[wrong-account] the log bucket is in account 444455556666, the bucket in account'],
  ])('elsewhere is refused: %j', (place, message) => {
    expect(() => logged(place)).toThrow(message);
  });

  test('of another stack is refused where both are known, and taken where they are the same', () => {
    const inStack = (place: object) => {
      const app = newApp();
      const serverAccessLogsBucket = new Bucket(new Stack(app, 'logs', { env: place }), 'Logs', {
        bucketName: 'logs-1',
      });
      const stack = new Stack(app, 'kohler', { env });
      new ClientBucket(stack, 'Bucket', { clientName: 'kohler', serverAccessLogsBucket });
    };
    expect(() => inStack({ ...env, region: 'us-east-1' })).toThrow('[wrong-region]');
    expect(() => inStack(env)).not.toThrow();
  });

  test('is taken where nobody knows, or in the same place', () => {
    expect(() => logged({})).not.toThrow();
    expect(() => logged(env)).not.toThrow();
    expect(() => logged({ region: 'us-east-1' }, {})).not.toThrow();
  });
});
