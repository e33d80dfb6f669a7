import type { Client, Place } from './client';

const at = ({ bucket, prefix }: Place) => `-r "s3:$S3/${bucket}/${prefix}repository"`;

/** A repository is made before each operation but the first, with all that the operation has. */
const made = (place: Place, command: string) => `restic ${at(place)} init && restic ${at(place)} ${command}`;

/** @see https://restic.readthedocs.io/en/stable/030_preparing_a_new_repo.html#amazon-s3 */
export const restic: Client = {
  name: 'restic',
  release: '0.14',
  version: 'restic version',
  file: 'restic.env',
  configuration: ({ region, accessKeyId, secretAccessKey }) => `export S3=https://s3.${region}.amazonaws.com
export AWS_DEFAULT_REGION=${region}
export AWS_ACCESS_KEY_ID=${accessKeyId}
export AWS_SECRET_ACCESS_KEY=${secretAccessKey}
export RESTIC_PASSWORD=ENCRYPTS-THE-REPOSITORY
`,
  remark:
    'Read it with `. ~/restic.env`. It asks for the bucket (HeadBucket) when it makes a repository, and goes on where that is denied.',
  options: [],
  operations: [
    {
      to: 'make a repository',
      type: (place) => `restic ${at(place)} init`,
      needs: { list: 's3:GetObject', read: 's3:GetObject', write: 's3:PutObject' },
      makes: { keys: ['repository/config'] },
    },
    {
      to: 'back up a folder',
      type: (place) => made(place, 'backup folder'),
      needs: { list: 's3:ListBucket', read: 's3:GetObject', write: 's3:PutObject', delete: 's3:DeleteObject' },
    },
    {
      to: 'restore',
      type: (place) => made(place, `backup folder && restic ${at(place)} restore latest --target restored`),
      needs: { list: 's3:ListBucket', read: 's3:GetObject', write: 's3:PutObject', delete: 's3:DeleteObject' },
    },
  ],
  command: (typed) => `. ~/restic.env; ${typed}`,
  standIn: (url) => ({ lines: [`export S3=${url}`] }),
  reaches: () => [],
};
