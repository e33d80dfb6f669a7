/** Whatever a definition does not reproduce exactly makes it pending, with the reason in its file. */
import { definitionText } from '../../lib/discovery/definition';
import { addBucket, addKey, emptyAccount, type Raw } from '../support/deployed-account';
import { addKeyOf, addRole, addUser, allow, document, trust } from '../verification/messes/edits';
import { discovered } from './cases';

const ARN = 'arn:aws:s3:::kohler-data';
const VENDOR = 'arn:aws:iam::999900001111:role/x';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/11111111-1111-1111-1111-111111111111';
const READS = allow('s3:GetObject', `${ARN}/adobe/*`);
const deny = (more: object) => ({ Effect: 'Deny', Action: 's3:*', Resource: '*', ...more });
const fromIp = { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } };
const notVpce = { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } };

/** A role of a vendor, with statements of its own. */
function role(statements: readonly object[], trusted: Raw = trust({ AWS: VENDOR }), more: object = {}): Raw {
  const account = emptyAccount();
  addBucket(account, 'kohler-data');
  addRole(account, 'adobe', trusted, document(...statements));
  Object.assign(account.iam.RoleDetailList.at(-1), more);
  return account;
}

const held = (...statements: object[]) => role([READS, ...statements]);
const under = (condition: object) => role([{ ...READS, Condition: condition }]);
const asked = (condition: object) => role([READS], trust({ AWS: '999900001111' }, condition));

/** A statement of the bucket's policy. */
function bucketPolicy(statement: object, ...others: object[]): Raw {
  const account = emptyAccount();
  addBucket(account, 'kohler-data').Policy = JSON.stringify(
    document({ ...READS, Principal: { AWS: '999900001111' }, ...statement }, ...others),
  );
  return account;
}

function anywhere(profile: object, anchor: object = {}): Raw {
  const condition = {
    ArnEquals: { 'aws:SourceArn': ANCHOR },
    StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'edge' },
  };
  const account = role([READS], trust({ Service: 'rolesanywhere.amazonaws.com' }, condition));
  const roleArns = [account.iam.RoleDetailList.at(-1).Arn];
  account.trustAnchors.push({ trustAnchorArn: ANCHOR, enabled: true, ...anchor });
  account.rolesAnywhereProfiles.push({
    profileArn: ANCHOR.replace('trust-anchor', 'profile'),
    enabled: true,
    roleArns,
    durationSeconds: 3600,
    ...profile,
  });
  return account;
}

function encrypted(...statements: object[]): Raw {
  const account = held(...statements);
  addKey(account, KEY);
  account.buckets[0].Encryption = {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } }],
  };
  return account;
}

function accessPoint(origin: string): Raw {
  const arn = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/point';
  const account = emptyAccount();
  const bucket = addBucket(account, 'kohler-data');
  const Condition = { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } };
  bucket.Policy = document({ ...allow('*', [ARN, `${ARN}/*`]), Principal: { AWS: '*' }, Condition });
  const Policy = document({ ...allow('s3:GetObject', `${arn}/object/adobe/*`), Principal: { AWS: VENDOR } });
  bucket.AccessPoints.push({ Name: 'point', Arn: arn, NetworkOrigin: origin, Policy });
  return account;
}

function trustWithDenial(): Raw {
  const trusted = trust({ AWS: '999900001111' });
  const denied = { Effect: 'Deny', Principal: { AWS: VENDOR }, Action: 'sts:AssumeRole' };
  return role([READS], document(...trusted.Statement, denied));
}

const OPEN = { StringEquals: { 'sts:ExternalId': 'e' } };

