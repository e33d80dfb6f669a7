import { type InternalAccess, internalAccess } from '../definitions/model/internal-access';
import type { Bucket, Client } from '../definitions/model/model';
import { bucketArn } from '../rules/arns';
import {
  type InternalEntry,
  internalIdentityPolicy,
  internalKeyStatements,
  internalStatements,
} from '../rules/internal';
import { partitionOf } from '../rules/names';
import { urlSuffixOf } from '../rules/place';
import type { PolicyDocument, Statement } from '../rules/statement';

/** What an internal entry is in one bucket of a client, as `access --json` gives it. */
export interface InternalRow extends InternalAccess {
  /** It is of no vendor. */
  readonly integration: null;
  readonly internal: true;
  /** The policy that the principal itself needs; what is not known yet is written in capitals. */
  readonly policy: PolicyDocument;
  /** What a policy that is not ours to change needs, for principals of other accounts: that of an existing bucket, and of a key that is there. */
  readonly needed: { readonly bucketPolicy: readonly Statement[]; readonly keyPolicy: readonly Statement[] };
}

/** What our own company may do in a client's buckets, a row for each entry and bucket. */
export function internalRows(client: Client): InternalRow[] {
  return internalAccess(client).map(({ access, entry, bucket }) => ({
    ...{ integration: null, internal: true },
    ...access,
    ...policiesOf(client, entry, bucket),
  }));
}

function policiesOf(
  { account = 'ACCOUNT', region }: Client,
  entry: InternalEntry,
  bucket: Bucket,
): Pick<InternalRow, 'policy' | 'needed'> {
  const partition = partitionOf(region) ?? 'aws';
  const made = `arn:${partition}:kms:${region ?? 'REGION'}:${account}:key/KEY-ID`;
  const place = {
    ...{ bucketArn: bucketArn(partition, bucket.name), account, partition, bucketIsGuarded: !bucket.existing },
    keyArn: bucket.kmsKey === 'create' ? made : bucket.kmsKey,
  };
  const viaService = `s3.${region ?? 'REGION'}.${urlSuffixOf(partition)}`;
  const meant = { ...entry, grant: true };
  const hasOtherKey = bucket.kmsKey !== undefined && bucket.kmsKey !== 'create';
  return {
    policy: internalIdentityPolicy(entry, place, viaService),
    needed: {
      bucketPolicy: bucket.existing ? internalStatements(meant, place, 'Internal') : [],
      keyPolicy:
        hasOtherKey && (bucket.existing || entry.grant)
          ? internalKeyStatements(meant, place, viaService, 'Internal')
          : [],
    },
  };
}
