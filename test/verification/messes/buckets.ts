/** What somebody may do to buckets and keys: their policies and settings. */
import { canonicalId, ownersGrant, type Raw } from '../../support/deployed-account';
import { VENDOR } from '../account-of-all-kinds';
import { ACCOUNT, addStatement, BUCKET, bucket, opens, root, STRANGER } from './edits';
import type { Mess } from './mess';

export const OF_BUCKETS: readonly Mess[] = [
  // Policies of buckets and keys.
  ...[
    ['another account', root(STRANGER), {}],
    ['a role of another account', { AWS: `arn:aws:iam::${STRANGER}:role/reader` }, {}],
    ['everybody', '*', {}],
    ['everybody of a network', '*', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
    [
      'everybody whose key may be absent',
      '*',
      { Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
    ],
    [
      'everybody of another organization',
      '*',
      { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' } } },
    ],
    ['a canonical user', { CanonicalUser: canonicalId(STRANGER) }, {}],
    ['a deleted role', { AWS: 'AROA1234567890ABCDEF' }, {}],
    ['a service without a source', { Service: 'cloudtrail.amazonaws.com' }, {}],
    ['another role of the vendor', { AWS: `arn:aws:iam::${VENDOR}:role/other` }, {}],
    ["an integration's role", { AWS: `arn:aws:iam::${ACCOUNT}:role/integrations/kohler_adobe` }, {}],
  ].map(
    ([name, principal, more]): Mess => ({
      name: `a statement of the bucket for ${name}`,
      make: (account) => addStatement(bucket(account), opens(principal as object, more as object)),
      codes: ['unknown-statement'],
      names: BUCKET,
    }),
  ),
  {
    name: 'a statement with NotPrincipal',
    make: (account) => {
      const { Principal: _, ...rest } = opens('*');
      addStatement(bucket(account), { ...rest, NotPrincipal: root(ACCOUNT) });
    },
    codes: ['unknown-statement'],
    names: BUCKET,
  },
  {
    name: 'a statement with NotAction',
    make: (account) => {
      const { Action: _, ...rest } = opens(root(STRANGER));
      addStatement(bucket(account), { ...rest, NotAction: 's3:DeleteObject' });
    },
    codes: ['unknown-statement'],
    names: BUCKET,
  },
  {
    name: 'a wider statement of a direct trust',
    make: (account) => {
      bucket(account).Policy = bucket(account).Policy.replaceAll('/etl/*', '/*');
    },
    codes: ['unknown-statement', 'missing'],
    names: BUCKET,
  },
  {
    name: 'a direct trust that is gone',
    make: (account) => {
      const policy = JSON.parse(bucket(account).Policy);
      policy.Statement = policy.Statement.filter(({ Sid }: Raw) => !String(Sid).startsWith('etl'));
      bucket(account).Policy = JSON.stringify(policy);
    },
    codes: ['bucket-guard', 'missing'],
    names: 'kohler_etl',
  },
  {
    name: 'a bucket that takes plain HTTP',
    make: (account) => {
      const policy = JSON.parse(bucket(account).Policy);
      policy.Statement = policy.Statement.filter(({ Sid }: Raw) => Sid !== 'TlsOnly');
      bucket(account).Policy = JSON.stringify(policy);
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'a bucket without a policy',
    make: (account) => {
      bucket(account).Policy = null;
    },
    codes: ['bucket-guard', 'missing'],
    names: BUCKET,
  },
  {
    name: 'an existing bucket that is open to another account',
    make: (account) =>
      addStatement(bucket(account, 'acme-landing-zone'), {
        ...opens(root(STRANGER)),
        Resource: 'arn:aws:s3:::acme-landing-zone/*',
      }),
    codes: ['unknown-statement'],
    names: 'acme-landing-zone',
  },
  {
    name: 'an existing bucket that does not block public access',
    make: (account) => {
      bucket(account, 'acme-landing-zone').PublicAccessBlock = null;
    },
    codes: ['bucket-guard'],
    names: 'acme-landing-zone',
  },
  {
    name: 'a key for somebody else',
    make: (account) =>
      addStatement(account.keys[0], {
        Effect: 'Allow',
        Principal: root(STRANGER),
        Action: 'kms:Decrypt',
        Resource: '*',
      }),
    codes: ['unknown-statement'],
    names: STRANGER,
  },
  {
    name: 'a grant of the key',
    make: (account) =>
      account.keys[0].Grants.push({
        GrantId: '1a2b3c',
        GranteePrincipal: `arn:aws:iam::${STRANGER}:role/reader`,
        IssuingAccount: `arn:aws:iam::${ACCOUNT}:root`,
        Operations: ['Decrypt'],
      }),
    codes: ['unknown-statement'],
    names: STRANGER,
  },
  // Settings.
  {
    name: 'ACLs that are on, with a stranger',
    make: (account) => {
      bucket(account).OwnershipControls.Rules[0].ObjectOwnership = 'ObjectWriter';
      bucket(account).Acl.Grants.push({
        Grantee: { Type: 'CanonicalUser', ID: canonicalId(STRANGER) },
        Permission: 'READ',
      });
    },
    codes: ['bucket-guard', 'unknown-statement'],
    names: BUCKET,
  },
  {
    name: 'an ACL of an existing bucket for everybody with an account',
    make: (account) => {
      const found = bucket(account, 'acme-landing-zone');
      found.OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] };
      found.PublicAccessBlock.IgnorePublicAcls = false;
      const Grantee = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' };
      found.Acl.Grants = [...ownersGrant(ACCOUNT), { Grantee, Permission: 'READ' }];
    },
    codes: ['bucket-guard', 'unknown-statement'],
    names: 'acme-landing-zone',
  },
  {
    name: "a stranger in the ACL of an existing bucket, beside S3's log delivery",
    make: (account) => {
      const found = bucket(account, 'acme-landing-zone');
      found.OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] };
      const group = (name: string) => ({ Type: 'Group', URI: `http://acs.amazonaws.com/groups/${name}` });
      found.Acl.Grants = [
        ...ownersGrant(ACCOUNT),
        { Grantee: { Type: 'CanonicalUser', ID: canonicalId(STRANGER) }, Permission: 'READ' },
        { Grantee: group('s3/LogDelivery'), Permission: 'WRITE' },
        { Grantee: group('global/AllUsers'), Permission: 'READ' },
      ];
    },
    codes: ['unknown-statement'],
    names: 'acme-landing-zone',
    keeps: [
      `{"Grantee":{"Type":"CanonicalUser","ID":"${canonicalId(ACCOUNT)}"},"Permission":"FULL_CONTROL"},{"Grantee":{"Type":"Group","URI":"http://acs.amazonaws.com/groups/s3/LogDelivery"},"Permission":"WRITE"}]`,
    ],
  },
  {
    name: 'a website',
    make: (account) => {
      bucket(account).Website = { IndexDocument: { Suffix: 'index.html' } };
    },
    codes: ['bucket-guard'],
    names: 'is set up as a website',
  },
  {
    name: 'public access that is not blocked',
    make: (account) => {
      bucket(account).PublicAccessBlock.RestrictPublicBuckets = false;
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'other encryption',
    make: (account) => {
      bucket(account).Encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] };
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'keys of callers',
    make: (account) => {
      bucket(account).Encryption.Rules[0].BlockedEncryptionTypes = { EncryptionType: ['NONE'] };
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'no versions',
    make: (account) => {
      bucket(account).Versioning = { Status: 'Suspended' };
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'objects that expire',
    make: (account) => bucket(account).Lifecycle.Rules.push({ ID: 'x', Status: 'Enabled', Expiration: { Days: 1 } }),
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'no events',
    make: (account) => {
      bucket(account).Notifications = {};
    },
    codes: ['bucket-guard'],
    names: BUCKET,
  },
  {
    name: 'a bucket that is gone',
    make: (account) => {
      account.bucketNames = account.bucketNames.filter((name: string) => name !== 'acme-landing-zone');
      account.buckets = account.buckets.filter(({ Name }: Raw) => Name !== 'acme-landing-zone');
    },
    codes: ['missing'],
    names: 'acme-landing-zone',
    noUndo: true,
  },
];
