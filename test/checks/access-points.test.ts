import { foundIn } from '../support/confined';
import { synthesizeApp, type Template } from '../support/synth';

const ROLE = 'arn:aws:iam::123456789876:role/sender';
const made = synthesizeApp({
  'kohler/client.yaml': '',
  'kohler/one.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\naccessPoint: true\n`,
  'kohler/off.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\naccessPoint: true\nstatus: pending\n`,
});
const kohler = made.templates.kohler as Template;
const ENV = { account: '999988887777', region: 'eu-west-1' };

// biome-ignore lint/suspicious/noExplicitAny: a sabotage goes where no type would let it
type Any = any;

function rules(change: (found: { point: Any; off: Any; bucketPolicy: Any[]; resources: Any }) => void): string[] {
  const copy: Any = structuredClone(kohler);
  const found = (type: string, name?: string): Any =>
    Object.values<Any>(copy.Resources).find(
      ({ Type, Properties }) => Type === type && (name === undefined || Properties.Name === name),
    ).Properties;
  change({
    point: found('AWS::S3::AccessPoint', 'kohler--one'),
    off: found('AWS::S3::AccessPoint', 'kohler--off'),
    bucketPolicy: found('AWS::S3::BucketPolicy').PolicyDocument.Statement,
    resources: copy.Resources,
  });
  return foundIn(made.app, { kohler: copy }, ENV).map(({ rule }) => rule);
}

const delegation = (statements: Any[]) => statements.find(({ Sid }) => Sid === 'AccessPoints');

test('finds nothing in what is meant', () => {
  expect(rules(() => undefined)).toEqual([]);
  expect(rules(({ point }) => point.Policy.Statement.reverse())).toEqual([]);
  // What refuses more harms nobody.
  expect(
    rules(({ point }) =>
      point.Policy.Statement.push({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*' }),
    ),
  ).toEqual([]);
});

test.each<[string, (found: Parameters<Parameters<typeof rules>[0]>[0]) => void, string]>([
  ['another prefix', ({ point }) => (point.Policy.Statement[3].Resource = '*'), 'changed-access'],
  ['another principal', ({ point }) => (point.Policy.Statement[1].Principal.AWS = '*'), 'changed-access'],
  ['a condition less', ({ point }) => delete point.Policy.Statement[3].Condition, 'changed-access'],
  [
    'a statement more',
    ({ point }) => point.Policy.Statement.push({ ...point.Policy.Statement[3], Action: 's3:*' }),
    'changed-access',
  ],
  ['nothing that refuses plain HTTP', ({ point }) => point.Policy.Statement.splice(0, 1), 'changed-access'],
  ['no policy at all', ({ point }) => delete point.Policy, 'changed-access'],
  ['somebody let in while pending', ({ point, off }) => (off.Policy = point.Policy), 'changed-access'],
  ['another bucket', ({ point }) => (point.Bucket = 'somebody-elses'), 'changed-access'],
  ['public access not blocked', ({ point }) => delete point.PublicAccessBlockConfiguration, 'bucket-guard'],
  [
    'one guard less',
    ({ point }) => (point.PublicAccessBlockConfiguration.RestrictPublicBuckets = false),
    'bucket-guard',
  ],
  ['another name, under which it is nobody’s', ({ point }) => (point.Name = 'kohler--two'), 'unknown-door'],
  [
    'one more access point of the bucket',
    ({ resources, point }) => (resources.More = { Type: 'AWS::S3::AccessPoint', Properties: { ...point, Name: 'x' } }),
    'unknown-door',
  ],
  [
    'handing on to any access point',
    ({ bucketPolicy }) => delete delegation(bucketPolicy).Condition.StringLike,
    'unknown-statement',
  ],
  [
    'handing on to any account',
    ({ bucketPolicy }) => delete delegation(bucketPolicy).Condition.StringEquals,
    'unknown-statement',
  ],
  ['handing on everything', ({ bucketPolicy }) => (delegation(bucketPolicy).Action = 's3:*'), 'unknown-statement'],
])('finds %s', (_, change, rule) => {
  expect(rules((found) => void change(found))).toContain(rule);
});

test.each([
  ['the access point', 'arn:aws:s3:eu-west-1:999988887777:accesspoint/kohler--one/object/*', true],
  ['every access point', 'arn:aws:s3:*:*:accesspoint/*', true],
  ["another client's", 'arn:aws:s3:eu-west-1:999988887777:accesspoint/acme--one/object/*', false],
])('finds a role of outsiders whose own policy names %s', (_, Resource, harmful) => {
  const PolicyDocument = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }] };
  const Principal = { AWS: 'arn:aws:iam::666677778888:root' };
  const role = {
    RoleName: 'stranger',
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }] },
    Policies: [{ PolicyName: 'x', PolicyDocument }],
  };
  const found = rules(({ resources }) => (resources.Role = { Type: 'AWS::IAM::Role', Properties: role }));
  expect(found).toEqual(harmful ? ['unknown-principal'] : []);
});

test('the bucket hands nothing on where nobody is let in by an access point', () => {
  const other = synthesizeApp({
    'acme/client.yaml': '',
    'acme/off.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\naccessPoint: true\nstatus: suspended\n`,
  });
  const { acme } = other.templates;
  expect(JSON.stringify(acme)).not.toContain('DataAccessPoint');
  const added: Any = structuredClone(acme);
  const policy: Any = Object.values<Any>(added.Resources).find(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  const theirs: Any = Object.values<Any>(kohler.Resources).find(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  policy.Properties.PolicyDocument.Statement.push(delegation(theirs.Properties.PolicyDocument.Statement));
  expect(foundIn(other.app, { acme: added }, ENV).map(({ rule }) => rule)).toEqual(['unknown-statement', 'kept']);
});
