/** What is asked of one integration: everything that it was given, and everything beside it. */
import { NEVER_ON_BUCKETS, NEVER_ON_OBJECTS, OBJECT_ACTIONS } from '../simulation/capabilities';
import { contextOf, HEADERS } from '../simulation/encryption';
import type { Caller } from '../support/judge';
import { HOME } from '../support/resolve';
import type { Account } from './account';
import { ENDPOINTS, type Integration, type Internal, ORGANIZATION, RANGES, VPCS } from './definitions';
import {
  ANYWHERE,
  ANYWHERE_ACTIONS,
  accessPointArn,
  type Context,
  OWNED,
  objectActions,
  provider,
  type Question,
  roleArn,
  UPLOADS_IN_PROGRESS,
  userArn,
  WITH_TOKEN,
  wholeAccount,
} from './oracle';

/** A question, and what it is about. */
export interface Asked {
  readonly about: string;
  readonly question: Question;
}

/** Chooses one of several. */
export type Pick = <T>(values: readonly T[]) => T;

const MORE_ON_BUCKETS = [
  's3:CreateBucket',
  's3:PutBucketTagging',
  's3:PutBucketCORS',
  's3:PutBucketWebsite',
  's3:PutReplicationConfiguration',
  's3:PutInventoryConfiguration',
  's3:PutBucketLogging',
  's3:PutBucketOwnershipControls',
  's3:PutBucketObjectLockConfiguration',
  's3:GetBucketLogging',
  's3:GetEncryptionConfiguration',
];
const MORE_ON_OBJECTS = [
  's3:GetObjectTorrent',
  's3:GetObjectVersionAcl',
  's3:ReplicateObject',
  's3:DeleteObjectVersionTagging',
];
const LISTS = ['s3:ListBucket', 's3:ListBucketVersions'];
const OTHER_ACLS = ['public-read', 'public-read-write', 'authenticated-read', 'private', 'bucket-owner-read'];
const SQS = `arn:aws:sqs:${HOME.region}:${HOME.account}`;
const FOREIGN_KEY = `arn:aws:kms:${HOME.region}:123456789876:key/99999999-2222-4333-8444-555555555555`;
const SECRETS = `arn:aws:secretsmanager:${HOME.region}:${HOME.account}:secret:integrations`;

export class Questions {
  private readonly all: Asked[] = [];
  private readonly account: Account;
  private readonly one: Integration;
  private readonly pick: Pick;

  constructor(account: Account, one: Integration, pick: Pick) {
    this.account = account;
    this.one = one;
    this.pick = pick;
  }

  asked(): readonly Asked[] {
    this.inside();
    this.outside();
    this.encrypted();
    this.circumstances();
    this.key();
    this.elsewhere();
    this.strangers();
    this.trust();
    return this.all;
  }

  private may(about: string, caller: Caller, action: string, resource: string, context: Context): void {
    const through = action.startsWith('s3:') && resource !== '*' ? accessPointArn(this.one) : undefined;
    // Every role and user of the account is of our organization.
    const known = 'outside' in caller ? context : { ...ofOurs(HOME.account), ...context };
    this.all.push({ about, question: { ask: 'may', caller, action, resource, context: known, through } });
    if (through === undefined || this.all.length % 7 !== 0) return;
    this.all.push({
      about: 'beside the access point',
      question: { ask: 'may', caller, action, resource, context: known },
    });
  }

  /** Something done on an object, by somebody who may, in the right way. */
  private object(about: string, action: string, key: string, context: Context = this.rightly()): void {
    const owned = action === 's3:PutObjectAcl' ? OWNED : {};
    this.may(about, this.pick(this.callers()), action, `${this.bucket}/${key}`, { ...owned, ...context });
  }

  /** Something done on the bucket. */
  private onBucket(about: string, action: string, prefix?: string, context: Context = this.rightly()): void {
    const asked: Context = prefix === undefined ? {} : { 's3:prefix': prefix };
    this.may(about, this.pick(this.callers()), action, this.bucket, { ...context, ...asked });
  }

