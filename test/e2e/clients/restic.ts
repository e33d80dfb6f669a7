import type { Client, Place } from './client';

const at = ({ bucket, prefix }: Place) => `-r "s3:$S3/${bucket}/${prefix}repository"`;

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
  remark: 'Read it with `. ~/restic.env`. What is denied it tries again for a quarter of an hour.',
  options: [],
  operations: [
    {
      to: 'make a repository',
      type: (place) => `restic ${at(place)} init`,
      needs: { write: 's3:PutObject', 'root-list': 's3:ListBucket' },
      makes: { keys: ['repository/config'] },
      note: 'it asks for the bucket (HeadBucket), and ends where that is denied',
    },
    {
      to: 'make one, back up a folder and restore it',
      type: (place) =>
        `restic ${at(place)} init && restic ${at(place)} backup folder && restic ${at(place)} restore latest --target restored`,
      needs: {
        list: 's3:ListBucket',
        read: 's3:GetObject',
        write: 's3:PutObject',
        delete: 's3:DeleteObject',
        'root-list': 's3:ListBucket',
      },
      makes: { keys: ['repository/config'] },
      note: '`delete` for its own locks',
    },
  ],
  // What is denied it tries again, for a quarter of an hour.
  command: (typed) => `. ~/restic.env; restic() { timeout -s INT 20 "$(type -P restic)" "$@"; }; ${typed}`,
  standIn: (url) => ({ lines: [`export S3=${url}`] }),
};
