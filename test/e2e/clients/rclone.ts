import type { Client, Place } from './client';

const at = ({ bucket, prefix }: Place, key = '') => `vendor:${bucket}/${prefix}${key}`;

/** In parts from 5 MiB on, not from 200 MiB, so that a test needs no larger file. */
const PARTS = '--s3-upload-cutoff 5M';

/**
 * Version 1.60, as Debian 12 has it: without `acl` it sends the ACL `private`.
 * @see https://rclone.org/s3/
 * @see https://github.com/rclone/rclone/issues/5730
 */
export const rclone: Client = {
  name: 'rclone',
  release: '1.60',
  version: 'rclone version',
  file: '.config/rclone/rclone.conf',
  configuration: ({ region, accessKeyId, secretAccessKey }) => `[vendor]
type = s3
provider = AWS
region = ${region}
access_key_id = ${accessKeyId}
secret_access_key = ${secretAccessKey}
no_check_bucket = true
acl = bucket-owner-full-control
no_head = true
`,
  options: [
    {
      line: 'no_check_bucket = true',
      why: 'else it tries to create the bucket before it copies a file',
      tried: 'put a file',
      refused: 's3:CreateBucket',
    },
    {
      line: 'acl = bucket-owner-full-control',
      why: 'else it sends the ACL `private`, which a bucket without ACLs refuses; newer versions send none',
      tried: 'put a file',
      refused: 'x-amz-acl',
    },
    {
      line: 'no_head = true',
      why: 'else it asks for the version that it has just put, which takes `versions`',
      tried: 'put a file',
      refused: 's3:GetObjectVersion',
    },
  ],
  operations: [
    { to: 'list', type: (place) => `rclone ls ${at(place)}`, needs: { list: 's3:ListBucket' } },
    {
      to: 'put a file',
      type: (place) => `rclone copy file.txt ${at(place)}`,
      needs: { list: 's3:GetObject', read: 's3:GetObject', write: 's3:PutObject', acl: 's3:PutObjectAcl' },
      makes: { keys: ['file.txt'] },
      note: 'it looks first whether the file is there',
    },
    {
      to: 'put a large file, in parts',
      type: (place) => `rclone copy large.bin ${at(place)} ${PARTS}`,
      needs: { list: 's3:GetObject', read: 's3:GetObject', write: 's3:PutObject', acl: 's3:PutObjectAcl' },
      makes: { keys: ['large.bin'] },
      note: 'by itself above 200 MiB',
    },
    {
      to: 'get a file',
      type: (place) => `rclone copy ${at(place, 'report.txt')} .`,
      needs: { read: 's3:GetObject' },
      makes: { files: ['report.txt'] },
    },
    {
      to: 'sync a folder to the prefix',
      type: (place) => `rclone sync folder ${at(place, 'folder')}`,
      needs: { list: 's3:ListBucket', write: 's3:PutObject', acl: 's3:PutObjectAcl', delete: 's3:DeleteObject' },
      makes: { keys: ['folder/three.txt', 'folder/four.txt'] },
      removes: ['folder/one.txt', 'folder/two.txt'],
      note: '`rclone copy` does the same without `delete`',
    },
    {
      to: 'sync the prefix to a folder',
      type: (place) => `rclone sync ${at(place)} copy`,
      needs: { list: 's3:ListBucket', read: 's3:GetObject' },
      makes: { files: ['copy/report.txt', 'copy/folder/one.txt', 'copy/folder/two.txt'] },
    },
    {
      to: 'delete a file',
      type: (place) => `rclone deletefile ${at(place, 'report.txt')}`,
      needs: { read: 's3:GetObject', delete: 's3:DeleteObject' },
      removes: ['report.txt'],
    },
    {
      to: 'delete a folder',
      type: (place) => `rclone delete ${at(place, 'folder')}`,
      needs: { list: 's3:ListBucket', delete: 's3:DeleteObject' },
      removes: ['folder/one.txt', 'folder/two.txt'],
    },
    {
      to: 'browse from the root of the bucket',
      type: ({ bucket }) => `rclone lsd vendor:${bucket}`,
      needs: { 'root-list': 's3:ListBucket' },
    },
    { to: 'list the buckets', type: () => 'rclone lsd vendor:', needs: { 'list-buckets': 's3:ListAllMyBuckets' } },
  ],
  standIn: (url) => ({
    env: {
      // As AWS, but with the bucket in the path.
      RCLONE_CONFIG_VENDOR_PROVIDER: 'Minio',
      RCLONE_CONFIG_VENDOR_ENDPOINT: url,
      RCLONE_RETRIES: '1',
      RCLONE_LOW_LEVEL_RETRIES: '1',
    },
  }),
  reaches: (place) => [
    `rclone ls ${at(place)}`,
    `rclone copyto ${at(place, 'report.txt')} reached.txt`,
    `rclone copyto file.txt ${at(place, 'report.txt')}`,
    `rclone deletefile ${at(place, 'report.txt')}`,
  ],
};
