import { policyDocument, policyOf } from './document';
import { arn } from './iam';
import { bag, count, flag, instant, list, members, type Read, type Shape, text, texts } from './shape';

/** What other services than IAM and S3 say of an account. */

const alias: Shape<{ readonly AliasName: string; readonly AliasArn?: string; readonly TargetKeyId?: string }> = {
  schema: { anyOf: [{ type: 'object', required: ['AliasName'] }, { type: 'string' }] },
  read: (value, place) => aliasEntry.read(typeof value === 'string' ? { AliasName: value } : value, place),
};
const aliasEntry = members({ AliasName: text }, { AliasArn: arn, TargetKeyId: text });

const grant = members(
  { GrantId: text },
  {
    Name: text,
    GranteePrincipal: text,
    RetiringPrincipal: text,
    IssuingAccount: text,
    Operations: texts(),
    Constraints: bag,
    CreationDate: instant,
  },
);

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export const key = members(
  { Arn: arn },
  {
    Aliases: list(alias, { unwrap: ['Aliases'], by: ({ AliasName }) => AliasName }),
    Policy: policyOf('Policy'),
    Grants: list(grant, { unwrap: ['Grants'], by: ({ GrantId }) => GrantId }),
  },
);

/** Never a value. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
export const secret = members({ Name: text, Arn: arn }, { Policy: policyOf('ResourcePolicy') });

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_TrustAnchorDetail.html */
export const trustAnchor = members(
  { trustAnchorArn: arn },
  { name: text, enabled: flag, source: members({}, { sourceType: text, sourceData: bag }), createdAt: instant },
);

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ProfileDetail.html */
export const rolesAnywhereProfile = members(
  { profileArn: arn },
  {
    name: text,
    enabled: flag,
    roleArns: texts(),
    managedPolicyArns: texts(),
    sessionPolicy: policyDocument,
    durationSeconds: count,
    requireInstanceProperties: flag,
    acceptRoleSessionName: flag,
    attributeMappings: list(bag),
    createdAt: instant,
  },
);

const homeOf = {
  Role: arn,
  Policy: policyDocument,
  HomeDirectory: text,
  HomeDirectoryType: text,
  HomeDirectoryMappings: list(members({}, { Entry: text, Target: text })),
};

/** The server stands beside the wrapper in which the API gives the rest. */
function ofServer<T>(of: Shape<T>, wrapper: string): Shape<T> {
  return {
    ...of,
    read: (value, place) => {
      const given = bag.read(value, place);
      if (!Object.hasOwn(given, wrapper)) return of.read(given, place);
      return of.read({ ServerId: given.ServerId, ...bag.read(given[wrapper], { in: place, at: wrapper }) }, place);
    },
  };
}

/** @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribedUser.html */
export const transferUser = ofServer(members({ ServerId: text, Arn: arn }, { UserName: text, ...homeOf }), 'User');

/** @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribedAccess.html */
export const transferAccess = ofServer(members({ ServerId: text, ExternalId: text }, homeOf), 'Access');

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export const stack = members(
  { StackName: text, StackId: arn },
  {
    StackStatus: text,
    Description: text,
    Outputs: list(members({ OutputKey: text }, { OutputValue: text, ExportName: text }), {
      by: ({ OutputKey }) => OutputKey,
    }),
    Resources: list(members({ LogicalResourceId: text, ResourceType: text }, { PhysicalResourceId: text }), {
      unwrap: ['StackResourceSummaries', 'StackResources'],
      by: ({ LogicalResourceId }) => LogicalResourceId,
    }),
  },
);

export type Key = Read<typeof key>;
export type Secret = Read<typeof secret>;
export type TrustAnchor = Read<typeof trustAnchor>;
export type RolesAnywhereProfile = Read<typeof rolesAnywhereProfile>;
export type TransferUser = Read<typeof transferUser>;
export type TransferAccess = Read<typeof transferAccess>;
export type Stack = Read<typeof stack>;
