import { AppTemplates, printed, referencesIn } from '../../lib/templates';

const TEMPLATE = {
  Parameters: { Stage: { Type: 'String' } },
  Mappings: { Names: { eu: { bucket: 'mapped' } } },
  Resources: {
    Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'kohler-data' } },
    Made: { Type: 'AWS::S3::Bucket', Properties: {} },
    Key: { Type: 'AWS::KMS::Key', Properties: {} },
    Odd: { Type: 'Custom::Odd', Properties: {} },
  },
};
const OTHER = {
  Outputs: { Out: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'role' } } },
  Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'reltio' } } },
};
const app = new AppTemplates([
  { name: 'a', template: TEMPLATE },
  { name: 'b', template: OTHER },
]);
const print = (value: unknown) => {
  const reader = app.reader('a');
  if (!reader) throw new Error('no reader');
  return printed(value, reader);
};
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

test.each<[string, unknown, unknown]>([
  ['what calls no function is as it is', { a: [1, true, 'x', null] }, { a: [1, true, 'x', null] }],
  ['a resource with a name', { Ref: 'Data' }, 'kohler-data'],
  ['its ARN', join({ 'Fn::GetAtt': ['Data', 'Arn'] }, '/*'), 'arn:<AWS::Partition>:s3:::kohler-data/*'],
  ['a name in a text', { 'Fn::Sub': `arn:aws:s3:::$\{Data}/$\{!x}` }, `arn:aws:s3:::kohler-data/$\{x}`],
  ['a resource without a name', join('x-', { Ref: 'Made' }), 'x-<Made>'],
  ['a key', { 'Fn::GetAtt': 'Key.Arn' }, 'arn:<AWS::Partition>:kms:<AWS::Region>:<AWS::AccountId>:key/<Key>'],
  [
    'an export of another template',
    { 'Fn::ImportValue': 'role' },
    'arn:<AWS::Partition>:iam::<AWS::AccountId>:role/reltio',
  ],
  ['a mapping', { 'Fn::FindInMap': ['Names', 'eu', 'bucket'] }, 'mapped'],
  ['an element', { 'Fn::Select': [1, ['x', { Ref: 'Data' }]] }, 'kohler-data'],
  ['what is left out of a list', ['x', { Ref: 'AWS::NoValue' }], ['x']],
  ['a parameter', { Ref: 'Stage' }, '<Stage>'],
  ['an attribute that nobody knows', { 'Fn::GetAtt': ['Odd', 'Answer'] }, '<Odd.Answer>'],
  ['a condition', { 'Fn::If': ['IsLive', { Ref: 'Data' }, 'x'] }, '<Fn::If ["IsLive","kohler-data","x"]>'],
  ['what a parameter is in', join('x', { Ref: 'Stage' }), '<Fn::Join ["",["x","<Stage>"]]>'],
  ['a macro', { 'Fn::Transform': { Name: 'M' } }, '<Fn::Transform {"Name":"M"}>'],
  ['a reference to nothing', { Ref: { a: 1 } }, '<{"a":1}>'],
])('prints %s', (_, value, expected) => {
  expect(print(value)).toEqual(expected);
});

test('two functions that come to different things never read the same', () => {
  const all = [
    { Ref: 'Stage' },
    { Ref: 'Odd' },
    { 'Fn::GetAtt': ['Odd', 'A'] },
    { 'Fn::GetAZs': 'a' },
    { 'Fn::GetAZs': 'b' },
  ];
  expect(new Set(all.map((value) => JSON.stringify(print(value)))).size).toBe(all.length);
});

test.each<[string, unknown, string[]]>([
  ['Ref', [{ Ref: 'A' }], ['A']],
  ['Fn::GetAtt in either form', { x: { 'Fn::GetAtt': ['A', 'Arn'] }, y: { 'Fn::GetAtt': 'B.Arn' } }, ['A', 'B']],
  ['a text', { 'Fn::Sub': `$\{A}-$\{B.Arn}-$\{!C}-$\{AWS::Region}` }, ['A', 'B', 'AWS::Region']],
  ['a text with values', { 'Fn::Sub': [`$\{A}-$\{B}`, { A: { Ref: 'C' } }] }, ['B', 'C']],
  ['functions in each other', { 'Fn::If': ['X', { 'Fn::Join': ['', [{ Ref: 'A' }]] }, 'A2'] }, ['A']],
  ['nothing', { Refs: 'A', text: 'A', list: [null, 1] }, []],
])('references in %s', (_, value, expected) => {
  expect([...referencesIn(value)].sort()).toEqual(expected.sort());
});
