import { awsCli } from './aws-cli';
import type { Client } from './client';
import { STAND_INS } from './programs';

/** Debian's, with Debian's own Python: the one in the PATH is version 1. */
const AWS = `PYTHONPATH=${STAND_INS}/aws-cli-2/usr/lib/python3/dist-packages /usr/bin/python3 ${STAND_INS}/aws-cli-2/usr/bin/aws`;

/**
 * Version 2 asks for tags before it copies what it would copy in parts.
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cliv2-migration-changes.html#cliv2-migration-s3-copy-metadata
 */
export const awsCli2: Client = {
  ...awsCli,
  name: 'AWS CLI v2',
  release: '2.9',
  version: `${AWS} --version`,
  // This release does not know AWS_ENDPOINT_URL yet.
  command: (typed) => typed.replace(/^aws /, `${AWS} --endpoint-url "$AWS_ENDPOINT_URL" `),
};
