import type { Template } from '../../support/synth';
import { bucketOf, nameOf, SUBJECTS } from './subjects';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A policy document in the templates of an account. */
export interface Document {
  readonly kind: 'trust' | 'access' | 'bucket policy' | 'key policy';
  /** The integration whose role or user has it, or the bucket, or the client whose key has it. */
  readonly of: string;
  /** The resource that holds it. */
  readonly id: string;
  readonly statements: readonly Statement[];
}

/** Where a resource keeps its documents, by the kind of document. */
// biome-ignore lint/suspicious/noExplicitAny: templates are looked into freely by tests
function slots(type: string, properties: any): [Document['kind'], { Statement: Statement[] }][] {
  switch (type) {
    case 'AWS::IAM::Role':
      return [
        ['trust', properties.AssumeRolePolicyDocument],
        ['access', properties.Policies[0].PolicyDocument],
      ];
    case 'AWS::IAM::User':
      return [['access', properties.Policies[0].PolicyDocument]];
    case 'AWS::S3::BucketPolicy':
      return [['bucket policy', properties.PolicyDocument]];
    case 'AWS::KMS::Key':
      return [['key policy', properties.KeyPolicy]];
    default:
      return [];
  }
}

/** Every policy document that an account's templates deploy. */
export function documents(account: Template): Document[] {
  return Object.entries(account.Resources).flatMap(([id, { Type, Properties }]) =>
    slots(Type, Properties).map(([kind, { Statement }]) => ({
      kind,
      id,
      of: Properties.RoleName ?? Properties.UserName ?? Properties.Bucket ?? id.split('/')[0],
      statements: Statement,
    })),
  );
}

/** A copy of the templates with other statements in one document. */
export function changed(account: Template, { id, kind }: Document, statements: readonly Statement[]): Template {
  const copy = structuredClone(account);
  const resource = copy.Resources[id];
  const slot = resource && slots(resource.Type, resource.Properties).find(([each]) => each === kind);
  if (!slot) throw new Error(`${id} has no ${kind}`);
  slot[1].Statement = [...statements];
  return copy;
}

/** The integration that a statement is of; undefined for those that guard a whole bucket or key. */
export function integrationOf({ kind, of, id }: Document, { Sid = '' }: Statement): string | undefined {
  if (kind === 'trust' || kind === 'access') return of;
  const client = id.split('/')[0];
  const found = SUBJECTS.find(
    (one) =>
      one.client === client &&
      (kind === 'key policy' || bucketOf(one) === of) &&
      new RegExp(`^${one.vendor}[A-Z]`).test(Sid),
  );
  return found && nameOf(found);
}

export function listed(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

/** A statement with its conditions on one key replaced by others. */
export function conditioned({ Condition = {}, ...rest }: Statement, key: string, by: Conditions): Statement {
  const merged: Record<string, Record<string, string | readonly string[]>> = {};
  for (const [operator, keys] of Object.entries(Condition)) {
    const { [key]: _, ...others } = keys;
    if (Object.keys(others).length > 0) merged[operator] = others;
  }
  for (const [operator, keys] of Object.entries(by)) merged[operator] = { ...merged[operator], ...keys };
  return { ...rest, ...(Object.keys(merged).length > 0 && { Condition: merged }) };
}