const INEXACT: Readonly<Record<string, readonly [Raw, RegExp]>> = {
  'two denials that must both be met': [
    held(deny({ Condition: fromIp }), deny({ Condition: notVpce })),
    /NotIpAddress/,
  ],
  'a denial of all but some actions': [
    held({ Effect: 'Deny', NotAction: 's3:PutObject', Resource: '*' }),
    /all but s3:PutObject/,
  ],
  'a denial by a pattern of services': [held(deny({ Action: 's*:Get*' })), /denies s\*:Get\*/],
  'a denial that only mentions encryption in transit': [
    held(deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
    /SecureTransport true/,
  ],
  'a denial of a folder': [held(deny({ Resource: `${ARN}/adobe/sub/*`, Condition: fromIp })), /adobe\/sub/],
  'a denial of all but a resource': [
    held({ Effect: 'Deny', Action: 's3:*', NotResource: `${ARN}/adobe/a/*` }),
    /on all but/,
  ],
  'a denial in the trust': [trustWithDenial(), /its trust also denies/],
  'a trust for all but a pattern': [
    asked({ ...OPEN, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/bad' } }),
    /ArnNotLike aws:PrincipalArn/,
  ],
  'a trust for an organization': [
    asked({ StringEquals: { 'sts:ExternalId': 'e', 'aws:PrincipalOrgID': 'o-abcdefghij' } }),
    /aws:PrincipalOrgID/,
  ],
  'a trust for one session': [
    role([READS], trust({ AWS: 'arn:aws:sts::999900001111:assumed-role/x/y' })),
    /one session is named/,
  ],
  'a bucket policy for whom it is not': [
    bucketPolicy({ Condition: { StringNotEquals: { 'aws:PrincipalArn': VENDOR } } }),
    /StringNotEquals aws:PrincipalArn/,
  ],
  'a bucket policy for a source': [
    bucketPolicy({ Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:1:x' } } }),
    /aws:SourceArn/,
  ],
  'a policy for access points alone': [
    under({ StringEquals: { 's3:DataAccessPointAccount': '111122223333' } }),
    /s3:DataAccessPointAccount/,
  ],
  'a denial of a bucket policy that is replaced': [
    bucketPolicy({}, { ...deny({ Action: 's3:GetObject', Resource: `${ARN}/*`, Condition: fromIp }), Principal: '*' }),
    /denies s3:GetObject/,
  ],
  'all but a resource': [
    role([{ Effect: 'Allow', Action: 's3:GetObject', NotResource: `${ARN}/private/*` }]),
    /NotResource/,
  ],
  'a tag of the object': [under({ StringEquals: { 's3:ExistingObjectTag/share': 'yes' } }), /ExistingObjectTag/],
  'a listing of one page': [
    role([
      READS,
      {
        ...allow('s3:ListBucket', ARN),
        Condition: { StringLike: { 's3:prefix': 'adobe/*' }, NumericLessThanEquals: { 's3:max-keys': '1' } },
      },
    ]),
    /s3:max-keys/,
  ],
  'a key that it may not use': [encrypted(), /may not use kms:Decrypt/],
  'a boundary that settings do not name': [
    (() => {
      const arn = 'arn:aws:iam::111122223333:policy/b';
      const account = role([READS], trust({ AWS: VENDOR }), { PermissionsBoundary: { PermissionsBoundaryArn: arn } });
      addRole(account, 'other', trust({ AWS: VENDOR }), document(allow('s3:GetObject', `${ARN}/other/*`)));
      return account;
    })(),
    /permissions boundary/,
  ],
  'a session policy': [anywhere({ sessionPolicy: JSON.stringify(document(READS)) }), /session policy/],
  'a disabled profile': [anywhere({ enabled: false }), /profile is disabled/],
  'a disabled anchor': [anywhere({}, { enabled: false }), /anchor is disabled/],
  'an access point of a VPC': [accessPoint('VPC'), /one VPC only/],
  'an end of one of two statements': [
    role([
      READS,
      {
        ...allow('s3:PutObject', `${ARN}/adobe/*`),
        Condition: { DateLessThan: { 'aws:CurrentTime': '2027-05-01T00:00:00Z' } },
      },
    ]),
    /only part of its access ends on 2027-05-01/,
  ],
};

const EXACT: Readonly<Record<string, Raw>> = {
  'nothing but its place': held(),
  'one denial from elsewhere': held(deny({ Condition: fromIp })),
  'a denial of plain HTTP': held(deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
  'a denial in another bucket': held(deny({ Resource: 'arn:aws:s3:::other/*', Condition: fromIp })),
  'a denial of what the definition does not give': held(deny({ Action: 's3:DeleteBucket' })),
  'a key that it may use': encrypted(allow('kms:Decrypt', KEY)),
  'a profile as it is usual': anywhere({}),
  'an access point of the Internet': accessPoint('Internet'),
  'an external ID': asked(OPEN),
  'a bucket policy': bucketPolicy({}),
};

const ofAdobe = (account: Raw) => {
  const [found] = discovered(account).definitions;
  if (!found) throw new Error('nobody was found');
  return found;
};

test.each(Object.entries(INEXACT))('%s makes a definition pending, with the reason', (_, [account, why]) => {
  const found = ofAdobe(account);
  expect([found.found.status, found.draft.status]).toEqual(['pending', 'pending']);
  expect([...found.found.more, ...found.found.lost].join('\n')).toMatch(why);
  const comment = found.found.more.length > 0 ? /^# Gives more than today: /m : /^# Taken away: /m;
  expect(definitionText(found, '', undefined)).toMatch(comment);
});

test.each(Object.entries(EXACT))('%s leaves it active', (_, account) => {
  const { found, draft } = ofAdobe(account);
  expect([found.status, found.more, draft.status]).toEqual(['active', [], undefined]);
});

test('a denial elsewhere limits nothing here', () => {
  const { draft } = ofAdobe(held(deny({ Resource: 'arn:aws:s3:::other/*', Condition: fromIp })));
  expect(draft.sourceIps).toBeUndefined();
});

test('an inactive key is no key', () => {
  const account = emptyAccount();
  addBucket(account, 'kohler-data');
  addUser(account, 'adobe', document(READS));
  addKeyOf(account, 'adobe');
  const [first] = account.accessKeys;
  account.accessKeys.push({ ...first, AccessKeyId: 'AKIAIOSFODNN7EXAMPL2' });
  expect(ofAdobe(account).draft.keys).toEqual(['a', 'b']);
  account.accessKeys.at(-1).Status = 'Inactive';
  expect(ofAdobe(account).draft.keys).toBeUndefined();
});
