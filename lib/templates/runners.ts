/**
 * What runs as a role, and what it runs: rights over either are rights of that role. Builds, state machines, jobs and
 * pipelines are changed or directed themselves; containers run the images of a repository, and jobs the scripts of a bucket.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_JobCommand.html
 * @see https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-dag-folder.html
 */
import { ANY, ANYTHING, type Json, literalText, type Value } from '../access';
import type { AppTemplates, ReadResource } from './app-templates';
import { bucketArn, type ReadDoor } from './doors';
import type { Environment } from './environment';
import { placeOf } from './holders';
import { at, textsIn } from './parts';

interface Running {
  /** By which rights it is changed: rows of `TAKES_OVER`. */
  readonly rows: readonly string[];
  readonly role: readonly string[];
  /** What these rights are on. */
  readonly names: (resource: ReadResource, app: AppTemplates, environment: Environment) => readonly Value[];
}

const named =
  (service: string, start: string): Running['names'] =>
  (resource, app, { partition, region, account }) => [
    ['arn:', ...partition, ':', service, ':', ...region, ':', ...account, ':', start, ...app.valueOf(resource)],
  ];

const byArn: Running['names'] = (resource, app) => [app.valueOf(resource, 'Arn')];

const image =
  (...path: readonly string[]): Running['names'] =>
  ({ properties }, _, { partition }) =>
    textsIn(at(properties, ...path)).flatMap((text) => repositoriesOf(text, partition));

const containers: Running['names'] = ({ properties }, _, { partition }) =>
  listedUnder(at(properties, 'ContainerDefinitions')).flatMap((each) =>
    textsIn(at(each, 'Image')).flatMap((text) => repositoriesOf(text, partition)),
  );

const script: Running['names'] = ({ properties }, _, environment) =>
  textsIn(at(properties, 'Command', 'ScriptLocation')).map((text) => objectOf(text, environment));

const workflows: Running['names'] = ({ properties }) =>
  textsIn(at(properties, 'SourceBucketArn')).map((bucket) => [...bucket, '/', ANY]);

const RUNNING: readonly (readonly [string, Running])[] = [
  ['AWS::CodeBuild::Project', { rows: ['codebuild'], role: ['ServiceRole'], names: byArn }],
  ['AWS::CodeBuild::Project', { rows: ['images'], role: ['ServiceRole'], names: image('Environment', 'Image') }],
  ['AWS::CodePipeline::Pipeline', { rows: ['codepipeline'], role: ['RoleArn'], names: named('codepipeline', '') }],
  ['AWS::StepFunctions::StateMachine', { rows: ['states'], role: ['RoleArn'], names: byArn }],
  ['AWS::Glue::Job', { rows: ['glue'], role: ['Role'], names: named('glue', 'job/') }],
  ['AWS::Glue::Job', { rows: ['job-scripts'], role: ['Role'], names: script }],
  ['AWS::MWAA::Environment', { rows: ['job-scripts'], role: ['ExecutionRoleArn'], names: workflows }],
  ['AWS::ECS::TaskDefinition', { rows: ['images'], role: ['TaskRoleArn'], names: containers }],
  [
    'AWS::Batch::JobDefinition',
    { rows: ['images'], role: ['ContainerProperties', 'JobRoleArn'], names: image('ContainerProperties', 'Image') },
  ],
  [
    'AWS::AppRunner::Service',
    {
      rows: ['images'],
      role: ['InstanceConfiguration', 'InstanceRoleArn'],
      names: image('SourceConfiguration', 'ImageRepository', 'ImageIdentifier'),
    },
  ],
];

/** Everything of an app that runs as a role, functions aside. */
export function runnersOf(app: AppTemplates): readonly ReadDoor[] {
  return RUNNING.flatMap(([type, { rows, role, names }]) =>
    app.ofType(type).flatMap((resource): ReadDoor[] => {
      const environment = app.reader(resource.source.name)?.environment;
      if (!environment) return [];
      const { account } = environment;
      const place = placeOf(resource, role[0] ?? '');
      const on = names(resource, app, environment);
      return textsIn(at(resource.properties, ...role)).map((lends) => ({
        kind: 'runner',
        account,
        names: on,
        lends: roleArn(lends, environment),
        rows,
        place,
        resource,
      }));
    }),
  );
}

/** A role that some types name without its ARN. */
function roleArn(role: Value, { partition, account }: Environment): Value {
  const [first] = role;
  const isName = typeof first === 'string' ? !first.startsWith('arn:') : first !== undefined && !('any' in first);
  return isName ? ['arn:', ...partition, ':iam::', ...account, ':role/', ...role] : role;
}

function listedUnder(json: Json): readonly Json[] {
  if ('choice' in json) return json.choice.flatMap(listedUnder);
  return 'list' in json ? json.list : [json];
}

/** The repository of ours from which an image surely comes, none, or any where only a deployment knows it. */
function repositoriesOf(image: Value, partition: Value): readonly Value[] {
  const start = image.findIndex((piece) => typeof piece === 'string' && piece.includes('.dkr.ecr'));
  const arn = (name: Value): Value => ['arn:', ...partition, ':ecr:', ANY, ':', ANY, ':repository/', ...name];
  if (start < 0) return literalText(image) === undefined ? [arn([ANY])] : [];
  const after = splitOnce(image.slice(start), '/')?.[1];
  if (!after) return [arn([ANY])];
  return [arn((splitOnce(after, '@') ?? splitOnce(after, ':'))?.[0] ?? after)];
}

/** The object that an address means. */
function objectOf(address: Value, environment: Environment): Value {
  const [first, ...others] = address;
  if (typeof first !== 'string' || !first.startsWith('s3://')) return ANYTHING;
  return bucketArn(
    [first.slice('s3://'.length), ...others].filter((piece) => piece !== ''),
    environment,
  );
}

/** What is before and behind a sign, where it stands in a literal. */
function splitOnce(value: Value, sign: string): readonly [Value, Value] | undefined {
  const where = value.findIndex((piece) => typeof piece === 'string' && piece.includes(sign));
  const piece = value[where];
  if (typeof piece !== 'string') return undefined;
  const index = piece.indexOf(sign);
  const parts = [
    [...value.slice(0, where), piece.slice(0, index)],
    [piece.slice(index + sign.length), ...value.slice(where + 1)],
  ] as const;
  return parts.map((part) => part.filter((each) => each !== '')) as unknown as readonly [Value, Value];
}
