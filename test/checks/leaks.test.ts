/** A random leak behind a random chain of random spellings, in templates of one or more stacks, is a violation. */

import type { App } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { foundIn, type Where } from '../support/confined';
import { synthesizeApp, type Template } from '../support/synth';

// biome-ignore lint/suspicious/noExplicitAny: templates as anybody may write them
type Any = any;

const made = synthesizeApp({
  'kohler/client.yaml': 'bucket: {kmsKey: create}',
  'kohler/adobe.yaml': 'kind: assumed-role\nprincipals: [arn:aws:iam::123456789876:user/sender]\n',
  'kohler/sap.yaml': 'kind: access-key\nreason: a test\n',
});
const { kohler } = made.templates as { kohler: Template };
const idOf = (type: string) => Object.keys(kohler.Resources).find((id) => kohler.Resources[id]?.Type === type) ?? '';
const [BUCKET, KEY] = [idOf('AWS::S3::Bucket'), idOf('AWS::KMS::Key')];
const WHERE: readonly Where[] = [{}, { account: '999988887777' }, { account: '999988887777', region: 'eu-west-1' }];

type Choose = <T>(all: readonly T[]) => T;

/** Takes one after the other of some numbers, for choices. */
function chooser(numbers: readonly number[]): Choose {
  let at = 0;
  return (all) => {
    const pick = all[(numbers[at % numbers.length] ?? 0) % all.length];
    at += 1;
    if (pick === undefined) throw new Error('nothing to choose from');
    return pick;
  };
}

const sub = (text: string) => ({ 'Fn::Sub': text.replaceAll('<', '$'.concat('{')).replaceAll('>', '}') });
const allow = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

/** Other ways to write a value that come to the same, or may. */
const SPELLINGS: readonly ((value: unknown, template: Any) => unknown)[] = [
  (value) => value,
  (value) => ({ 'Fn::If': ['Sometimes', value, { Ref: 'AWS::NoValue' }] }),
  (value) => ({ 'Fn::Select': [1, ['nothing', value]] }),
  (value) => ({ 'Fn::Select': [0, { 'Fn::Split': ['//', { 'Fn::Join': ['//', [value, 'more']] }] }] }),
  (value) => ({ 'Fn::Sub': ['$'.concat('{V}'), { V: value }] }),
  (value) => ({ 'Fn::Join': ['', ['', value]] }),
  (value, template) => {
    const id = `Held${Object.keys(template.Resources).length}`;
    template.Resources[id] = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: value } };
    return { 'Fn::GetAtt': [id, 'Value'] };
  },
  (value) => (typeof value === 'string' ? { 'Fn::FindInMap': ['Map', 'a', value] } : value),
];

/** Ways to write a value after which nobody can be sure of it. */
const UNSURE: typeof SPELLINGS = [
  (value) => ({ 'Fn::If': ['Sometimes', 'nothing', value] }),
  (_, template) => {
    template.Parameters = { ...template.Parameters, Given: { Type: 'String' } };
    return { Ref: 'Given' };
  },
  () => '{{resolve:ssm:/given}}',
];
let mayBeUnsure = true;

const spell = (value: unknown, template: Any, choose: Choose): unknown => {
  const spelling = choose(mayBeUnsure ? [...SPELLINGS, ...UNSURE] : SPELLINGS);
  const spelled = spelling(value, template);
  if (typeof value === 'string' && 'Fn::FindInMap' in Object(spelled)) {
    const key = `key${Object.keys(template.Mappings?.Map.a ?? {}).length}`;
    template.Mappings = { Map: { a: { ...template.Mappings?.Map.a, [key]: value } } };
    return { 'Fn::FindInMap': ['Map', 'a', key] };
  }
  return spelled;
};

/** Ways from outside into a role. */
const ENTRANCES: readonly ((choose: Choose, template: Any) => object)[] = [
  (choose, template) => ({ Principal: { AWS: spell('arn:aws:iam::666677778888:root', template, choose) } }),
  (choose, template) => ({
    Principal: { AWS: spell(sub('arn:<AWS::Partition>:iam::<AWS::AccountId>:role/kohler_adobe'), template, choose) },
  }),
  (choose, template) => ({
    Principal: {
      AWS: spell(sub('arn:<AWS::Partition>:sts::<AWS::AccountId>:assumed-role/KOHLER_adobe/x'), template, choose),
    },
  }),
  () => ({ Principal: '*' }),
  () => ({ Principal: { Service: 'rolesanywhere.amazonaws.com' } }),
  () => ({ Principal: { Federated: 'accounts.google.com' }, Action: 'sts:AssumeRoleWithWebIdentity' }),
  () => ({ NotPrincipal: { AWS: '999988887777' } }),
];

