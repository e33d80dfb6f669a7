/** A role or user has one definition, in one bucket. */
import type { Candidate } from './candidate';
import type { Unsaid } from './trust-read';

/** Of those who reach several buckets, the bucket that they are for; the others are told. */
export function onePerPrincipal(candidates: readonly Candidate[]): {
  readonly candidates: readonly Candidate[];
  readonly unsaid: readonly Unsaid[];
} {
  const byArn = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const arn = candidate.actsAs?.arn;
    if (arn === undefined) continue;
    byArn.set(arn, [...(byArn.get(arn) ?? []), candidate]);
  }
  const dropped = new Map<Candidate, Candidate>();
  for (const all of byArn.values()) {
    const best = all.reduce((one, other) => (weight(other) > weight(one) ? other : one));
    for (const other of all) if (other !== best) dropped.set(other, best);
  }
  return {
    candidates: candidates.filter((each) => !dropped.has(each)),
    unsaid: [...dropped].flatMap(([{ rights, actsAs, bucket }, best]) => {
      const [grant] = rights.grants;
      const why = `${actsAs?.name} reaches the bucket ${bucket} too; an integration has one bucket, and its definition is in ${best.bucket}: make another role for this one`;
      return grant ? [{ said: grant.said, why }] : [];
    }),
  };
}

function weight({ setup, rights }: Candidate): number {
  const named = rights.grants.filter(({ byName, action }) => byName && CORE.has(action)).length;
  return (setup ? 1_000_000 : 0) + named;
}

const CORE = new Set(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket']);