  private get bucket(): string {
    return `arn:aws:s3:::${this.one.bucket.name}`;
  }

  private callers(): readonly Caller[] {
    return callersOf(this.one);
  }

  /** An object action that was given; any, where none was. */
  private given(): string {
    const given = objectActions(this.one);
    return this.pick(given.length > 0 ? given : OBJECT_ACTIONS);
  }

  /** From where and when it may be used. */
  private rightly(): Context {
    const { sourceIps, vpcEndpoints, sourceVpcs, expires } = this.one;
    const from: Context[] = [
      ...sourceIps.map(({ inside }) => ({ 'aws:SourceIp': this.pick(inside) })),
      ...vpcEndpoints.map((endpoint) => ({ 'aws:SourceVpce': endpoint })),
      ...sourceVpcs.map((vpc) => ({ 'aws:SourceVpc': vpc, 'aws:SourceVpce': 'vpce-0f9e8d7c6b5a43210' })),
    ];
    const anywhere = from.length === 0 ? [{}, { 'aws:SourceIp': '192.0.2.1' }] : from;
    const last: Context = { 'aws:CurrentTime': `${dayBefore(expires ?? '2030-01-01')}T23:59:59Z` };
    return { ...this.pick(anywhere), ...this.pick([{}, last]) };
  }

  private inside(): void {
    const { prefix } = this.one;
    const keys = [prefix || 'a', `${prefix}a.csv`, `${prefix}2026/11/(x)+y`, `${prefix}${prefix}a`, `${prefix}.`];
    for (const action of OBJECT_ACTIONS) this.object('an object inside', action, this.pick(keys));
    for (const action of LISTS) {
      for (const asked of [prefix, `${prefix}2026`, `${prefix}2026/`]) this.onBucket('a list inside', action, asked);
    }
    this.onBucket('the location', 's3:GetBucketLocation');
    for (const asked of [undefined, '']) {
      for (const action of LISTS) this.onBucket('a list of the root', action, asked);
    }
    // It carries no s3:prefix, so that it is given with a whole bucket only.
    this.onBucket('uploads in progress', UPLOADS_IN_PROGRESS);
    this.may('a list of buckets', this.pick(this.callers()), 's3:ListAllMyBuckets', '*', this.rightly());
  }

  private outside(): void {
    const { prefix } = this.one;
    const bare = prefix.slice(0, -1);
    const others = this.account.integrations.filter((other) => other !== this.one);
    const beside = [
      bare,
      `${bare}2/`,
      `${bare}-2/`,
      `${bare}.`,
      `${bare}/`.slice(0, -2),
      `${bare.slice(0, -1)}/`,
      `${bare.slice(0, -1)}x/`,
      `x/${prefix}`,
      `/${prefix}`,
      swapped(prefix),
      prefix.replace(/\./g, 'x'),
      prefix.replace(/[-_]/, ''),
      prefix.replace('/', ''),
      prefix.slice(1),
      prefix.split('/').slice(0, -2).join('/'),
      'zz/',
      ...others.flatMap((other) => [other.prefix, `${other.vendor}/`]),
    ];
    for (const place of new Set(beside)) {
      const key = place === '' || place.endsWith('/') ? `${place}a` : place;
      this.object('an object outside', this.given(), key);
      this.object('an object outside', this.pick(OBJECT_ACTIONS), key);
      if (place !== '') for (const action of LISTS) this.onBucket('a list outside', action, place);
    }
    for (const action of [...NEVER_ON_OBJECTS, ...MORE_ON_OBJECTS])
      this.object('never on objects', action, `${prefix}a`);
    for (const action of [...NEVER_ON_BUCKETS, ...MORE_ON_BUCKETS]) this.onBucket('bucket administration', action);
    const { name } = this.one.bucket;
    for (const other of [...this.account.buckets, `${name}2`, `${name}-2`, name.slice(0, -1), swapped(name)]) {
      if (other === name) continue;
      const [caller, arn, context] = [this.pick(this.callers()), `arn:aws:s3:::${other}`, this.rightly()];
      const theirs = this.pick([prefix, ...others.map((one) => one.prefix)]);
      this.may('another bucket', caller, this.given(), `${arn}/${theirs}a`, context);
      this.may('another bucket', caller, 's3:ListBucket', arn, { ...context, 's3:prefix': theirs });
      this.may('another bucket', caller, 's3:GetBucketLocation', arn, context);
    }
  }

