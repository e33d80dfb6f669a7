import { awsCli } from './aws-cli';
import type { Client, Place } from './client';

const quoted = ({ bucket, prefix }: Place, key = '') => `'${bucket}', '${prefix}${key}'`;

/** @see https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/s3.html */
export const boto3: Client = {
  name: 'boto3',
  release: '1',
  version: 'python3 -c "import boto3; print(boto3.__version__)"',
  file: awsCli.file,
  configuration: awsCli.configuration,
  options: [],
  operations: [
    {
      to: 'list',
      type: ({ bucket, prefix }) => `s3.list_objects_v2(Bucket='${bucket}', Prefix='${prefix}')`,
      needs: { list: 's3:ListBucket' },
      note: '`Prefix` is needed',
    },
    {
      to: 'put a file',
      type: (place) => `s3.upload_file('file.txt', ${quoted(place, 'file.txt')})`,
      needs: { write: 's3:PutObject' },
      makes: { keys: ['file.txt'] },
    },
    {
      to: 'put a large file, in parts',
      type: (place) => `s3.upload_file('large.bin', ${quoted(place, 'large.bin')})`,
      needs: { write: 's3:PutObject' },
      makes: { keys: ['large.bin'] },
    },
    {
      to: 'get a file',
      type: (place) => `s3.download_file(${quoted(place, 'report.txt')}, 'report.txt')`,
      needs: { read: 's3:GetObject' },
      makes: { files: ['report.txt'] },
    },
    {
      to: 'delete a file',
      type: ({ bucket, prefix }) => `s3.delete_object(Bucket='${bucket}', Key='${prefix}report.txt')`,
      needs: { delete: 's3:DeleteObject' },
      removes: ['report.txt'],
    },
    {
      to: 'delete a folder',
      type: ({ bucket, prefix }) =>
        `boto3.resource('s3').Bucket('${bucket}').objects.filter(Prefix='${prefix}folder/').delete()`,
      needs: { list: 's3:ListBucket', delete: 's3:DeleteObject' },
      removes: ['folder/one.txt', 'folder/two.txt'],
      note: 'it raises nothing: what was refused is in `Errors` of its answer',
    },
    {
      to: 'ask whether the bucket is there',
      type: ({ bucket }) => `s3.head_bucket(Bucket='${bucket}')`,
      needs: { 'root-list': 's3:ListBucket' },
    },
  ],
  command: (typed) => `python3 -c "import boto3
s3 = boto3.client('s3')
${typed}"`,
  standIn: awsCli.standIn,
  reaches: ({ bucket, prefix }) => [
    `s3.list_objects_v2(Bucket='${bucket}', Prefix='${prefix}')`,
    `s3.download_file('${bucket}', '${prefix}report.txt', 'reached.txt')`,
    `s3.upload_file('file.txt', '${bucket}', '${prefix}report.txt')`,
    `s3.delete_object(Bucket='${bucket}', Key='${prefix}report.txt')`,
  ],
};
