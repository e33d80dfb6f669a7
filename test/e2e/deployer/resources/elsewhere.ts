import { randomUUID } from 'node:crypto';
import type { Made, Place, Properties, ResourceType } from '../resource-type';

/** Resources that no server here has: they get an ARN as AWS would make one up, and nothing else. */

const ANYWHERE = 'IAM Roles Anywhere has no stand-in';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rolesanywhere-trustanchor.html */
export const trustAnchor: ResourceType = elsewhere(
  { Name: 'update', Enabled: 'update', Source: 'update', Tags: 'update' },
  ANYWHERE,
  (place) => rolesAnywhere(place, 'trust-anchor', 'TrustAnchorArn'),
);

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rolesanywhere-profile.html */
export const profile: ResourceType = elsewhere(
  {
    Name: 'update',
    Enabled: 'update',
    RoleArns: 'update',
    DurationSeconds: 'update',
    AcceptRoleSessionName: 'update',
    Tags: 'update',
  },
  ANYWHERE,
  (place) => rolesAnywhere(place, 'profile', 'ProfileArn'),
);

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html */
export const identityProvider: ResourceType = elsewhere(
  { Url: 'replace', ClientIdList: 'update', Tags: 'update' },
  'no issuer of tokens runs here',
  ({ account }, { Url }) => {
    const arn = `arn:aws:iam::${account.id}:oidc-provider/${String(Url).replace('https://', '')}`;
    return { physicalId: arn, attributes: { Arn: arn } };
  },
);

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-accesspoint.html */
export const accessPoint: ResourceType = elsewhere(
  {
    Name: 'replace',
    Bucket: 'replace',
    Policy: 'update',
    PublicAccessBlockConfiguration: 'replace',
    Tags: 'update',
  },
  'neither the gateway nor moto has access points; the simulator judges them',
  ({ account, region }, { Name }) => {
    const arn = `arn:aws:s3:${region}:${account.id}:accesspoint/${String(Name)}`;
    return { physicalId: String(Name), attributes: { Arn: arn, Alias: `${String(Name).slice(0, 20)}-s3alias` } };
  },
);

/** Stands in a stack that has nothing else; there is nothing to enforce. */
export const handle: ResourceType = {
  properties: {},
  create: async ({ account }) => ({ physicalId: `https://handle/${account.id}/${randomUUID()}`, attributes: {} }),
  update: async () => undefined,
  remove: async () => undefined,
};

function elsewhere(
  properties: ResourceType['properties'],
  unjudged: string,
  make: (place: Place, properties: Properties) => Made,
): ResourceType {
  return {
    properties,
    unjudged,
    create: async (place, given) => make(place, given),
    update: async () => undefined,
    remove: async () => undefined,
  };
}

function rolesAnywhere({ account, region }: Place, type: string, attribute: string): Made {
  const id = randomUUID();
  const arn = `arn:aws:rolesanywhere:${region}:${account.id}:${type}/${id}`;
  return { physicalId: id, attributes: { [attribute]: arn } };
}
