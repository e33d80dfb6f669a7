/** What can be seen of Windows elsewhere: how programs would be started there, and what paths become. */
import { problemLine } from '../../lib/definitions/yaml/problem';
import { cdkCommand, ownCommand } from '../../lib/text/commands';
import { inFolder } from '../support/folder';

/** What the library that starts programs makes of them on Windows. */
function onWindows(program: string, args: readonly string[], path: string) {
  const { platform } = process;
  const [PATH, PATHEXT] = [process.env.PATH, process.env.PATHEXT];
  Object.defineProperty(process, 'platform', { value: 'win32' });
  Object.assign(process.env, { PATH: path, PATHEXT: '.EXE;.CMD', comspec: 'cmd.exe' });
  try {
    let parsed: { command: string; args: string[] } | undefined;
    jest.isolateModules(() => {
      parsed = require('cross-spawn')._parse(program, [...args], {});
    });
    return parsed;
  } finally {
    Object.defineProperty(process, 'platform', { value: platform });
    Object.assign(process.env, { PATH });
    if (PATHEXT === undefined) delete process.env.PATHEXT;
    else process.env.PATHEXT = PATHEXT;
    delete process.env.comspec;
  }
}

test('npx is a script there, and is started by the shell with its words quoted', async () => {
  await inFolder({ 'npx.CMD': '@node %*\r\n' }, (dir) => {
    const parsed = onWindows('npx', ['cdk', 'deploy', 'kohler', '-c', 'integrations=a b & calc'], dir);
    expect(parsed?.command).toBe('cmd.exe');
    const line = parsed?.args.at(-1) ?? '';
    // Nothing that the shell would obey stands alone.
    expect(line).toContain('^"integrations=a^ b^ ^&^ calc^"');
    expect(line).not.toMatch(/(?<!\^)&/);
  });
});

test('elsewhere a program is started as it is', () => {
  const parsed = require('cross-spawn')._parse('npx', ['a b & c'], {});
  expect([parsed.command, parsed.args]).toEqual(['npx', ['a b & c']]);
});

test('the usual folder is known with either slash, and another is one word', () => {
  for (const dir of ['integrations', 'integrations/', './integrations', '.\\integrations', 'integrations\\'])
    expect([ownCommand('check', dir), cdkCommand('diff', dir)]).toEqual([
      'npx bucket-integrations check',
      'npx cdk diff',
    ]);
  expect(ownCommand('check', 'C:\\our files')).toBe("npx bucket-integrations check --dir 'C:\\our files'");
});

test('places of problems have forward slashes behind the folder', () => {
  const problem = {
    file: 'kohler/x.yaml',
    line: 1,
    column: 2,
    severity: 'error',
    code: 'unknown-key',
    message: 'm',
    fix: 'f',
  } as const;
  expect(problemLine(problem, 'C:\\integrations')).toBe('C:\\integrations/kohler/x.yaml:1:2: error[unknown-key]: m; f');
});