  /** Uploads that ask for every encryption. */
  private encrypted(): void {
    const keys = this.account.integrations.flatMap((one) => this.account.keyOf(one.bucket) ?? []);
    const own = this.account.keyOf(this.one.bucket);
    const foreign = [FOREIGN_KEY, ...keys].filter((key) => key !== own);
    for (const header of HEADERS) {
      const context = { ...this.rightly(), ...contextOf(header, own ?? this.pick(foreign), this.pick(foreign)) };
      this.object(`an upload: ${header}`, 's3:PutObject', `${this.one.prefix}a`, context);
      this.object('an upload outside', 's3:PutObject', `x/${this.one.prefix}a`, context);
    }
  }

  /** Everything that was given, but not then, from there, or in that way. */
  private circumstances(): void {
    const { prefix, expires, sourceIps, vpcEndpoints, sourceVpcs, bucket } = this.one;
    const wrong: { about: string; context: Context }[] = [
      { about: 'plain HTTP', context: { ...this.rightly(), 'aws:SecureTransport': 'false' } },
    ];
    for (const now of expires === undefined
      ? []
      : [`${expires}T00:00:00Z`, `${expires}T08:00:00Z`, '2031-01-01T00:00:00Z']) {
      wrong.push({ about: 'expired', context: { ...this.rightly(), 'aws:CurrentTime': now } });
    }
    if (sourceIps.length + vpcEndpoints.length + sourceVpcs.length > 0) {
      const beside = RANGES.flatMap((range) => [...range.inside, ...range.beside]);
      const from = [...beside.map((address) => ({ 'aws:SourceIp': address })), ...OTHER_ENDPOINTS];
      for (const context of [{}, this.pick(from), this.pick(from), this.pick(from), this.pick(from)]) {
        wrong.push({ about: 'another origin', context });
      }
    }
    for (const { about, context } of wrong) {
      this.object(about, this.given(), `${prefix}a`, context);
      this.object(about, this.given(), `${prefix}a`, context);
      this.object(about, 's3:PutObjectAcl', `${prefix}a`, context);
      for (const action of LISTS) this.onBucket(about, action, prefix, context);
      this.onBucket(about, 's3:ListBucket', undefined, context);
      this.onBucket(about, 's3:GetBucketLocation', undefined, context);
      // Of plain HTTP the contract speaks with buckets; this one call is on none.
      if (about === 'plain HTTP') continue;
      this.may(about, this.pick(this.callers()), 's3:ListAllMyBuckets', '*', context);
    }
    for (const acl of OTHER_ACLS) {
      this.object('another ACL', 's3:PutObjectAcl', `${prefix}a`, { ...this.rightly(), 's3:x-amz-acl': acl });
    }
    if (bucket.existing) {
      const caller = this.pick(this.callers());
      this.may('an ACL that is not named', caller, 's3:PutObjectAcl', `${this.bucket}/${prefix}a`, this.rightly());
    }
  }

