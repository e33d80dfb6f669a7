import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import cdkJson from '../../cdk.json';
import { integrationsApp } from '../../lib/app/integrations-app';
import { load } from '../../lib/definitions/load';
import { stackSizes } from '../../lib/definitions/model/stack-sizes';
import { stackId } from '../../lib/rules/stacks';
import { EVERY_SHAPE, EXAMPLES, ROLE } from '../support/every-shape';
import { inFolder } from '../support/folder';
import { synthesize, synthesizeFolder, type Template } from '../support/synth';
import { shareValidationEngines } from '../support/validation-engine';

shareValidationEngines();

const ROOT = join(__dirname, '../..');
const TODAY = '2026-11-22';
const AUTHORITY = readFileSync(join(ROOT, 'test/support/ca.pem'), 'utf8');

const examples = synthesizeFolder(EXAMPLES);

test.each(Object.keys(examples))('the example client %s is as it was', (client) => {
  expect(examples[client]).toMatchSnapshot();
});

function app(context: Record<string, string>, outdir?: string) {
  const lines: string[] = [];
  const made = integrationsApp({
    report: (line) => lines.push(line),
    today: TODAY,
    environment: {},
    context: { ...cdkJson.context, integrations: EXAMPLES, ...context },
    outdir,
  });
  return { made, lines };
}

const stacks = (made: ReturnType<typeof app>['made']) =>
  made?.node.children.map(({ node }) => node.id).filter((id) => id !== 'Tree');

describe('the app', () => {
  test('makes a stack for each client, named after it, and one of identity providers', () => {
    const { made, lines } = app({});
    expect(lines.filter((line) => !line.includes(' accepted['))).toEqual([]);
    const assembly = made?.synth();
    expect(assembly?.stacks.map(({ id, stackName }) => [id, stackName]).sort()).toEqual([
      ['IdentityProviders', 'integrations-IdentityProviders'],
      ['acme', 'integrations-acme'],
      ['globex', 'integrations-globex'],
      ['kohler', 'integrations-kohler'],
    ]);
  });

  test('makes some clients only, and reads no other file', () => {
    inFolder(
      {
        'kohler/client.yaml': '',
        'kohler/a.yaml': 'kind: access-key\nreason: x',
        'acme/client.yaml': 'nonsense: [',
        'beta/client.yaml': '',
      },
      (integrations) => {
        expect(stacks(app({ integrations, clients: 'kohler, beta' }).made)).toEqual(['beta', 'kohler']);
        expect(app({ integrations }).lines.filter((line) => line.includes(' error['))).toHaveLength(1);
      },
    );
  });

  test('says which client there is not', () => {
    const { made, lines } = app({ clients: 'kohler,kolher' });
    expect(made).toBeUndefined();
    expect(lines.filter((line) => line.includes(' error['))).toEqual([
      expect.stringContaining('kolher:1:1: error[unknown-client]'),
    ]);
  });

  test('reports every error and makes nothing', () => {
    inFolder({ 'a/client.yaml': 'bucket: {nam: x}', 'b/client.yaml': 'x: 1' }, (integrations) => {
      const { made, lines } = app({ integrations });
      expect(made).toBeUndefined();
      expect(lines).toEqual([
        expect.stringContaining(`${integrations}/a/client.yaml:1:10: error[unknown-key]`),
        expect.stringContaining(`${integrations}/b/client.yaml:1:1: error[unknown-key]`),
      ]);
    });
  });

  test('says warnings and goes on', () => {
    inFolder(
      { 'a/client.yaml': '', 'a/b.yaml': 'kind: access-key\nreason: x\nexpires: 2026-11-23\n' },
      (integrations) => {
        const { made, lines } = app({ integrations });
        expect(stacks(made)).toEqual(['a']);
        expect(lines.map((line) => /warning\[[a-z-]+\]/.exec(line)?.[0])).toEqual([
          'warning[long-lived-key]',
          'warning[expires-soon]',
        ]);
      },
    );
  });

  test('makes the same bytes twice', () => {
    const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'synth-')));
    try {
      const [first, second] = folders.map((outdir) => {
        app({}, outdir).made?.synth();
        return Object.fromEntries(readdirSync(outdir).map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
      });
      expect(Object.keys(first ?? {})).toContain('kohler.template.json');
      expect(second).toEqual(first);
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true });
    }
  });

  test('finds nothing against AwsSolutions that is not acknowledged', () => {
    inFolder(EVERY_SHAPE, (integrations) => {
      for (const dir of [EXAMPLES, integrations]) {
        inOutdir((outdir) => {
          app({ integrations: dir }, outdir).made?.synth();
          expect(report(outdir)).toEqual([]);
        });
      }
    });
  });

  test('still finds what is not acknowledged', () => {
    inOutdir((outdir) => {
      const { made } = app({}, outdir);
      role(made).policies = [
        { policyName: 'x', policyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
      ];
      expect(() => made?.synth()).toThrow('AwsSolutions-IAM5[Action::s3:*]');
    });
  });

  test('has its templates validated by CloudFormation rules, which find nothing', () => {
    process.env.CDK_VALIDATION = 'true';
    try {
      inFolder(EVERY_SHAPE, (integrations) => {
        // First the folder with more types of resources.
        for (const dir of [integrations, EXAMPLES]) {
          inOutdir((outdir) => {
            app({ integrations: dir }, outdir).made?.synth();
            expect(report(outdir)).toEqual([]);
          });
        }
      });
      inOutdir((outdir) => {
        const { made } = app({}, outdir);
        role(made).addPropertyOverride('MaxSessionDuration', 'an hour');
        expect(() => made?.synth()).toThrow("MaxSessionDuration: 'an hour' is not of type 'integer'");
      });
    } finally {
      process.env.CDK_VALIDATION = 'false';
    }
  });
});

