import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';
import { HOME, resolved } from './resolve';
import type { Template } from './synth';

type Policy = { Version: string; Statement: unknown[] };
type Context = Readonly<Record<string, string | string[]>>;

/** Who makes a request: somebody outside, a role of ours in a session, or a user of ours. */
export type Caller =
  | { readonly outside: string }
  | { readonly role: string; readonly session?: string }
  | { readonly user: string };

export interface Request {
  readonly action: string;
  /** An ARN, or `*` for actions without a resource. */
  readonly resource: string;
  readonly context?: Context;
}

/** A deployed template, asked whether AWS would let a request through. */
export class Judge {
  private readonly template: Template;
  /** Decisions made, of all judges. */
  static decisions = 0;

  constructor(template: Template) {
    this.template = resolved(template);
  }

  /** Whether a principal may assume a role of ours, or bring tags or a source identity into its session. */
  async mayAssume(role: string, principal: string, context: Context = {}, action = 'sts:AssumeRole'): Promise<boolean> {
    const arn = this.arnOf('role', role);
    const account = principal.split(':')[4] ?? '';
    return this.decide({
      principal,
      action,
      resource: arn,
      owner: HOME.account,
      // Whoever is not of this template may assume anything as far as their own policies go.
      identity: account === HOME.account && this.isOurs(principal) ? this.inlinePolicies(principal) : [ANYTHING],
      resourcePolicy: this.properties('AWS::IAM::Role', 'RoleName', role).AssumeRolePolicyDocument,
      context: { 'aws:PrincipalArn': principal, ...NOW, ...context },
    });
  }

  /**
   * Whether a session of a role of ours is opened for whoever has no credentials of AWS: a service (its name), or a
   * token of an identity provider (its ARN, or the name of one that AWS knows by itself).
   */
  async mayOpenSession(role: string, by: string, action: string, context: Context = {}): Promise<boolean> {
    const trust: Policy = this.properties('AWS::IAM::Role', 'RoleName', role).AssumeRolePolicyDocument;
    // The simulator knows these claims of no issuer but Google, which are compared like those of any other. Only the
    // issuer's own are renamed, so that a condition on another's is never met.
    const issuer = by.split(':oidc-provider/')[1];
    const known = <T>(value: T): T =>
      issuer === undefined
        ? value
        : JSON.parse(
            ['aud', 'sub'].reduce(
              (text, claim) => text.replaceAll(`"${issuer}:${claim}"`, `"accounts.google.com:${claim}"`),
              JSON.stringify(value),
            ),
          );
    // The simulator knows the claims of a token in the one call only; tags are judged by their own statements as it is.
    const tagsToken = action === 'sts:TagSession' && !by.endsWith('.amazonaws.com');
    const document = tagsToken ? askedWithToken(trust, action) : trust;
    return this.decide({
      principal: by,
      action: tagsToken ? WITH_TOKEN : action,
      resource: this.arnOf('role', role),
      owner: HOME.account,
      // Neither a service nor a token has policies of its own: the trust alone decides.
      identity: [ANYTHING],
      resourcePolicy: known(document),
      context: { ...NOW, ...known(context) },
    });
  }

  /** Whether a request to S3 or KMS goes through. */
  async may(caller: Caller, request: Request): Promise<boolean> {
    if (this.isBlocked(request)) return false;
    const { action, resource, context = {} } = request;
    const principal = this.callerOf(caller);
    const principalArn = 'role' in caller ? this.arnOf('role', caller.role) : principal;
    return this.decide({
      principal,
      action,
      resource,
      owner: HOME.account,
      identity: 'outside' in caller ? [ANYTHING] : this.inlinePolicies(principalArn),
      resourcePolicy: this.resourcePolicy(resource),
      context: { 'aws:PrincipalArn': principalArn, 'aws:SecureTransport': 'true', ...NOW, ...context },
    });
  }

