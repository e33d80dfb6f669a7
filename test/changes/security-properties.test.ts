import { widenedProperties } from '../../lib/changes/security-properties';

const ROLE = 'AWS::IAM::Role';
const PROFILE = 'AWS::RolesAnywhere::Profile';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-role.html#cfn-iam-role-maxsessionduration
test.each<[string, string, object, object, string[]]>([
  ['a longer session', ROLE, { MaxSessionDuration: 3600 }, { MaxSessionDuration: 7200 }, ['MaxSessionDuration']],
  ['a shorter one', ROLE, { MaxSessionDuration: 7200 }, { MaxSessionDuration: 3600 }, []],
  ['the default, said', ROLE, {}, { MaxSessionDuration: 3600 }, []],
  ['the default, said no longer', ROLE, { MaxSessionDuration: 3600 }, {}, []],
  ['more than the default', ROLE, {}, { MaxSessionDuration: 3601 }, ['MaxSessionDuration']],
  ['the default after a shorter one', PROFILE, { DurationSeconds: 900 }, {}, ['DurationSeconds']],
])('%s', (_, type, before, after, widened) => {
  expect(widenedProperties(type, { ...before }, { ...after })).toEqual(widened);
});
