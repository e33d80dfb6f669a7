import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HandoffOptions, handoff } from '../../lib/command/handoff';
import { Exit, FAILURES, Failure } from '../../lib/command/host/failure';
import type { Host } from '../../lib/command/host/host';
import { inFolder } from '../support/folder';

const ROOT = join(__dirname, '../..');

test('each failure can happen: the command raises its code', () => {
  const source = ['lib/command', 'bin']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('failure.ts'))
        .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
    )
    .join('\n');
  expect(Object.keys(FAILURES).filter((code) => !source.includes(`'${code}'`))).toEqual([]);
  expect(Object.keys(FAILURES)).toEqual(Object.keys(FAILURES).sort());
});

test('a failure is the fault of the system unless it says otherwise, and has a cause only where there is one', () => {
  const [plain, whole] = [
    new Failure('git-failed', 'x', 'try again'),
    new Failure('bad-ref', 'y', 'name one', { exit: Exit.USAGE, cause: new Error('z') }),
  ];
  expect([plain.exit, plain.message, plain.what, plain.fix, Object.hasOwn(plain, 'cause')]).toEqual([
    Exit.FOUND,
    'x; try again',
    'x',
    'try again',
    false,
  ]);
  expect([whole.exit, whole.code, whole.cause]).toEqual([Exit.USAGE, 'bad-ref', new Error('z')]);
});

const FILES = { 'kohler/client.yaml': '', 'kohler/adobe.yaml': 'kind: access-key\nreason: x\n' };
const unexpected = () => Promise.reject(new Error('nobody should be asked'));

/** How the hand-off of kohler_adobe fails. */
async function failing(options: Partial<HandoffOptions>, secret = ''): Promise<Failure> {
  const host: Host = {
    ...{ out: () => undefined, err: () => undefined, today: '2026-11-22', width: 80, git: unexpected, run: unexpected },
    ask: () => Promise.resolve('y'),
    aws: {
      ...{
        stackOutputs: unexpected,
        user: unexpected,
        heldKeyId: unexpected,
        vendor: unexpected,
        account: unexpected,
        stacks: unexpected,
      },
      secretValue: () => Promise.resolve(secret),
    },
  };
  return inFolder(FILES, async (dir) => {
    const given: HandoffOptions = { dir, format: 'json', fromStack: false, revealSecret: false, ...options };
    const ended = handoff('kohler_adobe', given, host);
    return ended.then(
      () => Promise.reject(new Error('it did not fail')),
      (error: Failure) => error,
    );
  });
}

test('the cause is what was thrown before', async () => {
  const failure = await failing({ outputs: '/nowhere/outputs.json' });
  expect(failure).toMatchObject({ code: 'cannot-read', cause: { code: 'ENOENT' } });
});

test('a secret that cannot be read is in no message, and in no cause', async () => {
  const secret = 'wJalrXUtnFEMI';
  const failure = await failing({ revealSecret: true }, secret);
  expect(failure.code).toBe('bad-secret');
  expect(`${failure.stack} ${String(failure.cause)}`).not.toContain(secret.slice(0, 5));
});
