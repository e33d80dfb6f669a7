/**
 * Small sabotages of a generated template, and changes that do no harm: pure functions of CloudFormation JSON.
 * What the confinement checks and the simulation of AWS's decisions say of each is in table.ts.
 */
import type { Template } from '../support/synth';

/** What is done to a template. */
export interface Sabotage {
  readonly name: string;
  /** What it comes to: more access than is meant, less of a guard, or neither. */
  readonly effect: 'more access' | 'weaker guard' | 'harmless';
  /** Whether the simulator knows everything that it takes to judge. */
  readonly simulated: boolean;
  readonly apply: (template: Template) => Template;
}

export const USER = 'arn:aws:iam::123456789876:user/sender';
/** An account that nobody trusts. */
export const STRANGER = '666677778888';
const ISSUER = 'login.example.com/tenant';
export const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:999988887777:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab';

/** A client with an integration of every kind, and with suspended ones. */
export const SUBJECT: Readonly<Record<string, string>> = {
  'kohler/client.yaml': 'bucket: {kmsKey: create}',
  'kohler/role.yaml': `kind: assumed-role\nprincipals: [${USER}, "222233334444"]\nexternalId: abc\nroleSessionName: s-*\nselfAssume: true\nexpires: 2027-01-01\nsourceIps: [203.0.113.0/24]\n`,
  'kohler/trust.yaml': `kind: direct-trust\nprincipals: [${USER}]\nexpires: 2027-01-01\nvpcEndpoints: [vpce-0a1b2c3d]\n`,
  'kohler/user.yaml': 'kind: access-key\nreason: a test\n',
  'kohler/cert.yaml': `kind: roles-anywhere\ntrustAnchor: {arn: "${ANCHOR}"}\nsubject: {commonName: c, organization: o, organizationalUnit: ou}\nexpires: 2027-01-01\naccess: [read]\n`,
  'kohler/token.yaml': `kind: web-identity\nprovider: https://${ISSUER}\naudiences: [aud]\nsubjects: [sub]\nroleSessionName: s-*\nexpires: 2027-01-01\naccess: [read]\n`,
  'kohler/off.yaml': `kind: assumed-role\nstatus: suspended\nprincipals: [${USER}]\n`,
  'kohler/offuser.yaml': 'kind: access-key\nstatus: suspended\nreason: a test\n',
  'kohler/offcert.yaml': 'kind: roles-anywhere\nstatus: suspended\n',
};

// biome-ignore lint/suspicious/noExplicitAny: a sabotage goes where no type would let it
type Any = any;

/** A template's resources, found as a saboteur would. */
class Target {
  constructor(readonly template: Any) {}

  id(type: string, test: (properties: Any) => boolean = () => true): string {
    const found = Object.entries<Any>(this.template.Resources).find(
      ([, { Type, Properties }]) => Type === `AWS::${type}` && test(Properties),
    );
    if (!found) throw new Error(`there is no such ${type}`);
    return found[0];
  }

  resource(id: string): Any {
    return this.template.Resources[id];
  }

  add(id: string, type: string, properties: object): void {
    this.template.Resources[id] = { Type: `AWS::${type}`, Properties: properties };
  }

  roleId = (name: string) => this.id('IAM::Role', ({ RoleName }) => RoleName === `kohler_${name}`);
  userId = (name: string) => this.id('IAM::User', ({ UserName }) => UserName === `kohler_${name}`);
  bucketId = () => this.id('S3::Bucket');
  keyId = () => this.id('KMS::Key');
  role = (name: string) => this.resource(this.roleId(name)).Properties;
  user = (name: string) => this.resource(this.userId(name)).Properties;
  bucket = () => this.resource(this.bucketId());
  bucketPolicy = (): Any[] => this.resource(this.id('S3::BucketPolicy')).Properties.PolicyDocument.Statement;
  keyPolicy = (): Any[] => this.resource(this.keyId()).Properties.KeyPolicy.Statement;
  trust = (name: string): Any[] => this.role(name).AssumeRolePolicyDocument.Statement;
  access = (name: string): Any[] =>
    (name.endsWith('user') ? this.user(name) : this.role(name)).Policies[0].PolicyDocument.Statement;
  /** Moves what an integration's intent says of its prefix. */
  moveIntent = (name: string, prefix: string): void => {
    const key = `BucketIntegrations::kohler_${name}`;
    const intent = JSON.parse(this.template.Metadata[key]);
    this.template.Metadata[key] = JSON.stringify({ ...intent, confinement: { ...intent.confinement, prefix } });
  };
}

function sabotage(
  name: string,
  change: (target: Target) => void,
  { effect = 'more access', simulated = true }: Partial<Pick<Sabotage, 'effect' | 'simulated'>> = {},
): Sabotage {
  return {
    name,
    effect,
    simulated,
    apply: (template) => {
      const copy = structuredClone(template);
      change(new Target(copy));
      return copy;
    },
  };
}

const NOT_SIMULATED = { simulated: false } as const;
const WEAKER = { simulated: false, effect: 'weaker guard' } as const;
const HARMLESS = { effect: 'harmless' } as const;
const HARMLESS_UNSEEN = { effect: 'harmless', simulated: false } as const;

