import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { type Place, type ResourceType, unless } from '../resource-type';

interface BucketPolicyProperties {
  readonly Bucket: string;
  readonly PolicyDocument: unknown;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const bucketPolicy: ResourceType<BucketPolicyProperties> = {
  properties: { Bucket: 'replace', PolicyDocument: 'update' },

  async create(place, properties) {
    await put(place, properties);
    return { physicalId: properties.Bucket, attributes: {} };
  },

  async find({ gateway }, { Bucket }) {
    const policy = unless(['NoSuchBucketPolicy'], gateway.s3.send(new GetBucketPolicyCommand({ Bucket })));
    return (await policy) && { physicalId: Bucket, attributes: {} };
  },

  update: (place, _, properties) => put(place, properties),

  async remove({ gateway }, { physicalId }) {
    await unless(['NoSuchBucket'], gateway.s3.send(new DeleteBucketPolicyCommand({ Bucket: physicalId })));
  },
};

async function put(place: Place, { Bucket, PolicyDocument }: BucketPolicyProperties): Promise<void> {
  const Policy = await place.policy(PolicyDocument, 'bucket');
  await place.gateway.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}
