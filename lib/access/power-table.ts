/**
 * Rights with which somebody becomes somebody else, or rewrites what guards an account. A row is a name and the actions
 * that give it, with all that such an action needs besides.
 */
import { rows } from './rows';

/**
 * Actions by which anything in an account can be allowed: policies of IAM and of the identity centre, stacks, which act
 * with a role of their own, and the root user.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
 */
export const REWRITES = rows(`
  iam iam:PutRolePolicy iam:PutUserPolicy iam:PutGroupPolicy iam:AttachRolePolicy iam:AttachUserPolicy iam:AttachGroupPolicy iam:CreatePolicyVersion iam:SetDefaultPolicyVersion
  cloudformation cloudformation:UpdateStack cloudformation:ExecuteChangeSet cloudformation:ExecuteStackRefactor cloudformation:CreateStackInstances cloudformation:UpdateStackInstances cloudformation:UpdateStackSet cloudformation:CreateStackSet cloudformation:ImportStacksToStackSet
  sso sso:AttachCustomerManagedPolicyReferenceToPermissionSet sso:AttachManagedPolicyToPermissionSet sso:CreateAccountAssignment sso:ProvisionPermissionSet sso:PutInlinePolicyToPermissionSet
  identitystore identitystore:CreateGroupMembership
  sso-directory sso-directory:AddMemberToGroup sso-directory:UpdatePassword
  sts sts:AssumeRoot`);

/** Who somebody becomes: a user, by credentials; a role, by its trust; a group, by joining it. */
export const BECOMES = rows(`
  assumes sts:AssumeRole
  credentials iam:CreateAccessKey iam:CreateLoginProfile iam:UpdateLoginProfile
  trust iam:UpdateAssumeRolePolicy
  group iam:AddUserToGroup
  provider iam:UpdateSAMLProvider iam:CreateSAMLProvider iam:CreateOpenIDConnectProvider iam:AddClientIDToOpenIDConnectProvider iam:UpdateOpenIDConnectProviderThumbprint
  passes iam:PassRole`);

