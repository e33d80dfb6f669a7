/** An acknowledgement is of one violation, by its id: what is beside it, and what comes later, still stops a synth. */
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnAccessPoint } from 'aws-cdk-lib/aws-s3';
import { type App, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { AssumedRoleIntegration, ClientBucket } from '../../lib';
import { checkedApp, reportedIn } from '../support/validated';

interface Made {
  readonly app: App;
  readonly stack: Stack;
}

const STRANGER = '666677778888';
const [BY_ROLE, BY_POINT] = ['unknown-principal', 'unknown-door'];

function made(change: (stack: Stack) => void = () => {}, env = { account: '999988887777', region: 'eu-west-1' }): Made {
  const app = checkedApp();
  const stack = new Stack(app, 'kohler', { env });
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  const principals = ['arn:aws:iam::123456789876:user/sender'];
  new AssumedRoleIntegration(stack, 'adobe', { clientBucket, vendorName: 'adobe', principals });
  change(stack);
  return { app, stack };
}

const trusting = (...AWS: string[]) => ({
  Statement: AWS.map((each) => ({ Effect: 'Allow', Principal: { AWS: each }, Action: 'sts:AssumeRole' })),
});
const reading = (Resource = 'arn:aws:s3:::integrations-kohler/*') => [
  { policyName: 'p', policyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }] } },
];
const reader = (stack: Stack, id: string, ...who: string[]) =>
  new CfnRole(stack, id, { roleName: id, assumeRolePolicyDocument: trusting(...who), policies: reading() });
const point = (stack: Stack, name = 'x') =>
  new CfnAccessPoint(stack, `Point-${name}`, { bucket: 'integrations-kohler', name });
const acknowledge = (where: IConstruct, ...ids: readonly string[]) =>
  Validations.of(where).acknowledge(...ids.map((id) => ({ id: `ConfinementChecks::${id}`, reason: 'it is meant' })));

const idsOf = (change: (stack: Stack) => void) => reportedIn(made(change).app).ids;

test('an id has the rule and twelve digits, and is the same from synth to synth', () => {
  const [id = ''] = idsOf((stack) => point(stack));
  expect(id).toMatch(/^unknown-door\[[0-9a-f]{12}\]$/);
  expect(idsOf((stack) => point(stack))).toEqual([id]);
  // It is not of what is beside it, nor of the words.
  const both = (stack: Stack) => {
    reader(stack, 'R', STRANGER);
    point(stack);
  };
  expect(idsOf(both)).toContain(id);
});

test('the same stack of two stages has the same ids, and another construct has another', () => {
  const both = (change: (stack: Stack) => void) => {
    const app = checkedApp();
    for (const name of ['dev', 'prod']) {
      const stack = new Stack(new Stage(app, name), 'kohler', {
        env: { account: name === 'dev' ? '999988887777' : '888877776666', region: 'eu-west-1' },
      });
      new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
      change(stack);
    }
    return reportedIn(app).ids;
  };
  const [one, other] = both((stack) => point(stack));
  expect(one).toBe(other);
  const two = idsOf((stack) => {
    for (const name of ['x', 'y']) point(stack, name);
  });
  expect([two.length, new Set(two).size]).toEqual([2, 2]);
});

test('what is acknowledged at its construct, its stack or the app goes through, and is said', () => {
  const [id = ''] = idsOf((stack) => point(stack));
  const at: readonly ((parts: Made, found: IConstruct) => IConstruct)[] = [
    (_, found) => found,
    ({ stack }) => stack,
    ({ app }) => app,
  ];
  for (const where of at) {
    let found: IConstruct | undefined;
    const parts = made((stack) => (found = point(stack)));
    acknowledge(where(parts, found as IConstruct), id);
    const { ids, said } = reportedIn(parts.app);
    expect(ids).toEqual([]);
    expect(said.join('')).toContain(`${id}: it is meant`);
  }
});

test('an acknowledgement at another construct is of nothing', () => {
  const [id = ''] = idsOf((stack) => point(stack));
  const { app, stack } = made((given) => point(given));
  acknowledge(stack.node.findChild('adobe'), id);
  expect(reportedIn(app).ids).toEqual([id, expect.stringMatching(/^stale-acknowledgement\[/)]);
});

test('an acknowledgement of a whole rule is of nothing', () => {
  const { app } = made((stack) => point(stack));
  acknowledge(app, BY_POINT as string);
  const { ids, said } = reportedIn(app);
  expect(ids[0]).toMatch(/^unknown-door\[/);
  expect(said.join('')).toContain('a violation is acknowledged by its own id');
});

test('a stale acknowledgement is a warning, which stops nothing', () => {
  const { app } = made();
  acknowledge(app, 'unknown-door[0123456789ab]');
  const { ids, said } = reportedIn(app);
  expect(ids).toEqual([]);
  expect(said.join('\n')).toMatch(/stale-acknowledgement|acknowledges nothing/);
});

test('another statement, another stranger, or another way to the same role is a violation of its own', () => {
  const [first = ''] = idsOf((stack) => reader(stack, 'R', STRANGER));
  expect(first).toMatch(new RegExp(`^${BY_ROLE}`));
  const later: Readonly<Record<string, (stack: Stack) => void>> = {
    'one more who may assume it': (stack) => reader(stack, 'R', STRANGER, '555566667777'),
    'another statement of it': (stack) => {
      const role = reader(stack, 'R', STRANGER);
      role.policies = [...reading(), ...reading('arn:aws:s3:::integrations-kohler')];
    },
    'the integration itself, by another role': (stack) => {
      reader(stack, 'R', STRANGER, 'arn:aws:iam::999988887777:role/between');
      new CfnRole(stack, 'Between', {
        roleName: 'between',
        assumeRolePolicyDocument: trusting('arn:aws:iam::999988887777:role/kohler_adobe'),
      });
    },
    'an API that lends it': (stack) => {
      const role = reader(stack, 'R', STRANGER);
      new CfnResource(stack, 'Api', {
        type: 'AWS::ApiGatewayV2::Integration',
        properties: { CredentialsArn: role.attrArn },
      });
    },
  };
  for (const [what, change] of Object.entries(later)) {
    const parts = made(change);
    acknowledge(parts.app, first);
    const { ids } = reportedIn(parts.app);
    expect([what, ids.filter((id) => !id.startsWith('stale'))]).not.toEqual([what, []]);
  }
});

test('where a way is acknowledged, all ways have to be', () => {
  const change = (stack: Stack) => reader(stack, 'R', STRANGER, '555566667777');
  const acknowledged: string[] = [];
  for (let tries = 0; tries < 5; tries += 1) {
    const parts = made(change);
    acknowledge(parts.app, ...acknowledged);
    const { ids } = reportedIn(parts.app);
    if (ids.length === 0) break;
    acknowledged.push(...ids);
  }
  expect(acknowledged).toHaveLength(2);
});

test('what is only named is said', () => {
  const { app } = made(
    (stack) =>
      new CfnResource(stack, 'Seed', { type: 'Custom::Seed', properties: { BucketName: 'integrations-kohler' } }),
  );
  expect(reportedIn(app).said.join('')).toContain('not judged: kohler Seed');
});
