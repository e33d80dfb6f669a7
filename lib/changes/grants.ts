import type { Intent } from '../rules/intent';
import { namesOf, sidPrefix } from '../rules/names';
import type { FlatResource, FlatTemplate } from './flat-template';
import { notedIntents } from './noted-intents';
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
export function addedPermissions(before: FlatTemplate | undefined, after: FlatTemplate): AddedPermission[] {
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
function isSame(before: FlatResource, after: FlatResource): boolean {
  const [was, is] = [before.properties, after.properties];
  return before.type === after.type && was.RoleName === is.RoleName && was.UserName === is.UserName;
}

/** Policies of buckets that stay: without them, nothing is refused there any more. */
function lostGuards(before: readonly FlatResource[], after: readonly FlatResource[]): FlatResource[] {
  const stay = new Set(after.map(({ logicalId }) => logicalId));
  const isBuckets = ({ id, type }: FlatResource, { properties }: FlatResource) =>
    type === 'AWS::S3::Bucket' && properties.Bucket === `<${id}>`;
  return before.filter(
    (resource) =>
      resource.type === 'AWS::S3::BucketPolicy' &&
      !stay.has(resource.logicalId) &&
      after.some((bucket) => isBuckets(bucket, resource)),
  );
}

function grownBy(
  before: FlatResource | undefined,
  after: FlatResource,
  owners: Owners,
  account: string | undefined,
): AddedPermission[] {
  const label = `${after.type} ${nameOf(after)}`;
  const owner = owners.ofResource(after);
  const [was, is] = [parted(before), parted(after)];
  const paths = [...new Set([...was.documents.keys(), ...is.documents.keys()])];
  const policies = paths.flatMap((path) =>
    atomGroups(newlyAllowed(atoms(was.documents.get(path), account), atoms(is.documents.get(path), account))).map(
      (group) => ({
        integration: owner ?? owners.ofStatement(group[0]?.sid),
        text: `${label}, ${path}: ${groupText(group)}`,
      }),
    ),
  );
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

/** A resource's policies by where they stand in it, and its other properties. */
function parted(resource: FlatResource | undefined): {
  documents: ReadonlyMap<string, unknown>;
  others: Readonly<Record<string, unknown>>;
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
  return { others: without(resource?.properties ?? {}, '') as Record<string, unknown>, documents };
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

function nameOf({ properties, logicalId }: FlatResource): string {
  const { RoleName, UserName, BucketName, Name } = properties;
  return String(RoleName ?? UserName ?? BucketName ?? Name ?? logicalId).replace(/^<.*>$/, logicalId);
}

/** Whose a resource or statement is, as the template notes say. */
class Owners {
  private readonly intents: readonly Intent[];
  private readonly users = new Map<string, string>();

  constructor(template: FlatTemplate) {
    this.intents = notedIntents(template);
    for (const resource of template.resources) {
      const owner = this.named(resource.properties.UserName);
      if (resource.type === 'AWS::IAM::User' && owner !== undefined) this.users.set(`<${resource.id}>`, owner);
    }
  }

  ofResource({ properties }: FlatResource): string | undefined {
    const { RoleName, UserName, Name } = properties;
    const [, client, vendor] = /^integrations\/([^/]+)\/([^/]+)\/[^/]+$/.exec(String(Name)) ?? [];
    if (client && vendor) return `${client}_${vendor}`;
    return this.named(RoleName) ?? this.users.get(String(UserName)) ?? this.named(UserName) ?? this.named(Name);
  }

  /** Statements of a shared policy begin with whose they are. */
  ofStatement(sid = ''): string | undefined {
    const begins = (own: string) => sid.startsWith(own) && /^[A-Z]/.test(sid.slice(own.length));
    return this.intents
      .map(({ integration }) => ({ integration, own: sidPrefix(namesOf(integration).vendor) }))
      .filter(({ own }) => begins(own))
      .sort((a, b) => b.own.length - a.own.length)[0]?.integration;
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
