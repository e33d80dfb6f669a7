/**
 * AWS's own managed policies that everybody attaches and that touch neither buckets, keys and secrets nor rights. Of any other
 * a template does not show what it allows.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const NAMES = `AWSDenyAll AWSXRayDaemonWriteAccess AWSXrayWriteOnlyAccess AmazonEC2ContainerRegistryPullOnly
  AmazonEC2ContainerRegistryReadOnly AmazonEKSWorkerNodePolicy AmazonEKS_CNI_Policy CloudWatchAgentServerPolicy
  CloudWatchLambdaInsightsExecutionRolePolicy service-role/AWSAppSyncPushToCloudWatchLogs
  service-role/AWSLambdaBasicExecutionRole service-role/AWSLambdaDynamoDBExecutionRole
  service-role/AWSLambdaKinesisExecutionRole service-role/AWSLambdaSQSQueueExecutionRole
  service-role/AWSLambdaVPCAccessExecutionRole service-role/AWSTransferLoggingAccess
  service-role/AmazonAPIGatewayPushToCloudWatchLogs service-role/AmazonECSTaskExecutionRolePolicy
  service-role/AmazonRDSEnhancedMonitoringRole`;

const HARMLESS: ReadonlySet<string> = new Set(NAMES.split(/\s+/));

/** Whether an ARN surely names a managed policy of AWS's that gives nothing that is guarded. */
export function isHarmlessPolicy(arn: string): boolean {
  const [, name] = /^arn:[^:]*:iam::aws:policy\/([\w/-]+)$/.exec(arn) ?? [];
  return name !== undefined && HARMLESS.has(name);
}
