import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { valueText } from '../../lib/access';
import { AppTemplates, at, documentIn, textOf } from '../../lib/templates';
import type { Raw } from '../../lib/text/record';

interface Cases {
  readonly template: Raw;
  readonly values: readonly (readonly [unknown, string])[];
}
const { template, values } = parse(readFileSync(join(__dirname, 'values.yaml'), 'utf8')) as Cases;

/** The texts that properties of one resource come to. */
function read(
  given: readonly unknown[],
  env: object = { account: '111122223333', region: 'eu-west-1', stackName: 'shop' },
) {
  const Subject = { Type: 'Test', Properties: Object.fromEntries(given.map((value, each) => [`p${each}`, value])) };
  const source = {
    name: 'app/Shop',
    ...env,
    template: { ...template, Resources: { ...(template.Resources as Raw), Subject } },
  };
  const [resource] = new AppTemplates([source]).ofType('Test');
  return given.map((_, each) => valueText(textOf(at(resource?.properties ?? { absent: true }, `p${each}`))));
}

test.each(values.map(([value, text]) => [JSON.stringify(value), value, text] as const))('%s', (_, value, text) => {
  expect(read([value])).toEqual([text]);
});

test('of a stack that does not say where it is, place and partition are things, the same for every stack', () => {
  const pseudo = ['Partition', 'AccountId', 'Region', 'URLSuffix'].map((name) => ({ Ref: `AWS::${name}` }));
  expect(read(pseudo, {})).toEqual([
    '<|AWS::Partition|>',
    '<|AWS::AccountId|>',
    '<|AWS::Region|>',
    '<|AWS::URLSuffix|>',
  ]);
  expect(read([{ Ref: 'AWS::StackName' }], {})).toEqual(['<app/Shop|AWS::StackName|>']);
  expect(read([{ Ref: 'AWS::URLSuffix' }], { region: 'cn-north-1' })).toEqual(['amazonaws.com.cn']);
});

const NAMES: readonly (readonly [string, readonly string[]])[] = [
  ['Bucket', ['shop-bucket-']],
  ['Made', ['shop-Made-']],
  ['ALogicalIdOfMoreThanTwentyFour', ['shop']],
];

test.each(NAMES)('the name that CloudFormation makes for %s begins as it always does', (id, [start]) => {
  const source = { name: 'app/Shop', stackName: 'shop', template };
  const app = new AppTemplates([source]);
  expect(app.valueOf({ source, logicalId: id })).toMatchObject([
    { scope: 'app/Shop', id, like: [start, { any: true }] },
  ]);
});

test('of other types nobody is sure what a made name begins with', () => {
  const Resources = { S: { Type: 'AWS::SecretsManager::Secret' } };
  const source = { name: 'app/Shop', stackName: 'shop', template: { Resources } };
  const value = new AppTemplates([source]).valueOf({ source, logicalId: 'S' });
  expect(value).toContainEqual({ scope: 'app/Shop', id: 'S' });
});

test('in a nested stack, its own name comes between', () => {
  const root = { name: 'app', stackName: 'shop', template: {} };
  const source = { name: 'app/Nested', template, parent: { name: 'app', logicalId: 'Nested' } };
  const [bucket] = new AppTemplates([root, source]).valueOf({ source, logicalId: 'Bucket' });
  expect(bucket).toMatchObject({ like: ['shop', { any: true }] });
});

const app = (templates: Readonly<Record<string, Raw>>) =>
  new AppTemplates(
    Object.entries(templates).map(([name, { account = '1', region = 'r', parent, ...given }]: [string, Raw]) => ({
      name,
      account: String(account),
      region: String(region),
      template: given,
      ...(parent !== undefined && { parent: { name: 'parent', logicalId: String(parent) } }),
    })),
  );
const value = (given: unknown) => ({ Type: 'Test', Properties: { value: given } });
const found = (all: AppTemplates, name: string) =>
  all
    .ofType('Test')
    .filter(({ source }) => source.name === name)
    .map(({ properties }) => valueText(textOf(at(properties, 'value'))));