function role(made: ReturnType<typeof app>['made']): CfnRole {
  return made?.node.findChild('kohler').node.findChild('reltio').node.findChild('Role') as CfnRole;
}

function report(outdir: string): unknown[] {
  return JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')).pluginReports;
}

function inOutdir(use: (outdir: string) => void): void {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    use(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe('changes', () => {
  const RELTIO = `kind: assumed-role\ndescription: one\nprincipals: [${ROLE}]\n`;
  const BEFORE = {
    'a/client.yaml': '',
    'a/reltio.yaml': RELTIO,
    'a/adobe.yaml': 'kind: access-key\nreason: x\n',
    'a/braze.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\n`,
  };
  const of = (files: Record<string, string>): Template => {
    const { a } = synthesize(files);
    if (!a) throw new Error('no template');
    return a;
  };
  const before = of(BEFORE);

  test('a description, request or owner changes no resource', () => {
    const after = of({
      ...BEFORE,
      'a/reltio.yaml': RELTIO.replace('one', 'another\nrequest: X-1\nowner: me@example.com'),
    });
    expect(after).toEqual(before);
  });

  test("adding an integration changes no other's resources", () => {
    for (const added of ['kind: access-key\nreason: x\n', `kind: assumed-role\nprincipals: [${ROLE}]\n`]) {
      const after = of({ ...BEFORE, 'a/adobe2.yaml': added });
      expect(after.Resources).toMatchObject(before.Resources);
      expect(after.Outputs).toMatchObject(before.Outputs);
    }
  });

  test('suspending replaces nothing: the same resources with the same names', () => {
    const after = of(
      Object.fromEntries(
        Object.entries(BEFORE).map(([file, text]) => [
          file,
          file.endsWith('client.yaml') ? text : `${text}status: suspended\n`,
        ]),
      ),
    );
    const named = ({ Resources }: Template) =>
      Object.entries(Resources).map(([id, { Type, Properties }]) => [
        id,
        Type,
        Properties.RoleName ?? Properties.UserName ?? Properties.Name,
      ]);
    expect(named(after)).toEqual(named(before));
  });

  test('no bucket, key or secret is replaced by any change to its integration', () => {
    const after = of({
      ...BEFORE,
      'a/adobe.yaml': 'kind: access-key\nreason: y\nprefix: other\naccess: [read]\nexpires: 2030-01-01\n',
    });
    const keys = ({ Resources }: Template) =>
      Object.entries(Resources).filter(([, { Type }]) => /Bucket$|AccessKey$/.test(Type));
    expect(keys(after)).toEqual(keys(before));
  });
});

test('definitions know how many resources and outputs their stacks have', () => {
  inFolder(EVERY_SHAPE, (dir) => {
    const found = Object.entries(synthesizeFolder(dir)).map(([id, { Resources, Outputs }]) => [
      id,
      { resources: Object.keys(Resources ?? {}).length, outputs: Object.keys(Outputs ?? {}).length },
    ]);
    const known = load(dir).deployment.clients.flatMap((client) =>
      [...stackSizes(client)].map(([part, size]) => [stackId(client.name, part), size]),
    );
    expect(known.length).toBeGreaterThan(4);
    expect(known).toEqual(found);
  });
});

test('settings and clients reach their stacks', () => {
  const { kohler, acme } = synthesize({
    'settings.yaml':
      'region: us-east-1\ntags: {team: data, stage: prod}\nbucketPrefix: drop\npermissionsBoundary: arn:aws:iam::111122223333:policy/b\n',
    'kohler/client.yaml': 'account: 011122223333\ntags: {team: kohler}\n',
    'kohler/reltio.yaml': `kind: assumed-role\nprincipals: [${ROLE}]\n`,
    'kohler/adobe.yaml': 'kind: access-key\nreason: x\n',
    'acme/client.yaml': 'region: eu-west-1\n',
  });
  const found = (template: Template | undefined, type: string) =>
    Object.values(template?.Resources ?? {}).find(({ Type }) => Type === type);
  const tags = [
    { Key: 'stage', Value: 'prod' },
    { Key: 'team', Value: 'kohler' },
  ];
  for (const type of ['AWS::S3::Bucket', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::SecretsManager::Secret']) {
    expect([type, found(kohler, type)?.Properties.Tags]).toEqual([type, tags]);
  }
  expect(found(kohler, 'AWS::S3::Bucket')?.Properties.BucketName).toBe('drop-kohler');
  for (const type of ['AWS::IAM::Role', 'AWS::IAM::User']) {
    expect(found(kohler, type)?.Properties.PermissionsBoundary).toBe('arn:aws:iam::111122223333:policy/b');
  }
  expect(JSON.stringify(kohler?.Outputs)).toContain('"Value":"{\\"integration\\":\\"kohler_adobe\\"');
  expect(JSON.stringify(kohler?.Outputs)).toContain('arn:aws:iam::011122223333:role/kohler_reltio');
  expect(found(acme, 'AWS::S3::Bucket')?.Properties.Tags).toEqual([
    { Key: 'stage', Value: 'prod' },
    { Key: 'team', Value: 'data' },
  ]);
});

test('keys of certificates and tokens reach their resources', () => {
  const { kohler } = synthesize({
    'settings.yaml': 'tags: {team: data}\npermissionsBoundary: arn:aws:iam::111122223333:policy/b\n',
    'kohler/client.yaml': 'account: 011122223333\n',
    'kohler/ca.pem': AUTHORITY,
    'kohler/boomi.yaml':
      'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: x}\nsessionDuration: 2h\nacceptRoleSessionName: true\n',
    'kohler/okta.yaml':
      'kind: web-identity\nprovider: https://login.example.com\naudiences: [a]\nsubjects: [b]\nroleSessionName: c-*\nmaxSessionDuration: 3h\n',
  });
  const properties = (type: string) =>
    Object.values(kohler?.Resources ?? {}).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
  const tagged = { Tags: [{ Key: 'team', Value: 'data' }] };
  const bounded = { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/b', ...tagged };
  expect(properties('AWS::IAM::Role')).toMatchObject([
    { RoleName: 'kohler_boomi', MaxSessionDuration: 7200, ...bounded },
    { RoleName: 'kohler_okta', MaxSessionDuration: 10_800, ...bounded },
  ]);
  expect(properties('AWS::RolesAnywhere::Profile')).toMatchObject([
    { DurationSeconds: 7200, AcceptRoleSessionName: true, ...tagged },
  ]);
  expect(properties('AWS::RolesAnywhere::TrustAnchor')).toMatchObject([tagged]);
});

test('the program says problems without a stack trace, and fails', () => {
  inFolder({ 'kohler/client.yaml': 'bucket:\n  nam: x\n' }, (dir) => {
    const { status, stderr } = spawnSync(process.execPath, ['--require', 'ts-node/register', 'bin/app.ts'], {
      cwd: ROOT,
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ integrations: dir }) },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `${dir}/kohler/client.yaml:2:3: error[unknown-key]: there is no key "nam" here; did you mean name?\n`,
    );
  });
});
