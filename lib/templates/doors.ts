/**
 * What has a policy of its own in templates: buckets, keys, secrets, access points.
 */
import { ANY, ANYTHING, type Door, type Json, literalText, plainJson, readPolicy, type Value } from '../access';
import type { AppTemplates, ReadResource } from './app-templates';
import type { Environment } from './environment';
import { placeOf } from './holders';
import { at, documentIn, textsIn } from './parts';

export interface ReadDoor extends Door {
  readonly resource: ReadResource;
}

type Read = (
  app: AppTemplates,
  resource: ReadResource,
  environment: Environment,
) => Pick<Door, 'names' | 'policy' | 'lends'>;

const policyAt = (resource: ReadResource, property: string) =>
  readPolicy(documentIn(at(resource.properties, property)), placeOf(resource, property));

const DOORS: readonly (readonly [string, Door['kind'], Read])[] = [
  [
    'AWS::S3::BucketPolicy',
    'bucket',
    (_, resource, environment) => ({
      names: textsIn(at(resource.properties, 'Bucket')).map((name) => bucketArn(name, environment)),
      policy: policyAt(resource, 'PolicyDocument'),
    }),
  ],
  [
    'AWS::KMS::Key',
    'key',
    (app, resource) => ({ names: [app.valueOf(resource, 'Arn')], policy: policyAt(resource, 'KeyPolicy') }),
  ],
  [
    'AWS::KMS::ReplicaKey',
    'key',
    (app, resource) => ({
      names: [app.valueOf(resource, 'Arn'), ...textsIn(at(resource.properties, 'PrimaryKeyArn'))],
      policy: policyAt(resource, 'KeyPolicy'),
    }),
  ],
  [
    'AWS::KMS::Grant',
    'key',
    (_, resource, environment) => ({
      names: textsIn(at(resource.properties, 'KeyId')).map((id) => keyArn(id, environment)),
      policy: readPolicy(grantDocument(resource), placeOf(resource, 'GranteePrincipal')),
    }),
  ],
  [
    'AWS::SecretsManager::ResourcePolicy',
    'secret',
    (_, resource, environment) => ({
      names: textsIn(at(resource.properties, 'SecretId')).map((id) => secretArn(id, environment)),
      policy: policyAt(resource, 'ResourcePolicy'),
    }),
  ],
  [
    'AWS::S3::AccessPoint',
    'access-point',
    (app, resource, environment) => ({
      names: [app.valueOf(resource, 'Arn'), bucketArn(app.valueOf(resource, 'Alias'), environment)],
      policy: policyAt(resource, 'Policy'),
      lends: bucketArn(textsIn(at(resource.properties, 'Bucket'))[0] ?? ANYTHING, environment),
    }),
  ],
];

/** Everything of an app that has a policy of its own. */
export function doorsOf(app: AppTemplates): readonly ReadDoor[] {
  return DOORS.flatMap(([type, kind, read]) =>
    app.ofType(type).flatMap((resource): ReadDoor[] => {
      const environment = app.reader(resource.source.name)?.environment;
      if (!environment) return [];
      const place = placeOf(resource, '');
      return [{ kind, account: environment.account, ...read(app, resource, environment), place, resource }];
    }),
  );
}

/** The ARN of the bucket of a name. */
export function bucketArn(name: Value, { partition }: Environment): Value {
  return ['arn:', ...partition, ':s3:::', ...name];
}

/** Of a key that is named by its id; an alias may be of any key. */
function keyArn(id: Value, { partition, region, account }: Environment): Value {
  const text = literalText(id.slice(0, 1)) ?? '';
  if (text.startsWith('arn:')) return id;
  if (id.length === 1 && typeof id[0] === 'object' && 'any' in id[0]) return ANYTHING;
  const name = text.startsWith('alias/') ? [ANY] : id;
  return ['arn:', ...partition, ':kms:', ...region, ':', ...account, ':key/', ...name];
}

/** Of a secret that is named without what AWS adds to its name. */
export function secretArn(id: Value, { partition, region, account }: Environment): Value {
  if (String(literalText(id.slice(0, 1)) ?? '').startsWith('arn:')) return [...id, ANY];
  if (id.length === 1 && typeof id[0] === 'object' && 'any' in id[0]) return ANYTHING;
  return ['arn:', ...partition, ':secretsmanager:', ...region, ':', ...account, ':secret:', ...id, '-', ANY];
}

function grantDocument({ properties }: ReadResource): Json {
  const [who = ANYTHING] = textsIn(at(properties, 'GranteePrincipal'));
  const operations = textsIn(at(properties, 'Operations')).map((name): Json => ({ text: ['kms:', ...name] }));
  return {
    members: [
      [
        'Statement',
        {
          members: [
            ['Effect', { text: ['Allow'] }],
            ['Principal', { members: [['AWS', { text: who }]] }],
            ['Action', { list: operations }],
            ['Resource', plainJson('*')],
          ],
        },
      ],
    ],
  };
}
