import { type Meanings, workedOut } from '../../support/intrinsics';
import type { Template } from '../../support/synth';

/** Where a template is deployed, and the names that its resources have there. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** Logical id → physical id, of the resources that are there. */
  readonly physical: Readonly<Record<string, string>>;
}

/** A resource as it was asked for, with the names that things have in its place. */
export interface Asked {
  readonly id: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What a template asks for. What only the server can know, and has not told, stands as `‹…›`. */
export function askedBy(template: Template, place: Place): Asked[] {
  const meanings = meaningsIn(template, place);
  return Object.entries(template.Resources).map(([id, { Type, Properties = {} }]) => ({
    id,
    type: Type,
    physicalId: place.physical[id],
    properties: workedOut(Properties, meanings) as Record<string, unknown>,
  }));
}

/** The outputs that a template asks for. */
export function outputsAskedBy(template: Template, place: Place): Record<string, unknown> {
  const meanings = meaningsIn(template, place);
  return Object.fromEntries(
    Object.entries(template.Outputs ?? {}).map(([id, { Value }]) => [id, workedOut(Value, meanings)]),
  );
}

function meaningsIn(template: Template, { account, region, physical }: Place): Meanings {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const name = (id: string): string | undefined => {
    const { BucketName, RoleName, UserName } = template.Resources[id]?.Properties ?? {};
    return BucketName ?? RoleName ?? UserName ?? physical[id];
  };
  return {
    reference: (id) => pseudo[id] ?? name(id) ?? `‹${id}›`,
    attribute: (id, attribute) => {
      const type = template.Resources[id]?.Type;
      const known = attribute === 'Arn' ? name(id) : undefined;
      if (known !== undefined && type === 'AWS::S3::Bucket') return `arn:aws:s3:::${known}`;
      if (known !== undefined && type === 'AWS::KMS::Key') return `arn:aws:kms:${region}:${account}:key/${known}`;
      return `‹${id}.${attribute}›`;
    },
  };
}
