/**
 * What the contract says of a request, told without a policy: nothing here knows lib/. The table of capabilities is
 * restated in test/simulation/capabilities.ts.
 */
import { CAPABILITIES, TOGETHER } from '../simulation/capabilities';
import type { Caller } from '../support/judge';
import { HOME } from '../support/resolve';
import type { Account } from './account';
import { CANONICAL, type Integration, type Internal, ORGANIZATION } from './definitions';

export type Context = Readonly<Record<string, string>>;

export type Question =
  | {
      readonly ask: 'may';
      readonly caller: Caller;
      readonly action: string;
      readonly resource: string;
      readonly context: Context;
      /** The ARN of the access point that is asked; the bucket itself where there is none. */
      readonly through?: string;
    }
  | {
      readonly ask: 'assume';
      readonly role: string;
      readonly principal: string;
      readonly context: Context;
      /** `sts:AssumeRole` where it doesn't say. */
      readonly action?: string;
    }
  | {
      readonly ask: 'open';
      readonly role: string;
      readonly by: string;
      readonly action: string;
      readonly context: Context;
    };

/** When every request is made that doesn't say. */
const NOW = '2026-11-22T12:00:00Z';
export const ANYWHERE = 'rolesanywhere.amazonaws.com';
export const ANYWHERE_ACTIONS: readonly string[] = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
export const WITH_TOKEN = 'sts:AssumeRoleWithWebIdentity';
export const UPLOADS_IN_PROGRESS = 's3:ListBucketMultipartUploads';
export const OWNED: Context = { 's3:x-amz-acl': 'bucket-owner-full-control' };

/** Whether the definitions allow it. */
export function allows(account: Account, question: Question): boolean {
  const { integrations, internals } = account;
  switch (question.ask) {
    case 'may':
      return (
        integrations.some(
          (one) => acts(one, question.caller) && isAsked(one, question) && lets(account, one, question),
        ) || internals.some((one) => isOfOurs(one, question) && lets(account, { ...ALWAYS, ...one }, question))
      );
    case 'assume':
      return integrations.some((one) => one.kind === 'assumed-role' && assumes(account, one, question));
    case 'open':
      return integrations.some((one) => opens(account, one, question));
  }
}

export function roleArn({ rolePath, roleName }: Integration): string {
  return `arn:aws:iam::${HOME.account}:role${rolePath}${roleName}`;
}

export function userArn({ rolePath, roleName }: Integration): string {
  return `arn:aws:iam::${HOME.account}:user${rolePath}${roleName}`;
}

/** How an issuer's claims begin, and the provider as AWS names it in a request. */
export function provider({ provider: written }: Integration): { readonly issuer: string; readonly by: string } {
  const issuer = written.replace(/^https:\/\/|^.*:oidc-provider\//, '');
  if (issuer === 'accounts.google.com') return { issuer, by: issuer };
  return { issuer, by: `arn:aws:iam::${HOME.account}:oidc-provider/${issuer}` };
}

/** The account that a principal stands for whole, if it does. */
export function wholeAccount(principal: string): string | undefined {
  return CANONICAL[principal] ?? /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1];
}

/** Every object action that an integration is given; `acl` has conditions of its own. */
export function objectActions({ access }: Pick<Integration, 'access'>): string[] {
  return [
    ...access.flatMap((capability) => CAPABILITIES[capability]?.objects ?? []),
    ...TOGETHER.filter((both) => both.access.every((one) => access.includes(one))).map(({ object }) => object),
  ];
}

/** What may be done where, from where and until when. */
type Confined = Pick<
  Integration,
  'status' | 'expires' | 'bucket' | 'region' | 'access' | 'prefix' | 'sourceIps' | 'vpcEndpoints' | 'sourceVpcs'
> &
  Pick<Partial<Integration>, 'accessPoint'>;

const ALWAYS = { status: 'active', sourceIps: [], vpcEndpoints: [], sourceVpcs: [] };

/**
 * Whether somebody is meant by an internal entry: of another account than the bucket, for whom alone something is written
 * there; of its key only where that is made here.
 */
