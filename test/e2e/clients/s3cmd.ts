import type { Client, Place } from './client';

const at = ({ bucket, prefix }: Place, key = '') => `s3://${bucket}/${prefix}${key}`;

/** @see https://s3tools.org/usage */
export const s3cmd: Client = {
  name: 's3cmd',
  release: '2.3',
  version: 's3cmd --version',
  file: '.s3cfg',
  configuration: ({ accessKeyId, secretAccessKey }) => `[default]
access_key = ${accessKeyId}
secret_key = ${secretAccessKey}
`,
  remark: 'It asks in which region the bucket is, which every integration may.',
  options: [],
  operations: [
    {
      to: 'list',
      type: (place) => `s3cmd ls ${at(place)}`,
      needs: { list: 's3:ListBucket' },
      note: 'the slash at the end is needed',
    },
    {
      to: 'put a file',
      type: (place) => `s3cmd put file.txt ${at(place)}`,
      needs: { write: 's3:PutObject' },
      makes: { keys: ['file.txt'] },
    },
    {
      to: 'put a large file, in parts',
      type: (place) => `s3cmd put large.bin ${at(place)}`,
      needs: { write: 's3:PutObject' },
      makes: { keys: ['large.bin'] },
    },
    {
      to: 'put a file with an ACL',
      type: (place) => `s3cmd put file.txt ${at(place)} --add-header=x-amz-acl:bucket-owner-full-control`,
      needs: { write: 's3:PutObject', acl: 's3:PutObjectAcl' },
      makes: { keys: ['file.txt'] },
    },
    {
      to: 'get a file',
      type: (place) => `s3cmd get ${at(place, 'report.txt')} report.txt`,
      needs: { read: 's3:GetObject' },
      makes: { files: ['report.txt'] },
    },
    {
      to: 'sync a folder to the prefix',
      type: (place) => `s3cmd sync folder/ ${at(place, 'folder/')}`,
      needs: { list: 's3:ListBucket', write: 's3:PutObject' },
      makes: { keys: ['folder/three.txt', 'folder/four.txt'] },
      note: 'with `--delete-removed` also `delete`',
    },
    {
      to: 'sync the prefix to a folder',
      type: (place) => `s3cmd sync ${at(place)} copy/`,
      needs: { list: 's3:ListBucket', read: 's3:GetObject' },
      makes: { files: ['copy/report.txt', 'copy/folder/one.txt', 'copy/folder/two.txt'] },
    },
    {
      to: 'delete a file',
      type: (place) => `s3cmd del ${at(place, 'report.txt')}`,
      needs: { delete: 's3:DeleteObject' },
      removes: ['report.txt'],
    },
    {
      to: 'delete a folder',
      type: (place) => `s3cmd del --recursive ${at(place, 'folder/')}`,
      needs: { list: 's3:ListBucket', delete: 's3:DeleteObject' },
      removes: ['folder/one.txt', 'folder/two.txt'],
    },
    {
      to: 'copy a file within the prefix',
      type: (place) => `s3cmd cp ${at(place, 'report.txt')} ${at(place, 'copied.txt')}`,
      needs: {},
      never: 's3:GetObjectAcl',
      note: 'it reads the ACL of what it copies; get the file and put it instead',
    },
    {
      to: 'browse from the root of the bucket',
      type: ({ bucket }) => `s3cmd ls s3://${bucket}`,
      needs: { 'root-list': 's3:ListBucket' },
    },
    { to: 'list the buckets', type: () => 's3cmd ls', needs: { 'list-buckets': 's3:ListAllMyBuckets' } },
  ],
  standIn: (url) => {
    const host = url.replace('http://', '');
    return { lines: [`host_base = ${host}`, `host_bucket = ${host}`, 'use_https = False', 'max_retries = 1'] };
  },
  reaches: (place) => [
    `s3cmd ls ${at(place)}`,
    `s3cmd get ${at(place, 'report.txt')} reached.txt`,
    `s3cmd put file.txt ${at(place, 'report.txt')}`,
    `s3cmd del ${at(place, 'report.txt')}`,
  ],
};
