import { isBootstrapRole, type Pattern, plainJson, readStatement, STAR } from '../../lib/access';
import { mayBeBootstrapRole, onlyBootstrapRoles } from '../../lib/access/bootstrap';

const DEPLOY = 'cdk-hnb659fds-deploy-role-111122223333-eu-west-1';

test.each<[Pattern, boolean]>([
  [[`arn:aws:iam::111122223333:role/${DEPLOY}`], true],
  [['arn:aws:iam::', STAR, `:role/${DEPLOY}`], true],
  [['arn:aws:iam::111122223333:role/cdk-abc-cfn-exec-role-', STAR], true],
  [[`arn:aws:iam::111122223333:role/path/${DEPLOY}`], false],
  [[`arn:aws:iam::111122223333:role/role/${DEPLOY}`], false],
  [[`arn:aws:iam::111122223333:user/${DEPLOY}`], false],
  [['arn:aws:iam::111122223333:role/cdk-', STAR], false],
  [['arn:aws:iam::111122223333:role/cdk-hnb659fds-other-role-1'], false],
  [['arn:aws:iam::111122223333:role/cdk-hnb659fdsxyz-deploy-role-1'], false],
  [['arn:aws:iam::111122223333:', { scope: 's', id: 't' }], false],
  [[DEPLOY], false],
])('%j is one of the roles of cdk bootstrap: %s', (arn, expected) => {
  expect(isBootstrapRole(arn)).toBe(expected);
});

const statement = (Resource: unknown, Condition?: object) =>
  readStatement(plainJson({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource, Condition }), {
    scope: 's',
    id: 'i',
    at: 'a',
  });
const TAG = { StringEquals: { 'iam:ResourceTag/aws-cdk:bootstrap-role': 'deploy' } };

test.each<[unknown, object | undefined, boolean]>([
  ['arn:aws:iam::*:role/cdk-*', undefined, true],
  [['arn:aws:iam::*:role/cdk-*', `arn:aws:iam::111122223333:role/${DEPLOY}`], undefined, true],
  [['arn:aws:iam::*:role/cdk-*', 'arn:aws:iam::*:role/other'], undefined, false],
  ['arn:aws:iam::*:role/cdk-reader', undefined, false],
  ['arn:aws:iam::*:role/cdk-', undefined, false],
  ['arn:aws:iam::*:role/*', undefined, false],
  ['*', undefined, false],
  ['*', TAG, true],
  ['*', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }, false],
  ['*', { StringNotEquals: { 'iam:ResourceTag/aws-cdk:bootstrap-role': 'deploy' } }, false],
])('a right on %j under %j is only on such roles: %s', (resource, condition, expected) => {
  expect(onlyBootstrapRoles(statement(resource, condition))).toBe(expected);
});

test('a name that only a deployment knows may be of one', () => {
  expect([[DEPLOY], ['reader'], [{ scope: 's', id: 't' }], [`x${DEPLOY}`]].map(mayBeBootstrapRole)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
