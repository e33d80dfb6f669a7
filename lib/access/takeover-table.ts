/**
 * Rights over what runs as some role, with which no right to pass that role is needed.
 */
import { rows } from './rows';

/**
 * Services, and the actions with which somebody runs code of its own choice as a role of theirs, gets a session or
 * credentials of it, or has it read what somebody else chooses. For roles that trust Roles Anywhere or IoT it is the
 * authority that is changed. What only starts something that others wrote is not here: test/access/escalations.yaml lists
 * both, with a source for each.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * @see https://pathfinding.cloud/paths/
 */
export const TAKES_OVER = rows(`
  lambda lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration lambda:CreateMicrovmShellAuthToken
  edgelambda lambda:UpdateFunctionCode
  ec2 ssm:SendCommand ssm:StartSession ssm:ResumeSession ssm:GetAccessToken ssm:CreateAssociation ssm:CreateAssociationBatch ssm:UpdateAssociation ssm:UpdateDocument ssm:UpdateDocumentDefaultVersion ssm:RegisterTaskWithMaintenanceWindow ssm:UpdateMaintenanceWindowTask ec2-instance-connect:SendSSHPublicKey ec2-instance-connect:SendSerialConsoleSSHPublicKey ec2:ModifyInstanceAttribute ec2:CreateReplaceRootVolumeTask ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate codedeploy:CreateDeployment elasticbeanstalk:UpdateEnvironment imagebuilder:CreateImage imagebuilder:CreateImagePipeline imagebuilder:UpdateImagePipeline cloud9:CreateEnvironmentMembership cloud9:UpdateEnvironmentMembership eks:CreateAccessEntry eks:UpdateAccessEntry eks:AssociateAccessPolicy elasticmapreduce:AddJobFlowSteps elasticmapreduce:OpenEditorInConsole elasticmapreduce:StartNotebookExecution elasticmapreduce:StartSession elasticmapreduce:GetSessionEndpoint elasticmapreduce:GetClusterSessionCredentials
  pods.eks eks:CreateAccessEntry eks:UpdateAccessEntry eks:AssociateAccessPolicy emr-containers:StartJobRun emr-containers:GetManagedEndpointSessionCredentials
  eks-fargate-pods eks:CreateAccessEntry eks:UpdateAccessEntry eks:AssociateAccessPolicy
  ecs-tasks ecs:ExecuteCommand ecs:RegisterContainerInstance ssm:StartSession batch:SubmitJob
  codebuild codebuild:StartBuild codebuild:StartBuildBatch codebuild:UpdateProject codebuild:StartSandbox codebuild:StartSandboxConnection codebuild:StartCommandExecution
  glue glue:UpdateJob glue:UpdateJobFromSourceControl glue:StartJobRun glue:CreateTrigger glue:UpdateTrigger glue:UpdateDevEndpoint glue:RunStatement glue:RunDataPreviewStatement glue:GetSessionEndpoint
  databrew databrew:StartProjectSession databrew:SendProjectSessionAction databrew:UpdateRecipe databrew:PublishRecipe
  sagemaker sagemaker:CreatePresignedNotebookInstanceUrl sagemaker:CreatePresignedDomainUrl sagemaker:CreatePresignedMlflowTrackingServerUrl sagemaker:CreatePresignedMlflowAppUrl sagemaker:CreatePartnerAppPresignedUrl sagemaker:StartSession sagemaker:UpdateNotebookInstance sagemaker:UpdateNotebookInstanceLifecycleConfig sagemaker:UpdatePipeline
  athena athena:StartSession athena:GetSessionEndpoint athena:CreatePresignedNotebookUrl athena:StartCalculationExecution athena:UpdateNotebook
  elasticmapreduce elasticmapreduce:AddJobFlowSteps elasticmapreduce:OpenEditorInConsole elasticmapreduce:StartNotebookExecution
  emr-serverless emr-serverless:StartJobRun emr-serverless:GetSessionEndpoint
  kinesisanalytics kinesisanalytics:UpdateApplication kinesisanalytics:CreateApplicationPresignedUrl
  kafkaconnect kafkaconnect:UpdateConnector
  airflow airflow:CreateCliToken airflow:CreateWebLoginToken airflow:InvokeRestApi
  airflow-env airflow:CreateCliToken airflow:CreateWebLoginToken airflow:InvokeRestApi
  states states:UpdateStateMachine
  codepipeline codepipeline:UpdatePipeline
  datapipeline datapipeline:PutPipelineDefinition
  amplify amplify:UpdateApp amplify:CreateBranch amplify:UpdateBranch amplify:CreateDeployment amplify:StartDeployment
  tasks.apprunner apprunner:UpdateService
  servicecatalog servicecatalog:CreateProvisioningArtifact
  fis fis:UpdateExperimentTemplate
  apigateway apigateway:PATCH apigateway:POST apigateway:PUT
  appsync appsync:CreateResolver appsync:UpdateResolver appsync:CreateFunction appsync:UpdateFunction
  bedrock bedrock:CreateDataSource bedrock:UpdateDataSource
  bedrock-agentcore bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter bedrock-agentcore:InvokeAgentRuntimeCommand bedrock-agentcore:InvokeAgentRuntimeCommandShell
  redshift redshift-data:ExecuteStatement redshift-data:BatchExecuteStatement redshift:GetClusterCredentials redshift:GetClusterCredentialsWithIAM redshift-serverless:GetCredentials sqlworkbench:DriverExecute
  redshift-serverless redshift-data:ExecuteStatement redshift-data:BatchExecuteStatement redshift-serverless:GetCredentials sqlworkbench:DriverExecute
  rds rds-data:ExecuteStatement rds-data:BatchExecuteStatement rds-data:ExecuteSql neptune-db:StartLoaderJob
  dms dms:CreateReplicationTask dms:ModifyReplicationTask
  datasync datasync:CreateTask datasync:UpdateLocation*
  transfer transfer:ImportSshPublicKey transfer:UpdateServer transfer:UpdateConnector transfer:StartFileTransfer
  storagegateway storagegateway:UpdateNFSFileShare storagegateway:UpdateSMBFileShare storagegateway:SetSMBGuestPassword
  firehose firehose:UpdateDestination
  lakeformation lakeformation:PutDataLakeSettings lakeformation:GrantPermissions lakeformation:BatchGrantPermissions
  cleanrooms cleanrooms:StartProtectedQuery cleanrooms:StartProtectedJob
  datazone datazone:GetEnvironmentCredentials datazone:GetDomainExecutionRoleCredentials datazone:GetConnection
  credentials.deadline deadline:AssumeFleetRoleForRead deadline:AssumeFleetRoleForWorker deadline:AssumeQueueRoleForRead deadline:AssumeQueueRoleForUser deadline:AssumeQueueRoleForWorker
  grafana grafana:CreateWorkspaceApiKey grafana:CreateWorkspaceServiceAccountToken grafana:UpdatePermissions grafana:UpdateWorkspaceAuthentication
  quicksight quicksight:CreateDataSource quicksight:UpdateDataSource quicksight:CreateDataSet quicksight:UpdateDataSet quicksight:RegisterUser
  reveal-samples.macie macie2:GetSensitiveDataOccurrences
  appstream appstream:CreateStreamingURL appstream:CreateImageBuilderStreamingURL
  gamelift gamelift:GetComputeAccess gamelift:GetInstanceAccess gamelift:UpdateScript
  ds ds:ResetUserPassword ds-data:AddGroupMember ds-data:CreateUser
  rolesanywhere rolesanywhere:CreateTrustAnchor rolesanywhere:UpdateTrustAnchor rolesanywhere:EnableTrustAnchor rolesanywhere:CreateProfile rolesanywhere:UpdateProfile rolesanywhere:EnableProfile rolesanywhere:PutAttributeMapping
  credentials.iot iot:CreateKeysAndCertificate iot:CreateCertificateFromCsr iot:RegisterCertificate iot:RegisterCertificateWithoutCA iot:UpdateCertificate iot:AttachPolicy
  ssm ssm:CreateActivation
  images ecr:PutImage ecr:ReplicateImage
  job-scripts s3:PutObject s3:ReplicateObject`);

/** Rows of {@link TAKES_OVER} for code that runs later, wherever somebody takes it from: only what is seen to run it counts. */
export const ONLY_WHERE_SEEN: ReadonlySet<string> = new Set(['images', 'job-scripts']);

/**
 * Services that read a bucket because its own policy lets them, without a role, and the actions with which somebody directs
 * what they read, and for whom.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/s3-policies-management.html
 * @see https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/su-console-policy.html
 */
export const DIRECTS = rows(`
  cloudfront cloudfront:CreateDistribution cloudfront:CreateDistributionWithTags cloudfront:CopyDistribution cloudfront:UpdateDistribution cloudfront:UpdateDistributionWithStagingConfig
  appflow appflow:CreateFlow appflow:UpdateFlow
  rekognition rekognition:CreateDataset rekognition:CreateProjectVersion
  serverlessrepo serverlessrepo:CreateApplication serverlessrepo:CreateApplicationVersion`);
