// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are CloudFormation's

import { acceptable } from '../e2e/deployer/acceptable';
import { notJudgedTable } from '../e2e/deployer/not-judged';
import { inOrder, resolve } from '../e2e/deployer/references';
import { EVERY_SHAPE } from '../support/every-shape';
import { type Resource, synthesize, synthesizeFolder, type Template } from '../support/synth';

const HOME = { account: '111122223333', region: 'eu-west-1', stackName: 'integrations-kohler' };

function template(Resources: Readonly<Record<string, unknown>>): Template {
  return { Resources: Resources as Record<string, Resource>, Outputs: {} };
}

describe('what is deployed', () => {
  test('is every shape of definition, parts of a client among them', () => {
    const templates = synthesize(EVERY_SHAPE);
    expect(Object.keys(templates)).toEqual(expect.arrayContaining(['a', 'a-Part2', 'a-Part10']));
    for (const each of Object.values(templates)) expect(() => acceptable(each)).not.toThrow();
  });

  test('is every example of this project', () => {
    for (const each of Object.values(synthesizeFolder('integrations'))) expect(() => acceptable(each)).not.toThrow();
  });

  test.each([
    ['a type', { Queue: { Type: 'AWS::SQS::Queue' } }, 'AWS::SQS::Queue'],
    ['a type that JavaScript knows', { Queue: { Type: 'constructor' } }, 'constructor'],
    [
      'a property',
      { Bucket: { Type: 'AWS::S3::Bucket', Properties: { AccessControl: 'PublicRead' } } },
      'AccessControl',
    ],
    ['an attribute', { Bucket: { Type: 'AWS::S3::Bucket', CreationPolicy: {} } }, 'CreationPolicy'],
    ['a policy', { Bucket: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Snapshot' } }, 'Snapshot'],
  ])('is nothing with %s that it does not emit', (_, resources, name) => {
    expect(() => acceptable(template(resources))).toThrow(name);
  });

  test('is no template with parameters, conditions or rules of its own', () => {
    expect(() => acceptable({ ...template({}), Parameters: { Name: {} } } as Template)).toThrow('Name');
    expect(() => acceptable({ ...template({}), Rules: { Mine: {} } } as Template)).toThrow('Mine');
    expect(() => acceptable({ ...template({}), Conditions: {} } as Template)).toThrow('Conditions');
  });
});

describe('the order', () => {
  test('is that of references, in every way that they are written', () => {
    const resources = {
      Secret: { Properties: { Name: { 'Fn::Join': ['/', [{ Ref: 'Key' }, { Ref: 'AWS::Region' }]] } } },
      Key: { Properties: { UserName: { 'Fn::Sub': '${User}-${AWS::Region}-${!Nobody}' } } },
      User: { Properties: { Policies: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }] } },
      Profile: { Properties: { Arn: { 'Fn::Sub': ['${Given}', { Given: { 'Fn::GetAtt': 'Role.Arn' } }] } } },
      Role: { Properties: {}, DependsOn: ['Secret'] },
      Bucket: { Properties: {} },
    };
    expect(inOrder(template(resources))).toEqual(['Bucket', 'User', 'Key', 'Secret', 'Role', 'Profile']);
  });

  test('is none where references go round, or into nothing', () => {
    const circle = { A: { Properties: { X: { Ref: 'B' } } }, B: { Properties: { X: { Ref: 'A' } } } };
    expect(() => inOrder(template(circle))).toThrow('A → B → A');
    expect(() => inOrder(template({ A: { Properties: { X: { Ref: 'B' } } } }))).toThrow('B');
  });
});

test('what another stack exports is worked out, and what none does is an error', () => {
  const exports = new Map([['integrations-kohler:Key', 'arn:aws:kms:eu-west-1:111122223333:key/x']]);
  const value = { Resource: { 'Fn::ImportValue': 'integrations-kohler:Key' } };
  expect(resolve(value, HOME, new Map(), exports)).toEqual({ Resource: 'arn:aws:kms:eu-west-1:111122223333:key/x' });
  expect(() => resolve(value, HOME, new Map())).toThrow('nothing exports integrations-kohler:Key');
});

describe('a reference', () => {
  const made = new Map([['Bucket', { physicalId: 'kohler', attributes: { Arn: 'arn:aws:s3:::kohler' } }]]);

  test.each([
    [{ Ref: 'Bucket' }, 'kohler'],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::kohler'],
    [{ 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::kohler'],
    [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] }, 'arn:aws:s3:::kohler/*'],
    [
      { 'Fn::Sub': '${Bucket.Arn}/${!aws:username} in ${AWS::Region}' },
      'arn:aws:s3:::kohler/${aws:username} in eu-west-1',
    ],
    [{ 'Fn::Sub': ['${Name}/${Bucket}', { Name: { Ref: 'AWS::AccountId' } }] }, '111122223333/kohler'],
    [{ 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] }] }, 'kohler'],
    [
      [{ Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }],
      ['aws', 'amazonaws.com'],
    ],
  ])('%j is worked out', (value, expected) => {
    expect(resolve(value, HOME, made)).toEqual(expected);
  });

  test.each([
    [{ Ref: 'Nobody' }, 'Nobody'],
    [{ 'Fn::GetAtt': ['Bucket', 'DomainName'] }, 'DomainName'],
    [{ 'Fn::ImportValue': 'x' }, 'Fn::ImportValue'],
  ])('%j is an error', (value, expected) => {
    expect(() => resolve(value, HOME, made)).toThrow(expected);
  });
});

test('what is not judged is a table, each rule once', () => {
  const [b, a] = [
    { what: 'b', why: 'second' },
    { what: 'a long one', why: 'first' },
  ];
  expect(notJudgedTable([b, a, b])).toBe('Not judged here:\n  a long one  first\n  b           second');
});
