/**
 * What takes a finding back, as commands of the AWS CLI. A document is written once for all that is wrong in it, so that the
 * commands of several findings may follow each other in any order.
 */
import { canonicalText, type Place, plainJson, type Who } from '../access';
import type { PolicyDocument } from '../account/document';
import { DOOR_AT, transferId } from '../account/doors';
import { AT } from '../account/holders';
import type { policyDocument, Statement } from '../rules/statement';
import type { AccountIndex } from './account-index';
import { regionOf } from './account-index';
import { withoutAcls, withoutGrants } from './acls';
import { awsCommand, inTurn } from './aws-command';
import type { Expected, ExpectedBucket, ExpectedIntegration } from './expected';
import { withoutComers } from './narrowed';

type Holder = 'role' | 'user' | 'group';

const NOBODY = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' } as const;

export class Repairs {
  private readonly wrong = new Map<string, Map<string, readonly Who[] | undefined>>();
  private readonly accounts: ReadonlyMap<string, AccountIndex>;
  private readonly byArn = new Map<string, ExpectedIntegration>();
  private readonly buckets = new Map<string, ExpectedBucket[]>();
  private readonly keys = new Map<string, ExpectedBucket[]>();
  private readonly points = new Map<string, ExpectedIntegration>();
  private readonly transfers = new Map<string, string | null>();

  constructor(accounts: readonly AccountIndex[], { integrations, buckets }: Expected) {
    this.accounts = new Map(accounts.map((at) => [at.account, at]));
    for (const each of integrations) {
      if (each.arn !== undefined) this.byArn.set(each.arn, each);
      const point = each.meant.accessPoint?.arn[0];
      if (typeof point === 'string') this.points.set(point, each);
    }
    for (const each of buckets) {
      put(this.buckets, each.arn, each);
      if (typeof each.keyArn === 'string') put(this.keys, each.keyArn, each);
    }
    for (const at of accounts) this.addTransfers(at);
  }

  private addTransfers({ snapshot }: AccountIndex): void {
    for (const user of snapshot.transferUsers ?? []) {
      const options = { 'server-id': user.ServerId, 'user-name': user.UserName, region: regionOf(user.Arn) };
      this.transfers.set(
        transferId(user),
        user.UserName === undefined ? null : awsCommand('transfer', 'delete-user', options),
      );
    }
    for (const access of snapshot.transferAccesses ?? []) {
      const options = { 'server-id': access.ServerId, 'external-id': access.ExternalId };
      this.transfers.set(transferId(access), awsCommand('transfer', 'delete-access', options));
    }
  }

  /**
   * Notes that a statement is to go, before any command is made.
   * @param comers whom alone it should name no more. @default - nobody of it stays
   */
  remove(place: Place, text: string, comers?: readonly Who[]): void {
    const key = keyOf(place);
    const known = this.wrong.get(key) ?? new Map<string, readonly Who[] | undefined>();
    const before = known.get(text);
    const whole = comers === undefined || (known.has(text) && before === undefined);
    known.set(text, whole ? undefined : [...(before ?? []), ...comers]);
    this.wrong.set(key, known);
  }

  /** The command that takes back what is wrong at a place; null where nobody knows one. */
  at(place: Place): string | null {
    const [, , service, , , resource = ''] = splitArn(place.id);
    if (place.at === DOOR_AT.transfer) return this.transfers.get(place.id) ?? null;
    if (place.at.startsWith('AccessGrant ')) return this.accessGrant(place);
    switch (service) {
      case 'iam':
        return this.ofHolder(place, resource);
      case 's3':
        return resource.startsWith('accesspoint/') ? this.ofAccessPoint(place) : this.ofBucket(place);
      case 'kms':
        return this.ofKey(place);
      case 'secretsmanager':
        return this.ofSecret(place);
      default:
        return null;
    }
  }

  private ofHolder(place: Place, resource: string): string | null {
    const kind = resource.split('/')[0] as Holder;
    const name = resource.split('/').at(-1) ?? '';
    if (kind !== 'role' && kind !== 'user' && kind !== 'group') return null;
    const named = { [`${kind}-name`]: name };
    const [what, which = ''] = splitOnce(place.at);
    switch (what) {
      case AT.trust:
        return this.trust(place, name);
      case 'Policies':
        return which === '' ? this.access(place, kind, name) : this.inline(place, kind, name, which);
      case 'ManagedPolicyArns':
        return awsCommand('iam', `detach-${kind}-policy`, { ...named, 'policy-arn': which });
      case 'Groups':
        return inTurn(
          (this.detail(place, 'user', name)?.GroupList ?? []).map((group) =>
            awsCommand('iam', 'remove-user-from-group', { ...named, 'group-name': group }),
          ),
        );
      case AT.password:
        return awsCommand('iam', 'delete-login-profile', named);
      case 'AccessKey':
        return awsCommand('iam', 'delete-access-key', { ...named, 'access-key-id': which });
      default:
        return null;
    }
  }

