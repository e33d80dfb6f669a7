import type { Intent, InternalIntent } from '../rules/intent';
import { namesOf, sidPrefix } from '../rules/names';
import type { Raw } from '../text/record';
import { nameProperty } from './named-resources';
import { notedIntents, notedInternal } from './noted-intents';
import type { PrintedResource, PrintedStacks } from './printed-stacks';
import { opensAccess, widenedProperties } from './security-properties';
import { type Atom, atomsOf, newlyAllowed } from './statements';

/** What one synthesized version of a stack lets through and another did not. */
export interface AddedPermission {
  /** Whose it is; none where it is the client's own. */
  readonly integration?: string;
  readonly text: string;
}

/**
 * What a version of a client's stack lets through that an earlier one did not, told from the templates alone: every
 * policy, and every other property that is not known to let nobody in. In doubt it is told. With the versions changed
 * round, it is what is not let through any more.
 *
 * @param before undefined where there was none
 */
export function addedPermissions(before: PrintedStacks | undefined, after: PrintedStacks): AddedPermission[] {
  const owners = new Owners(after);
  const was = new Map(before?.resources.map((resource) => [resource.logicalId, resource]));
  return [
    ...after.resources.flatMap((resource) => {
      const earlier = was.get(resource.logicalId);
      return grownBy(earlier && isSame(earlier, resource) ? earlier : undefined, resource, owners, after.account);
    }),
    ...lostGuards(before?.resources ?? [], after.resources).flatMap((resource) =>
      grownBy(resource, { ...resource, properties: {} }, owners, after.account),
    ),
  ];
}

/** Whether two versions of a resource are one: a role or user by another name is another, which all of its policies let in. */
function isSame(before: PrintedResource, after: PrintedResource): boolean {
  const [was, is] = [before.properties, after.properties];
  return before.type === after.type && was.RoleName === is.RoleName && was.UserName === is.UserName;
}

/** Policies of buckets that stay: without them, nothing is refused there any more. */
function lostGuards(before: readonly PrintedResource[], after: readonly PrintedResource[]): PrintedResource[] {
  const stay = new Set(after.map(({ logicalId }) => logicalId));
  const isBuckets = ({ ref, type }: PrintedResource, { properties }: PrintedResource) =>
    type === 'AWS::S3::Bucket' && properties.Bucket === ref;
  return before.filter(
    (resource) =>
      resource.type === 'AWS::S3::BucketPolicy' &&
      !stay.has(resource.logicalId) &&
      after.some((bucket) => isBuckets(bucket, resource)),
  );
}

function grownBy(
  before: PrintedResource | undefined,
  after: PrintedResource,
  owners: Owners,
  account: string | undefined,
): AddedPermission[] {
  const label = `${after.type} ${nameOf(after)}`;
  const owner = owners.ofResource(after);
  const [was, is] = [parted(before), parted(after)];
  const paths = [...new Set([...was.documents.keys(), ...is.documents.keys()])];
  const all = [...is.documents.values()].flatMap((document) => atoms(document, account));
  const allows = (denied: Atom) =>
    isOnlyHere(denied, is.others, account) ? all.filter(({ effect }) => effect === 'Allow') : undefined;
  const policies = paths.flatMap((path) => {
    const [earlier, now] = [was, is].map(({ documents }) => atoms(documents.get(path), account)) as [Atom[], Atom[]];
    return atomGroups(newlyAllowed(earlier, now, allows)).map((group) => ({
      integration: owner ?? owners.ofStatement(group[0]?.sid),
      text: `${label}, ${path}: ${owners.isInternal(group[0]?.sid) ? 'internally ' : ''}${groupText(group)}`,
    }));
  });
  if (!before) {
    return opensAccess(after.type, after.properties)
      ? [{ integration: owner, text: `${label} is new` }, ...policies]
      : policies;
  }
  const properties = widenedProperties(after.type, was.others, is.others).map((key) => ({
    integration: owner,
    text: `${label} has ${key} ${short(after.properties[key])} (before: ${short(before.properties[key])})`,
  }));
  return [...properties, ...policies];
}

/**
 * Whether nobody whom a Deny is for can be allowed by another policy than those of its resource: a role or user without
 * managed policies, or principals of other accounts than that of the resource, whom their own policies do not suffice.
 * An account that is not known is taken for another than theirs.
 */
function isOnlyHere({ principal, conditions }: Atom, others: Raw, account: string | undefined): boolean {
  if (principal === '') return [others.ManagedPolicyArns ?? []].flat().length === 0;
  const [, of] = /^AWS arn:[^:]+:iam::(\d{12}):root$/.exec(principal) ?? [];
  if (of !== undefined) return of !== account;
  // Another account's, or it would be named.
  if (principal.startsWith('CanonicalUser ')) return true;
  return conditions.some(({ operator, key }) => operator === 'StringNotEquals' && key === 'aws:PrincipalAccount');
}