  /**
   * Whether a request to S3 goes through an access point: its policy and the bucket's must both allow it. The simulator
   * knows no access points, so each is asked by itself; and of the keys that say by which access point a request comes,
   * it knows none, so that they are given other names in the bucket's policy and in the request.
   */
  async mayThrough(arn: string, caller: Caller, request: Request): Promise<boolean> {
    if (this.isBlocked(request)) return false;
    const { action, resource, context = {} } = request;
    const { Bucket, Policy } = this.properties('AWS::S3::AccessPoint', 'Name', arn.split('/').at(-1) ?? '');
    const bucket = `arn:aws:s3:::${Bucket}`;
    if (resource !== bucket && !resource.startsWith(`${bucket}/`)) return false;
    const principal = this.callerOf(caller);
    const principalArn = 'role' in caller ? this.arnOf('role', caller.role) : principal;
    const given = { 'aws:PrincipalArn': principalArn, 'aws:SecureTransport': 'true', ...NOW, ...context };
    const ask = (resourcePolicy: Policy | undefined, on: string, more: Context = {}) =>
      this.decide({
        principal,
        action,
        resource: on,
        owner: HOME.account,
        // The policies of our own roles and users name buckets, and no access point.
        identity: 'outside' in caller ? [ANYTHING] : [],
        resourcePolicy,
        context: { ...given, ...more },
      });
    // Compared as objects and buckets: what is in the policy is written with the access point's ARN.
    const asBucket = (text: string) =>
      text.replaceAll(`${arn}/object/`, `${bucket}/`).replaceAll(`"${arn}"`, `"${bucket}"`);
    const own: Policy = JSON.parse(asBucket(JSON.stringify(Policy)));
    const renamed = (text: string) =>
      text.replaceAll('s3:DataAccessPointArn', 'aws:Referer').replaceAll('s3:DataAccessPointAccount', 'aws:UserAgent');
    const ofBucket = JSON.parse(renamed(JSON.stringify(this.resourcePolicy(resource) ?? null))) ?? undefined;
    return (
      (await ask(own, resource)) &&
      (await ask(ofBucket, resource, { 'aws:Referer': arn, 'aws:UserAgent': HOME.account }))
    );
  }

  /** Whether a request to S3 goes through that nobody has signed. */
  async mayUnsigned({ action, resource, context = {} }: Request): Promise<boolean> {
    return this.decide({
      principal: anonymousPrincipal,
      action,
      resource,
      owner: HOME.account,
      identity: [],
      resourcePolicy: this.resourcePolicy(resource),
      context: { 'aws:SecureTransport': 'true', ...NOW, ...context },
    });
  }

  /**
   * Whether the bucket's own setting, which is no policy, refuses an upload with a key of the caller's own.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_BlockedEncryptionTypes.html
   */
  private isBlocked({ action, resource, context = {} }: Request): boolean {
    if (action !== 's3:PutObject' || context[CALLERS_KEY] === undefined) return false;
    const name = bucketOf(resource);
    const [rule] =
      Object.values(this.template.Resources).find(
        ({ Type, Properties }) => Type === 'AWS::S3::Bucket' && Properties.BucketName === name,
      )?.Properties.BucketEncryption.ServerSideEncryptionConfiguration ?? [];
    return rule?.BlockedEncryptionTypes?.EncryptionType.includes('SSE-C') ?? false;
  }

  private isOurs(arn: string): boolean {
    const name = arn.split('/').at(-1) ?? '';
    const type = arn.includes(':role/') ? 'role' : 'user';
    return this.principal(type, name) !== undefined && arn === this.arnOf(type, name);
  }

  private inlinePolicies(arn: string): Policy[] {
    const name = arn.split('/').at(-1) ?? '';
    const found = this.principal(arn.includes(':role/') ? 'role' : 'user', name);
    if (!found) throw new Error(`there is no ${arn}`);
    const { Policies } = found.Properties;
    return (Policies as { PolicyDocument: Policy }[]).map(({ PolicyDocument }) => PolicyDocument);
  }

