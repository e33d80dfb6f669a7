/**
 * The same job done by others and by this project, decided by one simulator: docs/comparison.md.
 *
 *     npm run compare
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Judge } from '../support/judge';
import { type Way, ways } from './ways';

const DOC = join(__dirname, '../../docs/comparison.md');

interface Question {
  readonly what: string;
  readonly action: string;
  readonly prefix?: string;
  readonly object?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly as?: 'other';
}

/** The answers of one way: allowed or not, or nothing where the question does not arise. */
export interface Answers {
  readonly way: Way;
  readonly job: readonly boolean[];
  readonly leaks: readonly (boolean | undefined)[];
}

/** What is asked of each way. */
export const QUESTIONS: { readonly job: readonly Question[]; readonly leaks: readonly Question[] } = parse(
  readFileSync(join(__dirname, 'questions.yaml'), 'utf8'),
);

/** Every question, asked of every way. */
export async function answers(): Promise<Answers[]> {
  return Promise.all(
    ways().map(async (way) => {
      const judge = new Judge(way.template);
      const ask = async ({ action, prefix, object, context, as }: Question): Promise<boolean | undefined> => {
        const caller = as === undefined ? way.vendor : way.other;
        if (!caller) return undefined;
        const resource = `arn:aws:s3:::client-data${object === undefined ? '' : `/${object}`}`;
        return judge.may(caller, {
          action,
          resource,
          context: { ...(prefix !== undefined && { 's3:prefix': prefix }), ...context },
        });
      };
      const job = await Promise.all(QUESTIONS.job.map(ask));
      return { way, job: job.map(Boolean), leaks: await Promise.all(QUESTIONS.leaks.map(ask)) };
    }),
  );
}

/** The page. */
export function comparisonPage(all: readonly Answers[]): string {
  const names = all.map((_, at) => `(${at + 1})`);
  const cell = (allowed: boolean | undefined, wanted: boolean) =>
    allowed === undefined ? '–' : allowed === wanted ? 'right' : wanted ? '**lacks**' : '**leaks**';
  const table = (which: 'job' | 'leaks') => [
    `| ${which === 'job' ? 'the vendor must be able to' : 'the vendor must not'} | ${names.join(' | ')} |`,
    `|---|${names.map(() => '---|').join('')}`,
    ...QUESTIONS[which].map(
      ({ what }, at) => `| ${what} | ${all.map((one) => cell(one[which][at], which === 'job')).join(' | ')} |`,
    ),
    `| **wrong** | ${all.map((one) => one[which].filter((given) => given === (which !== 'job')).length).join(' | ')} |`,
  ];
  return `# Compared with others

One job: a vendor lists, reads, writes and deletes under \`sender/\` in a client's bucket, in which other vendors have
prefixes of their own. This page is written by \`npm run compare\`. It asks IAM's rules, through one simulator
([iam-simulate](https://github.com/cloud-copilot/iam-simulate)), the same questions of each way to do the job, and a test
checks that it is up to date. Nothing here was decided by AWS itself.

| | way | version | its statements |
|---|---|---|---|
${all.map(({ way }, at) => `| (${at + 1}) | ${way.name} | ${way.version} | ${way.from} |`).join('\n')}

## The job

${table('job').join('\n')}

## Beyond the job

"–" says that the question does not arise: the vendor has a role or user of ours, and nothing of its own account is named.

${table('leaks').join('\n')}

Each way was used as its own documentation shows. Somebody who knows these rules can write statements without the leaks in
each of these tools, once for every vendor. Public access, buckets with a KMS key and existing buckets were not compared.
Uploads with a key in the request (SSE-C) were left out: S3 itself
[refuses them in new buckets](https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html)
since April 2026.

${BESIDE}`;
}

const BESIDE = `## What the others do that this project does not

- **The CDK's grants** need no further package, know every service, and add what a KMS key needs to the key's policy for
  any grantee. They grant to your own functions and roles, which this project leaves to them.
- **k9-cdk** writes \`DenyEveryoneElse\`: a Deny for every principal that is not listed, your own administrators
  included. This project writes no Deny against your own company: [internal access](guides/internal-access.md) says who is
  meant, and \`verify\` lists everybody else. k9-cdk also covers DynamoDB tables, SQS queues, event buses and KMS keys.
- **cloudposse's module** is for Terraform, which this project does not speak. It sets up replication, object lock, website
  hosting, minimum TLS versions and addresses that are allowed for the bucket as a whole.
- **s3-credentials** needs no deployment: one command creates the bucket, a user and its key at once, or credentials that
  end after at most 12 hours (\`--duration\`), and it lists, reads and writes objects as well. Here every change is
  a file, a review and a deployment.

Judged from their sources and documentation of the versions above; their authors have not seen this page.
`;

if (require.main === module) {
  void answers().then((all) => writeFileSync(DOC, comparisonPage(all)));
}