/** Actions that open a session of a role to anyone whom its trust names. */
export const ASSUME_ACTIONS = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/**
 * Services, and the actions that make them run something of the caller's choice as a role that the caller may pass. Of a
 * service that is not here, every action of its own name that does not only read.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const RUNS = rows(`
  lambda lambda:CreateFunction lambda:UpdateFunctionConfiguration
  edgelambda lambda:CreateFunction lambda:UpdateFunctionConfiguration
  ec2 ec2:RunInstances ec2:AssociateIamInstanceProfile ec2:ReplaceIamInstanceProfileAssociation ec2:RequestSpotInstances ec2:RequestSpotFleet ec2:CreateFleet ec2:CreateLaunchTemplate ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate autoscaling:CreateAutoScalingGroup autoscaling:UpdateAutoScalingGroup autoscaling:CreateLaunchConfiguration elasticmapreduce:RunJobFlow elasticbeanstalk:CreateEnvironment elasticbeanstalk:UpdateEnvironment imagebuilder:CreateInfrastructureConfiguration imagebuilder:UpdateInfrastructureConfiguration cloud9:CreateEnvironmentEC2 eks:CreateNodegroup batch:CreateComputeEnvironment batch:UpdateComputeEnvironment iam:AddRoleToInstanceProfile
  ecs-tasks ecs:RegisterTaskDefinition ecs:RunTask ecs:StartTask ecs:CreateService ecs:UpdateService batch:RegisterJobDefinition batch:SubmitJob events:PutTargets scheduler:CreateSchedule scheduler:UpdateSchedule pipes:CreatePipe pipes:UpdatePipe
  ecs ecs:CreateService ecs:UpdateService
  pods.eks eks:CreatePodIdentityAssociation eks:UpdatePodIdentityAssociation
  eks eks:CreateCluster
  codebuild codebuild:CreateProject codebuild:UpdateProject codebuild:StartBuild codebuild:StartBuildBatch
  codepipeline codepipeline:CreatePipeline codepipeline:UpdatePipeline
  codedeploy codedeploy:CreateDeploymentGroup codedeploy:UpdateDeploymentGroup
  cloudformation cloudformation:CreateStack cloudformation:UpdateStack cloudformation:CreateChangeSet cloudformation:DeleteStack cloudformation:CreateStackSet cloudformation:UpdateStackSet cloudformation:RollbackStack cloudformation:ContinueUpdateRollback
  hooks.cloudformation cloudformation:ActivateType cloudformation:RegisterType cloudformation:SetTypeConfiguration
  resources.cloudformation cloudformation:ActivateType cloudformation:RegisterType cloudformation:CreateResource cloudformation:UpdateResource
  glue glue:CreateJob glue:UpdateJob glue:CreateDevEndpoint glue:UpdateDevEndpoint glue:CreateSession glue:CreateCrawler glue:UpdateCrawler glue:StartJobRun glue:CreateMLTransform glue:CreateCustomEntityType glue:CreateDataQualityRuleset glue:StartDataQualityRulesetEvaluationRun
  sagemaker sagemaker:Create* sagemaker:Update* sagemaker:Start*
  datapipeline datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline
  elasticmapreduce elasticmapreduce:RunJobFlow elasticmapreduce:AddJobFlowSteps elasticmapreduce:CreateStudio
  emr-serverless emr-serverless:StartJobRun emr-serverless:StartSession emr-serverless:AccessLivyEndpoints emr-serverless:AccessInteractiveEndpoints
  emr-containers emr-containers:StartJobRun
  states states:CreateStateMachine states:UpdateStateMachine states:TestState
  events events:PutTargets events:CreateConnection
  scheduler scheduler:CreateSchedule scheduler:UpdateSchedule
  pipes pipes:CreatePipe pipes:UpdatePipe
  ssm ssm:StartAutomationExecution ssm:CreateActivation ssm:RegisterTaskWithMaintenanceWindow ssm:UpdateMaintenanceWindowTask ssm:CreateAssociation ssm:UpdateAssociation
  credentials.iot iot:CreateRoleAlias iot:UpdateRoleAlias
  iot iot:CreateTopicRule iot:ReplaceTopicRule iot:CreateJob iot:SetV2LoggingOptions
  rolesanywhere rolesanywhere:CreateProfile rolesanywhere:UpdateProfile
  s3 s3:PutReplicationConfiguration
  batchoperations.s3 s3:CreateJob
  access-grants.s3 s3:CreateAccessGrantsLocation s3:UpdateAccessGrantsLocation
  backup backup:StartBackupJob backup:StartRestoreJob backup:CreateBackupSelection backup:StartCopyJob
  datasync datasync:CreateLocationS3 datasync:UpdateLocationS3
  transfer transfer:CreateUser transfer:UpdateUser transfer:CreateAccess transfer:UpdateAccess transfer:CreateAgreement transfer:UpdateAgreement transfer:CreateConnector transfer:UpdateConnector transfer:CreateServer transfer:UpdateServer transfer:CreateWorkflow transfer:CreateWebApp transfer:UpdateWebApp
  apigateway apigateway:PUT apigateway:POST apigateway:PATCH
  appsync appsync:CreateDataSource appsync:UpdateDataSource
  firehose firehose:CreateDeliveryStream firehose:UpdateDestination
  redshift redshift:CreateCluster redshift:ModifyClusterIamRoles redshift:RestoreFromClusterSnapshot
  rds rds:AddRoleToDBCluster rds:AddRoleToDBInstance rds:RestoreDBClusterFromS3 rds:RestoreDBInstanceFromS3 rds:StartExportTask
  export.rds rds:StartExportTask
  dms dms:CreateEndpoint dms:ModifyEndpoint
  lakeformation lakeformation:RegisterResource lakeformation:UpdateResource
  bedrock bedrock:Create* bedrock:Update* bedrock:Start*
  bedrock-agentcore bedrock-agentcore:Create* bedrock-agentcore:Update*
  build.apprunner apprunner:CreateService apprunner:UpdateService
  tasks.apprunner apprunner:CreateService apprunner:UpdateService
  airflow airflow:CreateEnvironment airflow:UpdateEnvironment
  airflow-env airflow:CreateEnvironment airflow:UpdateEnvironment
  kinesisanalytics kinesisanalytics:CreateApplication kinesisanalytics:UpdateApplication
  cognito-idp cognito-idp:CreateUserPool cognito-idp:UpdateUserPool cognito-idp:CreateGroup cognito-idp:UpdateGroup
  logs logs:PutSubscriptionFilter logs:PutDestination logs:CreateExportTask
  application-autoscaling application-autoscaling:RegisterScalableTarget
  delivery.logs logs:PutDeliveryDestination
  kafkaconnect kafkaconnect:CreateConnector
  cloudtrail cloudtrail:CreateTrail cloudtrail:UpdateTrail
  config config:PutConfigurationRecorder config:PutRemediationConfigurations`);

/** Services that act as no role of the caller's choice, so that no right of theirs does anything with one. */
export const RUN_NOTHING: ReadonlySet<string> = new Set(
  'iam sts kms secretsmanager sqs sns dynamodb cloudwatch ses tag xray execute-api sso identitystore organizations'.split(
    ' ',
  ),
);