  private detail(place: Place, kind: 'user', name: string): ReturnType<AccountIndex['user']>;
  private detail(place: Place, kind: 'role', name: string): ReturnType<AccountIndex['role']>;
  private detail({ scope }: Place, kind: 'role' | 'user', name: string) {
    const at = this.accounts.get(scope);
    return kind === 'role' ? at?.role(name) : at?.user(name);
  }

  /** The trust of an integration's role as it should be; of another, without whom it should not trust. */
  private trust(place: Place, name: string): string | null {
    const defined = this.byArn.get(place.id)?.policies.trust;
    const document = this.detail(place, 'role', name)?.AssumeRolePolicyDocument;
    if (!defined && typeof document !== 'object') return null;
    const left = this.left(document, place);
    // A trust has a statement at least: one that denies lets nobody in.
    const others = documentText(document, left.length > 0 ? left : [NOBODY]);
    return awsCommand('iam', 'update-assume-role-policy', {
      'role-name': name,
      'policy-document': defined ? text(defined) : others,
    });
  }

  /** The inline policies of an integration's role or user as they should be: one, called `access`. */
  private access(place: Place, kind: Holder, name: string): string | null {
    const expected = this.byArn.get(place.id)?.policies.access;
    const inline = this.inlineOf(place, kind, name);
    if (!expected || kind === 'group') return null;
    const named = { [`${kind}-name`]: name };
    const wanted = text(expected);
    const own = inline.find(({ PolicyName }) => PolicyName === 'access')?.PolicyDocument;
    const isRight = own !== undefined && typeof own === 'object' && same(own, expected);
    const others = inline.filter(({ PolicyName }) => PolicyName !== 'access');
    return inTurn([
      ...(isRight
        ? []
        : [awsCommand('iam', `put-${kind}-policy`, { ...named, 'policy-name': 'access', 'policy-document': wanted })]),
      ...others.map(({ PolicyName }) =>
        awsCommand('iam', `delete-${kind}-policy`, { ...named, 'policy-name': PolicyName }),
      ),
    ]);
  }

  private inlineOf({ scope }: Place, kind: Holder, name: string) {
    const at = this.accounts.get(scope);
    if (kind === 'role') return at?.role(name)?.RolePolicyList ?? [];
    if (kind === 'user') return at?.user(name)?.UserPolicyList ?? [];
    const groups = at?.snapshot.iam?.GroupDetailList ?? [];
    return groups.find(({ GroupName }) => GroupName === name)?.GroupPolicyList ?? [];
  }

  private inline(place: Place, kind: Holder, name: string, policy: string): string | null {
    const document = this.inlineOf(place, kind, name).find(({ PolicyName }) => PolicyName === policy)?.PolicyDocument;
    const left = this.left(document, place);
    const named = { [`${kind}-name`]: name, 'policy-name': policy };
    return left.length === 0
      ? awsCommand('iam', `delete-${kind}-policy`, named)
      : awsCommand('iam', `put-${kind}-policy`, { ...named, 'policy-document': documentText(document, left) });
  }

  /** The statements of a document that may stay. */
  private left(document: PolicyDocument | null | undefined, place: Place): readonly object[] {
    const wrong = this.wrong.get(keyOf(place)) ?? new Map<string, readonly Who[] | undefined>();
    return statementsIn(document).flatMap((statement) => {
      const text = canonicalText(plainJson(statement));
      return wrong.has(text) ? (withoutComers(statement, wrong.get(text), place) ?? []) : statement;
    });
  }

