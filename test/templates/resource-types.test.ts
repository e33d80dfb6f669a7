import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { classifiedTypes, classOf, DOOR_TYPES } from '../../lib/templates';

const CDK = dirname(require.resolve('aws-cdk-lib/package.json'));

/** Every type of resource that has a class in the CDK. */
const KNOWN = new Set(
  readdirSync(CDK, { withFileTypes: true })
    .filter((each) => each.isDirectory() && each.name.startsWith('a'))
    .flatMap(({ name }) => {
      const lib = join(CDK, name, 'lib');
      const files = readdirSync(join(CDK, name)).includes('lib') ? readdirSync(lib) : [];
      return files
        .filter((file) => file.endsWith('.generated.js'))
        .map((file) => readFileSync(join(lib, file), 'utf8'));
    })
    .flatMap((source) => [...source.matchAll(/CFN_RESOURCE_TYPE_NAME="([^"]+)"/g)].map(([, type = '']) => type)),
);

test('the table has every type that the CDK knows', () => {
  const unknown = [...KNOWN].filter((type) => classOf(type) === 'unknown');
  // What these hold is judged. Any other is a new one: npm run generate, and think about whether it is a door.
  expect(unknown.filter((type) => !/^AWS::Serverless::|^AWS::CloudFormation::CustomResource$/.test(type))).toEqual([]);
});

test('what a type is', () => {
  expect(
    ['AWS::SQS::Queue', 'AWS::Lambda::Function', 'AWS::S3::AccessPoint', 'Custom::S3AutoDeleteObjects'].map(classOf),
  ).toEqual(['inert', 'acts-by-role', 'door', 'door']);
  expect(['Custom::Mine', 'Acme::S3::Share', 'AWS::S3::NewThing', 'AWS::Serverless::Function'].map(classOf)).toEqual(
    Array(4).fill('unknown'),
  );
  expect(classOf('AWS::CloudFormation::CustomResource')).toBe('unknown');
  expect(classOf('constructor')).toBe('unknown');
});

test('each door is a type that there is', () => {
  // Two that CloudFormation has without a class in the CDK.
  const others: readonly string[] = ['AWS::KMS::Grant', 'AWS::Transfer::Access'];
  const made = DOOR_TYPES.filter((type) => !type.startsWith('Custom::') && !others.includes(type));
  expect(made.filter((type) => !KNOWN.has(type))).toEqual([]);
  expect(classifiedTypes().size).toBeGreaterThan(1900);
});