test('an export is of its own account and Region, and two of one name are a choice', () => {
  const exporting = (Value: string, more: object = {}) => ({
    ...more,
    Outputs: { O: { Value, Export: { Name: 'x' } } },
  });
  const importing = { Resources: { R: value({ 'Fn::ImportValue': { 'Fn::Sub': 'x' } }) } };
  const all = app({
    one: exporting('one'),
    elsewhere: exporting('elsewhere', { region: 'other' }),
    other: exporting('other', { account: '2' }),
    user: importing,
  });
  expect(found(all, 'user')).toEqual(['one']);
  expect(found(app({ one: exporting('one'), two: exporting('two'), user: importing }), 'user')).toEqual(['<one|two>']);
});

test('nested stacks take from their parent and give to it, each its own', () => {
  const nested = (given: string) => ({
    Type: 'AWS::CloudFormation::Stack',
    Properties: { Parameters: { Bucket: given } },
  });
  const child = (parent: string) => ({
    parent,
    Parameters: { Bucket: { Type: 'String' }, Other: { Type: 'String', Default: 'default' } },
    Outputs: { Name: { Value: { 'Fn::Sub': 'out-$' + '{Bucket}' } } },
    Resources: { R: value({ Ref: 'Bucket' }), S: value({ Ref: 'Other' }), T: value({ Ref: 'AWS::AccountId' }) },
  });
  const all = app({
    parent: {
      account: '7',
      Parameters: { Bucket: { Type: 'String' } },
      Resources: {
        One: nested('a'),
        Two: nested('b'),
        Mine: value({ Ref: 'Bucket' }),
        Back: value({ 'Fn::GetAtt': ['One', 'Outputs.Name'] }),
        Unknown: value({ 'Fn::GetAtt': ['One', 'Outputs.Nothing'] }),
        Unread: { Type: 'AWS::CloudFormation::Stack', Properties: {} },
        Hidden: value({ 'Fn::GetAtt': ['Unread', 'Outputs.Name'] }),
      },
    },
    one: child('One'),
    two: child('Two'),
  });
  expect(found(all, 'one')).toEqual(['a', 'default', '7']);
  expect(found(all, 'two')).toEqual(['b', 'default', '7']);
  expect(found(all, 'parent')).toEqual(['<any>', 'out-a', '<any>', '<any>']);
});

test('nested stacks that give each other what they take come to an end', () => {
  const nested = (of: string) => ({
    Type: 'AWS::CloudFormation::Stack',
    Properties: { Parameters: { P: { 'Fn::GetAtt': [of, 'Outputs.O'] } } },
  });
  const child = (parent: string) => ({
    parent,
    Parameters: { P: { Type: 'String' } },
    Outputs: { O: { Value: { Ref: 'P' } } },
    Resources: { R: value({ Ref: 'P' }) },
  });
  const all = app({
    parent: { Resources: { One: nested('Two'), Two: nested('One') } },
    one: child('One'),
    two: child('Two'),
  });
  expect([found(all, 'one'), found(all, 'two')]).toEqual([['<any>'], ['<any>']]);
});

test('a document may be one JSON text, with names in it but nothing that could end a string', () => {
  const document = (given: unknown) => {
    const [resource] = app({ a: { Resources: { B: { Type: 'AWS::S3::Bucket' }, R: value(given) } } }).ofType('Test');
    return documentIn(at(resource?.properties ?? { absent: true }, 'value'));
  };
  const text = { Statement: [{ Resource: ['arn:aws:s3:::<a|B|>/*'] }] };
  const sub = { 'Fn::Sub': '{"Statement": [{"Resource": "arn:aws:s3:::$' + '{B}/*"}]}' };
  expect(JSON.stringify(document(sub))).toContain(JSON.stringify({ scope: 'a', id: 'B' }));
  expect(document(JSON.stringify(text))).toMatchObject({
    members: [['Statement', { list: [{ members: [['Resource', {}]] }] }]],
  });
  for (const hidden of [
    'no JSON',
    '{"a": ',
    { 'Fn::Sub': '{"a": "$' + '{Free}"}' },
    { 'Fn::Sub': '{"a": $' + '{B}}' },
    { 'Fn::Sub': '{"a": "\uE000$' + '{B}"}' },
  ])
    expect(document(hidden)).toEqual({ unknown: true });
  expect(document({ 'Fn::If': ['c', '{"a": "b"}', { a: 'b' }] })).toEqual({
    choice: [{ members: [['a', { text: ['b'] }]] }, { members: [['a', { text: ['b'] }]] }],
  });
});