const sid = (statements: Any[], name: string): Any => {
  const found = statements.find(({ Sid }) => Sid === name);
  if (!found) throw new Error(`there is no statement ${name}`);
  return found;
};
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const arn = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${name}`]] });
const BUCKET = 'integrations-kohler';
const EVERYTHING = allow('*', '*');
const trusting = (Principal: unknown, Action = 'sts:AssumeRole') => document({ Effect: 'Allow', Principal, Action });
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const OWN_ROOT = {
  AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] },
};
const inline = (...statements: object[]) => [{ PolicyName: 'more', PolicyDocument: document(...statements) }];

/** Takes a condition away, and with it the block that would be empty. */
function without(statement: Any, operator: string, key: string): void {
  if (statement.Condition?.[operator]?.[key] === undefined) throw new Error(`there is no ${operator} ${key}`);
  delete statement.Condition[operator][key];
  if (Object.keys(statement.Condition[operator]).length === 0) delete statement.Condition[operator];
}

/** Moves a condition to another operator, with another value. */
function instead(statement: Any, operator: string, key: string, other: string, value: unknown): void {
  without(statement, operator, key);
  statement.Condition[other] = { ...statement.Condition[other], [key]: value };
}

/** Takes the same condition from all of some statements. */
function fromAll(statements: Any[], operator: string, key: string): void {
  for (const statement of statements) if (statement.Condition?.[operator]?.[key]) without(statement, operator, key);
}

function rewritten(statement: Any, key: string, from: string, to: string): void {
  const text = JSON.stringify(statement[key]);
  if (!text.includes(from)) throw new Error(`there is no ${from} in ${key}`);
  statement[key] = JSON.parse(text.replaceAll(from, to));
}

/** A role written by hand that an outsider may assume, with one policy. */
const outsider = (name: string, resource: (t: Target) => unknown, action: unknown = 's3:GetObject') =>
  sabotage(`a role of another account's with access to ${name}`, (t) =>
    t.add('Outsider', 'IAM::Role', {
      RoleName: 'outsider',
      AssumeRolePolicyDocument: trusting(root(STRANGER)),
      Policies: inline(allow(action, resource(t))),
    }),
  );

const GITHUB = 'token.actions.githubusercontent.com';

/** A role that deploys by the roles of `cdk bootstrap`. */
const deployer = (Condition?: object) => {
  const trust = trusting(
    { Federated: `arn:aws:iam::999988887777:oidc-provider/${GITHUB}` },
    'sts:AssumeRoleWithWebIdentity',
  );
  return {
    AssumeRolePolicyDocument: { ...trust, Statement: trust.Statement.map((each) => ({ ...each, Condition })) },
    Policies: inline(allow('sts:AssumeRole', 'arn:aws:iam::*:role/cdk-*')),
  };
};

const CONDITIONS: Sabotage[] = [
  sabotage('list without s3:prefix, of a role', (t) =>
    without(sid(t.access('role'), 'List'), 'StringLike', 's3:prefix'),
  ),
  sabotage('list without s3:prefix, of a user', (t) =>
    without(sid(t.access('user'), 'List'), 'StringLike', 's3:prefix'),
  ),
  sabotage('list without s3:prefix, in the bucket policy', (t) =>
    without(sid(t.bucketPolicy(), 'trustList'), 'StringLike', 's3:prefix'),
  ),
  sabotage('list with …IfExists on s3:prefix', (t) =>
    instead(sid(t.access('role'), 'List'), 'StringLike', 's3:prefix', 'StringLikeIfExists', 'role/*'),
  ),
  sabotage('PrincipalArn dropped from the bucket policy', (t) =>
    fromAll(t.bucketPolicy(), 'StringEquals', 'aws:PrincipalArn'),
  ),
  sabotage('PrincipalArn dropped from the key policy', (t) =>
    fromAll(t.keyPolicy(), 'StringEquals', 'aws:PrincipalArn'),
  ),
  sabotage('PrincipalArn dropped from a trust', (t) =>
    without(sid(t.trust('role'), 'Vendor'), 'StringEquals', 'aws:PrincipalArn'),
  ),
  sabotage('PrincipalArn StringEquals to StringLike with *', (t) =>
    instead(
      sid(t.trust('role'), 'Vendor'),
      'StringEquals',
      'aws:PrincipalArn',
      'StringLike',
      'arn:aws:iam::123456789876:user/*',
    ),
  ),
  sabotage('PrincipalArn with a second ARN', (t) => {
    sid(t.bucketPolicy(), 'trustObjects').Condition.StringEquals['aws:PrincipalArn'] = [USER, `${USER}2`];
  }),
  sabotage('external ID dropped', (t) => fromAll(t.trust('role'), 'StringEquals', 'sts:ExternalId')),
  sabotage('external ID StringEquals to StringLike with *', (t) =>
    instead(sid(t.trust('role'), 'Vendor'), 'StringEquals', 'sts:ExternalId', 'StringLike', '*'),
  ),
  sabotage('external ID to …IfExists', (t) =>
    instead(sid(t.trust('role'), 'Vendor'), 'StringEquals', 'sts:ExternalId', 'StringEqualsIfExists', 'abc'),
  ),
  sabotage('session name dropped', (t) => fromAll(t.trust('role'), 'StringLike', 'sts:RoleSessionName')),
  sabotage('expiry dropped from a trust', (t) => fromAll(t.trust('role'), 'DateLessThan', 'aws:CurrentTime')),
  sabotage('expiry dropped from the access of a role', (t) =>
    fromAll(t.access('role'), 'DateLessThan', 'aws:CurrentTime'),
  ),
  sabotage('expiry dropped from the bucket policy', (t) =>
    fromAll(t.bucketPolicy(), 'DateLessThan', 'aws:CurrentTime'),
  ),
  sabotage('expiry moved by a year', (t) => {
    sid(t.access('role'), 'Objects').Condition.DateLessThan['aws:CurrentTime'] = '2028-01-01T00:00:00Z';
  }),
  sabotage('expiry turned round', (t) =>
    instead(
      sid(t.access('cert'), 'Objects'),
      'DateLessThan',
      'aws:CurrentTime',
      'DateGreaterThan',
      '2026-01-01T00:00:00Z',
    ),
  ),
  sabotage('sourceIp dropped', (t) => fromAll(t.access('role'), 'IpAddress', 'aws:SourceIp')),
  sabotage('sourceIp widened to everywhere', (t) => {
    sid(t.access('role'), 'Objects').Condition.IpAddress['aws:SourceIp'] = ['0.0.0.0/1', '128.0.0.0/1'];
  }),
  sabotage('VPC endpoint dropped from the bucket policy', (t) =>
    fromAll(t.bucketPolicy(), 'StringEquals', 'aws:SourceVpce'),
  ),
  sabotage('ViaService dropped from the access of a role', (t) =>
    without(sid(t.access('role'), 'Key'), 'StringEquals', 'kms:ViaService'),
  ),
  sabotage('ViaService dropped from the key policy', (t) =>
    without(sid(t.keyPolicy(), 'trustKey'), 'StringEquals', 'kms:ViaService'),
  ),
  sabotage('trust anchor condition dropped', (t) =>
    without(sid(t.trust('cert'), 'Certificate'), 'ArnEquals', 'aws:SourceArn'),
  ),
  sabotage('common name dropped', (t) =>
    without(sid(t.trust('cert'), 'Certificate'), 'StringEquals', 'aws:PrincipalTag/x509Subject/CN'),
  ),
  sabotage('organizational unit dropped', (t) =>
    without(sid(t.trust('cert'), 'Certificate'), 'StringEquals', 'aws:PrincipalTag/x509Subject/OU'),
  ),
  sabotage('audience dropped', (t) => without(sid(t.trust('token'), 'Token'), 'StringEquals', `${ISSUER}:aud`)),
  sabotage('subject dropped', (t) => without(sid(t.trust('token'), 'Token'), 'StringEquals', `${ISSUER}:sub`)),
  sabotage('subject StringEquals to StringLike with *', (t) =>
    instead(sid(t.trust('token'), 'Token'), 'StringEquals', `${ISSUER}:sub`, 'StringLike', '*'),
  ),
  sabotage('every condition of a trust dropped', (t) => {
    delete sid(t.trust('token'), 'Token').Condition;
  }),
];

