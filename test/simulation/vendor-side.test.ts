/** Both sides of a trust across accounts: what is granted here, and what the vendor is told to allow there. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { vendorSide } from '../../lib/handoff/vendor-side';
import { policiesOf } from '../../lib/rules/intent';
import { intentOf } from '../../lib/rules/meant';
import type { PolicyDocument } from '../../lib/rules/statement';
import { handed, scene } from '../handoff/goldens';

const VENDOR = 'arn:aws:iam::123456789876:role/exporter';
const OURS = '111122223333';
const BUCKET = 'arn:aws:s3:::integrations-globex';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const [globex] = scene();

function both(vendor: string) {
  const integration = globex?.integrations.find((each) => each.vendor === vendor);
  if (!globex || !integration) throw new Error(`no ${vendor}`);
  const { handoff } = handed(globex, integration);
  const place = { partition: 'aws', account: OURS, region: 'us-east-1' };
  const key = { arn: KEY, viaService: 's3.us-east-1.amazonaws.com' };
  const ours = policiesOf(intentOf(integration, { ...place, bucket: { arn: BUCKET, isGuarded: true, key } }));
  if (!handoff.vendorPolicy) throw new Error(`${vendor} has no side of its own`);
  return { integration, theirs: handoff.vendorPolicy, ours };
}

const NOTHING: PolicyDocument = { Version: '2012-10-17', Statement: [] };

/** Whether a request of the vendor's role goes through, by its own policy and one of ours. */
async function passes(
  theirs: PolicyDocument,
  ours: PolicyDocument,
  [action, resource]: readonly [string, string],
  context: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const { overallResult, ...rest } = (await runSimulation(
    {
      request: {
        ...{ principal: VENDOR, action, resource: { resource, accountId: OURS } },
        contextVariables: { 'aws:PrincipalArn': VENDOR, 'aws:SecureTransport': 'true', ...context },
      },
      identityPolicies: [{ name: 'vendor', policy: theirs }],
      resourcePolicy: ours,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  )) as { overallResult?: string };
  if (overallResult === undefined) throw new Error(JSON.stringify(rest));
  return overallResult === 'Allowed';
}

test('a role is assumed only where both sides allow it', async () => {
  const { theirs, ours } = both('assumed-role-active');
  const trust = ours.trust as PolicyDocument;
  const role = `arn:aws:iam::${OURS}:role/globex_assumed-role-active`;
  const sent = {
    ...{ 'sts:ExternalId': 'kohler-7f3c9a52', 'sts:RoleSessionName': 'exporter-1' },
    'aws:CurrentTime': '2026-12-01T00:00:00Z',
  };
  expect(await passes(theirs, trust, ['sts:AssumeRole', role], sent)).toBe(true);
  expect(await passes(NOTHING, trust, ['sts:AssumeRole', role], sent)).toBe(false);
  expect(await passes(theirs, trust, ['sts:AssumeRole', role], { ...sent, 'sts:ExternalId': 'other' })).toBe(false);
  // What they allow is our role, and no other.
  expect(await passes(theirs, trust, ['sts:AssumeRole', `${role}2`], sent)).toBe(false);
});

describe('a direct trust works only where both sides allow it', () => {
  const { theirs, ours } = both('direct-trust-active');
  const document = (Statement: PolicyDocument['Statement']): PolicyDocument => ({ Version: '2012-10-17', Statement });
  const [bucket, key] = [document(ours.bucket), document(ours.key)];
  const inside = `${BUCKET}/direct-trust-active/a.csv`;
  const via = { 'kms:ViaService': 's3.us-east-1.amazonaws.com' };
  const under = { 's3:prefix': 'direct-trust-active/' };

  test.each([
    ['s3:GetBucketLocation', BUCKET, {}, bucket],
    ['s3:ListBucket', BUCKET, under, bucket],
    ['s3:GetObject', inside, {}, bucket],
    ['s3:PutObject', inside, {}, bucket],
    ['s3:DeleteObject', inside, {}, bucket],
    ['s3:AbortMultipartUpload', inside, {}, bucket],
    ['kms:GenerateDataKey', KEY, via, key],
    ['kms:Decrypt', KEY, via, key],
  ] as const)('%s', async (action, resource, context, policy) => {
    expect(await passes(theirs, policy, [action, resource], context)).toBe(true);
    expect(await passes(NOTHING, policy, [action, resource], context)).toBe(false);
    expect(await passes(theirs, NOTHING, [action, resource], context)).toBe(false);
  });

  test('and the vendor is told to allow nothing else', async () => {
    const anything = document([
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789876:root' }, Action: '*', Resource: '*' },
    ]);
    const elsewhere: readonly (readonly [string, string])[] = [
      ['s3:GetObject', `${BUCKET}/other/a.csv`],
      ['s3:PutObject', `${BUCKET}/direct-trust-active2/a.csv`],
      ['s3:GetBucketPolicy', BUCKET],
      ['s3:PutObjectAcl', inside],
      ['kms:Decrypt', KEY],
      ['sts:AssumeRole', `arn:aws:iam::${OURS}:role/globex_assumed-role-active`],
    ];
    for (const request of elsewhere)
      expect([request, await passes(theirs, anything, request)]).toEqual([request, false]);
    expect(await passes(theirs, anything, ['s3:ListBucket', BUCKET], { 's3:prefix': '' })).toBe(false);
  });
});

describe('what is deployed on the vendor side', () => {
  const cases = ['assumed-role-active', 'direct-trust-active'].map((name) => [name, both(name)] as const);
  const has = (program: string) => spawnSync(program, ['--version']).status === 0;

  test.each(cases)('%s holds the same policy in every format', (_, { theirs, integration }) => {
    const json = JSON.parse(vendorSide('json', theirs, integration));
    const { Resources } = JSON.parse(vendorSide('cloudformation', theirs, integration));
    const [, heredoc = ''] = /<<-EOT\n([\s\S]*)\n {2}EOT/.exec(vendorSide('terraform', theirs, integration)) ?? [];
    expect([json, Resources.Policy.Properties.PolicyDocument, JSON.parse(heredoc)]).toEqual([theirs, theirs, theirs]);
    expect(Resources.Policy.Properties.Roles).toEqual(['exporter']);
  });

  test('names nobody where only the vendor knows the role', () => {
    const { theirs, integration } = both('direct-trust-active');
    const whole = { ...integration, principals: ['123456789876'] } as typeof integration;
    const { Parameters, Resources } = JSON.parse(vendorSide('cloudformation', theirs, whole));
    expect([Object.keys(Parameters), Resources.Policy.Properties.Roles]).toEqual([['RoleName'], [{ Ref: 'RoleName' }]]);
    expect(vendorSide('terraform', theirs, whole)).toContain('role       = var.role_name');
  });

  (has('terraform') ? test : test.skip).each(cases)(
    '%s is written as terraform fmt writes it',
    (_, { theirs, integration }) => {
      const whole = { ...integration, principals: ['123456789876'] } as typeof integration;
      for (const each of [integration, whole]) {
        const { stdout, status } = spawnSync('terraform', ['fmt', '-check', '-diff', '-'], {
          input: vendorSide('terraform', theirs, each),
          encoding: 'utf8',
        });
        expect([status, stdout]).toEqual([0, '']);
      }
    },
  );

  (has('cfn-lint') ? test : test.skip)('cfn-lint finds nothing in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vendor-side-'));
    try {
      const files = cases.flatMap(([name, { theirs, integration }]) => {
        const whole = { ...integration, principals: ['123456789876'] } as typeof integration;
        return [integration, whole].map((each, at) => {
          const file = join(folder, `${name}-${at}.template.json`);
          writeFileSync(file, vendorSide('cloudformation', theirs, each));
          return file;
        });
      });
      const { stdout, status } = spawnSync('cfn-lint', ['-c', 'I', '-t', ...files], { encoding: 'utf8' });
      expect([status, stdout.trim()]).toEqual([0, '']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
