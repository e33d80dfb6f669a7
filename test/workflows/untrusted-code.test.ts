// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of a shell's, not of JavaScript
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { run } from '../support/run';
import { commandsIn } from './shell';
import { untrustedCode } from './untrusted-code';

const CORPUS = join(__dirname, 'corpus');
const SHIPPED = join(__dirname, '../../.github/workflows');

function workflowsIn(folder: string): [name: string, text: string][] {
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

test.each(workflowsIn(join(CORPUS, 'bad')))('bad/%s is found, and that alone', (_, text) => {
  const [, expected] = /^# finds: (.*)$/m.exec(text) ?? [];
  expect(untrustedCode(parse(text))).toEqual([expect.stringContaining(String(expected))]);
});

test.each(workflowsIn(join(CORPUS, 'good')))('good/%s passes', (_, text) => {
  expect(untrustedCode(parse(text))).toEqual([]);
});

test.each(workflowsIn(SHIPPED))(
  '%s of this repository runs nothing of others with a token that can write',
  (_, text) => {
    expect(untrustedCode(parse(text))).toEqual([]);
  },
);

test('nor does any workflow of a repository that init lays out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
  try {
    await run('init', join(folder, 'ours'), '--from', 'git+https://git.example/ours.git');
    const workflows = workflowsIn(join(folder, 'ours/.github/workflows'));
    expect(workflows.length).toBeGreaterThan(2);
    expect(workflows.flatMap(([, text]) => untrustedCode(parse(text)))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each<[script: string, commands: string[][]]>([
  [
    'npm ci && npx cdk synth',
    [
      ['npm', 'ci'],
      ['npx', 'cdk', 'synth'],
    ],
  ],
  [
    'if ! A=1 B="x y" node a.js; then exit 1; fi',
    [
      ['node', 'a.js'],
      ['exit', '1'],
    ],
  ],
  [`echo 'a; b' "c && d"`, [['echo', 'a; b', 'c && d']]],
  [
    'echo "v=$(node -p 1)"',
    [
      ['node', '-p', '1'],
      ['echo', 'v='],
    ],
  ],
  ['node "$RUNNER_TEMP/x y.js"', [['node', '$RUNNER_TEMP/x y.js']]],
  ['bash ${RUNNER_TEMP}/a \\\n  --fast # and quick; rm', [['bash', '${RUNNER_TEMP}/a', '--fast']]],
  ['cat a | tee `pwd`/b', [['cat', 'a'], ['pwd'], ['tee', '/b']]],
])('%s is read as a shell reads it', (script, commands) => {
  expect(commandsIn(script)).toEqual(commands);
});