const RESOURCES: Sabotage[] = [
  sabotage('the slash before the wildcard removed, of a role', (t) =>
    rewritten(sid(t.access('role'), 'Objects'), 'Resource', '/role/*', '/role*'),
  ),
  sabotage('the slash before the wildcard removed, in the bucket policy', (t) =>
    rewritten(sid(t.bucketPolicy(), 'trustObjects'), 'Resource', '/trust/*', '/trust*'),
  ),
  sabotage('the slash of s3:prefix removed', (t) =>
    rewritten(sid(t.access('user'), 'List'), 'Condition', 'user/*', 'user*'),
  ),
  sabotage('an ARN widened to the whole bucket', (t) =>
    rewritten(sid(t.access('user'), 'Objects'), 'Resource', '/user/*', '/*'),
  ),
  sabotage('an ARN widened to every bucket of a name', (t) =>
    rewritten(sid(t.access('user'), 'Objects'), 'Resource', `${BUCKET}/user/*`, 'integrations-*'),
  ),
  sabotage('an ARN of a neighbour added', (t) => {
    const objects = sid(t.access('role'), 'Objects');
    objects.Resource = [objects.Resource, arn(`${BUCKET}/trust/*`)];
  }),
  sabotage("the prefix changed to the neighbour's", (t) =>
    rewritten(sid(t.access('cert'), 'Objects'), 'Resource', '/cert/*', '/role/*'),
  ),
  sabotage("the prefix changed to the neighbour's, in its metadata as well", (t) => {
    rewritten(sid(t.access('cert'), 'Objects'), 'Resource', '/cert/*', '/role/*');
    t.moveIntent('cert', 'role/');
  }),
  sabotage("a prefix inside the neighbour's, in its metadata as well", (t) => {
    rewritten(sid(t.access('cert'), 'Objects'), 'Resource', '/cert/*', '/role/in/*');
    t.moveIntent('cert', 'role/in/');
  }),
  sabotage('Resource *', (t) => {
    sid(t.access('role'), 'Objects').Resource = '*';
  }),
  sabotage('NotResource', (t) => {
    const objects = sid(t.access('user'), 'Objects');
    objects.NotResource = arn('other/*');
    delete objects.Resource;
  }),
  sabotage('the KMS key of a user widened to *', (t) => {
    const key = sid(t.access('user'), 'Key');
    key.Resource = '*';
    delete key.Condition;
  }),
];