  private key(): void {
    const { region, bucket, expires } = this.one;
    const via = (service: string): Context => ({ 'kms:ViaService': service });
    const through = via(`s3.${region}.amazonaws.com`);
    const own = this.account.keyOf(bucket);
    const use = (about: string, action: string, resource: string, context: Context) =>
      this.may(about, this.pick(this.callers()), action, resource, context);
    for (const one of this.account.integrations) {
      const key = this.account.keyOf(one.bucket);
      if (key === undefined) continue;
      const about = key === own ? 'the key' : "another bucket's key";
      for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) use(about, action, key, through);
    }
    if (own === undefined) return;
    for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) {
      const wrong = [
        {},
        via(`ec2.${region}.amazonaws.com`),
        via('s3.us-east-1.amazonaws.com'),
        via('s3.amazonaws.com'),
      ];
      for (const context of wrong) use('the key but not through S3', action, own, context);
      if (expires === undefined) continue;
      use('the key, expired', action, own, { ...through, 'aws:CurrentTime': `${expires}T00:00:00Z` });
      use('the key', action, own, { ...through, 'aws:CurrentTime': `${dayBefore(expires)}T23:59:59Z` });
    }
    for (const action of [
      'kms:Encrypt',
      'kms:ReEncryptTo',
      'kms:DescribeKey',
      'kms:CreateGrant',
      'kms:ScheduleKeyDeletion',
    ]) {
      use('the key, otherwise', action, own, through);
    }
    use('the key, otherwise', 'kms:PutKeyPolicy', own, {});
  }

  private elsewhere(): void {
    const role = roleArn(this.one);
    const secret = `${SECRETS}/${this.one.client}/${this.one.vendor}/a-AbCdEf`;
    const others: [string, string][] = [
      ['sqs:SendMessage', `${SQS}:queue`],
      ['iam:CreateUser', `arn:aws:iam::${HOME.account}:user/x`],
      ['iam:PassRole', role],
      ['iam:PutRolePolicy', role],
      ['iam:UpdateAssumeRolePolicy', role],
      ['iam:CreateAccessKey', userArn(this.one)],
      ['secretsmanager:GetSecretValue', secret],
      ['secretsmanager:PutSecretValue', secret],
      ['sts:GetFederationToken', `arn:aws:sts::${HOME.account}:federated-user/x`],
      ['lambda:InvokeFunction', `arn:aws:lambda:${HOME.region}:${HOME.account}:function:x`],
    ];
    for (const [action, resource] of others)
      this.may('another service', this.pick(this.callers()), action, resource, {});
  }

  /** What was given to this integration, asked for by others. */
  private strangers(): void {
    const { prefix, principals } = this.one;
    const others = this.account.integrations.filter((one) => one !== this.one);
    const callers: Caller[] = [
      ...principals.filter((arn) => wholeAccount(arn) === undefined).map((outside) => ({ outside })),
      ...principals.flatMap(neighbours).map((outside) => ({ outside })),
      ...others.flatMap(callersOf),
      ...this.account.internals.flatMap(membersOf).map((outside) => ({ outside })),
    ];
    for (const caller of callers) {
      const context = this.rightly();
      const action = this.given();
      this.may('somebody else', caller, action, `${this.bucket}/${prefix}a`, {
        ...context,
        ...(action === 's3:PutObjectAcl' && OWNED),
      });
      this.may('somebody else', caller, 's3:ListBucket', this.bucket, { ...context, 's3:prefix': prefix });
      this.may('somebody else', caller, 's3:GetBucketLocation', this.bucket, context);
      const key = this.account.keyOf(this.one.bucket);
      if (key === undefined) continue;
      this.may("somebody else's key", caller, 'kms:Decrypt', key, {
        'kms:ViaService': `s3.${this.one.region}.amazonaws.com`,
      });
    }
  }

  private trust(): void {
    switch (this.one.kind) {
      case 'assumed-role':
        this.assumed();
        break;
      case 'roles-anywhere':
        this.certificate();
        break;
      case 'web-identity':
        this.token();
        break;
    }
  }

  private times(): Context[] {
    const { expires } = this.one;
    if (expires === undefined) return [];
    return [`${dayBefore(expires)}T23:59:59Z`, `${expires}T00:00:00Z`, '2031-01-01T00:00:00Z'].map((now) => ({
      'aws:CurrentTime': now,
    }));
  }

  private assumed(): void {
    const { one, account } = this;
    const { roleName: role, externalIds, principals } = one;
    const ask = (about: string, principal: string, context: Context, action?: string) =>
      this.all.push({ about, question: { ask: 'assume', role, principal, context, action } });
    const named = this.sessionName();
    const right: Context = { ...named, ...(externalIds.length > 0 && { 'sts:ExternalId': this.pick(externalIds) }) };
    const trusted = principals.map(somebodyOf);
    for (const principal of trusted) {
      for (const id of externalIds.length > 0 ? externalIds : ['any-id']) {
        ask('a trusted principal', principal, { ...named, 'sts:ExternalId': id });
      }
      ask('a trusted principal', principal, right);
    }
    const self = roleArn(one);
    const asking = [...trusted, self];
    for (const id of [...externalIds.flatMap(mistaken), 'other-id', '*', '']) {
      ask('another external ID', this.pick(asking), { ...right, 'sts:ExternalId': id });
    }
    for (const principal of asking) ask('no external ID', principal, named);
    for (const name of otherNames(one))
      ask('another session name', this.pick(asking), { ...right, 'sts:RoleSessionName': name });
    const { 'sts:RoleSessionName': _, ...unnamed } = right;
    for (const principal of asking) ask('no session name', principal, unnamed);
    for (const time of this.times()) for (const principal of asking) ask('in time', principal, { ...right, ...time });
    ask('the role itself', self, right);
    for (const [about, action] of SESSIONS) {
      for (const principal of asking) ask(about, principal, {}, action);
      for (const time of this.times()) ask(about, this.pick(asking), time, action);
      for (const stranger of principals.flatMap(neighbours)) ask('another principal', stranger, {}, action);
    }
    const own = `arn:aws:iam::${HOME.account}`;
    // IAM has a name once whatever its path; to a policy the same name in another path is somebody else.
    const elsewhere = one.rolePath === '/' ? `${own}:role/elsewhere/${role}` : `${own}:role/${role}`;
    const ours = [`${own}:role/administrator`, `${self}2`, `${own}:user/x`, elsewhere];
    for (const stranger of [...ours, ...principals.flatMap(neighbours)]) ask('another principal', stranger, right);
    const others = account.integrations.filter((other) => other !== one && other.kind !== 'direct-trust');
    for (const other of others)
      ask('a role or user of ours', other.kind === 'access-key' ? userArn(other) : roleArn(other), right);
    for (const [by, context] of [
      [ANYWHERE, {}],
      ['accounts.google.com', {}],
    ] as const) {
      const action = by === ANYWHERE ? 'sts:AssumeRole' : WITH_TOKEN;
      this.all.push({ about: 'a service or a token', question: { ask: 'open', role, by, action, context } });
    }
  }

  /** The name of a session that is asked for, if any is. */
  private sessionName(): Context {
    const { roleSessionName } = this.one;
    if (roleSessionName === undefined) return {};
    return {
      'sts:RoleSessionName': roleSessionName.replaceAll('*', this.pick(['', 'x', '2026-11-22'])),
    };
  }

  private certificate(): void {
    const { one, account } = this;
    const { commonName, organization, organizationalUnit } = one.subject;
    const ask = (about: string, context: Context, by = ANYWHERE, action = this.pick(ANYWHERE_ACTIONS)) =>
      this.all.push({ about, question: { ask: 'open', role: one.roleName, by, action, context } });
    const anchor = account.anchorOf(one);
    const subject = (part: string, value: string): Context => ({ [`aws:PrincipalTag/x509Subject/${part}`]: value });
    const right: Context = {
      'aws:SourceArn': anchor,
      ...subject('CN', commonName),
      ...subject('O', organization ?? 'any'),
      ...subject('OU', organizationalUnit ?? 'any'),
    };
    for (const action of ANYWHERE_ACTIONS) ask('the certificate', right, ANYWHERE, action);
    for (const key of Object.keys(right)) {
      const { [key]: value = '', ...rest } = right;
      ask('part of a certificate', rest);
      if (key !== 'aws:SourceArn')
        for (const other of [...mistaken(value), '*']) ask('another subject', { ...rest, [key]: other });
    }
    const others = account.integrations
      .filter(({ kind }) => kind === 'roles-anywhere')
      .map((other) => account.anchorOf(other));
    for (const other of [
      ...others,
      anchor.replace(/.$/, 'f'),
      anchor.replace('trust-anchor', 'profile'),
      anchor.replace(HOME.account, '111122223333'),
    ]) {
      ask('another trust anchor', { ...right, 'aws:SourceArn': other });
    }
    for (const time of this.times()) ask('in time', { ...right, ...time });
    for (const by of ['ec2.amazonaws.com', 'lambda.amazonaws.com', provider(one).by])
      ask('another service', right, by, 'sts:AssumeRole');
    this.inPerson();
  }

  private token(): void {
    const { one } = this;
    const { issuer, by: own } = provider(one);
    const ask = (about: string, context: Context, by = own, action = WITH_TOKEN) =>
      this.all.push({ about, question: { ask: 'open', role: one.roleName, by, action, context } });
    const aud = `${issuer}:${issuer === own ? this.pick(['aud', 'oaud']) : 'aud'}`;
    const sub = `${issuer}:sub`;
    const named = this.sessionName();
    const somebody = one.subjects.length > 0 ? one.subjects : ['anybody'];
    for (const audience of one.audiences) {
      for (const subject of somebody) ask('the token', { [aud]: audience, [sub]: subject, ...named });
    }
    const right: Context = { [aud]: this.pick(one.audiences), [sub]: this.pick(somebody), ...named };
    ask('tags of a session', right, own, 'sts:TagSession');
    ask('tags of a session', { [aud]: right[aud] as string, [sub]: right[sub] as string }, own, 'sts:TagSession');
    for (const key of [aud, sub]) {
      const { [key]: value = '', ...rest } = right;
      for (const other of [...mistaken(value), '*', ''])
        ask(key === aud ? 'another audience' : 'another subject', { ...rest, [key]: other });
      ask('part of a token', rest);
    }
    for (const name of otherNames(one)) ask('another session name', { ...right, 'sts:RoleSessionName': name });
    ask('no session name', { [aud]: right[aud] as string, [sub]: right[sub] as string });
    for (const time of this.times()) ask('in time', { ...right, ...time });
    const elsewhere = [
      `arn:aws:iam::${HOME.account}:oidc-provider/login.example.org`,
      `arn:aws:iam::${HOME.account}:oidc-provider/${issuer}2`,
      `arn:aws:iam::111122223333:oidc-provider/${issuer}`,
      'accounts.google.com',
    ];
    for (const by of elsewhere.filter((other) => other !== own)) {
      const theirs = by.split(':oidc-provider/')[1] ?? by;
      ask(
        'another provider',
        { [`${theirs}:aud`]: right[aud] as string, [`${theirs}:sub`]: right[sub] as string, ...named },
        by,
      );
    }
    for (const action of ['sts:AssumeRole', 'sts:TagSession']) ask('another call', {}, own, action);
    ask('a service', {}, ANYWHERE, 'sts:AssumeRole');
    this.inPerson();
  }

  /** A role that is not for principals, asked for by some. */
  private inPerson(): void {
    const { roleName: role, principals } = this.one;
    const callers = [
      'arn:aws:iam::111122223333:role/x',
      `arn:aws:iam::${HOME.account}:role/administrator`,
      `arn:aws:iam::${HOME.account}:role/elsewhere/${role}`,
      roleArn(this.one),
    ];
    for (const principal of [...callers, ...principals.map(somebodyOf)]) {
      this.all.push({ about: 'a principal', question: { ask: 'assume', role, principal, context: {} } });
    }
  }
}