  private ofBucket(place: Place): string | null {
    const name = place.id.split(':::')[1] ?? '';
    const at = this.accounts.get(place.scope);
    const bucket = at?.bucket(name);
    const common = { bucket: name, region: bucket?.Region };
    const defined = this.buckets.get(place.id) ?? [];
    if (place.at === DOOR_AT.acl) {
      if (!bucket) return null;
      const wrong = this.wrong.get(keyOf(place));
      const isMade = defined.some((each) => !each.bucket.existing);
      return isMade ? withoutAcls(bucket) : withoutGrants(bucket, (text) => wrong?.has(text) ?? false);
    }
    const needed = defined.flatMap((each) => each.statements);
    const left = this.complete(
      this.left(bucket?.Policy, place),
      needed.map(({ statement }) => statement),
    );
    if (typeof bucket?.Policy === 'string' && needed.length === 0) return null;
    if (left.length === 0) return awsCommand('s3api', 'delete-bucket-policy', common);
    return awsCommand('s3api', 'put-bucket-policy', { ...common, policy: documentText(bucket?.Policy, left) });
  }

  private ofKey(place: Place): string | null {
    const common = { 'key-id': place.id, region: regionOf(place.id) };
    const [what, which = ''] = splitOnce(place.at);
    if (what === 'Grants') return awsCommand('kms', 'revoke-grant', { ...common, 'grant-id': which });
    const policy = this.accounts.get(place.scope)?.key(place.id)?.Policy;
    const needed = (this.keys.get(place.id) ?? []).flatMap((each) => each.keyStatements);
    const left = this.complete(
      this.left(policy, place),
      needed.map(({ statement }) => statement),
    );
    // Without a statement for its own account a key is nobody's any more.
    if (left.length === needed.length) return null;
    return awsCommand('kms', 'put-key-policy', {
      ...common,
      'policy-name': 'default',
      policy: documentText(policy, left),
    });
  }

  /** Statements with those that must be there and are not. */
  private complete(left: readonly object[], needed: readonly Statement[]): readonly object[] {
    const there = new Set(left.map((statement) => canonicalText(plainJson(statement))));
    return [...left, ...needed.filter((statement) => !there.has(canonicalText(plainJson(statement))))];
  }

  private ofSecret(place: Place): string | null {
    const secrets = this.accounts.get(place.scope)?.snapshot.secrets ?? [];
    const policy = secrets.find(({ Arn }) => Arn === place.id)?.Policy;
    const left = this.left(policy, place);
    const common = { 'secret-id': place.id, region: regionOf(place.id) };
    return left.length === 0
      ? awsCommand('secretsmanager', 'delete-resource-policy', common)
      : awsCommand('secretsmanager', 'put-resource-policy', {
          ...common,
          'resource-policy': documentText(policy, left),
        });
  }

  private ofAccessPoint(place: Place): string | null {
    const name = place.id.split('accesspoint/')[1] ?? '';
    const common = { 'account-id': place.scope, name, region: regionOf(place.id) };
    const own = this.points.get(place.id)?.policies.accessPoint;
    return own && place.at === DOOR_AT.policy
      ? awsCommand('s3control', 'put-access-point-policy', { ...common, policy: text(own) })
      : awsCommand('s3control', 'delete-access-point', common);
  }

  private accessGrant({ scope, id, at }: Place): string | null {
    return awsCommand('s3control', 'delete-access-grant', {
      'account-id': scope,
      'access-grant-id': at.replace('AccessGrant ', ''),
      region: regionOf(id) || undefined,
    });
  }
}

export function statementsIn(document: PolicyDocument | null | undefined): readonly object[] {
  if (typeof document !== 'object' || document === null) return [];
  const statements: unknown = document.Statement;
  const all: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  return all.filter((each): each is object => typeof each === 'object' && each !== null);
}

function same(found: object, expected: object): boolean {
  const texts = (document: object) =>
    statementsIn(document as PolicyDocument)
      .map((statement) => canonicalText(plainJson(statement)))
      .sort()
      .join('\n');
  return texts(found) === texts(expected);
}

function documentText(document: PolicyDocument | null | undefined, statements: readonly object[]): string {
  const { Version, Id } =
    typeof document === 'object' && document !== null ? document : { Version: undefined, Id: undefined };
  const made = { Version: Version ?? '2012-10-17', ...(typeof Id === 'string' && { Id }), Statement: statements };
  return JSON.stringify(made);
}

function text(document: ReturnType<typeof policyDocument>): string {
  return JSON.stringify(document);
}

function keyOf({ scope, id, at }: Place): string {
  return JSON.stringify([scope, id, at]);
}

function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** A word, and what stands behind it. */
function splitOnce(at: string): [string, string?] {
  const end = at.indexOf(' ');
  return end < 0 ? [at] : [at.slice(0, end), at.slice(end + 1)];
}

function put<T>(all: Map<string, T[]>, key: string, value: T): void {
  const found = all.get(key);
  if (found) found.push(value);
  else all.set(key, [value]);
}