function isOfOurs(
  { principals, organization, bucket }: Internal,
  { caller, action, context, through }: Question & { ask: 'may' },
): boolean {
  if (!('outside' in caller) || through !== undefined) return false;
  if (action.startsWith('kms:') && bucket.kmsKey !== 'create') return false;
  const account = caller.outside.split(':')[4];
  if (account === HOME.account) return false;
  if (organization && context['aws:PrincipalOrgID'] !== ORGANIZATION) return false;
  return principals.length === 0 || isAmong(principals, caller.outside);
}

function usable({ status, expires }: Pick<Integration, 'status' | 'expires'>, context: Context): boolean {
  const now = Date.parse(context['aws:CurrentTime'] ?? NOW);
  return status === 'active' && (expires === undefined || now < Date.parse(expires));
}

/** A request that does not come by an integration's access point is none of its own. */
function isAsked(one: Integration, { action, through }: Question & { ask: 'may' }): boolean {
  return action.startsWith('kms:') || through === accessPointArn(one);
}

export function accessPointArn({ accessPoint, region }: Integration): string | undefined {
  return accessPoint && `arn:aws:s3:${region}:${HOME.account}:accesspoint/${accessPoint}`;
}

function acts(one: Integration, caller: Caller): boolean {
  if ('outside' in caller) return one.kind === 'direct-trust' && trusts(one, caller.outside);
  if ('user' in caller) return one.kind === 'access-key' && caller.user === one.roleName;
  return !['direct-trust', 'access-key'].includes(one.kind) && caller.role === one.roleName;
}

function trusts({ principals }: Integration, arn: string): boolean {
  return isAmong(principals, arn);
}

function isAmong(principals: readonly string[], arn: string): boolean {
  const account = arn.split(':')[4];
  return principals.some((principal) => principal === arn || wholeAccount(principal) === account);
}

function lets(account: Account, one: Confined, { action, resource, context }: Question & { ask: 'may' }): boolean {
  if (!usable(one, context)) return false;
  if (action.startsWith('kms:')) {
    return (
      resource === account.keyOf(one.bucket) &&
      context['kms:ViaService'] === `s3.${one.region}.amazonaws.com` &&
      keyActions(one).includes(action)
    );
  }
  if (!isFromThere(one, context)) return false;
  if (resource === '*') return action === 's3:ListAllMyBuckets' && one.access.includes('list-buckets');
  if (context['aws:SecureTransport'] === 'false') return false;
  const [, bucket, key] = /^arn:aws:s3:::([^/]+)(?:\/(.*))?$/.exec(resource) ?? [];
  if (bucket !== one.bucket.name) return false;
  return key === undefined
    ? action === 's3:GetBucketLocation' || lists(one, action, context['s3:prefix'])
    : key.startsWith(one.prefix) &&
        objectActions(one).includes(action) &&
        (action !== 's3:PutObjectAcl' || context['s3:x-amz-acl'] === OWNED['s3:x-amz-acl']) &&
        (action !== 's3:PutObject' || leavesReadable(account, one, context));
}

/** Whether an upload leaves something that the bucket's owner can read. */
function leavesReadable(account: Account, { bucket }: Confined, context: Context): boolean {
  const sse = 's3:x-amz-server-side-encryption';
  if (context[`${sse}-customer-algorithm`] !== undefined) return false;
  if (context[sse] === undefined) return true;
  const key = account.keyOf(bucket);
  return key === undefined ? context[sse] === 'AES256' : context[`${sse}-aws-kms-key-id`] === key;
}

function keyActions({ access }: Confined): string[] {
  if (access.includes('write')) return ['kms:GenerateDataKey', 'kms:Decrypt'];
  return access.includes('read') || access.includes('versions') ? ['kms:Decrypt'] : [];
}

function isFromThere({ sourceIps, vpcEndpoints, sourceVpcs }: Confined, context: Context): boolean {
  const { 'aws:SourceIp': address = '', 'aws:SourceVpce': endpoint = '', 'aws:SourceVpc': vpc = '' } = context;
  if (sourceIps.length + vpcEndpoints.length + sourceVpcs.length === 0) return true;
  return (
    sourceIps.some(({ inside }) => inside.includes(address)) ||
    vpcEndpoints.includes(endpoint) ||
    sourceVpcs.includes(vpc)
  );
}

