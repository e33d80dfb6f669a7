import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import {
  AccessKeyIntegration,
  AssumedRoleIntegration,
  ClientBucket,
  DirectTrustIntegration,
  InternalAccess,
} from '../../lib';

const OWN = '999988887777';
const env = { account: OWN, region: 'eu-west-1' };
const OURS = 'arn:aws:iam::444455556666:role/app';
const VENDOR = 'arn:aws:iam::111122223333:role/exporter';

type Step = (stack: Stack, clientBucket: ClientBucket) => unknown;

const role =
  (principal: string, vendorName = 'adobe'): Step =>
  (stack, clientBucket) =>
    new AssumedRoleIntegration(stack, vendorName, { clientBucket, vendorName, principals: [principal] });
const trust =
  (principal: string): Step =>
  (stack, clientBucket) =>
    new AssumedRoleIntegration(stack, 'trust', { clientBucket, vendorName: 'trust', trusts: [{ principal }] });
const direct =
  (principal: string): Step =>
  (stack, clientBucket) =>
    new DirectTrustIntegration(stack, 'direct', { clientBucket, vendorName: 'direct', principals: [principal] });
const keyed: Step = (stack, clientBucket) =>
  new AccessKeyIntegration(stack, 'keyed', { clientBucket, vendorName: 'keyed' });
const internal =
  (...principals: string[]): Step =>
  (stack, clientBucket) =>
    new InternalAccess(stack, 'Ours', { clientBucket, principals });

/** Each in a stack of its own of one app. */
function made(steps: readonly Step[], environment: object = env): Stack[] {
  const app = new App();
  const stack = new Stack(app, 'kohler', { env: environment });
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  return steps.map((step, at) => {
    const own = new Stack(app, `kohler-${at}`, { env: environment });
    step(own, clientBucket);
    return own;
  });
}

const itsRole = `arn:aws:iam::${OWN}:role/Kohler_Adobe`;
const itsUser = `arn:aws:iam::${OWN}:user/x/kohler_keyed`;

describe.each([
  ['made first', (steps: Step[]) => steps],
  ['made afterwards', (steps: Step[]) => [...steps].reverse()],
])('an integration’s own role or user, %s', (_, order) => {
  test.each<[string, Step[], string]>([
    ['as principal', [role(VENDOR), trust(itsRole)], 'is the role of kohler_adobe'],
    ['in a policy', [role(VENDOR), direct(itsRole)], 'is the role of kohler_adobe'],
    ['as one of ours', [role(VENDOR), internal(itsRole)], 'is the role of kohler_adobe'],
    ['a user', [keyed, role(itsUser)], 'is the user of kohler_keyed'],
  ])('is refused %s', (__, steps, message) => {
    expect(() => made(order(steps))).toThrow(`[principal-of-integration]`);
    expect(() => made(order(steps))).toThrow(message);
  });

  test('is nobody else’s of that name', () => {
    const others = [`arn:aws:iam::111122223333:role/kohler_adobe`, `arn:aws:iam::${OWN}:user/kohler_adobe`];
    for (const other of others) expect(() => made(order([role(VENDOR), trust(other)]))).not.toThrow();
    expect(() => made(order([role(VENDOR), trust(itsRole)]), {})).not.toThrow();
  });

  test.each<[string, Step[], string | undefined]>([
    ['the same role', [role(OURS), internal(OURS)], `"${OURS}" is one of ours here, and is the vendor of kohler_adobe`],
    ['a direct trust', [direct(OURS), internal(OURS)], 'and is the vendor of kohler_direct'],
    ['its account', [role(OURS), internal('444455556666')], 'is in the account of the vendor of kohler_adobe'],
    ['another account', [role(OURS), internal('777788889999')], undefined],
    ['another role', [role(`${OURS}s`), internal(OURS)], undefined],
    ['a user of that name', [role(OURS), internal(OURS.replace(':role/', ':user/'))], undefined],
  ])('warns where one of ours is a vendor as well: %s', (_, steps, message) => {
    const warnings = made(order(steps)).flatMap((stack) =>
      Annotations.fromStack(stack).findWarning('*', Match.anyValue()),
    );
    expect(warnings.map(({ entry }) => String(entry.data))).toEqual(
      message === undefined ? [] : [expect.stringContaining(message)],
    );
  });
});