const ACTIONS: Sabotage[] = [
  sabotage('an action added to a role', (t) => sid(t.access('role'), 'Objects').Action.push('s3:DeleteObject')),
  sabotage('an action added in the bucket policy', (t) =>
    sid(t.bucketPolicy(), 'trustObjects').Action.push('s3:DeleteObject'),
  ),
  sabotage('s3:* for a role', (t) => {
    sid(t.access('role'), 'Objects').Action = 's3:*';
  }),
  sabotage('s3:Get* for a user', (t) => {
    sid(t.access('user'), 'Objects').Action = ['s3:Get*', 's3:PutObject'];
  }),
  sabotage('NotAction', (t) => {
    const objects = sid(t.access('user'), 'Objects');
    objects.NotAction = 's3:DeleteObjectVersion';
    delete objects.Action;
  }),
  sabotage('a second inline policy', (t) => t.role('role').Policies.push(...inline(EVERYTHING))),
  sabotage('a statement added to a role', (t) => t.access('role').push(allow('s3:PutBucketPolicy', arn(BUCKET)))),
  sabotage(
    'the self-assumption widened',
    (t) => {
      sid(t.access('role'), 'AssumeSelf').Resource = '*';
    },
    NOT_SIMULATED,
  ),
  sabotage('TagSession for everybody', (t) =>
    t.trust('cert').push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }),
  ),
  sabotage('Allow for Deny in the trust of a suspended role', (t) => {
    sid(t.trust('off'), 'NotActive').Effect = 'Allow';
  }),
  sabotage('Allow for Deny in the access of a suspended role, and a trust', (t) => {
    sid(t.access('off'), 'NotActive').Effect = 'Allow';
    t.role('off').AssumeRolePolicyDocument = trusting(root('123456789876'));
  }),
  sabotage('Allow for Deny in the access of a suspended user', (t) => {
    sid(t.access('offuser'), 'NotActive').Effect = 'Allow';
  }),
  sabotage('the Deny of a suspended user replaced by access', (t) => {
    t.user('offuser').Policies = inline(allow('s3:GetObject', arn(`${BUCKET}/offuser/*`)));
  }),
  sabotage('a suspended role trusted again', (t) => {
    t.role('off').AssumeRolePolicyDocument = trusting({ AWS: USER });
  }),
];

