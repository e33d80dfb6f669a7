/**
 * What people build with the CDK on an ordinary day, beside a client's bucket and with it: none of it lets an outsider in, so
 * that none may stop a synth. The shapes are those of public CDK examples.
 */
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as actions from 'aws-cdk-lib/aws-codepipeline-actions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as config from 'aws-cdk-lib/aws-config';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as emr from 'aws-cdk-lib/aws-emr';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as iot from 'aws-cdk-lib/aws-iot';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as macie from 'aws-cdk-lib/aws-macie';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as ram from 'aws-cdk-lib/aws-ram';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as sso from 'aws-cdk-lib/aws-sso';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { CfnParameter, CfnResource, CustomResource, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import * as cr from 'aws-cdk-lib/custom-resources';
import type { ClientBucket } from '../../lib';

/** Adds something to a stack of its own. */
export type Shape = (stack: Stack, client: ClientBucket) => unknown;

const fn = (stack: Stack, id = 'Function', props: Partial<lambda.FunctionProps> = {}) =>
  new lambda.Function(stack, id, {
    code: lambda.Code.fromInline('exports.handler = async () => {}'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
    ...props,
  });
const bucket = (stack: Stack, id = 'Own') => new s3.Bucket(stack, id);
const service = (name: string) => new iam.ServicePrincipal(name);
const role = (stack: Stack, by: string, ...managed: string[]) =>
  new iam.Role(stack, 'Role', {
    assumedBy: service(by),
    managedPolicies: managed.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
/** A role of a service that reads and writes the client's bucket. */
const worker =
  (by: string, ...managed: string[]): Shape =>
  (stack, client) => {
    const made = role(stack, by, ...managed);
    made.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
        resources: [client.bucketArn, `${client.bucketArn}/*`],
      }),
    );
    made.addToPolicy(
      new iam.PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [client.encryptionKey?.keyArn ?? '*'],
      }),
    );
    return made;
  };
const managed =
  (...names: string[]): Shape =>
  (stack) =>
    role(stack, 'ec2.amazonaws.com', ...names);
const vpc = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const allowing = (stack: Stack, action: string, ...resources: string[]) =>
  role(stack, 'lambda.amazonaws.com').addToPolicy(new iam.PolicyStatement({ actions: [action], resources }));
const served = (stack: Stack, origin: cloudfront.IOrigin) =>
  new cloudfront.Distribution(stack, 'Distribution', { defaultBehavior: { origin } });
const delivery = (stack: Stack, by: string, condition: object) =>
  bucket(stack).addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [service(by)],
      actions: ['s3:PutObject'],
      resources: ['*'],
      conditions: { StringEquals: condition },
    }),
  );

