/** What somebody may do to access points, file transfers and other doors, to Roles Anywhere and identity providers. */
import type { Raw } from '../../support/deployed-account';
import { OWN } from '../account-of-all-kinds';
import {
  ACCOUNT,
  addRole,
  addTransferUser,
  allow,
  anchor,
  BUCKET,
  bucket,
  document,
  opens,
  profile,
  root,
  STRANGER,
  trust,
} from './edits';
import type { Mess } from './mess';

export const OF_DOORS: readonly Mess[] = [
  // Doors.
  {
    name: 'another access point',
    make: (account) =>
      bucket(account).AccessPoints.push({
        Name: 'side-door',
        Arn: `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/side-door`,
        Policy: JSON.stringify(document(opens(root(STRANGER)))),
      }),
    codes: ['unknown-door'],
    names: 'side-door',
  },
  {
    name: 'an access point to which the bucket delegates',
    make: (account) => {
      const Arn = `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/kohler--more`;
      const statement = { ...opens(root(STRANGER)), Resource: `${Arn}/object/*` };
      bucket(account).AccessPoints.push({ Name: 'kohler--more', Arn, Policy: JSON.stringify(document(statement)) });
    },
    codes: ['unknown-door', 'unknown-statement'],
    names: 'kohler--more',
  },
  {
    name: "a wider policy of an integration's access point",
    make: (account) => {
      const [point] = bucket(account).AccessPoints;
      point.Policy = point.Policy.replaceAll('/object/warehouse/*', '/object/*');
    },
    codes: ['changed-access'],
    names: 'kohler_warehouse',
  },
  {
    name: 'an access point that is gone',
    make: (account) => {
      bucket(account).AccessPoints = [];
    },
    codes: ['missing'],
    names: 'kohler_warehouse',
    noUndo: true,
  },
  {
    name: 'an access grant',
    make: (account) =>
      account.accessGrants.push({
        AccessGrantId: 'a1b2c3',
        AccessGrantArn: `arn:aws:s3:eu-west-1:${ACCOUNT}:access-grants/default/grant/a1b2c3`,
        Grantee: { GranteeType: 'IAM', GranteeIdentifier: `arn:aws:iam::${STRANGER}:role/reader` },
        Permission: 'READ',
        GrantScope: `s3://${BUCKET}/adobe/*`,
      }),
    codes: ['unknown-statement'],
    names: STRANGER,
  },
  {
    name: 'a file transfer user whose role reaches the bucket',
    make: (account) => {
      const Role = addRole(
        account,
        'transfer',
        trust({ Service: 'transfer.amazonaws.com' }),
        document(allow('s3:*')),
      ).Arn;
      addTransferUser(account, {
        Role,
        HomeDirectory: '/somewhere',
      });
    },
    codes: ['unknown-door'],
    names: 'transfer',
  },
  {
    name: 'a file transfer user with a folder of the bucket',
    make: (account) =>
      addTransferUser(account, {
        Role: addRole(account, 'transfer', trust({ Service: 'transfer.amazonaws.com' })).Arn,
        HomeDirectoryType: 'LOGICAL',
        HomeDirectoryMappings: [{ Entry: '/', Target: `/${BUCKET}/adobe` }],
      }),
    codes: ['unknown-door'],
    names: BUCKET,
  },
  {
    name: 'a copy of all objects elsewhere',
    make: (account) => {
      bucket(account).Replication = {
        Role: `arn:aws:iam::${ACCOUNT}:role/replication`,
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::strangers-bucket', Account: STRANGER } }],
      };
    },
    codes: ['unknown-door'],
    names: 'strangers-bucket',
  },
  {
    name: 'a copy elsewhere, beside one of our own',
    make: (account) => {
      const to = (name: string, Account: string) => ({ Bucket: `arn:aws:s3:::${name}`, Account });
      bucket(account).Replication = {
        Role: `arn:aws:iam::${ACCOUNT}:role/replication`,
        Rules: [
          { ID: 'ours', Status: 'Enabled', Destination: to('our-backup', OWN) },
          { ID: 'theirs', Status: 'Enabled', Destination: to('strangers-bucket', STRANGER) },
        ],
      };
    },
    codes: ['unknown-door'],
    names: 'strangers-bucket',
    keeps: ['our-backup'],
  },
  {
    name: 'a list of all objects elsewhere',
    make: (account) =>
      bucket(account).Inventories.push({
        Id: 'all',
        Destination: { S3BucketDestination: { AccountId: STRANGER, Bucket: 'arn:aws:s3:::strangers-bucket' } },
      }),
    codes: ['unknown-door'],
    names: 'strangers-bucket',
  },
  {
    name: "a topic of somebody else's that hears of every object",
    make: (account) => {
      bucket(account).Notifications.TopicConfigurations = [
        { TopicArn: `arn:aws:sns:eu-west-1:${STRANGER}:t`, Events: ['s3:ObjectCreated:*'] },
      ];
    },
    codes: ['unknown-door'],
    names: STRANGER,
    noUndo: true,
  },
  // Roles Anywhere and identity providers.
  {
    name: 'another profile for a role',
    make: (account) =>
      account.rolesAnywhereProfiles.push({
        profileArn: `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:profile/99999999-2222-4333-8444-555555555555`,
        name: 'kohler_edge',
        enabled: true,
        roleArns: [`arn:aws:iam::${ACCOUNT}:role/integrations/kohler_edge`],
        durationSeconds: 3600,
      }),
    codes: ['unknown-profile'],
    names: '99999999-2222',
  },
  {
    name: 'a profile for a role of another kind',
    make: (account) =>
      account.rolesAnywhereProfiles.push({
        profileArn: `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:profile/99999999-2222-4333-8444-555555555555`,
        name: 'x',
        roleArns: [`arn:aws:iam::${ACCOUNT}:role/integrations/kohler_adobe`],
      }),
    codes: ['unknown-profile'],
    names: 'kohler_adobe',
  },
  {
    name: 'a profile with longer sessions',
    make: (account) => {
      profile(account, 'kohler_edge').durationSeconds = 43200;
    },
    codes: ['unknown-profile'],
    names: 'kohler_edge',
  },
  {
    name: "a profile that takes the caller's session name",
    make: (account) => {
      profile(account, 'kohler_edge').acceptRoleSessionName = true;
    },
    codes: ['unknown-profile'],
    names: 'profile/',
  },
  {
    name: 'a profile that is on while its integration is pending',
    make: (account) => {
      profile(account, 'kohler_later').enabled = true;
    },
    codes: ['unknown-profile'],
    names: 'kohler_later',
  },
  {
    name: 'a profile that takes less of a subject',
    make: (account) => {
      profile(account, 'kohler_edge').attributeMappings[0].mappingRules = [{ specifier: 'CN' }];
    },
    codes: ['changed-authority'],
    names: 'CN',
  },
  {
    name: 'a profile that is gone',
    make: (account) => {
      account.rolesAnywhereProfiles = [];
    },
    codes: ['missing'],
    names: 'kohler_edge',
    noUndo: true,
  },
  {
    name: 'another certificate authority',
    make: (account) => {
      anchor(account, 'kohler_edge').source = { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: 'arn:x' } };
    },
    codes: ['changed-authority'],
    names: 'kohler_edge',
  },
  {
    name: 'a trust anchor that is on while its integration is pending',
    make: (account) => {
      anchor(account, 'kohler_later').enabled = true;
    },
    codes: ['changed-authority'],
    names: 'kohler_later',
  },
  {
    name: 'a trust anchor that is gone',
    make: (account) => {
      account.trustAnchors = account.trustAnchors.filter(({ name }: Raw) => name !== 'kohler_edge');
    },
    codes: ['missing'],
    names: 'kohler_edge',
    noUndo: true,
  },
  {
    name: 'an identity provider without the audience',
    make: (account) => {
      account.oidcProviders[0].ClientIDList = ['other'];
    },
    codes: ['missing'],
    names: 'feeds',
  },
  {
    name: 'an identity provider that is gone',
    make: (account) => {
      account.oidcProviders = [];
    },
    codes: ['missing'],
    names: 'login.vendor.example',
    noUndo: true,
  },
];
