import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { inFolder } from '../../support/folder';
import type { Credentials } from '../servers/clients';
import { endpoints } from '../servers/endpoints';

/** A step as `--json` tells it. */
export interface Told {
  readonly step: string;
  readonly expected: string;
  readonly outcome: string;
  readonly code?: string;
  readonly who?: string;
}

export interface Outcome {
  readonly exit: number;
  readonly out: string;
}

/**
 * Runs the command as a process of its own, as a vendor would.
 *
 * @param credentials in the environment; none where there shall be none anywhere
 * @param env besides
 */
export async function testConnection(
  handoff: object,
  credentials: Credentials | undefined,
  argv: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const command = join(__dirname, '../../../bin/bucket-integrations');
  const { accessKeyId, secretAccessKey, sessionToken } = credentials ?? {};
  const environment = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: endpoints().gateway,
    ...(accessKeyId && { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }),
    ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
    ...{ AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    ...env,
  };
  const { bucket: called, ...rest } = handoff as { readonly bucket: string };
  const bucket = called.split(':').at(-1);
  const files = {
    'handoff.json': JSON.stringify({ ...rest, bucket }),
    'foreign.js': `const { S3Client } = require(${JSON.stringify(require.resolve('@aws-sdk/client-s3'))});
      const { send } = S3Client.prototype;
      S3Client.prototype.send = function (command, ...rest) {
        if (command.input.Bucket === ${JSON.stringify(bucket)}) command.input.Bucket = ${JSON.stringify(called)};
        return send.call(this, command, ...rest);
      };`,
  };
  return inFolder(files, async (dir) => {
    // A foreign bucket's name here is none of S3's, and no hand-off may hold it: it is put in on the way out.
    const preload = called === bucket ? [] : ['--require', join(dir, 'foreign.js')];
    const words = [...preload, command, 'test-connection', join(dir, 'handoff.json'), '--any-bucket', ...argv];
    const { exit, out, err } = await new Promise<Outcome & { err: string }>((resolve) => {
      execFile(process.execPath, words, { env: environment }, (failed, stdout, stderr) =>
        resolve({ exit: failed === null ? 0 : Number(failed.code), out: stdout, err: stderr }),
      );
    });
    for (const secret of [secretAccessKey, sessionToken]) {
      // Never in a message of the test either.
      if (secret !== undefined && (out + err).includes(secret)) throw new Error('the command shows a secret');
    }
    return { exit, out };
  });
}

/** The steps that went wrong: step, what came of it, the cause, and who must mend it. */
export function wrong(steps: readonly Told[]): (string | undefined)[][] {
  return steps
    .filter(({ expected, outcome }) => outcome !== expected && outcome !== 'skipped')
    .map(({ step, outcome, code, who }) => [step, outcome, code, who]);
}