  private resourcePolicy(resource: string): Policy | undefined {
    const resources = Object.values(this.template.Resources);
    if (resource.includes(':kms:')) {
      return resources.find(({ Type }) => Type === 'AWS::KMS::Key')?.Properties.KeyPolicy;
    }
    const bucket = bucketOf(resource);
    return resources.find(({ Type, Properties }) => Type === 'AWS::S3::BucketPolicy' && Properties.Bucket === bucket)
      ?.Properties.PolicyDocument;
  }

  // biome-ignore lint/suspicious/noExplicitAny: templates are looked into freely by tests
  private properties(type: string, key: string, name: string): any {
    const found = this.find(type, key, name);
    if (!found) throw new Error(`there is no ${type} ${name}`);
    return found.Properties;
  }

  private find(type: string, key: string, name: string): Template['Resources'][string] | undefined {
    return Object.values(this.template.Resources).find(
      ({ Type, Properties }) => Type === type && Properties[key] === name,
    );
  }

  private principal(type: 'role' | 'user', name: string): ReturnType<Judge['find']> {
    return type === 'role'
      ? this.find('AWS::IAM::Role', 'RoleName', name)
      : this.find('AWS::IAM::User', 'UserName', name);
  }

  /** The ARN of a role or user of the template, with its path. */
  private arnOf(type: 'role' | 'user', name: string): string {
    const path = this.principal(type, name)?.Properties.Path ?? '/';
    return `arn:${HOME.partition}:iam::${HOME.account}:${type}${path}${name}`;
  }

  private callerOf(caller: Caller): string {
    if ('outside' in caller) return caller.outside;
    if ('user' in caller) return this.arnOf('user', caller.user);
    // A session's ARN has no path.
    return `arn:${HOME.partition}:sts::${HOME.account}:assumed-role/${caller.role}/${caller.session ?? 'session'}`;
  }

  private async decide(question: {
    principal: string | typeof anonymousPrincipal;
    action: string;
    resource: string;
    owner: string;
    identity: Policy[];
    resourcePolicy: Policy | undefined;
    context: Context;
  }): Promise<boolean> {
    Judge.decisions += 1;
    const { principal, action, resource, owner, identity, resourcePolicy, context } = question;
    const result = await runSimulation(
      {
        request: { principal, action, resource: { resource, accountId: owner }, contextVariables: { ...context } },
        identityPolicies: identity.map((policy, at) => ({ name: `inline-${at}`, policy })),
        resourcePolicy,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (result.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
    if (result.resultType !== 'single') throw new Error(`${action} on ${resource} was taken for a pattern`);
    const ignored = result.result.ignoredContextKeys ?? [];
    // A key that the simulator drops would turn a denial into a pass that proves nothing.
    if (ignored.length > 0) throw new Error(`${action}: the simulator ignores ${ignored.join(', ')}`);
    return result.overallResult === 'Allowed';
  }
}

const ANYTHING: Policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const NOW = { 'aws:CurrentTime': '2026-11-22T12:00:00Z' };

const WITH_TOKEN = 'sts:AssumeRoleWithWebIdentity';

/** The statements about an action, as if they were about a token. */
function askedWithToken({ Version, Statement }: Policy, action: string): Policy {
  const about = Statement.filter((each) => [(each as { Action: unknown }).Action].flat().includes(action));
  return { Version, Statement: about.map((each) => ({ ...(each as object), Action: WITH_TOKEN })) };
}

const CALLERS_KEY = 's3:x-amz-server-side-encryption-customer-algorithm';

/** The name of the bucket that an ARN is of. */
function bucketOf(resource: string): string | undefined {
  return /^arn:[^:]+:s3:::([^/]+)/.exec(resource)?.[1];
}