const PRINCIPALS: Sabotage[] = [
  sabotage('an account added to a trust', (t) => {
    sid(t.trust('role'), 'Vendor2').Principal.AWS = ['arn:aws:iam::222233334444:root', root(STRANGER).AWS];
  }),
  sabotage('Principal * in a trust', (t) => {
    sid(t.trust('role'), 'Vendor2').Principal = '*';
  }),
  sabotage('AWS: * in the bucket policy, without PrincipalArn', (t) => {
    const objects = sid(t.bucketPolicy(), 'trustObjects');
    objects.Principal = { AWS: '*' };
    without(objects, 'StringEquals', 'aws:PrincipalArn');
  }),
  sabotage('a service added to a trust', (t) =>
    t.trust('role').push({
      Effect: 'Allow',
      Principal: { Service: 'rolesanywhere.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    }),
  ),
  sabotage('a federated principal added to a trust', (t) =>
    t.trust('role').push({
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    }),
  ),
  sabotage('a statement for another account in the bucket policy', (t) =>
    t.bucketPolicy().push(allow('s3:GetObject', arn(`${BUCKET}/*`), { Principal: root(STRANGER) })),
  ),
  sabotage(
    'a statement for a service in the bucket policy',
    (t) =>
      t
        .bucketPolicy()
        .push(allow('s3:GetObject', arn(`${BUCKET}/*`), { Principal: { Service: 'cloudfront.amazonaws.com' } })),
    NOT_SIMULATED,
  ),
  sabotage(
    'NotPrincipal in the bucket policy',
    (t) => t.bucketPolicy().push(allow('s3:GetObject', arn(`${BUCKET}/*`), { NotPrincipal: { AWS: USER } })),
    NOT_SIMULATED,
  ),
  sabotage(
    'a canonical user in the bucket policy',
    (t) =>
      t
        .bucketPolicy()
        .push(allow('s3:GetObject', arn(`${BUCKET}/*`), { Principal: { CanonicalUser: 'a'.repeat(64) } })),
    NOT_SIMULATED,
  ),
  sabotage('kms:* for another account in the key policy', (t) =>
    t.keyPolicy().push(allow('kms:*', '*', { Principal: root(STRANGER) })),
  ),
  sabotage('kms:Decrypt for everybody in the key policy', (t) =>
    t.keyPolicy().push(allow('kms:Decrypt', '*', { Principal: { AWS: '*' } })),
  ),
  sabotage('kms:* for the vendor in the key policy', (t) => {
    const key = sid(t.keyPolicy(), 'trustKey');
    key.Action = 'kms:*';
    delete key.Condition;
  }),
  sabotage("another account beside one's own administration of the key", (t) => {
    const [administration] = t.keyPolicy();
    administration.Principal.AWS = [administration.Principal.AWS, root(STRANGER).AWS];
  }),
];

const ATTACHED: Sabotage[] = [
  sabotage('a managed policy on a role', (t) => {
    t.role('role').ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  }),
  sabotage('a managed policy on a user', (t) => {
    t.user('user').ManagedPolicyArns = ['arn:aws:iam::aws:policy/AmazonS3FullAccess'];
  }),
  sabotage('an AWS::IAM::Policy on a role, by reference', (t) =>
    t.add('More', 'IAM::Policy', {
      PolicyName: 'more',
      Roles: [{ Ref: t.roleId('role') }],
      PolicyDocument: document(EVERYTHING),
    }),
  ),
  sabotage('an AWS::IAM::Policy on a user, by name', (t) =>
    t.add('More', 'IAM::Policy', { PolicyName: 'more', Users: ['kohler_user'], PolicyDocument: document(EVERYTHING) }),
  ),
  sabotage('an AWS::IAM::Policy on a role, by Fn::Sub', (t) =>
    t.add('More', 'IAM::Policy', {
      PolicyName: 'more',
      Roles: [{ 'Fn::Sub': [`\${Client}_role`, { Client: 'kohler' }] }],
      PolicyDocument: document(EVERYTHING),
    }),
  ),
  sabotage('an AWS::IAM::ManagedPolicy on a role', (t) =>
    t.add('More', 'IAM::ManagedPolicy', { Roles: [{ Ref: t.roleId('cert') }], PolicyDocument: document(EVERYTHING) }),
  ),
  sabotage('an AWS::IAM::RolePolicy', (t) =>
    t.add('More', 'IAM::RolePolicy', {
      PolicyName: 'more',
      RoleName: { Ref: t.roleId('role') },
      PolicyDocument: document(EVERYTHING),
    }),
  ),
  sabotage('an AWS::IAM::UserPolicy', (t) =>
    t.add('More', 'IAM::UserPolicy', {
      PolicyName: 'more',
      UserName: 'kohler_user',
      PolicyDocument: document(EVERYTHING),
    }),
  ),
  sabotage('a group for a user', (t) => {
    t.add('Group', 'IAM::Group', { GroupName: 'administrators', Policies: inline(EVERYTHING) });
    t.user('user').Groups = [{ Ref: 'Group' }];
  }),
  sabotage('a user added to a group', (t) => {
    t.add('Group', 'IAM::Group', { GroupName: 'administrators', Policies: inline(EVERYTHING) });
    t.add('Addition', 'IAM::UserToGroupAddition', { GroupName: { Ref: 'Group' }, Users: ['kohler_user'] });
  }),
  sabotage(
    'a login profile',
    (t) => {
      t.user('user').LoginProfile = { Password: 'x' };
    },
    NOT_SIMULATED,
  ),
  sabotage(
    'a second access key',
    (t) => t.add('Second', 'IAM::AccessKey', { UserName: { Ref: t.userId('user') } }),
    NOT_SIMULATED,
  ),
  sabotage(
    'a second access key, in a secret of its own',
    (t) => {
      t.add('Second', 'IAM::AccessKey', { UserName: 'kohler_user' });
      t.add('Hidden', 'SecretsManager::Secret', {
        Name: 'hidden',
        SecretString: { 'Fn::GetAtt': ['Second', 'SecretAccessKey'] },
      });
    },
    NOT_SIMULATED,
  ),
  sabotage(
    'an active key while suspended',
    (t) => {
      const id = t.id('IAM::AccessKey', ({ UserName }) => UserName.Ref === t.userId('offuser'));
      t.resource(id).Properties.Status = 'Active';
    },
    NOT_SIMULATED,
  ),
  sabotage(
    'a key without status while suspended',
    (t) => {
      const id = t.id('IAM::AccessKey', ({ UserName }) => UserName.Ref === t.userId('offuser'));
      delete t.resource(id).Properties.Status;
    },
    NOT_SIMULATED,
  ),
  sabotage(
    'an instance profile for a role',
    (t) => t.add('Instance', 'IAM::InstanceProfile', { Roles: [{ Ref: t.roleId('role') }] }),
    NOT_SIMULATED,
  ),
  sabotage(
    'an extra Roles Anywhere profile',
    (t) =>
      t.add('Extra', 'RolesAnywhere::Profile', {
        Name: 'extra',
        Enabled: true,
        RoleArns: [{ 'Fn::GetAtt': [t.roleId('cert'), 'Arn'] }],
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'an extra Roles Anywhere profile of the same name',
    (t) =>
      t.add('Extra', 'RolesAnywhere::Profile', {
        Name: 'kohler_cert',
        Enabled: true,
        RoleArns: [{ 'Fn::GetAtt': [t.roleId('cert'), 'Arn'] }],
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'a second role in a Roles Anywhere profile',
    (t) => {
      const id = t.id('RolesAnywhere::Profile', ({ Name }) => Name === 'kohler_cert');
      t.resource(id).Properties.RoleArns.push({ 'Fn::GetAtt': [t.roleId('role'), 'Arn'] });
    },
    NOT_SIMULATED,
  ),
  sabotage(
    'a suspended profile enabled',
    (t) => {
      const id = t.id('RolesAnywhere::Profile', ({ Name }) => Name === 'kohler_offcert');
      t.resource(id).Properties.Enabled = true;
    },
    NOT_SIMULATED,
  ),
];

const WAYS_ROUND: Sabotage[] = [
  outsider('the bucket, by its name', () => `arn:aws:s3:::${BUCKET}/*`),
  outsider('a bucket whose name is a pattern', () => 'arn:aws:s3:::integ*'),
  outsider('a bucket whose name ends like it', () => 'arn:aws:s3:::*-kohler/*'),
  outsider('every bucket', () => '*', ['s3:Get*']),
  outsider('the bucket, by Fn::Sub', (t) => ({ 'Fn::Sub': `arn:aws:s3:::\${${t.bucketId()}}/*` })),
  outsider('the bucket, by Fn::Sub with variables', () => ({
    'Fn::Sub': [`arn:aws:s3:::integrations-\${Client}/*`, { Client: 'kohler' }],
  })),
  outsider('the bucket, by Fn::Join', () => arn(`${BUCKET}/trust/*`)),
  outsider('the bucket, by reference', (t) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [t.bucketId(), 'Arn'] }, '/*']] })),
  sabotage("a role of another account's with everything, by NotAction", (t) =>
    t.add('Outsider', 'IAM::Role', {
      RoleName: 'outsider',
      AssumeRolePolicyDocument: trusting(root(STRANGER)),
      Policies: inline({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    }),
  ),
  outsider("the bucket's key", (t) => ({ 'Fn::GetAtt': [t.keyId(), 'Arn'] }), 'kms:Decrypt'),
  outsider('every key of the account', () => 'arn:aws:kms:*:*:key/*', ['kms:*']),
  outsider('what only the deployment knows', () => ({ 'Fn::Select': [0, [`arn:aws:s3:::${BUCKET}/*`]] })),
  sabotage("a role of another account's with a managed policy", (t) =>
    t.add('Outsider', 'IAM::Role', {
      RoleName: 'outsider',
      AssumeRolePolicyDocument: trusting(root(STRANGER)),
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'],
    }),
  ),
  sabotage("a role of another account's with an attached policy", (t) => {
    t.add('Outsider', 'IAM::Role', { RoleName: 'outsider', AssumeRolePolicyDocument: trusting(root(STRANGER)) });
    t.add('More', 'IAM::Policy', {
      PolicyName: 'more',
      Roles: [{ Ref: 'Outsider' }],
      PolicyDocument: document(allow('s3:GetObject', arn(`${BUCKET}/*`))),
    });
  }),
  sabotage(
    "a role that an integration's role may assume",
    (t) =>
      t.add('Outsider', 'IAM::Role', {
        RoleName: 'outsider',
        AssumeRolePolicyDocument: trusting({ AWS: { 'Fn::GetAtt': [t.roleId('role'), 'Arn'] } }),
        Policies: inline(allow('s3:GetObject', arn(`${BUCKET}/*`))),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    "a role for tokens of a provider of one's own",
    (t) =>
      t.add('Outsider', 'IAM::Role', {
        RoleName: 'outsider',
        AssumeRolePolicyDocument: trusting(
          { Federated: { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:oidc-provider/accounts.example.com` } },
          'sts:AssumeRoleWithWebIdentity',
        ),
        Policies: inline(allow('s3:GetObject', arn(`${BUCKET}/*`))),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'a role for certificates',
    (t) =>
      t.add('Outsider', 'IAM::Role', {
        RoleName: 'outsider',
        AssumeRolePolicyDocument: trusting({ Service: 'rolesanywhere.amazonaws.com' }),
        Policies: inline(allow('s3:GetObject', arn(`${BUCKET}/*`))),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    "a role of another account's that reads the secret",
    (t) =>
      t.add('Outsider', 'IAM::Role', {
        RoleName: 'outsider',
        AssumeRolePolicyDocument: trusting(root(STRANGER)),
        Policies: inline(allow('secretsmanager:GetSecretValue', '*')),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    "a role of another account's that changes the users",
    (t) =>
      t.add('Outsider', 'IAM::Role', {
        RoleName: 'outsider',
        AssumeRolePolicyDocument: trusting(root(STRANGER)),
        Policies: inline(allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/*')),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'a role that deploys, for every token of an issuer that many share',
    (t) => t.add('Deployer', 'IAM::Role', deployer()),
    NOT_SIMULATED,
  ),
  sabotage(
    'a role that deploys, for the tokens of every branch',
    (t) => t.add('Deployer', 'IAM::Role', deployer({ StringLike: { [`${GITHUB}:sub`]: 'repo:o/r:*' } })),
    NOT_SIMULATED,
  ),
  sabotage('a hand-written user with access to the bucket', (t) => {
    t.add('Stranger', 'IAM::User', { UserName: 'stranger', Policies: inline(allow('s3:*', arn(`${BUCKET}/*`))) });
    t.add('StrangerKey', 'IAM::AccessKey', { UserName: { Ref: 'Stranger' } });
  }),
  sabotage(
    'a grant on the key',
    (t) =>
      t.add('Grant', 'KMS::Grant', {
        KeyId: { Ref: t.keyId() },
        GranteePrincipal: root(STRANGER).AWS,
        Operations: ['Decrypt'],
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'a replica of the key',
    (t) =>
      t.add('Replica', 'KMS::ReplicaKey', {
        PrimaryKeyArn: { 'Fn::GetAtt': [t.keyId(), 'Arn'] },
        KeyPolicy: document(allow('kms:*', '*', { Principal: root(STRANGER) })),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'an access point',
    (t) =>
      t.add('Point', 'S3::AccessPoint', {
        Bucket: { Ref: t.bucketId() },
        Policy: document(allow('s3:GetObject', '*', { Principal: root(STRANGER) })),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'an access grants location',
    (t) =>
      t.add('Location', 'S3::AccessGrantsLocation', { LocationScope: { 'Fn::Sub': `s3://\${${t.bucketId()}}/*` } }),
    NOT_SIMULATED,
  ),
  sabotage(
    'an SFTP user',
    (t) => t.add('Sftp', 'Transfer::User', { HomeDirectory: `/${BUCKET}/role`, UserName: 'x' }),
    NOT_SIMULATED,
  ),
  sabotage(
    'a policy on the secret',
    (t) =>
      t.add('Reader', 'SecretsManager::ResourcePolicy', {
        SecretId: { Ref: t.id('SecretsManager::Secret', ({ Name }) => Name === 'integrations/kohler/user/a') },
        ResourcePolicy: document(allow('secretsmanager:GetSecretValue', '*', { Principal: root(STRANGER) })),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'a policy on the secret, by its name',
    (t) =>
      t.add('Reader', 'SecretsManager::ResourcePolicy', {
        SecretId: 'integrations/kohler/user/a',
        ResourcePolicy: document(allow('secretsmanager:GetSecretValue', '*', { Principal: root(STRANGER) })),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'a secret key in an output',
    (t) => {
      const id = t.id('IAM::AccessKey', ({ UserName }) => UserName.Ref === t.userId('user'));
      t.template.Outputs.Shown = { Value: { 'Fn::GetAtt': [id, 'SecretAccessKey'] } };
    },
    NOT_SIMULATED,
  ),
  sabotage(
    'a secret key in an output, by Fn::Sub in Fn::Base64',
    (t) => {
      const id = t.id('IAM::AccessKey', ({ UserName }) => UserName.Ref === t.userId('user'));
      t.template.Outputs.Shown = { Value: { 'Fn::Base64': { 'Fn::Sub': `\${${id}.SecretAccessKey}` } } };
    },
    NOT_SIMULATED,
  ),
  sabotage(
    'a secret key in an output, by a dynamic reference',
    (t) => {
      t.template.Outputs.Shown = { Value: '{{resolve:secretsmanager:integrations/kohler/user/a:SecretString}}' };
    },
    NOT_SIMULATED,
  ),
  sabotage(
    'a secret key in a parameter of Systems Manager',
    (t) => {
      const id = t.id('IAM::AccessKey', ({ UserName }) => UserName.Ref === t.userId('user'));
      t.add('Shown', 'SSM::Parameter', { Type: 'String', Value: { 'Fn::GetAtt': [id, 'SecretAccessKey'] } });
    },
    NOT_SIMULATED,
  ),
];

const GUARDS: Sabotage[] = [
  sabotage('the TLS deny dropped', (t) => t.bucketPolicy().shift(), { effect: 'more access' }),
  sabotage('the TLS deny flipped to Allow', (t) => {
    t.bucketPolicy()[0].Effect = 'Allow';
  }),
  sabotage('the TLS deny for objects only', (t) => {
    t.bucketPolicy()[0].Resource = t.bucketPolicy()[0].Resource[1];
  }),
  sabotage('the TLS deny for one action only', (t) => {
    t.bucketPolicy()[0].Action = 's3:DeleteObject';
  }),
  sabotage(
    'the bucket policy dropped',
    (t) => {
      delete t.template.Resources[t.id('S3::BucketPolicy')];
    },
    WEAKER,
  ),
  sabotage(
    'a second bucket policy, by name',
    (t) =>
      t.add('Second', 'S3::BucketPolicy', {
        Bucket: BUCKET,
        PolicyDocument: document(allow('s3:GetObject', arn(`${BUCKET}/*`), { Principal: root(STRANGER) })),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'a second bucket policy, of a bucket that only the deployment knows',
    (t) =>
      t.add('Second', 'S3::BucketPolicy', {
        Bucket: { 'Fn::Select': [0, [BUCKET]] },
        PolicyDocument: document(allow('s3:GetObject', arn(`${BUCKET}/*`), { Principal: root(STRANGER) })),
      }),
    NOT_SIMULATED,
  ),
  sabotage(
    'public access block off',
    (t) => {
      delete t.bucket().Properties.PublicAccessBlockConfiguration;
    },
    WEAKER,
  ),
  sabotage(
    'public access block with a hole',
    (t) => {
      t.bucket().Properties.PublicAccessBlockConfiguration.RestrictPublicBuckets = false;
    },
    WEAKER,
  ),
  sabotage(
    'ownership off',
    (t) => {
      t.bucket().Properties.OwnershipControls.Rules[0].ObjectOwnership = 'ObjectWriter';
    },
    WEAKER,
  ),
  sabotage(
    'an ACL',
    (t) => {
      t.bucket().Properties.AccessControl = 'AuthenticatedRead';
    },
    WEAKER,
  ),
  sabotage(
    'retention dropped',
    (t) => {
      delete t.bucket().DeletionPolicy;
    },
    WEAKER,
  ),
  sabotage(
    'retention on replacement dropped',
    (t) => {
      t.bucket().UpdateReplacePolicy = 'Delete';
    },
    WEAKER,
  ),
  sabotage(
    'metadata of a role removed',
    (t) => {
      delete t.template.Metadata['BucketIntegrations::kohler_role'];
    },
    WEAKER,
  ),
  sabotage(
    'metadata of a direct trust removed',
    (t) => {
      delete t.template.Metadata['BucketIntegrations::kohler_trust'];
    },
    WEAKER,
  ),
  sabotage(
    'metadata of a user removed',
    (t) => {
      delete t.template.Metadata['BucketIntegrations::kohler_user'];
    },
    WEAKER,
  ),
  sabotage(
    'metadata of the bucket removed',
    (t) => {
      delete t.template.Metadata['BucketIntegrationsBucket::kohler/Bucket'];
    },
    WEAKER,
  ),
];

const NO_HARM: Sabotage[] = [
  sabotage(
    'a tag on the bucket',
    (t) => {
      t.bucket().Properties.Tags = [{ Key: 'owner', Value: 'crm' }];
    },
    HARMLESS,
  ),
  sabotage(
    'a tag on a role',
    (t) => {
      t.role('role').Tags = [{ Key: 'owner', Value: 'crm' }];
    },
    HARMLESS,
  ),
  sabotage(
    'a description',
    (t) => {
      t.template.Description = 'Another';
      t.role('role').Description = 'Another';
    },
    HARMLESS,
  ),
  sabotage('a bucket of its own', (t) => t.add('Unrelated', 'S3::Bucket', { BucketName: 'unrelated' }), HARMLESS),
  sabotage(
    'an unrelated bucket, with a policy for another account',
    (t) => {
      t.add('Unrelated', 'S3::Bucket', { BucketName: `${BUCKET}-reports` });
      t.add('UnrelatedPolicy', 'S3::BucketPolicy', {
        Bucket: { Ref: 'Unrelated' },
        PolicyDocument: document(allow('s3:GetObject', arn(`${BUCKET}-reports/*`), { Principal: root(STRANGER) })),
      });
    },
    HARMLESS,
  ),
  sabotage(
    "a role of another account's with access to a bucket of a longer name",
    (t) =>
      t.add('Outsider', 'IAM::Role', {
        RoleName: 'outsider',
        AssumeRolePolicyDocument: trusting(root(STRANGER)),
        Policies: inline(allow('s3:*', [arn(`${BUCKET}-reports`), arn(`${BUCKET}-reports/*`)])),
      }),
    HARMLESS,
  ),
  sabotage(
    'a role of a function with access to its own bucket',
    (t) => {
      t.add('Unrelated', 'S3::Bucket', { BucketName: 'unrelated' });
      t.add('FunctionRole', 'IAM::Role', {
        AssumeRolePolicyDocument: trusting({ Service: 'lambda.amazonaws.com' }),
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
        Policies: inline(allow('s3:*', { 'Fn::GetAtt': ['Unrelated', 'Arn'] })),
      });
    },
    HARMLESS_UNSEEN,
  ),
  sabotage(
    "a role of a function with access to the client's bucket",
    (t) =>
      t.add('FunctionRole', 'IAM::Role', {
        AssumeRolePolicyDocument: trusting({ Service: 'lambda.amazonaws.com' }),
        Policies: inline(allow('s3:GetObject', arn(`${BUCKET}/*`))),
      }),
    HARMLESS_UNSEEN,
  ),
  sabotage(
    "a role of one's own account with access to the client's bucket",
    (t) =>
      t.add('Operator', 'IAM::Role', {
        AssumeRolePolicyDocument: trusting(OWN_ROOT),
        Policies: inline(allow('s3:GetObject', arn(`${BUCKET}/*`))),
      }),
    HARMLESS_UNSEEN,
  ),
  sabotage(
    'a role that deploys, for tokens of one workflow, without access to a bucket',
    (t) =>
      t.add('Deployer', 'IAM::Role', deployer({ StringEquals: { [`${GITHUB}:sub`]: 'repo:o/r:ref:refs/heads/main' } })),
    HARMLESS_UNSEEN,
  ),
  sabotage(
    'an unrelated user whose key is in an output',
    (t) => {
      t.add('Mailer', 'IAM::User', { Policies: inline(allow('ses:SendEmail', '*')) });
      t.add('MailerKey', 'IAM::AccessKey', { UserName: { Ref: 'Mailer' } });
      t.template.Outputs.Mailer = { Value: { 'Fn::GetAtt': ['MailerKey', 'SecretAccessKey'] } };
    },
    HARMLESS_UNSEEN,
  ),
  sabotage(
    'a lifecycle rule',
    (t) =>
      t.bucket().Properties.LifecycleConfiguration.Rules.push({
        Id: 'old',
        Status: 'Enabled',
        Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 30 }],
      }),
    HARMLESS,
  ),
  sabotage(
    'a Deny in the bucket policy',
    (t) =>
      t.bucketPolicy().push({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:DeleteObject',
        Resource: arn(`${BUCKET}/*`),
      }),
    HARMLESS,
  ),
  sabotage(
    'a Deny in the access of a role',
    (t) => t.access('role').push({ Effect: 'Deny', Action: 's3:PutObject', Resource: arn(`${BUCKET}/role/final/*`) }),
    HARMLESS,
  ),
  sabotage(
    'a Deny in a policy attached to a role',
    (t) =>
      t.add('Less', 'IAM::Policy', {
        PolicyName: 'less',
        Roles: [{ Ref: t.roleId('role') }],
        PolicyDocument: document({ Effect: 'Deny', Action: 's3:PutObject', Resource: '*' }),
      }),
    HARMLESS,
  ),
  sabotage(
    'a Deny in a trust',
    (t) => t.trust('role').push({ Effect: 'Deny', Principal: root(STRANGER), Action: 'sts:AssumeRole' }),
    HARMLESS,
  ),
  sabotage(
    'statements in another order',
    (t) => {
      t.bucketPolicy().reverse();
      t.access('role').reverse();
      t.trust('role').reverse();
    },
    HARMLESS,
  ),
  sabotage(
    'actions in another order',
    (t) => {
      sid(t.access('role'), 'Objects').Action.reverse();
      sid(t.bucketPolicy(), 'trustObjects').Action.reverse();
    },
    HARMLESS,
  ),
  sabotage(
    'lists of one for single values',
    (t) => {
      const objects = sid(t.access('role'), 'Objects');
      objects.Resource = [objects.Resource];
      sid(t.trust('role'), 'Vendor').Action = ['sts:AssumeRole'];
    },
    HARMLESS,
  ),
  sabotage(
    'a permissions boundary',
    (t) => {
      t.role('role').PermissionsBoundary = 'arn:aws:iam::999988887777:policy/boundary';
    },
    HARMLESS_UNSEEN,
  ),
  sabotage(
    'an active key made inactive',
    (t) => {
      t.resource(t.id('IAM::AccessKey', ({ UserName }) => UserName.Ref === t.userId('user'))).Properties.Status =
        'Inactive';
    },
    HARMLESS_UNSEEN,
  ),
];

/** Everything that is done to the template, harm first. */
export const SABOTAGES: readonly Sabotage[] = [
  ...CONDITIONS,
  ...RESOURCES,
  ...ACTIONS,
  ...PRINCIPALS,
  ...ATTACHED,
  ...WAYS_ROUND,
  ...GUARDS,
  ...NO_HARM,
];
