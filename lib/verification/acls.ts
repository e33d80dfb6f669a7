/** What takes back grants of a bucket's ACL: those that nobody is meant to have, and no others. */
import { canonicalText, plainJson } from '../access';
import type { Bucket } from '../account/bucket';
import { aclStatement, LOG_DELIVERY } from '../account/doors';
import { awsCommand, inTurn } from './aws-command';

type Grant = NonNullable<Bucket['Acl']>['Grants'][number];

/**
 * The ACL without the public, and without the grants that come to some statements. The command writes the whole ACL, so it repeats the grants that stay.
 * @param isWrong by the statement's text
 * @returns null where the owner is not known, whom S3 wants to read in an ACL
 */
export function withoutGrants(bucket: Bucket, isWrong: (text: string) => boolean): string | null {
  const { Name, Region, Acl } = bucket;
  const owner = Acl?.Owner?.ID;
  const left = (Acl?.Grants ?? []).filter((grant) => {
    const { URI } = grant.Grantee;
    // Grants to the public may have no effect; S3 that blocks them takes no ACL with one.
    if (URI !== undefined) return URI === LOG_DELIVERY;
    const statement = aclStatement(bucket, grant);
    return !statement || !isWrong(canonicalText(plainJson(statement)));
  });
  const common = { bucket: Name, region: Region };
  const isOwners = ({ Grantee, Permission }: Grant) => Grantee.ID === owner && Permission === 'FULL_CONTROL';
  if (left.every(isOwners)) return awsCommand('s3api', 'put-bucket-acl', { ...common, acl: 'private' });
  if (owner === undefined) return null;
  const policy = JSON.stringify({ Grants: left.map(written), Owner: { ID: owner } });
  return awsCommand('s3api', 'put-bucket-acl', { ...common, 'access-control-policy': policy });
}

/** S3 takes a grantee only with its type. */
function written({ Grantee: { ID, URI, Type }, Permission }: Grant): object {
  return { Grantee: { Type: Type ?? (URI === undefined ? 'CanonicalUser' : 'Group'), ID, URI }, Permission };
}

/** The permissions that others than the owner have by a bucket's ACL. */
export function othersIn({ Acl }: Bucket): readonly string[] {
  const others = (Acl?.Grants ?? []).filter(({ Grantee }) => Grantee.ID === undefined || Grantee.ID !== Acl?.Owner?.ID);
  return others.map(({ Grantee: { ID, URI }, Permission }) => `${Permission} of ${URI?.split('/').at(-1) ?? ID}`);
}

/** Takes a bucket's ACL back, and switches ACLs off: in this order, since S3 does that only where there is none but the owner's. */
export function withoutAcls(found: Bucket): string | null {
  const { Name: bucket, Region: region, OwnershipControls } = found;
  const isOff = OwnershipControls?.Rules.some(({ ObjectOwnership }) => ObjectOwnership === 'BucketOwnerEnforced');
  const off = { 'ownership-controls': 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]' };
  return inTurn([
    ...(othersIn(found).length > 0 && !isOff
      ? [awsCommand('s3api', 'put-bucket-acl', { bucket, region, acl: 'private' })]
      : []),
    awsCommand('s3api', 'put-bucket-ownership-controls', { bucket, region, ...off }),
  ]);
}