const OTHER_ENDPOINTS: Context[] = [
  ...[...ENDPOINTS, 'vpce-0a1b2c3d4e5f67891', 'vpce-0a1b2c3d5'].map((endpoint) => ({ 'aws:SourceVpce': endpoint })),
  ...[...VPCS, 'vpc-0a1b2c3d4e5f67891', 'vpc-0a1b2c3d5'].map((vpc) => ({ 'aws:SourceVpc': vpc })),
];

/** What AWS says in a request of whoever is of an account of our organization. */
function ofOurs(account: string, organization = ORGANIZATION): Context {
  return { 'aws:PrincipalOrgID': organization, 'aws:PrincipalAccount': account };
}

const SESSIONS = [
  ['tags of a session', 'sts:TagSession'],
  ['a source identity', 'sts:SetSourceIdentity'],
] as const;

/** What is asked of what somebody of our own company has in one bucket. */
export function internalQuestions(account: Account, internal: Internal, pick: Pick): readonly Asked[] {
  const all: Asked[] = [];
  const { bucket, prefix, region } = internal;
  const arn = `arn:aws:s3:::${bucket.name}`;
  const members = membersOf(internal);
  const may = (about: string, outside: string, action: string, resource: string, context: Context) => {
    const owned = action === 's3:PutObjectAcl' ? OWNED : {};
    const question: Question = {
      ask: 'may',
      caller: { outside },
      action,
      resource,
      context: { ...owned, ...context },
    };
    all.push({ about, question });
  };
  const right = (member: string): Context => (internal.organization ? ofOurs(accountOf(member)) : {});
  const elsewhere = [...account.integrations.map((one) => one.prefix), 'zz/', `x/${prefix}`, prefix.slice(1)];
  const given = () => pick(objectActions(internal).length > 0 ? objectActions(internal) : OBJECT_ACTIONS);
  for (const member of members) {
    const context = right(member);
    for (const action of OBJECT_ACTIONS)
      may('one of ours: an object', member, action, `${arn}/${prefix}${pick(['a', 'b/c.csv'])}`, context);
    for (const action of LISTS) {
      for (const asked of [prefix, `${prefix}2026`])
        may('one of ours: a list', member, action, arn, { ...context, 's3:prefix': asked });
      may('one of ours: a list', member, action, arn, context);
    }
    for (const action of ['s3:GetBucketLocation', UPLOADS_IN_PROGRESS])
      may('one of ours: a list', member, action, arn, context);
    for (const place of new Set(elsewhere)) {
      may('one of ours elsewhere', member, given(), `${arn}/${place}a`, context);
      may('one of ours elsewhere', member, 's3:ListBucket', arn, { ...context, 's3:prefix': place });
    }
    for (const action of [...NEVER_ON_OBJECTS, ...MORE_ON_OBJECTS])
      may('one of ours, never', member, action, `${arn}/${prefix}a`, context);
    for (const action of [...NEVER_ON_BUCKETS, ...MORE_ON_BUCKETS])
      may('one of ours, never', member, action, arn, context);
    for (const name of [...account.buckets, `${bucket.name}2`]) {
      if (name === bucket.name) continue;
      may('one of ours in another bucket', member, given(), `arn:aws:s3:::${name}/${prefix}a`, context);
      may('one of ours in another bucket', member, 's3:ListBucket', `arn:aws:s3:::${name}`, context);
    }
    const key = account.keyOf(bucket);
    for (const header of HEADERS) {
      const encryption = contextOf(header, key ?? FOREIGN_KEY, FOREIGN_KEY);
      may('one of ours: an upload', member, 's3:PutObject', `${arn}/${prefix}a`, { ...context, ...encryption });
    }
    may('one of ours, plain HTTP', member, given(), `${arn}/${prefix}a`, {
      ...context,
      'aws:SecureTransport': 'false',
    });
    for (const action of key === undefined ? [] : ['kms:Decrypt', 'kms:GenerateDataKey']) {
      const via = { 'kms:ViaService': `s3.${region}.amazonaws.com` };
      may('one of ours: the key', member, action, key as string, { ...context, ...via });
      may('one of ours: the key by itself', member, action, key as string, context);
      may('one of ours: the key by itself', member, action, key as string, {
        ...context,
        'kms:ViaService': `ec2.${region}.amazonaws.com`,
      });
    }
    for (const stranger of [...neighbours(member), 'arn:aws:iam::123456789012:role/x'].filter(isElsewhere)) {
      for (const shown of [{}, ofOurs(accountOf(stranger)), ofOurs(accountOf(stranger), 'o-zzzzzzzzzz')]) {
        may('nobody of ours', stranger, given(), `${arn}/${prefix}a`, shown);
        may('nobody of ours', stranger, 's3:ListBucket', arn, { ...shown, 's3:prefix': prefix });
      }
    }
    for (const shown of [{}, ofOurs(accountOf(member), 'o-zzzzzzzzzz')])
      may('of another organization', member, given(), `${arn}/${prefix}a`, shown);
  }
  return all;
}