export const EVERYDAY: Readonly<Record<string, Shape>> = {
  // Functions and jobs of ours that work with the client's bucket.
  'a function that reads the bucket, with its key': (stack, { bucket }) => bucket.grantRead(fn(stack)),
  'a function that reads and writes it': (stack, { bucket }) => bucket.grantReadWrite(fn(stack)),
  'a function by a statement of its own': (stack, { bucketArn }) =>
    allowing(stack, 's3:*', bucketArn, `${bucketArn}/*`),
  'a function with a name of the bucket in its environment': (stack, { bucketName }) =>
    fn(stack, 'F', { environment: { BUCKET: bucketName } }),
  'a function in a network': (stack) =>
    fn(stack, 'F', { vpc: vpc(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } }),
  'a function with X-Ray, insights and a dead letter queue': (stack) =>
    fn(stack, 'F', { tracing: lambda.Tracing.ACTIVE, deadLetterQueueEnabled: true }),
  'an alias and a version': (stack) => fn(stack).addAlias('live'),
  'a layer for the organization': (stack) =>
    new lambda.LayerVersion(stack, 'L', { code: lambda.Code.fromBucket(bucket(stack), 'l.zip') }).addPermission('P', {
      accountId: '*',
      organizationId: 'o-1234567890',
    }),
  'a Glue job': worker('glue.amazonaws.com', 'service-role/AWSGlueServiceRole'),
  'a Glue crawler': (stack, client) => {
    const made = worker('glue.amazonaws.com')(stack, client) as iam.Role;
    return new glue.CfnCrawler(stack, 'C', {
      role: made.roleArn,
      targets: { s3Targets: [{ path: `s3://${client.bucketName}/in/` }] },
    });
  },
  'a Glue database and table': (stack, { bucketName }) => {
    new glue.CfnDatabase(stack, 'D', { catalogId: stack.account, databaseInput: { name: 'd' } });
    return new glue.CfnTable(stack, 'T', {
      catalogId: stack.account,
      databaseName: 'd',
      tableInput: { name: 't', storageDescriptor: { location: `s3://${bucketName}/t` } },
    });
  },
  'a delivery stream into the bucket': (stack, client) => {
    const made = worker('firehose.amazonaws.com')(stack, client) as iam.Role;
    return new firehose.CfnDeliveryStream(stack, 'S', {
      extendedS3DestinationConfiguration: { bucketArn: client.bucketArn, roleArn: made.roleArn },
    });
  },
  'an EMR cluster': (stack, client) => {
    worker('ec2.amazonaws.com', 'service-role/AmazonElasticMapReduceforEC2Role')(stack, client);
    const profile = new iam.CfnInstanceProfile(stack, 'P', {
      roles: [(stack.node.findChild('Role') as iam.Role).roleName],
    });
    return new emr.CfnCluster(stack, 'C', {
      instances: {},
      jobFlowRole: profile.ref,
      name: 'c',
      serviceRole: 'EMR_DefaultRole',
    });
  },
  'an Athena workgroup': (stack, { bucketName }) =>
    new athena.CfnWorkGroup(stack, 'W', {
      name: 'w',
      workGroupConfiguration: { resultConfiguration: { outputLocation: `s3://${bucketName}/athena/` } },
    }),
  'a SageMaker notebook': (stack, client) => {
    const made = worker('sagemaker.amazonaws.com', 'AmazonSageMakerFullAccess')(stack, client) as iam.Role;
    return new sagemaker.CfnNotebookInstance(stack, 'N', { instanceType: 'ml.t3.medium', roleArn: made.roleArn });
  },
  'a Redshift role': worker('redshift.amazonaws.com'),
  'a Batch job': (stack, client) => {
    const made = worker('ecs-tasks.amazonaws.com')(stack, client) as iam.Role;
    return new batch.CfnJobDefinition(stack, 'J', {
      type: 'container',
      containerProperties: { image: 'i', jobRoleArn: made.roleArn },
    });
  },
  'a container that reads the bucket': (stack, { bucket }) => {
    const task = new ecs.FargateTaskDefinition(stack, 'T');
    task.addContainer('c', {
      image: ecs.ContainerImage.fromRegistry('nginx'),
      logging: ecs.LogDriver.awsLogs({ streamPrefix: 'c' }),
    });
    return bucket.grantRead(task.taskRole);
  },
  'a state machine over its objects': (stack, client) => {
    const machine = new sfn.StateMachine(stack, 'M', {
      definitionBody: sfn.DefinitionBody.fromChainable(
        new tasks.LambdaInvoke(stack, 'I', { lambdaFunction: fn(stack) }),
      ),
    });
    return client.bucket.grantRead(machine);
  },
  'an instance of ours': (stack, { bucket }) =>
    bucket.grantRead(
      new ec2.Instance(stack, 'I', {
        vpc: vpc(stack),
        instanceType: new ec2.InstanceType('t3.micro'),
        machineImage: ec2.MachineImage.latestAmazonLinux2023(),
        vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
        ssmSessionPermissions: true,
      }),
    ),
  'a build': (stack, { bucket }) => bucket.grantRead(new codebuild.PipelineProject(stack, 'P')),
  'replication from it to a bucket of ours': (stack, client) => worker('s3.amazonaws.com')(stack, client),
  'S3 batch operations': worker('batchoperations.s3.amazonaws.com'),
  'a backup of the bucket': (stack, client) => {
    const plan = backup.BackupPlan.dailyMonthly1YearRetention(stack, 'P');
    plan.addSelection('S', { resources: [backup.BackupResource.fromArn(client.bucketArn)], allowRestores: true });
    return role(stack, 'backup.amazonaws.com', 'AWSBackupServiceRolePolicyForS3Backup');
  },
  'malware protection by GuardDuty': (stack, client) => {
    const made = worker('malware-protection-plan.guardduty.amazonaws.com')(stack, client) as iam.Role;
    return new guardduty.CfnMalwareProtectionPlan(stack, 'G', {
      protectedResource: { s3Bucket: { bucketName: client.bucketName } },
      role: made.roleArn,
    });
  },
  Macie: (stack) => new macie.CfnSession(stack, 'M', { status: 'ENABLED' }),
  GuardDuty: (stack) =>
    new guardduty.CfnDetector(stack, 'G', { enable: true, dataSources: { s3Logs: { enable: true } } }),
  'an access log of who asks for objects': (stack, { bucket }) =>
    new cloudtrail.Trail(stack, 'T').addS3EventSelector([{ bucket }]),
  'a rule on its events': (stack, { bucketName }) =>
    new events.Rule(stack, 'R', {
      eventPattern: { source: ['aws.s3'], detail: { bucket: { name: [bucketName] } } },
      targets: [new targets.SqsQueue(new sqs.Queue(stack, 'Q')), new targets.LambdaFunction(fn(stack))],
    }),
  'metrics and an alarm': (stack, { bucketName }) =>
    new cloudwatch.Alarm(stack, 'A', {
      evaluationPeriods: 1,
      threshold: 1,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/S3',
        metricName: 'NumberOfObjects',
        dimensionsMap: { BucketName: bucketName },
      }),
    }),
  'a dashboard': (stack, { bucketName }) =>
    new cloudwatch.Dashboard(stack, 'D').addWidgets(new cloudwatch.TextWidget({ markdown: bucketName })),
  'its name and ARN in parameters': (stack, { bucketName, bucketArn }) =>
    [bucketName, bucketArn].map((stringValue, at) => new ssm.StringParameter(stack, `P${at}`, { stringValue })),
  // Buckets of ours beside it.
  'a bucket of ours that is emptied': (stack) =>
    new s3.Bucket(stack, 'B', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }),
  'a bucket with notifications': (stack) =>
    bucket(stack).addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.SqsDestination(new sqs.Queue(stack, 'Q'))),
  'a bucket with a function on its events': (stack) =>
    bucket(stack).addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(fn(stack))),
  'a bucket with a topic on its events': (stack) =>
    bucket(stack).addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.SnsDestination(new sns.Topic(stack, 'T'))),
  'a bucket with events in EventBridge': (stack) => new s3.Bucket(stack, 'B', { eventBridgeEnabled: true }),
  'a bucket for a partner': (stack) => bucket(stack).grantRead(new iam.AccountPrincipal('666677778888')),
  'a public website': (stack) =>
    new s3.Bucket(stack, 'B', {
      websiteIndexDocument: 'index.html',
      publicReadAccess: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY,
    }),
  'an access point of another bucket, in a network that nobody knows': (stack) =>
    new s3.CfnAccessPoint(stack, 'A', {
      bucket: bucket(stack).bucketName,
      vpcConfiguration: { vpcId: new CfnParameter(stack, 'V').valueAsString },
    }),
  'an access point without a name': (stack) => new s3.CfnAccessPoint(stack, 'A', { bucket: bucket(stack).bucketName }),
  'an inventory between buckets of ours': (stack) =>
    new s3.Bucket(stack, 'B', { inventories: [{ destination: { bucket: bucket(stack) } }] }),
  'access logs between buckets of ours': (stack) =>
    new s3.Bucket(stack, 'B', { serverAccessLogsBucket: bucket(stack) }),
  'a replica between buckets of ours': (stack) =>
    new s3.Bucket(stack, 'B', {
      versioned: true,
      replicationRules: [{ destination: new s3.Bucket(stack, 'To', { versioned: true }) }],
    }),
  'a file transfer user of another bucket': (stack) => {
    const made = role(stack, 'transfer.amazonaws.com');
    bucket(stack).grantReadWrite(made);
    const server = new transfer.CfnServer(stack, 'S', {});
    const key = new CfnParameter(stack, 'K').valueAsString;
    return new transfer.CfnUser(stack, 'U', {
      role: made.roleArn,
      serverId: server.attrServerId,
      userName: 'u',
      homeDirectory: '/own',
      sshPublicKeys: [key],
    });
  },
  'a file transfer with logs': (stack) =>
    new transfer.CfnServer(stack, 'S', {
      loggingRole: role(stack, 'transfer.amazonaws.com', 'service-role/AWSTransferLoggingAccess').roleArn,
    }),
  'an asset': (stack) => new assets.Asset(stack, 'A', { path: __filename }).grantRead(fn(stack)),
  'a bucket with a key of ours': (stack) =>
    new s3.Bucket(stack, 'B', { encryptionKey: new kms.Key(stack, 'K', { alias: 'own' }) }).grantReadWrite(fn(stack)),
  'a bucket for load balancers': (stack) => {
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'L', { vpc: vpc(stack) });
    return balancer.logAccessLogs(bucket(stack));
  },
  'a bucket for flow logs': (stack) =>
    vpc(stack).addFlowLog('F', { destination: ec2.FlowLogDestination.toS3(bucket(stack)) }),
  'log delivery that is bound to our account': (stack) =>
    delivery(stack, 'delivery.logs.amazonaws.com', { 'aws:SourceAccount': stack.account }),
  'mail that is bound to our account': (stack) =>
    delivery(stack, 'ses.amazonaws.com', { 'AWS:SourceAccount': stack.account }),
  'mail into a bucket': (stack) => new ses.CfnReceiptRuleSet(stack, 'S', { ruleSetName: 's' }),
  // What people see from outside.
  'a distribution of another bucket, with origin access control': (stack) =>
    served(stack, origins.S3BucketOrigin.withOriginAccessControl(bucket(stack))),
  'a distribution of another bucket, with an origin access identity': (stack) =>
    served(stack, origins.S3BucketOrigin.withOriginAccessIdentity(bucket(stack))),
  'a distribution of an API': (stack) => served(stack, new origins.HttpOrigin('api.example.com')),
  'a REST API of a function': (stack) => new apigateway.LambdaRestApi(stack, 'A', { handler: fn(stack) }),
  'an API that sends messages': (stack) => {
    const queue = new sqs.Queue(stack, 'Q');
    const made = role(stack, 'apigateway.amazonaws.com');
    queue.grantSendMessages(made);
    return new apigateway.RestApi(stack, 'A').root.addMethod(
      'POST',
      new apigateway.AwsIntegration({ service: 'sqs', path: queue.queueName, options: { credentialsRole: made } }),
    );
  },
  'an API that serves another bucket': (stack) => {
    const made = role(stack, 'apigateway.amazonaws.com');
    bucket(stack).grantRead(made);
    return new apigateway.RestApi(stack, 'A').root.addMethod(
      'GET',
      new apigateway.AwsIntegration({ service: 's3', path: 'own', options: { credentialsRole: made } }),
    );
  },
  'an HTTP API': (stack) => new apigwv2.HttpApi(stack, 'A'),
  'a GraphQL API of a function': (stack) => {
    const api = new appsync.CfnGraphQLApi(stack, 'A', { name: 'a', authenticationType: 'API_KEY' });
    const made = role(stack, 'appsync.amazonaws.com');
    fn(stack).grantInvoke(made);
    return new appsync.CfnDataSource(stack, 'D', {
      apiId: api.attrApiId,
      name: 'd',
      type: 'AWS_LAMBDA',
      serviceRoleArn: made.roleArn,
    });
  },
  'people who sign in': (stack) => new cognito.UserPool(stack, 'P').addClient('C'),
  'a load balanced service': (stack) =>
    new patterns.ApplicationLoadBalancedFargateService(stack, 'S', {
      vpc: vpc(stack),
      taskImageOptions: { image: ecs.ContainerImage.fromRegistry('nginx') },
    }),
  'a firewall': (stack) =>
    new wafv2.CfnWebACL(stack, 'W', {
      defaultAction: { allow: {} },
      scope: 'REGIONAL',
      visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: 'm', sampledRequestsEnabled: true },
    }),
  'a zone': (stack) => new route53.PublicHostedZone(stack, 'Z', { zoneName: 'example.com' }),
  'a topic that people of elsewhere read': (stack) =>
    new sns.Topic(stack, 'T').addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.AccountPrincipal('666677778888')],
        actions: ['sns:Subscribe'],
        resources: ['*'],
      }),
    ),
  'a queue that a topic feeds': (stack) =>
    new sns.Topic(stack, 'T').addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(stack, 'Q'))),
  'an event bus for others': (stack) =>
    new events.EventBus(stack, 'B').addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 's',
        principals: [new iam.AccountPrincipal('666677778888')],
        actions: ['events:PutEvents'],
        resources: ['*'],
      }),
    ),
  'images for others': (stack) => new ecr.Repository(stack, 'R').grantPull(new iam.AccountPrincipal('666677778888')),
  'a share of a network': (stack) =>
    new ram.CfnResourceShare(stack, 'S', {
      name: 's',
      principals: ['666677778888'],
      resourceArns: [`arn:aws:ec2:${stack.region}:${stack.account}:subnet/subnet-1`],
    }),
  'devices that send messages': (stack) =>
    new iot.CfnPolicy(stack, 'P', {
      policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] },
    }),
  // What a platform has.
  'tables, streams and queues': (stack) => [
    new dynamodb.TableV2(stack, 'T', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }),
    new kinesis.Stream(stack, 'S'),
  ],
  'a function on a stream': (stack) =>
    fn(stack).addEventSource(
      new sources.KinesisEventSource(new kinesis.Stream(stack, 'S'), {
        startingPosition: lambda.StartingPosition.LATEST,
      }),
    ),
  'a function on a queue': (stack) => fn(stack).addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Q'))),
  'a database with a password that rotates': (stack) =>
    new rds.DatabaseInstance(stack, 'D', {
      engine: rds.DatabaseInstanceEngine.POSTGRES,
      vpc: vpc(stack),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    }).addRotationSingleUser(),
  'a secret that a function reads': (stack) => new secretsmanager.Secret(stack, 'S').grantRead(fn(stack)),
  'a secret for another account': (stack) =>
    new secretsmanager.Secret(stack, 'S', { encryptionKey: new kms.Key(stack, 'K') }).grantRead(
      new iam.AccountPrincipal('666677778888'),
    ),
  'a file system': (stack) => new efs.FileSystem(stack, 'F', { vpc: vpc(stack) }),
  'a search domain': (stack) =>
    new opensearch.CfnDomain(stack, 'D', {
      accessPolicies: {
        Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'es:ESHttp*', Resource: '*' }],
      },
    }),
  'a log group with a subscription': (stack) =>
    new logs.CfnSubscriptionFilter(stack, 'S', {
      logGroupName: new logs.LogGroup(stack, 'G').logGroupName,
      filterPattern: '',
      destinationArn: fn(stack).functionArn,
    }),
  'a schedule': (stack) =>
    new scheduler.CfnSchedule(stack, 'S', {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: 'rate(1 day)',
      target: { arn: fn(stack).functionArn, roleArn: role(stack, 'scheduler.amazonaws.com').roleArn },
    }),
  'a rule on a schedule': (stack) =>
    new events.Rule(stack, 'R', {
      schedule: events.Schedule.rate(Duration.days(1)),
      targets: [new targets.LambdaFunction(fn(stack))],
    }),
  'configuration rules': (stack) =>
    new config.ManagedRule(stack, 'R', { identifier: 'S3_BUCKET_PUBLIC_READ_PROHIBITED' }),
  'a pipeline': (stack) => {
    const source = new codepipeline.Artifact();
    const own = new s3.Bucket(stack, 'Source', { versioned: true });
    return new codepipeline.Pipeline(stack, 'P', {
      artifactBucket: bucket(stack),
      stages: [
        {
          stageName: 'Source',
          actions: [new actions.S3SourceAction({ actionName: 's', bucket: own, bucketKey: 'k', output: source })],
        },
        {
          stageName: 'Build',
          actions: [
            new actions.CodeBuildAction({
              actionName: 'b',
              input: source,
              project: new codebuild.PipelineProject(stack, 'B'),
            }),
          ],
        },
      ],
    });
  },
  'an alias of a key': (stack) => new kms.Key(stack, 'K').addAlias('alias/own'),
  'a key for another account': (stack) =>
    new kms.Key(stack, 'K').grantDecrypt(new iam.AccountPrincipal('666677778888')),
  // Roles and people.
  'a monitoring role of another company, with list actions': (stack) =>
    new iam.Role(stack, 'R', { assumedBy: new iam.AccountPrincipal('464622532012'), externalIds: ['x'] }).addToPolicy(
      new iam.PolicyStatement({
        actions: [
          's3:ListAllMyBuckets',
          's3:GetBucketLocation',
          's3:GetBucketTagging',
          'cloudwatch:GetMetricData',
          'ec2:Describe*',
          'tag:GetResources',
        ],
        resources: ['*'],
      }),
    ),
  'a role of another account for another bucket': (stack) =>
    bucket(stack).grantReadWrite(new iam.Role(stack, 'R', { assumedBy: new iam.AccountPrincipal('666677778888') })),
  'administrators of our account': (stack) =>
    new iam.Role(stack, 'R', {
      assumedBy: new iam.AccountRootPrincipal(),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')],
    }),
  'a group with rights on everything': (stack) =>
    new iam.Group(stack, 'G', { managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess')] }),
  'people of ours without keys': (stack) =>
    new iam.User(stack, 'U', {
      groups: [
        new iam.Group(stack, 'G', {
          managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess')],
        }),
      ],
    }),
  'a set of permissions for people of ours': (stack) =>
    new sso.CfnPermissionSet(stack, 'S', {
      instanceArn: 'arn:aws:sso:::instance/ssoins-1',
      name: 's',
      managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    }),
  'a deployer by GitHub': (stack) => {
    const provider = new iam.CfnOIDCProvider(stack, 'O', {
      url: 'https://token.actions.githubusercontent.com',
      clientIdList: ['sts.amazonaws.com'],
    });
    const conditions = {
      StringEquals: {
        'token.actions.githubusercontent.com:sub': 'repo:us/app:environment:prod',
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      },
    };
    return new iam.Role(stack, 'R', {
      assumedBy: new iam.WebIdentityPrincipal(provider.attrArn, conditions),
    }).addToPolicy(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['arn:aws:iam::*:role/cdk-*'] }));
  },
  'an instance role as everybody has': managed('AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy'),
  'roles for reading': managed('ReadOnlyAccess', 'SecurityAudit', 'AmazonS3ReadOnlyAccess'),
  'roles for containers': managed(
    'AmazonEC2ContainerRegistryReadOnly',
    'AmazonEKSWorkerNodePolicy',
    'AmazonEKS_CNI_Policy',
  ),
  // Custom resources.
  'a call that reads': (stack) =>
    new cr.AwsCustomResource(stack, 'C', {
      onUpdate: {
        service: 'SSM',
        action: 'getParameter',
        parameters: { Name: '/x' },
        physicalResourceId: cr.PhysicalResourceId.of('x'),
      },
      policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
    }),
  'a call about another bucket': (stack) =>
    new cr.AwsCustomResource(stack, 'C', {
      onCreate: {
        service: 'S3',
        action: 'putBucketTagging',
        parameters: { Bucket: bucket(stack).bucketName },
        physicalResourceId: cr.PhysicalResourceId.of('x'),
      },
      policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
    }),
  'a resource of our own that names the bucket': (stack, { bucketName }) =>
    new CustomResource(stack, 'C', {
      serviceToken: new cr.Provider(stack, 'P', { onEventHandler: fn(stack) }).serviceToken,
      resourceType: 'Custom::Seed',
      properties: { Bucket: bucketName },
    }),
  "somebody's type": (stack) =>
    new CfnResource(stack, 'C', {
      type: 'Datadog::Monitors::Monitor',
      properties: { Query: 'avg:aws.s3.bytes{bucketname:integrations-kohler}' },
    }),
  'logs that are kept for a week': (stack) =>
    new logs.LogRetention(stack, 'L', { logGroupName: '/x', retention: logs.RetentionDays.ONE_WEEK }),
};
