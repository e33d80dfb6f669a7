import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { App, NestedStack, type PolicyViolation, Stack, type StackProps, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, type NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { RememberingNag } from '../../lib/validation/nag';
import { passCache } from '../../lib/validation/pass-cache';
import { Subjects } from '../../lib/validation/subject';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nag-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A pack that notes whom it was asked about, and finds fault with roles called `bad`. */
function pack(asked: string[], version = '1'): NagPack {
  const validateScope = (stack: IConstruct) => {
    asked.push(stack.node.path);
    const violations = stack.node
      .findAll()
      .filter((each): each is CfnRole => each instanceof CfnRole && each.roleName === 'bad')
      .map(({ node }): PolicyViolation => {
        const violatingResources = [{ constructPath: node.path, locations: [] }];
        return { ruleName: 'no-bad-role', description: 'bad', violatingResources };
      });
    return { success: violations.length === 0, violations };
  };
  return { name: 'Pack', version, validateScope } as unknown as NagPack;
}

interface Built {
  readonly roles?: Readonly<Record<string, string>>;
  readonly acknowledged?: string;
  /** Acknowledged for the whole app. */
  readonly outside?: string;
  readonly ids?: readonly string[];
  readonly props?: StackProps;
  readonly version?: string;
  readonly nested?: boolean;
}

/** Synthesizes stacks `a` and `b`, and says about which of them the pack was asked, what was said, and what was found. */
function synthesized({
  roles = {},
  acknowledged,
  outside,
  ids = ['a', 'b'],
  props,
  version = '1',
  nested = false,
}: Built = {}) {
  const asked: string[] = [];
  const said: string[] = [];
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(folder, 'out-')) });
  if (outside) Validations.of(app).acknowledge({ id: outside, reason: 'meant' });
  for (const id of ids) {
    const stack = new Stack(app, id, id === 'b' ? props : {});
    const scope = nested && id === 'b' ? new NestedStack(stack, 'Nested') : stack;
    const role = new CfnRole(scope, 'Role', { roleName: roles[id] ?? 'good', assumeRolePolicyDocument: {} });
    if (acknowledged && id === 'b') Validations.of(role).acknowledge({ id: acknowledged, reason: 'meant' });
  }
  const passed = passCache(join(folder, 'passed'), [version]);
  Validations.of(app).addPlugins(
    new RememberingNag(pack(asked, version), passed, new Subjects(), (line) => said.push(line)),
  );
  const failed = failure(() => app.synth());
  return { asked, said, failed };
}

function failure(act: () => void): string {
  try {
    act();
    return '';
  } catch (error) {
    return String(error);
  }
}

test('what passed is not asked about again, and that is said', () => {
  expect(synthesized()).toEqual({ asked: ['a', 'b'], said: [], failed: '' });
  const line = 'Pack: 2 of 2 templates are unchanged since they passed';
  expect(synthesized()).toEqual({ asked: [], said: [line], failed: '' });
});

test.each<[string, Built]>([
  ['its template', { roles: { b: 'better' } }],
  ['what is acknowledged in it, which is not in its template', { acknowledged: 'other' }],
  ['its account', { props: { env: { account: '111122223333' } } }],
  ['its Region', { props: { env: { region: 'eu-west-1' } } }],
])('a stack is asked about again where %s changes, and it alone', (_, change) => {
  synthesized({ acknowledged: 'rule' });
  expect(synthesized({ acknowledged: 'rule', ...change }).asked).toEqual(['b']);
});

test('all are asked about again where something else is acknowledged around them', () => {
  synthesized({ outside: 'rule' });
  expect(synthesized({ outside: 'rule' }).asked).toEqual([]);
  expect(synthesized({ outside: 'other' }).asked).toEqual(['a', 'b']);
  expect(synthesized({}).asked).toEqual(['a', 'b']);
});

test('a stack of another name is asked about, whatever passed with its template', () => {
  synthesized();
  expect(synthesized({ ids: ['b', 'c'] }).asked).toEqual(['c']);
});

test('all are asked about again where the rules have another version', () => {
  synthesized();
  expect(synthesized({ version: '2' }).asked).toEqual(['a', 'b']);
});

test('what fails fails again, also after what is the same passed', () => {
  synthesized();
  for (const run of [1, 2]) {
    const { asked, failed } = synthesized({ roles: { b: 'bad' } });
    expect([run, asked]).toEqual([run, ['b']]);
    expect(failed).toContain('no-bad-role');
  }
});

test('a stack with a nested one is always asked about: its template is not the whole', () => {
  synthesized({ nested: true });
  expect(synthesized({ nested: true }).asked).toEqual(['b']);
});

test('it reports what the pack reports of a whole app', () => {
  const app = new App({ outdir: join(folder, 'out') });
  for (const id of ['a', 'b']) {
    const policy = (Resource: string) => ({
      policyName: 'p',
      policyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource }] },
    });
    new CfnRole(new Stack(app, id), 'Role', {
      assumeRolePolicyDocument: {},
      policies: [policy('*'), policy(`${id}/*`)],
    });
  }
  const { stacks } = app.synth();
  const context = {
    appConstruct: app,
    templatePaths: [],
    stackTemplates: stacks.map(({ hierarchicalId, templateFullPath }) => ({
      stackConstructPath: hierarchicalId,
      templatePath: templateFullPath,
      accountId: undefined,
      region: undefined,
    })),
  };
  const alone = new AwsSolutionsChecks().validateScope(app);
  expect(alone.violations.length).toBeGreaterThan(2);
  const remembering = new RememberingNag(new AwsSolutionsChecks(), passCache(undefined, []), new Subjects(), () => {});
  expect(remembering.validate(context)).toEqual(alone);
  expect(remembering.name).toBe('AwsSolutions');
});
