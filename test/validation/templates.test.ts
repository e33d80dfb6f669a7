import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { App, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib/core';
import cdkJson from '../../cdk.json';
import { passCache } from '../../lib/validation/pass-cache';
import { Subjects } from '../../lib/validation/subject';
import { RememberingTemplateValidation } from '../../lib/validation/templates';
import { type ValidationThread, validationThread } from '../../lib/validation/thread';
import { shareOf } from '../support/share';
import { shareValidationEngines } from '../support/validation-engine';

shareValidationEngines();

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
  return { said, failed: failed.replaceAll(outdir, ''), report: traceless };
}

const remembering = (thread?: ValidationThread) => (say: (line: string) => void) =>
  new RememberingTemplateValidation(passCache(join(folder, 'passed'), []), new Subjects(), thread, say);

const durations = [HOUR, 'an hour'];
let own: ReturnType<typeof validated>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'validated-'));
  own = validated(durations, () => new CloudFormationValidatePlugin());
  rmSync(folder, { recursive: true });
});

test('in a thread or not, first or again, the report is the CDK’s own', () => {
  expect(own.failed).toContain("MaxSessionDuration: 'an hour' is not of type 'integer'");
  expect(validated(durations, remembering(validationThread()))).toEqual(own);
  // The stack without a fault has passed; the other's is found each time.
  const said = ['CloudFormation Validate: 1 of 2 templates are unchanged since they passed'];
  expect(validated(durations, remembering())).toEqual({ ...own, said });
  expect(validated([HOUR, HOUR], remembering()).failed).toBe('');
});

test('where all passed before, the rules are not even loaded', () => {
  validated([HOUR, HOUR], remembering());
  const calls: string[] = [];
  const thread: ValidationThread = {
    begin: () => void calls.push('begin'),
    answer: () => {
      calls.push('answer');
      return { failed: 'it was asked' };
    },
    end: () => void calls.push('end'),
  };
  expect(validated([HOUR, HOUR], remembering(thread)).failed).toBe('');
  expect(calls).toEqual(['end']);
});

test.each(
  shareOf(
    [
      ['at once', 'process.exit(3)'],
      ['in the middle', "require('node:worker_threads').parentPort.on('message', () => process.exit(3))"],
    ],
    0,
  ),
)('where the thread ends %s, that is said, and nothing is left out', (_, program) => {
  const file = join(folder, 'validator.js');
  writeFileSync(file, program);
  const why = 'the thread failed (it ended with 3), so templates are validated without it';
  expect(validated(durations, remembering(validationThread(file)))).toEqual({
    ...own,
    said: [`CloudFormation Validate: ${why}`],
  });
});