test('a macro is known by name if it is one of AWS’s own', () => {
  const of = (given: Raw) => {
    const source = { name: 'a', template: given };
    return new AppTemplates([source]).rewriters(source);
  };
  expect(
    of({ Transform: ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions', 'AWS::SecretsManager-2020-07-23'] }),
  ).toEqual([]);
  expect(of({ Transform: 'Mine' })).toEqual(['Mine']);
  expect(of({ Transform: ['AWS::LanguageExtensionsX', { Name: 'AWS::Include' }, 7] })).toEqual([
    'AWS::LanguageExtensionsX',
    'AWS::Include',
    'a macro without a name',
  ]);
  expect(of({ Resources: { R: { Properties: { a: [{ 'Fn::Transform': { Name: 'Other' } }] } } } })).toEqual(['Other']);
  expect(of({ Resources: { R: { Properties: { a: { b: 'c', 'Fn::Transform': 'Beside' } } } } })).toEqual(['Beside']);
  expect(of({ Resources: { R: { Type: 'T', 'Fn::Transform': { Name: 'Around' } } } })).toEqual(['Around']);
  expect(of({ Outputs: { O: { Value: { 'Fn::Transform': { Name: 'Out' } } } } })).toEqual(['Out']);
  expect(of({ Resources: { 'Fn::ForEach::Loop': [] } })).toEqual(['Fn::ForEach::Loop']);
});

test('what is no template is read all the same', () => {
  for (const odd of [
    {},
    { Resources: [] },
    { Resources: { R: null, S: { Type: 7, Properties: [] } } },
    { Outputs: { O: 7 } },
  ])
    expect(() => new AppTemplates([{ name: 'a', template: odd }])).not.toThrow();
  let deep: unknown = 'x';
  for (let each = 0; each < 5000; each += 1) deep = [deep];
  expect(app({ a: { Resources: { R: value(deep) } } }).ofType('Test')).toHaveLength(1);
});

test('an output of another stack is read by name, Region and account', () => {
  const outputs = (text: string) => ({ Outputs: { Name: { Value: text }, Other: { Value: 'other' } } });
  const of = (given: object) => ({ 'Fn::GetStackOutput': { StackName: 'shop', OutputName: 'Name', ...given } });
  const properties = {
    here: of({}),
    there: of({ Region: 'us-east-1' }),
    abroad: of({ Region: 'us-east-1', RoleArn: 'arn:aws:iam::222233334444:role/reader' }),
    other: of({ OutputName: 'Other' }),
    unknown: of({ OutputName: 'Nothing' }),
    nobody: of({ StackName: 'nobody' }),
    hidden: of({ StackName: { Ref: 'Given' } }),
  };
  const home = { account: '111122223333', region: 'eu-west-1' };
  const app = new AppTemplates([
    { name: 'a', ...home, stackName: 'shop', template: outputs('here') },
    { name: 'b', ...home, region: 'us-east-1', stackName: 'shop', template: outputs('there') },
    { name: 'c', account: '222233334444', region: 'us-east-1', stackName: 'shop', template: outputs('abroad') },
    {
      name: 'd',
      ...home,
      stackName: 'reads',
      template: {
        Parameters: { Given: { Type: 'String' } },
        Resources: { R: { Type: 'Test', Properties: properties } },
      },
    },
  ]);
  const [resource] = app.ofType('Test');
  const found = Object.keys(properties).map((name) => [
    name,
    valueText(textOf(at(resource?.properties ?? { absent: true }, name))),
  ]);
  expect(Object.fromEntries(found)).toEqual({
    here: 'here',
    there: 'there',
    abroad: 'abroad',
    other: 'other',
    unknown: '<any>',
    nobody: '<any>',
    hidden: '<any>',
  });
});