/** Who is meant, elsewhere than in the bucket's own account. */
function membersOf({ principals }: Internal): string[] {
  const members = principals.length === 0 ? ['arn:aws:iam::444455556667:role/any/body'] : principals.map(somebodyOf);
  return members.filter(isElsewhere);
}

/** What those of the bucket's own account may do is up to their own policies. */
function isElsewhere(arn: string): boolean {
  return accountOf(arn) !== HOME.account;
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function callersOf(one: Integration): readonly Caller[] {
  if (one.kind === 'access-key') return [{ user: one.roleName }];
  if (one.kind !== 'direct-trust') return [{ role: one.roleName, session: 'nightly' }];
  const callers = one.principals.map((principal) => ({ outside: somebodyOf(principal) }));
  return callers.length > 0 ? callers : [{ outside: 'arn:aws:iam::123456789876:role/sender' }];
}

/** The principal itself; of a whole account, anybody. */
function somebodyOf(principal: string): string {
  const account = wholeAccount(principal);
  return account === undefined ? principal : `arn:aws:iam::${account}:role/any/body`;
}

/** Principals that look like it, or stand beside it. */
function neighbours(principal: string): string[] {
  const account = wholeAccount(principal);
  if (account !== undefined) return [`arn:aws:iam::${account.replace(/.$/, '9')}:role/any/body`];
  const [, own = '', type = '', path = ''] = /^arn:aws:iam::(\d{12}):(role|user)\/(.*)$/.exec(principal) ?? [];
  const arn = (of: string, as: string, name: string) => `arn:aws:iam::${of}:${as}/${name}`;
  return [
    arn(own, type, `${path}2`),
    arn(own, type, path.slice(0, -1)),
    arn(own, type, swapped(path)),
    arn(own, type, `x/${path}`),
    arn(own, type, path.split('/').at(-1) ?? ''),
    arn(own, type, path.replace('.', 'x')),
    arn(own, type === 'role' ? 'user' : 'role', path),
    arn('210987654321', type, path),
    arn('111122223333', type, path),
    `arn:aws:iam::${own}:root`,
  ];
}

/** Values that look like it. */
function mistaken(value: string): string[] {
  return [`${value}2`, value.slice(0, -1), value.slice(1), swapped(value), `${value}*`, ` ${value}`];
}

/** Session names, most of them wrong. */
function otherNames({ roleSessionName = '' }: Integration): string[] {
  const bare = roleSessionName.replaceAll('*', 'x');
  return ['other', `${bare}2`, `2${bare}`, swapped(bare), bare.slice(0, -1)].filter((name) => name.length > 1);
}

function swapped(text: string): string {
  return [...text].map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())).join('');
}

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - 1).toISOString().slice(0, 10);
}
