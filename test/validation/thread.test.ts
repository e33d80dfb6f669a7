import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ThreadAnswer, validationThread } from '../../lib/validation/thread';
import warmUp from '../../lib/validation/warm-up.template.json';
import { EVERY_SHAPE } from '../support/every-shape';
import { synthesize } from '../support/synth';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thread-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a thread answers about a template, and in how many seconds. */
function answerOf(
  templatePath: string,
  validator?: string,
): { readonly answer: ThreadAnswer; readonly seconds: number } {
  const started = Date.now();
  const thread = validationThread(validator);
  try {
    thread.begin([{ stackConstructPath: 'x', templatePath, accountId: undefined, region: undefined }]);
    return { answer: thread.answer(), seconds: (Date.now() - started) / 1000 };
  } finally {
    thread.end();
  }
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const VALIDATOR = join(__dirname, '../../lib/validation/validator.js');
const ON_MESSAGE = "require('node:worker_threads').parentPort.on('message', () => {";
const template = () => file('template.json', JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));

describe('a thread that ends is not waited for', () => {
  test.each([
    ['it cannot be read', 'const = 1', 'SyntaxError: '],
    ['what it needs is missing', "require('./nowhere')", "Cannot find module './nowhere'"],
    ['it throws', "throw new Error('no rules')", 'Error: no rules'],
    ['it ends at once', 'process.exit(3)', 'it ended with 3'],
    ['it has nothing to do', '', 'it ended with 0'],
    ['it is ended without a chance to say so', 'process.reallyExit(4)', 'it ended with 4'],
    ['it rejects', 'Promise.reject(new Error("lost"))', 'Error: lost'],
    ['it throws in the middle', `${ON_MESSAGE} throw new Error('no template'); })`, 'Error: no template'],
    ['it ends in the middle', `${ON_MESSAGE} process.exit(0); })`, 'it ended with 0'],
  ])('where %s', (_, program, why) => {
    const { answer, seconds } = answerOf(template(), file('validator.js', program));
    expect(answer).toEqual({ failed: expect.stringContaining(why) });
    // Of 70 that it has; on an idle machine it is a tenth of one.
    expect(seconds).toBeLessThan(20);
  });

  test('where there is none', () => {
    expect(answerOf(template(), join(folder, 'nowhere.js')).answer).toEqual({
      failed: expect.stringContaining('Cannot find module'),
    });
  });
});

test('the first answer counts, whatever becomes of the thread then', () => {
  const program = "const { parentPort } = require('node:worker_threads');\n";
  const answers = "parentPort.on('message', () => { parentPort.postMessage({ report: 'first' }); process.exit(1); })";
  expect(answerOf(template(), file('validator.js', program + answers)).answer).toEqual({ report: 'first' });
});

test('a template that cannot be read is a failure', () => {
  expect(answerOf(join(folder, 'none'))).toMatchObject({ answer: { failed: expect.stringContaining('ENOENT') } });
});

test('it needs no folder for temporary files', () => {
  const stackTemplates = [{ stackConstructPath: 'x', templatePath: template() }];
  const program = `const worker = new (require('node:worker_threads').Worker)(${JSON.stringify(VALIDATOR)});
    worker.on('message', (message) => { console.log(JSON.stringify(message)); process.exit(); });
    worker.postMessage(${JSON.stringify({ templatePaths: [], stackTemplates })});`;
  const env = { ...process.env, TMPDIR: join(folder, 'nowhere') };
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { env, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ report: { success: true, violations: [] } });
});

test('the rules that are loaded ahead are those of this library’s resources', () => {
  const types = Object.values(synthesize(EVERY_SHAPE)).flatMap(({ Resources }) =>
    Object.values(Resources).map(({ Type }) => Type),
  );
  const ahead = Object.values(warmUp.Resources).map(({ Type }) => Type);
  expect([...new Set(types)].filter((type) => !ahead.includes(type))).toEqual([]);
});
