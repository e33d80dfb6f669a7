import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cdkJson from '../../cdk.json';
import { deployRoleApp } from '../../lib/app/deploy-role-app';

const outdir = mkdtempSync(join(tmpdir(), 'deploy-role-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

function made(context: Readonly<Record<string, unknown>>) {
  const lines: string[] = [];
  const app = deployRoleApp({
    report: (line) => lines.push(line),
    environment: { account: '999988887777', region: 'eu-west-1' },
    context: { ...cdkJson.context, '@aws-cdk/core:validateAgainstDefaultRules': false, ...context },
    builtinCloudFormationValidation: false,
    outdir,
  });
  return { app, lines };
}

test('makes the role from its context, with nothing that cdk-nag objects to', () => {
  const targets = 'aws://111122223333/eu-west-1, aws://444455556666/us-east-1';
  const { app, lines } = made({ repository: 'octo-org/integrations', environment: 'live', targets, branch: 'trunk' });
  expect(lines).toEqual([]);
  const { template, environment } = app?.synth().getStackArtifact('DeployRole') ?? {};
  expect(environment).toMatchObject({ account: '999988887777', region: 'eu-west-1' });
  const text = JSON.stringify(template);
  for (const part of [
    'repo:octo-org/integrations:environment:live',
    'refs/heads/trunk',
    'role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1',
    'role/cdk-hnb659fds-lookup-role-444455556666-us-east-1',
    'AWS::IAM::OIDCProvider',
  ]) {
    expect(text).toContain(part);
  }
});

test('leaves out the provider that is there, and takes ids that the CLI hands over as numbers', () => {
  const { app } = made({
    repository: 'o/i',
    existingProvider: 'true',
    repositoryId: 456789,
    repositoryOwnerId: 123456,
  });
  const text = JSON.stringify(app?.synth().getStackArtifact('DeployRole').template);
  expect(text).not.toContain('AWS::IAM::OIDCProvider');
  expect(text).toContain('repo:o@123456/i@456789:environment:production');
});

test.each<[string, Record<string, unknown>, string]>([
  ['no repository', {}, 'no repository is named: -c repository=OWNER/NAME'],
  ['a wrong target', { repository: 'octo-org/integrations', targets: 'eu-west-1' }, '[bad-target]'],
])('says in a line what is wrong: %s', (_, context, message) => {
  const { app, lines } = made(context);
  expect(app).toBeUndefined();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(message);
  expect(lines[0]).not.toMatch(/\n\s+at /);
});

describe('readers', () => {
  const account = (at: number) => String(111_122_223_333 + at);
  const targets = Array.from({ length: 30 }, (_, at) => `aws://${account(at)}/eu-west-1`);

  test('are in each of thirty accounts once, and trust the repository’s environment verify', () => {
    const all = [...targets, `aws://${account(3)}/us-east-1`, 'aws://999988887777/eu-west-1'].join(',');
    const { app, lines } = made({ repository: 'octo-org/integrations', targets: all, readers: 'true' });
    expect(lines).toEqual([]);
    const readers = app?.synth().stacks.filter(({ id }) => id.startsWith('Reader-')) ?? [];
    expect(readers.map(({ environment }) => `${environment.account} ${environment.region}`).sort()).toEqual(
      [...targets.map((_, at) => account(at)), '999988887777'].map((each) => `${each} eu-west-1`).sort(),
    );
    for (const { template, stackName, environment } of readers) {
      expect(stackName).toBe('bucket-integrations-snapshot-role');
      const text = JSON.stringify(template);
      expect(text).toContain('repo:octo-org/integrations:environment:verify');
      expect(text).toContain('"RoleName":"bucket-integrations-snapshot"');
      // The deploy role's stack makes the provider of its own account.
      expect([environment.account, text.includes('AWS::IAM::OIDCProvider')]).toEqual([
        environment.account,
        environment.account !== '999988887777',
      ]);
    }
  });

  test('are not there unless asked for, and trust another environment where it is named', () => {
    const without = made({ repository: 'o/i', targets: targets.join(',') }).app?.synth().stacks;
    expect(without?.map(({ id }) => id)).toEqual(['DeployRole']);
    const { app } = made({ repository: 'o/i', targets: targets[0], readers: 'true', readersEnvironment: 'audit' });
    const text = JSON.stringify(app?.synth().getStackArtifact(`Reader-${account(0)}`).template);
    expect(text).toContain('repo:o/i:environment:audit');
    expect(text).not.toContain('environment:verify');
  });
});
