import type { Client, Place } from './client';

const at = ({ bucket, prefix }: Place, key = '') => `s3://${bucket}/${prefix}${key}`;

/** @see https://docs.aws.amazon.com/cli/latest/reference/s3/ */
export const awsCli: Client = {
  name: 'AWS CLI',
  release: '1',
  version: 'aws --version',
  file: '.aws/config',
  configuration: ({ region, accessKeyId, secretAccessKey }) => `[default]
region = ${region}
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
`,
  remark: 'With a role instead of an access key, the hand-off has the profile to enter.',
  options: [],
  operations: [
    {
      to: 'list',
      type: (place) => `aws s3 ls ${at(place)}`,
      needs: { list: 's3:ListBucket' },
      note: 'the slash at the end is needed',
    },
    {
      to: 'put a file',
      type: (place) => `aws s3 cp file.txt ${at(place)}`,
      needs: { write: 's3:PutObject' },
      makes: { keys: ['file.txt'] },
    },
    {
      to: 'put a large file, in parts',
      type: (place) => `aws s3 cp large.bin ${at(place)}`,
      needs: { write: 's3:PutObject' },
      makes: { keys: ['large.bin'] },
    },
    {
      to: 'put a file with an ACL',
      type: (place) => `aws s3 cp file.txt ${at(place)} --acl bucket-owner-full-control`,
      needs: { write: 's3:PutObject', acl: 's3:PutObjectAcl' },
      makes: { keys: ['file.txt'] },
    },
    {
      to: 'get a file',
      type: (place) => `aws s3 cp ${at(place, 'report.txt')} .`,
      needs: { read: 's3:GetObject' },
      makes: { files: ['report.txt'] },
    },
    {
      to: 'sync a folder to the prefix',
      type: (place) => `aws s3 sync folder ${at(place, 'folder/')}`,
      needs: { list: 's3:ListBucket', write: 's3:PutObject' },
      makes: { keys: ['folder/three.txt', 'folder/four.txt'] },
      note: 'with `--delete` also `delete`',
    },
    {
      to: 'sync the prefix to a folder',
      type: (place) => `aws s3 sync ${at(place)} copy`,
      needs: { list: 's3:ListBucket', read: 's3:GetObject' },
      makes: { files: ['copy/report.txt', 'copy/folder/one.txt', 'copy/folder/two.txt'] },
    },
    {
      to: 'delete a file',
      type: (place) => `aws s3 rm ${at(place, 'report.txt')}`,
      needs: { delete: 's3:DeleteObject' },
      removes: ['report.txt'],
    },
    {
      to: 'delete a folder',
      type: (place) => `aws s3 rm --recursive ${at(place, 'folder/')}`,
      needs: { list: 's3:ListBucket', delete: 's3:DeleteObject' },
      removes: ['folder/one.txt', 'folder/two.txt'],
    },
    {
      to: 'browse from the root of the bucket',
      type: ({ bucket }) => `aws s3 ls s3://${bucket}`,
      needs: { 'root-list': 's3:ListBucket' },
    },
    { to: 'list the buckets', type: () => 'aws s3 ls', needs: { 'list-buckets': 's3:ListAllMyBuckets' } },
  ],
  standIn: (url) => ({
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_MAX_ATTEMPTS: '1',
      // The server is older than the checksums that the AWS CLI adds nowadays.
      AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
      AWS_RESPONSE_CHECKSUM_VALIDATION: 'when_required',
    },
  }),
  reaches: (place) => [
    `aws s3 ls ${at(place)}`,
    `aws s3 cp ${at(place, 'report.txt')} reached.txt`,
    `aws s3 cp file.txt ${at(place, 'report.txt')}`,
    `aws s3 rm ${at(place, 'report.txt')}`,
  ],
};
