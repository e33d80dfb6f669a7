import { type InternalAccess, internalAccess } from '../definitions/model/internal-access';
import type { Bucket, Client } from '../definitions/model/model';
import { IN_CAPITALS, internalIntentOf, keyOf } from '../definitions/model/placement';
import { internalPolicies } from '../rules/intent';
import { type InternalEntry, internalIdentityPolicy } from '../rules/internal';
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
  return internalAccess(client).map(({ access, entry, bucket, number }) => ({
    ...{ integration: null, internal: true },
    ...access,
    ...policiesOf(client, entry, bucket, number),
  }));
}

function policiesOf(
  client: Client,
  entry: InternalEntry,
  bucket: Bucket,
  number: number,
): Pick<InternalRow, 'policy' | 'needed'> {
  const { place, sid } = internalIntentOf(client, entry, bucket, number, IN_CAPITALS);
  const key = keyOf(client, bucket, IN_CAPITALS);
  const { bucket: bucketPolicy, key: keyPolicy } = internalPolicies({
    ...{ place, sid, key },
    entry: { ...entry, grant: true },
  });
  const hasOtherKey = bucket.kmsKey !== 'create' && (bucket.existing || entry.grant);
  return {
    policy: internalIdentityPolicy(entry, place, key),
    needed: { bucketPolicy: bucket.existing ? bucketPolicy : [], keyPolicy: hasOtherKey ? keyPolicy : [] },
  };
}
