/**
 * Small inputs by which somebody could come to a client's bucket, each in three spellings, and for each of them a twin that is
 * like it and lets nobody in.
 */

import { CfnManagedPolicy, CfnPolicy, CfnRole, CfnRolePolicy } from 'aws-cdk-lib/aws-iam';
import { CfnAccessPoint, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';
import { type App, Aspects, CfnCondition, CfnParameter, Fn, NestedStack, Stack, Tags } from 'aws-cdk-lib/core';
import { AssumedRoleIntegration, ClientBucket } from '../../lib';
import { checkedApp, stopped } from '../support/validated';

const VENDOR = 'arn:aws:iam::123456789876:user/sender';
const STRANGER = '666677778888';
const ENVIRONMENTS = {
  'somewhere known': { account: '999988887777', region: 'eu-west-1' },
  'wherever the CDK is': undefined,
};

interface Parts {
  readonly app: App;
  readonly stack: Stack;
  readonly clientBucket: ClientBucket;
  readonly adobe: AssumedRoleIntegration;
}

type Change = (parts: Parts) => void;

/** A client with an integration, in a stack of a stack where it is nested. */
function parts(env: { account: string; region: string } | undefined, stackName = 'shop', nested = false): Parts {
  const app = checkedApp();
  const stack = new Stack(app, 'kohler', { env, stackName });
  const scope = nested ? new NestedStack(stack, 'Nested') : stack;
  const clientBucket = new ClientBucket(scope, 'Bucket', { clientName: 'kohler' });
  const adobe = new AssumedRoleIntegration(scope, 'adobe', { clientBucket, vendorName: 'adobe', principals: [VENDOR] });
  return { app, stack, clientBucket, adobe };
}

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Resource: unknown, Action: unknown = 's3:GetObject') => ({ Effect: 'Allow', Action, Resource });
const trust = (Principal: unknown, Condition?: object) =>
  document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) });
const inline = (...statements: object[]) => [{ policyName: 'p', policyDocument: document(...statements) }];
const LAMBDA = { Service: 'lambda.amazonaws.com' };
const BUCKET = 'arn:aws:s3:::integrations-kohler/*';
const OTHER = 'arn:aws:s3:::elsewhere/*';
let roles = 0;

/** A role of the app that somebody may assume. */
function role(scope: Stack, who: unknown, ...statements: object[]): CfnRole {
  roles += 1;
  return new CfnRole(scope, `Role${roles}`, {
    assumeRolePolicyDocument: trust(who),
    policies: statements.length > 0 ? inline(...statements) : undefined,
  });
}

/** A role whose trust is written as one text, which the CDK itself would not take. */
function textTrust(stack: Stack, text: string): void {
  role(stack, LAMBDA, allow(BUCKET)).addPropertyOverride('AssumeRolePolicyDocument', text);
}

const sometimes = (stack: Stack) =>
  (stack.node.tryFindChild('Sometimes') as CfnCondition | undefined) ??
  new CfnCondition(stack, 'Sometimes', { expression: Fn.conditionEquals(stack.region, 'eu-west-1') });
const either = (stack: Stack, one: unknown, other: unknown) => Fn.conditionIf(sometimes(stack).logicalId, one, other);
const sub = (text: string, values?: Record<string, string>) =>
  Fn.sub(text.replaceAll('<', '$'.concat('{')).replaceAll('>', '}'), values);
const variable = (text: string) => text.replaceAll('<', '$'.concat('{')).replaceAll('>', '}');

interface Way {
  readonly stack?: string;
  readonly nested?: boolean;
  readonly leaks: Readonly<Record<string, Change>>;
  readonly twins: Readonly<Record<string, Change>>;
}

const inNested =
  (resource: (parts: Parts) => unknown, who: unknown): Change =>
  (given) =>
    void role(given.stack, who, allow(resource(given)));

/** Chains of roles, the last of which reads the bucket. */
function chain(first: unknown, link: (from: CfnRole, stack: Stack) => [who: unknown, more?: object]): Change {
  return ({ stack, clientBucket }) => {
    const one = role(stack, first);
    const [who, needs] = link(one, stack);
    const two = role(stack, who);
    const [who2, needs2] = link(two, stack);
    const three = role(stack, who2, allow(`${clientBucket.bucketArn}/*`));
    for (const [from, more] of [
      [one, needs],
      [two, needs2],
    ] as const)
      if (more)
        new CfnPolicy(stack, `${from.node.id}More`, {
          policyName: 'm',
          roles: [from.ref],
          policyDocument: document(more),
        });
    expect(three.ref).toBeTruthy();
  };
}
const byArn = (from: CfnRole): [unknown] => [{ AWS: from.attrArn }];
const byAccount = (_: CfnRole, stack: Stack): [unknown, object] => [
  { AWS: `arn:${stack.partition}:iam::${stack.account}:root` },
  allow('*', 'sts:AssumeRole'),
];