function lists({ access, prefix, accessPoint }: Confined, action: string, asked: string | undefined): boolean {
  // AWS's reference has no s3:prefix for it, and no access points.
  if (action === UPLOADS_IN_PROGRESS && (prefix !== '' || accessPoint !== undefined)) return false;
  if (action === 's3:ListBucket' && access.includes('root-list') && !asked) return true;
  const given = access.some((capability) => CAPABILITIES[capability]?.lists?.includes(action));
  return given && (prefix === '' || (asked?.startsWith(prefix) ?? false));
}

function assumes(
  account: Account,
  one: Integration,
  { role, principal, context, action = ASSUME }: Question & { ask: 'assume' },
): boolean {
  const { externalIds, trusts: own, selfAssume, roleName } = one;
  if (role !== roleName || !usable(one, context)) return false;
  const id = context['sts:ExternalId'] ?? '';
  const isAsked = isNamed(one, context) && (externalIds.length === 0 || externalIds.includes(id));
  const isTrusted = own
    ? isNamed(one, context) &&
      own.some((each) => isAmong([each.principal], principal) && [undefined, id].includes(each.externalId))
    : isAsked && trusts(one, principal);
  // It may ask as its vendor must, and as its whole account may where that is trusted.
  if (principal === roleArn(one)) return selfAssume && action === ASSUME && (isAsked || isTrusted);
  // A role or user of another integration has no leave of its own to go anywhere.
  const isOurs = account.integrations.some((other) => [roleArn(other), userArn(other)].includes(principal));
  if (isOurs) return false;
  // Neither of the two carries an external ID or a session name.
  if (action !== ASSUME) return trusts(one, principal) && SESSION_ACTIONS[action]?.(one) === true;
  return isTrusted;
}

const ASSUME = 'sts:AssumeRole';
/** What a caller may do with the session that it opens, where it may at all. */
const SESSION_ACTIONS: Readonly<Record<string, (one: Integration) => boolean>> = {
  'sts:TagSession': ({ sessionTags }) => sessionTags,
  'sts:SetSourceIdentity': ({ sourceIdentity }) => sourceIdentity,
};

function isNamed({ roleSessionName }: Integration, context: Context): boolean {
  if (roleSessionName === undefined) return true;
  const name = context['sts:RoleSessionName'];
  const parts = roleSessionName.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (name === undefined) return false;
  if (parts.length === 1) return name === roleSessionName;
  return name.length >= first.length + last.length && name.startsWith(first) && name.endsWith(last);
}

function opens(account: Account, one: Integration, { role, by, action, context }: Question & { ask: 'open' }): boolean {
  if (role !== one.roleName || !usable(one, context)) return false;
  if (one.kind === 'roles-anywhere') {
    const { commonName, organization, organizationalUnit } = one.subject;
    const part = (name: string) => context[`aws:PrincipalTag/x509Subject/${name}`];
    return (
      by === ANYWHERE &&
      ANYWHERE_ACTIONS.includes(action) &&
      context['aws:SourceArn'] === account.anchorOf(one) &&
      part('CN') === commonName &&
      (organization === undefined || part('O') === organization) &&
      (organizationalUnit === undefined || part('OU') === organizationalUnit)
    );
  }
  const tags = action === 'sts:TagSession' && one.sessionTags;
  if (one.kind !== 'web-identity' || !(action === WITH_TOKEN || tags)) return false;
  const { issuer, by: own } = provider(one);
  const audience = context[`${issuer}:aud`] ?? (own === issuer ? context[`${issuer}:oaud`] : undefined) ?? '';
  const subject = context[`${issuer}:sub`] ?? '';
  return (
    by === own &&
    one.audiences.includes(audience) &&
    (one.subjects.length === 0 || one.subjects.some((each) => isSubject(each, subject))) &&
    // Tags of a session do not carry its name.
    (tags || isNamed(one, context))
  );
}

/** Whether a subject is the one that is trusted; behind a star at its end stands anything. */
function isSubject(trusted: string, subject: string): boolean {
  return trusted.endsWith('*') ? subject.startsWith(trusted.slice(0, -1)) : subject === trusted;
}
