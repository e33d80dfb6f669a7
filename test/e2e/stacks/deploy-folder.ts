/** A folder of definitions, deployed to an account without the CDK's command. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import cdkJson from '../../../cdk.json';
import { synthesizedStacks } from '../../../lib/app/templates';
import type { Deployment } from '../../../lib/definitions/model/model';
import type { Where } from './makers';

/**
 * @param where clients that name no Region are there; those of another account are left out
 * @returns the names of the stacks
 */
export async function deployFolder(deployment: Deployment, where: Where): Promise<readonly string[]> {
  const { account, region } = where;
  const here = deployment.clients.filter((client) => client.account === undefined || client.account === account);
  const clients = new Set(here.map(({ name }) => name));
  const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
  try {
    const environment = { account, region };
    const options = { clients, providers: true, environment, context: cdkJson.context, outdir };
    const stacks = synthesizedStacks(deployment, options);
    const known = await stacksIn(where);
    for (const client of here) await makeWhatIsThere(client, where);
    for (const { name, template, region: of = region } of stacks) {
      const client = new CloudFormationClient({ ...connection(where), region: of });
      const stack = { StackName: name, TemplateBody: JSON.stringify(template) };
      const asked = { ...stack, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
      await client.send(known.has(name) ? new UpdateStackCommand(asked) : new CreateStackCommand(asked));
    }
    return stacks.map(({ name }) => name);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

async function stacksIn(where: Where): Promise<ReadonlySet<string>> {
  const client = new CloudFormationClient({ ...connection(where), region: where.region });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  return new Set(Stacks.map(({ StackName = '' }) => StackName));
}

function connection({ endpoint, credentials }: Where) {
  return { endpoint, credentials: { ...credentials } };
}

/** Buckets that definitions take to be there. */
async function makeWhatIsThere(client: Deployment['clients'][number], where: Where): Promise<void> {
  const { region = where.region } = client;
  const s3 = new S3Client({ ...connection(where), region, forcePathStyle: true });
  const { name, existing, accessLogs } = client.bucket;
  const make = async (Bucket: string) => {
    const LocationConstraint = region as BucketLocationConstraint;
    const place = region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint } };
    await s3.send(new CreateBucketCommand({ Bucket, ...place })).catch((error: Error) => {
      // Several clients write their logs into one.
      if (!/^BucketAlready/.test(error.name)) throw error;
    });
  };
  if (existing) await make(name);
  if (!accessLogs) return;
  const { bucket: Bucket } = accessLogs;
  await make(Bucket);
  const service = { Service: 'logging.s3.amazonaws.com' };
  const writes = { Effect: 'Allow', Principal: service, Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/*` };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [writes] });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}