/** A statement of the integration's own role and its note, changed together. */
function forging(write: (stack: Stack, key: string, text: string) => void): Change {
  return ({ app, adobe }) =>
    Aspects.of(app).add({
      visit(node) {
        if (!(node instanceof CfnRole)) return;
        node.policies = inline(allow(BUCKET, 's3:*'));
        const stack = Stack.of(node);
        const key = `BucketIntegrations::${adobe.integrationName}`;
        const noted = JSON.parse(String(stack.resolve(stack.templateOptions.metadata?.[key])));
        const confinement = { ...noted.confinement, prefix: '' };
        write(stack, key, JSON.stringify({ ...noted, confinement }));
      },
    });
}

const WAYS: Readonly<Record<string, Way>> = {
  "a client's bucket in a nested stack, from its parent": {
    nested: true,
    leaks: {
      'by grantRead': ({ stack, clientBucket }) =>
        void role(
          stack,
          { AWS: STRANGER },
          allow([clientBucket.bucket.bucketArn, `${clientBucket.bucket.bucketArn}/*`]),
        ),
      'by its name': inNested(() => BUCKET, { AWS: STRANGER }),
      'by an output, taken apart': inNested(
        ({ clientBucket }) =>
          Fn.join('', ['arn:aws:s3:::', Fn.select(5, Fn.split(':', clientBucket.bucket.bucketArn)), '/*']),
        { AWS: STRANGER },
      ),
    },
    twins: {
      'for a function of ours': inNested(({ clientBucket }) => `${clientBucket.bucket.bucketArn}/*`, LAMBDA),
      'of another bucket': inNested(() => OTHER, { AWS: STRANGER }),
    },
  },
  'a bucket by the name of the stack': {
    stack: 'integrations-kohler',
    leaks: {
      'by Fn::Sub': ({ stack }) => void role(stack, { AWS: STRANGER }, allow(sub('arn:aws:s3:::<AWS::StackName>/*'))),
      'by Fn::Join': ({ stack }) =>
        void role(stack, { AWS: STRANGER }, allow(Fn.join('', ['arn:aws:s3:::', Fn.ref('AWS::StackName'), '/*']))),
      'by the id of the stack': ({ stack }) =>
        void role(
          stack,
          { AWS: STRANGER },
          allow(Fn.join('', ['arn:aws:s3:::', Fn.select(1, Fn.split('/', Fn.ref('AWS::StackId'))), '/*'])),
        ),
    },
    twins: {
      'with more to it': ({ stack }) =>
        void role(stack, { AWS: STRANGER }, allow(sub('arn:aws:s3:::<AWS::StackName>-own/*'))),
      'for a function of ours': ({ stack }) => void role(stack, LAMBDA, allow(sub('arn:aws:s3:::<AWS::StackName>/*'))),
    },
  },
  'a trust as JSON text': {
    leaks: {
      'all of it': ({ stack }) => textTrust(stack, JSON.stringify(trust({ AWS: STRANGER }))),
      'with a reference in it': ({ stack, adobe }) =>
        textTrust(stack, stack.toJsonString(trust({ AWS: adobe.roleArn }))),
      'that nobody can read': ({ stack }) =>
        textTrust(stack, sub('{"Statement": <Given>}', { Given: new CfnParameter(stack, 'P').valueAsString })),
    },
    twins: {
      'of a function': ({ stack }) => textTrust(stack, JSON.stringify(trust(LAMBDA))),
      'of our own account': ({ stack }) =>
        textTrust(stack, stack.toJsonString(trust({ AWS: `arn:aws:iam::${stack.account}:root` }))),
    },
  },
  'a policy on a condition': {
    leaks: {
      'all of it': ({ stack }) =>
        void new CfnRole(stack, 'R', {
          assumeRolePolicyDocument: trust({ AWS: STRANGER }),
          policies: [
            either(stack, { PolicyName: 'p', PolicyDocument: document(allow(BUCKET)) }, { Ref: 'AWS::NoValue' }),
          ],
        }),
      'its resource': ({ stack }) => void role(stack, { AWS: STRANGER }, allow(either(stack, OTHER, BUCKET))),
      'the one who is trusted': ({ stack }) =>
        void role(stack, either(stack, LAMBDA, { AWS: STRANGER }), allow(BUCKET)),
    },
    twins: {
      'of other buckets either way': ({ stack }) =>
        void role(stack, { AWS: STRANGER }, allow(either(stack, OTHER, 'arn:aws:s3:::own/*'))),
      'for functions either way': ({ stack }) =>
        void role(stack, either(stack, LAMBDA, { Service: 'ec2.amazonaws.com' }), allow(BUCKET)),
    },
  },
  "an integration's role in upper case": {
    leaks: {
      'a policy of its own': ({ stack }) =>
        void new CfnRolePolicy(stack, 'P', {
          policyName: 'p',
          roleName: 'KOHLER_ADOBE',
          policyDocument: document(allow(BUCKET)),
        }),
      'a policy for several': ({ stack }) =>
        void new CfnPolicy(stack, 'P', {
          policyName: 'p',
          roles: ['other', 'Kohler_Adobe'],
          policyDocument: document(allow(BUCKET)),
        }),
      'as its name': ({ stack, adobe }) => {
        (adobe.node.findChild('Role') as CfnRole).roleName = 'KOHLER_ADOBE';
        new CfnManagedPolicy(stack, 'P', { roles: ['kohler_adobe'], policyDocument: document(allow(BUCKET)) });
      },
    },
    twins: {
      'of a longer name': ({ stack }) =>
        void new CfnRolePolicy(stack, 'P', {
          policyName: 'p',
          roleName: 'KOHLER_ADOBE2',
          policyDocument: document(allow(BUCKET)),
        }),
      'that only denies': ({ stack }) =>
        void new CfnRolePolicy(stack, 'P', {
          policyName: 'p',
          roleName: 'KOHLER_ADOBE',
          policyDocument: document({ ...allow(BUCKET), Effect: 'Deny' }),
        }),
    },
  },
  'a bucket that Systems Manager names': {
    leaks: {
      'by a parameter of the stack': ({ stack, clientBucket }) => {
        const { attrValue } = new SsmParameter(stack, 'Name', { type: 'String', value: clientBucket.bucketName });
        new CfnBucketPolicy(stack, 'P', {
          bucket: attrValue,
          policyDocument: document({ ...allow(BUCKET), Principal: { AWS: STRANGER } }),
        });
      },
      'by a look-up in the template': ({ stack }) =>
        void new CfnBucketPolicy(stack, 'P', {
          bucket: '{{resolve:ssm:/name}}',
          policyDocument: document({ ...allow('*'), Principal: { AWS: STRANGER } }),
        }),
      'by a parameter of the template': ({ stack }) => {
        const { valueAsString } = new CfnParameter(stack, 'Name', {
          type: 'AWS::SSM::Parameter::Value<String>',
          default: '/name',
        });
        new CfnBucketPolicy(stack, 'P', {
          bucket: valueAsString,
          policyDocument: document({ ...allow('*'), Principal: { AWS: STRANGER } }),
        });
      },
    },
    twins: {
      'another one': ({ stack }) => {
        const { attrValue } = new SsmParameter(stack, 'Name', { type: 'String', value: 'elsewhere' });
        new CfnBucketPolicy(stack, 'P', {
          bucket: attrValue,
          policyDocument: document({ ...allow(OTHER), Principal: { AWS: STRANGER } }),
        });
      },
      'for ourselves': ({ stack }) =>
        void new CfnBucketPolicy(stack, 'P', {
          bucket: '{{resolve:ssm:/name}}',
          policyDocument: document({ ...allow('*'), Principal: { AWS: `arn:aws:iam::${stack.account}:root` } }),
        }),
    },
  },
  'a bucket by a policy variable': {
    leaks: {
      'all of its name': ({ stack }) =>
        void role(stack, { AWS: STRANGER }, allow(variable('arn:aws:s3:::<aws:PrincipalTag/x>/*'))),
      'its end': ({ stack }) =>
        void role(stack, { AWS: STRANGER }, allow(variable('arn:aws:s3:::integrations-<aws:username>/*'))),
      'with what is taken else': ({ stack }) =>
        void role(
          stack,
          { AWS: STRANGER },
          allow(variable("arn:aws:s3:::<aws:PrincipalTag/x, 'integrations'>-kohler/*")),
        ),
    },
    twins: {
      'of another beginning': ({ stack }) =>
        void role(stack, { AWS: STRANGER }, allow(variable('arn:aws:s3:::home-<aws:username>/*'))),
      'that is none': ({ stack }) =>
        void role(stack, { AWS: STRANGER }, allow(variable('arn:aws:s3:::<*>integrations-kohler/*'))),
    },
  },
  "a parameter with the name of a nested stack's": {
    leaks: Object.fromEntries(
      Object.entries({
        'in a policy': (stack: Stack, given: string): void =>
          void role(stack, { AWS: STRANGER }, allow(`arn:aws:s3:::${given}/*`)),
        'by Fn::Sub': (stack: Stack): void => void role(stack, { AWS: STRANGER }, allow(sub('arn:aws:s3:::<Name>/*'))),
        'as the bucket of an access point': (stack: Stack, given: string): void =>
          void new CfnAccessPoint(stack, 'A', { bucket: given, name: 'x' }),
      }).map(([name, use]): [string, Change] => [name, ({ stack }) => use(stack, sameNames(stack))]),
    ),
    twins: {
      'in the nested stack': ({ stack }) => {
        sameNames(stack);
        const nested = stack.node.findChild('Inner') as NestedStack;
        role(nested, { AWS: STRANGER }, allow(sub('arn:aws:s3:::<Name>/*')));
      },
      'for a function': ({ stack }) => void role(stack, LAMBDA, allow(`arn:aws:s3:::${sameNames(stack)}/*`)),
    },
  },
  'a stranger by way of two roles': {
    leaks: {
      'by their ARNs': chain({ AWS: STRANGER }, byArn),
      'by the account, and a right to assume': chain({ AWS: STRANGER }, byAccount),
      'by sessions': chain({ AWS: STRANGER }, (from, stack) => [
        { AWS: `arn:aws:sts::${stack.account}:assumed-role/${from.ref}/session` },
      ]),
    },
    twins: {
      'of a function': chain(LAMBDA, byArn),
      'of our own account': ({ stack, ...others }) =>
        chain({ AWS: `arn:aws:iam::${stack.account}:root` }, byAccount)({ stack, ...others }),
    },
  },
  "a session of an integration's role": {
    leaks: {
      'by its ARN': ({ stack }) =>
        void role(stack, { AWS: `arn:aws:sts::${stack.account}:assumed-role/kohler_adobe/x` }, allow(BUCKET)),
      'in upper case': ({ stack }) =>
        void role(stack, { AWS: `arn:aws:sts::${stack.account}:assumed-role/KOHLER_ADOBE/x` }, allow(BUCKET)),
      'by a condition': ({ stack }) =>
        void new CfnRole(stack, 'R', {
          assumeRolePolicyDocument: trust('*', {
            ArnLike: { 'aws:PrincipalArn': `arn:aws:sts::${stack.account}:assumed-role/kohler_*/*` },
          }),
          policies: inline(allow(BUCKET)),
        }),
    },
    twins: {
      'of another': ({ stack }) =>
        void role(stack, { AWS: `arn:aws:sts::${stack.account}:assumed-role/other/x` }, allow(BUCKET)),
      'that reads another bucket': ({ stack }) =>
        void role(stack, { AWS: `arn:aws:sts::${stack.account}:assumed-role/kohler_adobe/x` }, allow(OTHER)),
    },
  },
  'an aspect that changes a role and what is noted of it': {
    leaks: {
      'by addMetadata': forging((stack, key, text) => stack.addMetadata(key, text)),
      'in the options of the template': forging((stack, key, text) => {
        stack.templateOptions.metadata = { ...stack.templateOptions.metadata, [key]: text };
      }),
      'as an object': forging((stack, key, text) => {
        stack.templateOptions.metadata = { ...stack.templateOptions.metadata, [key]: JSON.parse(text) };
      }),
    },
    twins: {
      'a tag': ({ app }) => Tags.of(app).add('owner', 'crm'),
      'another note': ({ stack }) => stack.addMetadata('Owner', 'crm'),
    },
  },
};

