import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { App, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib/core';
import cdkJson from '../../cdk.json';
import { passCache } from '../../lib/validation/pass-cache';
import { RESOURCE_TYPES } from '../../lib/validation/plugins';
import { RememberingTemplateValidation } from '../../lib/validation/templates';
import { type ValidationThread, validationThread } from '../../lib/validation/thread';
import { EVERY_SHAPE } from '../support/every-shape';
import { synthesize } from '../support/synth';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validated-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const HOUR = 3600;
const NOBODY = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }] };

/** Validates stacks `a` and `b`, whose roles have these session durations; the report is the CDK's, as a file. */
function validated(
  durations: readonly unknown[],
  plugin: (say: (line: string) => void) => CloudFormationValidatePlugin,
) {
  const said: string[] = [];
  const outdir = mkdtempSync(join(folder, 'out-'));
  const app = new App({ analyticsReporting: false, stackTraces: false, outdir, context: cdkJson.context });
  durations.forEach((duration, at) => {
    const role = new CfnRole(new Stack(app, 'ab'[at] ?? ''), 'Role', { assumeRolePolicyDocument: NOBODY });
    role.addPropertyOverride('MaxSessionDuration', duration);
  });
  const made = plugin((line) => said.push(line));
  const others = made instanceof RememberingTemplateValidation ? [made.beginning()] : [];
  Validations.of(app).addPlugins(...others, made);
  let failed = '';
  try {
    app.synth();
  } catch (error) {
    failed = String(error);
  }
  const report = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
  // Traces say which line of this test it was.
  const traceless = JSON.stringify(JSON.parse(report, (key, value) => (key === 'stackTraces' ? undefined : value)));
  return { said, failed: failed.replace(/out-\w+/, ''), report: traceless };
}

const remembering = (thread?: ValidationThread) => (say: (line: string) => void) =>
  new RememberingTemplateValidation(passCache(join(folder, 'passed'), []), thread, say);

test('in a thread or not, first or again, the report is the CDK’s own', () => {
  const durations = [HOUR, 'an hour'];
  const own = validated(durations, () => new CloudFormationValidatePlugin());
  expect(own.failed).toContain("MaxSessionDuration: 'an hour' is not of type 'integer'");
  expect(validated(durations, remembering(validationThread(RESOURCE_TYPES)))).toEqual(own);
  // The stack without a fault has passed; the other's is found each time.
  const said = ['CloudFormation Validate: 1 of 2 templates are as they were when they passed'];
  expect(validated(durations, remembering())).toEqual({ ...own, said });
  expect(validated([HOUR, HOUR], remembering()).failed).toBe('');
});

test('where all passed before, the rules are not even loaded', () => {
  validated([HOUR, HOUR], remembering());
  const calls: string[] = [];
  const thread: ValidationThread = {
    begin: () => void calls.push('begin'),
    report: () => void calls.push('report'),
    end: () => void calls.push('end'),
  };
  expect(validated([HOUR, HOUR], remembering(thread)).failed).toBe('');
  expect(calls).toEqual(['end']);
});

test('where the thread fails, nothing is left out', () => {
  const calls: string[] = [];
  const thread: ValidationThread = {
    begin: (templates) => void calls.push(`begin ${templates.length}`),
    report: () => undefined,
    end: () => void calls.push('end'),
  };
  expect(validated([HOUR, 'an hour'], remembering(thread)).failed).toContain("'an hour' is not of type 'integer'");
  expect(calls).toEqual(['begin 2', 'end']);
});

test('a thread that cannot read a template has no report', () => {
  const thread = validationThread([]);
  thread.begin([
    { stackConstructPath: 'x', templatePath: join(folder, 'none'), accountId: undefined, region: undefined },
  ]);
  expect(thread.report()).toBeUndefined();
  thread.end();
});

test('the rules that are loaded ahead are those of this library’s resources', () => {
  const types = Object.values(synthesize(EVERY_SHAPE)).flatMap(({ Resources }) =>
    Object.values(Resources).map(({ Type }) => Type),
  );
  expect([...new Set(types)].filter((type) => !RESOURCE_TYPES.includes(type))).toEqual([]);
});
