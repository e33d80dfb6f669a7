import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { App, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib/core';
import cdk from 'aws-cdk-lib/package.json';
import { AwsSolutionsChecks, HIPAASecurityChecks, type NagPack } from 'cdk-nag';
import nag from 'cdk-nag/package.json';
import { validationPlugins } from '../../lib/validation/plugins';
import { Subjects } from '../../lib/validation/subject';
import own from '../../package.json';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugins-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const PASSED = { success: true, violations: [] };

/** Synthesizes an app with both validations, and says which of them were asked about its only stack. */
function asked(pack: NagPack = new AwsSolutionsChecks(), templates = true): string[] {
  const all: string[] = [];
  jest.spyOn(pack, 'validateScope').mockImplementation(() => {
    all.push('nag');
    return PASSED;
  });
  jest.spyOn(CloudFormationValidatePlugin.prototype, 'validate').mockImplementation(() => {
    all.push('templates');
    return PASSED;
  });
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    outdir: mkdtempSync(join(folder, 'out-')),
  });
  new CfnRole(new Stack(app, 'a'), 'Role', { assumeRolePolicyDocument: {} });
  const options = { folder: join(folder, 'passed'), templates, say: () => {} };
  const { before, after } = validationPlugins(pack, options);
  Validations.of(app).addPlugins(...before, ...after);
  app.synth();
  return all;
}

test('what passed both is asked about no more', () => {
  expect(asked()).toEqual(['nag', 'templates']);
  expect(asked()).toEqual([]);
});

test.each([
  ['this library', own, ['nag', 'templates']],
  ['the CDK', cdk, ['nag', 'templates']],
  ['cdk-nag', nag, ['nag']],
])('another version of %s asks again, and the first has its passes still', (_, manifest, again) => {
  asked();
  const version = jest.replaceProperty(manifest, 'version', '999.0.0');
  expect(asked()).toEqual(again);
  expect(asked()).toEqual([]);
  version.restore();
  expect(asked()).toEqual([]);
});

test('another pack asks again', () => {
  asked();
  expect(asked(new HIPAASecurityChecks())).toEqual(['nag']);
});

test('a pass of the one validation is none of the other', () => {
  expect(asked(new AwsSolutionsChecks(), false)).toEqual(['nag']);
  expect(asked()).toEqual(['templates']);
});

describe('the stacks of a synth', () => {
  const plugin = (name: string) => ({ name, validate: () => PASSED });
  const [one, other] = [plugin('one'), plugin('other')];
  /** An app with so many stacks, as the CDK hands it to a plugin. */
  const contextOf = (count: number) => {
    const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(folder, 'out-')) });
    for (let at = 0; at < count; at++) {
      new CfnRole(new Stack(app, `s${at}`), 'Role', { assumeRolePolicyDocument: {} });
    }
    const stackTemplates = app.synth().stacks.map(({ hierarchicalId, templateFullPath }) => ({
      ...{ stackConstructPath: hierarchicalId, templatePath: templateFullPath },
      ...{ accountId: undefined, region: undefined },
    }));
    return { appConstruct: app, templatePaths: [], stackTemplates };
  };

  test('are read once for all plugins', () => {
    const [subjects, context] = [new Subjects(), contextOf(2)];
    const all = subjects.of(context, one);
    expect(all).toHaveLength(2);
    expect(subjects.of({ ...context, stackTemplates: [...context.stackTemplates] }, other)).toBe(all);
  });

  test('are read again where a plugin asks again, as it does in another synth', () => {
    const [subjects, context] = [new Subjects(), contextOf(1)];
    const before = subjects.of(context, one);
    expect(subjects.of(context, one)).not.toBe(before);
  });

  test('are those that the plugin is asked about', () => {
    const [subjects, context] = [new Subjects(), contextOf(2)];
    subjects.of({ ...context, stackTemplates: context.stackTemplates.slice(1) }, one);
    expect(subjects.of(context, other)).toHaveLength(2);
  });
});
