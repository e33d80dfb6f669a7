import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import cdkJson from '../../cdk.json';
import { integrationsApp } from '../../lib/app/integrations-app';
import { load } from '../../lib/definitions/load';
import { moved, splitOf } from '../../lib/definitions/model/split';
import { STACK_LIMITS, TEMPLATE_LIMIT } from '../../lib/rules/limits';
import { EVERY_SHAPE, ROLE } from '../support/every-shape';
import { inFolder } from '../support/folder';
import { quickTemplates } from '../support/quick-template';
import { runs } from '../support/share';
import { synthesize, type Template } from '../support/synth';

const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
afterAll(() => rmSync(outdir, { recursive: true }));
let apps = 0;

function app(files: Readonly<Record<string, string>>, context: Record<string, string> = {}) {
  apps += 1;
  const lines: string[] = [];
  const made = inFolder(files, (integrations) =>
    integrationsApp({
      report: (line) => lines.push(line),
      today: '2026-11-22',
      environment: {},
      context: { ...cdkJson.context, integrations, ...context },
      outdir: join(outdir, String(apps)),
    }),
  );
  if (!made) throw new Error(lines.join('\n'));
  return made;
}

const RELTIO = `kind: assumed-role\nprincipals: [${ROLE}]\n`;
const TRUST = `kind: direct-trust\nprincipals: [${ROLE}]\n`;
const KOHLER: Readonly<Record<string, string>> = {
  'kohler/client.yaml': 'bucket: {kmsKey: create}\n',
  'kohler/adobe.yaml': 'kind: access-key\nreason: x\nstackPart: 2\n',
  'kohler/braze.yaml': `${TRUST}stackPart: 3\n`,
  'kohler/own.yaml': `${TRUST}stackPart: 2\ndedicatedBucket: {name: kohler-own}\n`,
  'kohler/reltio.yaml': RELTIO,
  'kohler-2/client.yaml': '',
};

describe('a client with two parts', () => {
  const templates = synthesize(KOHLER, { account: '111122223333', region: 'eu-west-1' });

  test.each(Object.keys(templates))('the stack %s is as it was', (id) => {
    expect(templates[id]).toMatchSnapshot();
  });

  test('has its stacks under names that no other client can have, the first before the others', () => {
    const assembly = app(KOHLER).synth();
    expect(assembly.stacks.map(({ id, stackName }) => `${id} ${stackName}`).sort()).toEqual([
      'kohler integrations-kohler',
      'kohler-2 integrations-kohler-2',
      'kohler-Part2 integrations-kohler-Part2',
      'kohler-Part3 integrations-kohler-Part3',
    ]);
    for (const part of ['kohler-Part2', 'kohler-Part3']) {
      const { dependencies } = assembly.getStackArtifact(part);
      expect(dependencies.map(({ id }) => id)).toEqual(['kohler', `${part}.assets`]);
    }
    expect(assembly.getStackArtifact('kohler').dependencies.map(({ id }) => id)).toEqual(['kohler.assets']);
  });

  test('says so to whoever deploys it by its name alone', () => {
    const assembly = app(KOHLER).synth();
    const said = (id: string) => assembly.getStackArtifact(id).messages.map(({ level, entry }) => [level, entry.data]);
    expect(said('kohler')).toEqual([
      ['info', 'kohler has 3 stacks; npx cdk deploy kohler kohler-Part2 kohler-Part3 deploys all'],
    ]);
    expect(said('kohler-Part2')).toEqual([]);
  });

  test('is made whole where it is asked for, and no other', () => {
    const stacks = app(KOHLER, { clients: 'kohler' }).synth().stacks;
    expect(stacks.map(({ id }) => id).sort()).toEqual(['kohler', 'kohler-Part2', 'kohler-Part3']);
  });

  test('takes nothing from its own stack that is known, and its key by import', () => {
    const imported = JSON.stringify(templates['kohler-Part2']).match(/Fn::ImportValue/g);
    // In statements on the key, in what uploads may be encrypted with, and in setup information.
    expect(imported).toHaveLength(4);
    const { kohler } = synthesize({ ...KOHLER, 'kohler/client.yaml': '' });
    expect(JSON.stringify(kohler?.Outputs)).not.toContain('Export');
    // Put out though no part uses it, so that it can stay when the last one that did goes.
    const { kohler: unused } = synthesize({
      'kohler/client.yaml': 'bucket: {kmsKey: create}\n',
      'kohler/braze.yaml': `${TRUST}stackPart: 2\n`,
    });
    expect(JSON.stringify(unused?.Outputs)).toContain('"Export":{"Name":"integrations-kohler:');
  });
});

describe('the confinement checks see a client as one', () => {
  const role = (made: ReturnType<typeof app>) =>
    made.node.findChild('kohler-Part2').node.findChild('late').node.findChild('Role') as CfnRole;
  const files = { ...KOHLER, 'kohler/late.yaml': `${RELTIO}stackPart: 2\n` };

  test('and find nothing in it', () => {
    expect(() => app({ ...EVERY_SHAPE, ...files }).synth()).not.toThrow();
  });

  test('what is wrong in a part', () => {
    const made = app(files);
    role(made).addPropertyOverride('ManagedPolicyArns', ['arn:aws:iam::aws:policy/ReadOnlyAccess']);
    expect(() => made.synth()).toThrow('managed policies add to what kohler_late is meant to have');
    const wider = app(files);
    role(wider).addPropertyOverride(
      'Policies.0.PolicyDocument.Statement.2.Resource',
      'arn:aws:s3:::integrations-kohler/*',
    );
    expect(() => wider.synth()).toThrow('it is not the access that kohler_late is meant to have');
  });

  test('what is wrong in the bucket policy of its own stack for a trust of a part', () => {
    const made = app(files);
    const policy = made.node
      .findChild('kohler')
      .node.findChild('Bucket')
      .node.findChild('Resource')
      .node.findChild('Policy').node.defaultChild as CfnBucketPolicy;
    policy.addPropertyOverride('PolicyDocument.Statement.3.Resource', 'arn:aws:s3:::integrations-kohler/*');
    expect(() => made.synth()).toThrow('no integration is meant to have');
  });
});

