import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifiedTypes, classOf, DOOR_TYPES } from '../../lib/templates';
import { resourceTypes } from '../../scripts/resource-types';

test('the table has every type that the CDK knows', () => {
  // npm run generate writes it, and a new type is then inert or acts by its role until somebody says otherwise.
  const written = readFileSync(join(__dirname, '../../lib/templates/known-types.ts'), 'utf8');
  expect(written).toBe(resourceTypes());
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
  const known = new Set(
    [...resourceTypes().matchAll(/^(AWS::\w+) ((?:.|\n )*)$/gm)].flatMap(([, service, names = '']) =>
      names.split(/\s+/).map((name) => `${service}::${name.replace('*', '')}`),
    ),
  );
  // The first is in no class of the CDK, and was in CloudFormation for some; the second in none yet.
  const others = ['AWS::KMS::Grant', 'AWS::Transfer::Access'];
  const made = DOOR_TYPES.filter((type) => !type.startsWith('Custom::') && !others.includes(type));
  expect(made.filter((type) => !known.has(type))).toEqual([]);
  expect(classifiedTypes().size).toBeGreaterThan(1900);
});