/** A resource's policies by where they stand in it, and its other properties. */
function parted(resource: PrintedResource | undefined): {
  documents: ReadonlyMap<string, unknown>;
  others: Raw;
} {
  const documents = new Map<string, unknown>();
  const without = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Object.hasOwn(value, 'Statement')) {
      documents.set(path, value);
      return undefined;
    }
    if (Array.isArray(value)) return value.map((member, at) => without(member, `${path}.${at}`));
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, without(member, path === '' ? key : `${path}.${key}`)]),
    );
  };
  return { others: without(resource?.properties ?? {}, '') as Raw, documents };
}

/** What a document says, but for the account's own administration of its key. */
function atoms(document: unknown, account: string | undefined): Atom[] {
  const Statement = statementsOf(document).filter((statement) => !isAdministration(statement, account));
  return atomsOf({ Statement });
}

/** What differs in nothing but the action, together. */
function atomGroups(all: readonly Atom[]): Atom[][] {
  const groups = new Map<string, Atom[]>();
  for (const atom of all) {
    const key = JSON.stringify({ ...atom, action: '' });
    groups.set(key, [...(groups.get(key) ?? []), atom]);
  }
  return [...groups.values()];
}

function groupText(group: readonly Atom[]): string {
  const [{ effect, principal, resource, conditions, opaque } = NOTHING] = group;
  if (opaque !== undefined) return `${effect === 'Allow' ? 'has' : 'no longer has'} the statement ${short(opaque)}`;
  const actions = group.map(({ action }) => action).join(', ');
  const to = principal === '' ? '' : ` to ${principal}`;
  const on = resource === '' ? '' : ` on ${resource}`;
  const under = conditions.map(({ operator, key, values }) => `${operator} ${key} ${values.join(' or ')}`);
  const where = under.length === 0 ? '' : `, if ${under.join(' and ')}`;
  return `${effect === 'Allow' ? 'allows' : 'no longer denies'} ${actions}${on}${to}${where}`;
}

const NOTHING: Atom = { effect: '', principal: '', action: '', resource: '', conditions: [] };

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

function nameOf({ properties, type, logicalId }: PrintedResource): string {
  return String(properties[nameProperty(type)] ?? logicalId).replace(/^<.*>$/, logicalId);
}

/** Whether a statement's id begins with whose it is. */
function begins(sid: string, own: string): boolean {
  return sid.startsWith(own) && /^[A-Z]/.test(sid.slice(own.length));
}

/** Whose a resource or statement is, as the template notes say. */
class Owners {
  private readonly intents: readonly Intent[];
  private readonly internal: readonly InternalIntent[];

  constructor(stacks: PrintedStacks) {
    this.internal = notedInternal(stacks);
    this.intents = notedIntents(stacks);
  }

  ofResource({ properties }: PrintedResource): string | undefined {
    const { RoleName, UserName, Name } = properties;
    const [, client, vendor] = /^integrations\/([^/]+)\/([^/]+)\/[^/]+$/.exec(String(Name)) ?? [];
    if (client && vendor) return `${client}_${vendor}`;
    return this.named(RoleName) ?? this.named(UserName) ?? this.named(Name);
  }

  /** Statements of a shared policy begin with whose they are. */
  ofStatement(sid = ''): string | undefined {
    return this.intents
      .map(({ integration }) => ({ integration, own: sidPrefix(namesOf(integration).vendor) }))
      .filter(({ own }) => begins(sid, own))
      .sort((a, b) => b.own.length - a.own.length)[0]?.integration;
  }

  /** Whether a statement is of an entry of `internal`, and so nobody's integration. */
  isInternal(sid = ''): boolean {
    return this.internal.some((intent) => begins(sid, intent.sid));
  }

  private named(name: unknown): string | undefined {
    return this.intents.find(
      ({ integration, principalName, trusts }) =>
        name !== undefined &&
        (principalName === name || integration === name || (trusts.by === 'access-point' && trusts.name === name)),
    )?.integration;
  }
}

/** The statements of a policy document; one that nobody can read is a statement of its own. */
function statementsOf(document: unknown): unknown[] {
  if (typeof document === 'string') return [document];
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  return [Statement ?? []].flat();
}

/** The statement with which an account keeps the administration of its own key. */
function isAdministration(statement: unknown, account: string | undefined): boolean {
  const { Effect, Principal, Action, Resource, ...others } = statement as Record<string, unknown>;
  const { AWS, ...more } = (Principal ?? {}) as { AWS?: unknown };
  const owner = /^arn:(?:aws[a-z-]*|<AWS::Partition>):iam::(\d{12}|<AWS::AccountId>):root$/.exec(String(AWS))?.[1];
  const own = owner === '<AWS::AccountId>' || (account !== undefined && owner === account);
  const plain = Object.keys(others).every((key) => key === 'Sid') && Object.keys(more).length === 0;
  return Effect === 'Allow' && own && plain && Action === 'kms:*' && Resource === '*';
}