/** Ways from one role to the next. */
const LINKS: readonly ((from: string, to: string, template: Any, choose: Choose) => object)[] = [
  (from) => ({ Principal: { AWS: { 'Fn::GetAtt': [from, 'Arn'] } } }),
  (from, _, template, choose) => ({
    Principal: {
      AWS: spell(
        { 'Fn::Join': ['', [sub('arn:<AWS::Partition>:sts::<AWS::AccountId>:assumed-role/'), { Ref: from }, '/s']] },
        template,
        choose,
      ),
    },
  }),
  (from, to, { Resources }, choose) => {
    const Resource = choose<unknown>([{ 'Fn::GetAtt': [to, 'Arn'] }, '*', sub('arn:*:iam::<AWS::AccountId>:role/*')]);
    Resources[from].Properties.Policies.push({
      PolicyName: `to${to}`,
      PolicyDocument: { Statement: allow('sts:Assume*', Resource) },
    });
    return { Principal: { AWS: sub('arn:<AWS::Partition>:iam::<AWS::AccountId>:root') } };
  },
  (from, _, { Resources }) => {
    Resources[from].Properties.Policies.push({
      PolicyName: 'pass',
      PolicyDocument: { Statement: [allow(['iam:PassRole', 'glue:*'], '*')] },
    });
    return { Principal: { Service: 'glue.amazonaws.com' } };
  },
];

/** What the last of them may do, and how it comes to it. */
const ENDS: readonly ((template: Any, choose: Choose) => object)[] = [
  (template, choose) => allow('s3:GetObject', spell('arn:aws:s3:::integrations-kohler/*', template, choose)),
  (template, choose) => allow('s3:List*', spell({ 'Fn::GetAtt': [BUCKET, 'Arn'] }, template, choose)),
  (template, choose) => allow('S3:*', spell(sub(`arn:*:s3:::<${BUCKET}>/a*`), template, choose)),
  (template, choose) => allow(['kms:Decrypt'], spell({ 'Fn::GetAtt': [KEY, 'Arn'] }, template, choose)),
  () => allow('secretsmanager:Get*', '*'),
  () => ({ Effect: 'Allow', NotAction: 'sqs:*', NotResource: 'arn:aws:s3:::other' }),
];

type Attach = (id: string, document: object, template: Any) => void;
const ATTACHMENTS: readonly Attach[] = [
  (id, PolicyDocument, { Resources }) => Resources[id].Properties.Policies.push({ PolicyName: 'end', PolicyDocument }),
  (id, PolicyDocument, { Resources }) =>
    Resources[id].Properties.Policies.push({
      'Fn::If': ['Sometimes', { PolicyName: 'end', PolicyDocument }, { Ref: 'AWS::NoValue' }],
    }),
  (id, PolicyDocument, { Resources }) => {
    Resources.End = {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'end', Roles: [{ Ref: id }], PolicyDocument },
    };
  },
  (id, PolicyDocument, { Resources }) => {
    Resources.End = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } };
    Resources[id].Properties.ManagedPolicyArns = [{ Ref: 'End' }];
  },
];

/** A template with a chain of roles, from who comes in to what the last may do. */
function chained(length: number, entrance: object | undefined, choose: Choose, template: Any, end: object): void {
  const ids = Array.from({ length }, (_, at) => `Chain${at}`);
  for (const id of ids) template.Resources[id] = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } };
  ids.forEach((id, at) => {
    const from = ids[at - 1];
    const who = from === undefined ? entrance : choose(LINKS)(from, id, template, choose);
    template.Resources[id].Properties.AssumeRolePolicyDocument = {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...who }],
    };
  });
  choose(ATTACHMENTS)(ids.at(-1) ?? '', { Statement: [end] }, template);
}

const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 40 });
const fresh = (): Any => ({
  ...structuredClone(kohler),
  Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } },
});

test('a random leak behind a random chain is found', () => {
  mayBeUnsure = true;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), picks, (length, numbers) => {
      const choose = chooser(numbers);
      const template = fresh();
      const where = choose(WHERE);
      chained(length, choose(ENTRANCES)(choose, template), choose, template, choose(ENDS)(template, choose));
      const found = foundIn(made.app as App, { kohler: template }, where);
      expect(found.length > 0 ? [] : template.Resources).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('a random chain that begins with us is let be', () => {
  mayBeUnsure = false;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), picks, (length, numbers) => {
      const choose = chooser(numbers);
      const template = fresh();
      const ours = choose<object>([
        { Principal: { Service: 'lambda.amazonaws.com' } },
        { Principal: { AWS: sub('arn:<AWS::Partition>:iam::<AWS::AccountId>:root') } },
        {
          Principal: '*',
          Condition: {
            StringEquals: { 'aws:PrincipalArn': sub('arn:<AWS::Partition>:iam::<AWS::AccountId>:role/ours') },
          },
        },
      ]);
      chained(length, ours, choose, template, choose(ENDS)(template, choose));
      expect(foundIn(made.app as App, { kohler: template }, choose(WHERE))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