/** A parameter of a stack, with the name of one of a stack nested in it. */
function sameNames(stack: Stack): string {
  const inner = new NestedStack(stack, 'Inner', { parameters: { Name: 'elsewhere' } });
  new CfnParameter(inner, 'Name');
  role(inner, LAMBDA);
  return new CfnParameter(stack, 'Name').valueAsString;
}

const CASES = (which: 'leaks' | 'twins') =>
  Object.entries(WAYS).flatMap(([way, { [which]: changes, stack, nested }]) =>
    Object.entries(changes).flatMap(([spelling, change]) =>
      Object.entries(ENVIRONMENTS).map(
        ([where, env]) =>
          [`${way}, ${spelling}, ${where}`, () => ({ made: parts(env, stack, nested), change })] as const,
      ),
    ),
  );

test.each(CASES('leaks'))('%s: stops the synth', (_, make) => {
  const { made, change } = make();
  change(made);
  expect(stopped(made.app)).not.toEqual([]);
});

test.each(CASES('twins'))('%s: goes through', (_, make) => {
  const { made, change } = make();
  change(made);
  expect(stopped(made.app)).toEqual([]);
});

test('each way has three spellings and a twin', () => {
  for (const { leaks, twins } of Object.values(WAYS)) {
    expect(Object.keys(leaks)).toHaveLength(3);
    expect(Object.keys(twins).length).toBeGreaterThanOrEqual(1);
  }
});