test('many accounts and regions: every stack, parts included, is where its client is', () => {
  const files = {
    'settings.yaml': 'account: "111122223333"\nregion: eu-west-1\n',
    'acme/client.yaml': 'account: "444455556666"\n',
    'acme/a.yaml': `${RELTIO}stackPart: 2\n`,
    'globex/client.yaml': 'region: us-east-1\nbucket: {kmsKey: create}\n',
    'globex/a.yaml': `${RELTIO}stackPart: 2\n`,
    'kohler/client.yaml': '',
    'kohler/a.yaml': `${RELTIO}stackPart: 99\n`,
  };
  const { stacks } = app(files).synth();
  expect(stacks.map(({ id, environment: { account, region } }) => `${id} ${account}/${region}`).sort()).toEqual([
    'acme 444455556666/eu-west-1',
    'acme-Part2 444455556666/eu-west-1',
    'globex 111122223333/us-east-1',
    'globex-Part2 111122223333/us-east-1',
    'kohler 111122223333/eu-west-1',
    'kohler-Part99 111122223333/eu-west-1',
  ]);
});

test('a client with 1,000 integrations is split and synthesized within the limits', () => {
  const kinds = [
    `${RELTIO}externalId: 7f3c9a52-2f0e\nsourceIps: [203.0.113.0/24]\nexpires: 2030-01-01\n`,
    'kind: access-key\nreason: x\nkeys: [a, b]\n',
    'kind: web-identity\nprovider: https://login.example.com/x\naudiences: [x]\nsubjects: [x]\n',
  ];
  const names = Array.from({ length: 1000 }, (_, at) => `v${String(at).padStart(4, '0')}`);
  const files = Object.fromEntries(names.map((name, at) => [`kohler/${name}.yaml`, kinds[at % 3] ?? '']));
  const client = { 'kohler/client.yaml': 'bucket: {kmsKey: create}\n' };
  const parts = inFolder({ ...client, ...files }, (dir) => {
    const [kohler] = load(dir).deployment.clients;
    if (!kohler) throw new Error('no client');
    return new Map(
      moved(
        kohler,
        splitOf(kohler, () => false),
      ).integrations.map((one) => [one.vendor, one.stackPart]),
    );
  });
  const placed = names.map((name): [string, string] => {
    const part = parts.get(name);
    return [
      `kohler/${name}.yaml`,
      `${files[`kohler/${name}.yaml`]}${part === undefined ? '' : `stackPart: ${part}\n`}`,
    ];
  });
  const { stacks } = app({ ...client, ...Object.fromEntries(placed) }).synth();
  const clients = stacks.filter(({ id }) => id.startsWith('kohler'));
  expect(clients.length).toBeGreaterThanOrEqual(6);
  let roles = 0;
  for (const { template, templateFullPath } of clients) {
    const { Resources, Outputs } = template as Template;
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(STACK_LIMITS.resources.most);
    expect(Object.keys(Outputs).length).toBeLessThanOrEqual(STACK_LIMITS.outputs.most);
    expect(statSync(templateFullPath).size).toBeLessThan(TEMPLATE_LIMIT.most);
    roles += Object.values(Resources).filter(({ Type }) => /IAM::(?:Role|User)$/.test(Type)).length;
  }
  expect(roles).toBe(1000);
}, 120_000);

const part = fc.option(fc.integer({ min: 2, max: 4 }), { nil: undefined });
const kind = fc.constantFrom(RELTIO, TRUST, 'kind: access-key\nreason: x\n');
const vendors = fc.uniqueArray(fc.record({ at: fc.nat({ max: 8 }), kind, part }), {
  selector: ({ at }) => at,
  minLength: 1,
});

test('which stack a resource is in depends on its own definition alone, whatever integrations come and go beside it', () => {
  fc.assert(
    fc.property(vendors, vendors, fc.boolean(), (before, others, key) => {
      const placesOf = (all: readonly { at: number; kind: string; part?: number }[]) => {
        const files = all.map((one) => [
          `c/v${one.at}.yaml`,
          `${one.kind}${one.part === undefined ? '' : `stackPart: ${one.part}\n`}`,
        ]);
        const client = { 'c/client.yaml': key ? 'bucket: {kmsKey: create}\n' : '' };
        const [made] = inFolder({ ...client, ...Object.fromEntries(files) }, (dir) => load(dir).deployment.clients);
        if (!made) throw new Error('no client');
        return new Map(
          quickTemplates(made).flatMap(({ name, template }) =>
            ['Resources', 'Outputs'].flatMap((section) =>
              Object.keys((template[section] ?? {}) as object)
                .filter((id) => /^v\d|^Bucket/.test(id))
                .map((id): [string, string] => [id, name]),
            ),
          ),
        );
      };
      const now = [...before, ...others.filter(({ at }) => !before.some((one) => one.at === at))];
      const [few, many] = [placesOf(before), placesOf(now)];
      expect([...few].filter(([id, stack]) => many.get(id) !== stack)).toEqual([]);
    }),
    { numRuns: runs(25) },
  );
}, 60_000);
