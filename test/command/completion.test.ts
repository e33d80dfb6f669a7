import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { run } from '../support/run';

const ROOT = join(__dirname, '../..');
/** A repository as this one, with the definitions of the tests. */
const HERE = mkdtempSync(join(tmpdir(), 'completion-'));
for (const name of ['lib', 'package.json', 'package-lock.json']) symlinkSync(join(ROOT, name), join(HERE, name));
symlinkSync(join(ROOT, 'test/data/examples'), join(HERE, 'integrations'));
afterAll(() => rmSync(HERE, { recursive: true }));

const NAMES =
  'acme_braze acme_snowflake globex_boomi globex_okta-workflows globex_orders globex_segment kohler_adobe kohler_reltio kohler_warehouse';

let bash: string;
let zsh: string;
beforeAll(async () => {
  [bash, zsh] = (await Promise.all([run('completion', 'bash'), run('completion', 'zsh')])).map(({ out }) => out) as [
    string,
    string,
  ];
});

/** What bash offers for the last of these words. */
function offered(words: readonly string[], cwd = HERE): string {
  const ask = `eval "$SCRIPT"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    [[ $(complete -p "$1") =~ -F\\ ([^ ]+) ]] && "\${BASH_REMATCH[1]}" "$1" "\${@: -1}" && :
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { ...process.env, SCRIPT: bash };
  const { stdout, stderr } = spawnSync('bash', ['--norc', '--noprofile', '-c', ask, 'bash', ...words], {
    cwd,
    env,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.trim().split('\n').join(' ');
}

describe('bash', () => {
  test.each([
    ['che', 'check'],
    ['rep', 'report'],
    ['check --s', '--strict'],
    ['vendors sh', 'show'],
    ['vendors show boo', 'boomi'],
    ['completion ', 'bash zsh'],
    ['access ', NAMES],
    ['access kohler_re', 'kohler_reltio'],
    ['handoff --format html globex_s', 'globex_segment'],
    ['handoff --format ', 'markdown html json'],
    ['handoff --format = h', 'html'],
    ['handoff --format =', 'markdown html json'],
    ['handoff kohler_adobe ', ''],
    ['new k', 'kohler'],
    ['new kohler rel', 'reltio'],
    ['new kohler x --kind access', 'access-key'],
    ['new kohler x --access list read wr', 'write'],
    ['new kohler x --access list --ki', '--kind'],
    ['new kohler x --reason ', ''],
    ['new kohler x --source-', '--source-identity --source-ip --source-vpc'],
    ['new kohler x --certificate --no-tok', '--no-token'],
    ['list --dir integr', 'integrations'],
    ['handoff kohler_adobe --outputs pack', 'package-lock.json package.json'],
    ['access --dir lib ', ''],
    ['deploy --end-removed --conc', '--concurrency'],
  ])('completes %p to %p', (line, offers) => {
    expect(offered(['bucket-integrations', ...line.split(' ')])).toBe(offers);
  });

  test('leaves npx alone', () => {
    const { stdout } = spawnSync('bash', ['--norc', '--noprofile', '-c', 'eval "$SCRIPT"; complete -p'], {
      env: { ...process.env, SCRIPT: bash },
      encoding: 'utf8',
    });
    expect(stdout).toBe('complete -F _bucket_integrations bucket-integrations\n');
    expect(zsh).not.toContain('npx');
  });

  test('holds the script of zsh, for a zsh that reads it', () => {
    const [, held] = /<<'BUCKET_INTEGRATIONS_ZSH'\n([\s\S]*?)BUCKET_INTEGRATIONS_ZSH\n/.exec(bash) ?? [];
    expect(held).toBe(zsh);
  });

  test('takes names from the folder that is named', async () => {
    await inFolder({ 'my files/acme/client.yaml': '', 'my files/acme/tool.yaml': '' }, async (dir) => {
      expect(offered(['bucket-integrations', 'access', '--dir', 'my\\ files', 'a'], dir)).toBe('acme_tool');
      expect(offered(['bucket-integrations', 'access', '--dir', "'my files'", 'a'], dir)).toBe('acme_tool');
      expect(offered(['bucket-integrations', 'access', '--dir=my files', 'a'], dir)).toBe('acme_tool');
    });
  });

  test('evaluates no file name', async () => {
    await inFolder({ 'integrations/acme/tool.yaml': '' }, async (dir) => {
      const names = ['$(touch taken).yaml', '`touch taken`.yaml', 'a;touch taken.yaml', '*.yaml', 'a b.yaml'];
      for (const name of names) writeFileSync(join(dir, 'integrations/acme', name), '');
      expect(offered(['bucket-integrations', 'access', ''], dir)).toBe('acme_tool');
      expect(readdirSync(dir)).toEqual(['integrations']);
    });
  });

  // Needs a terminal, which script(1) of util-linux makes.
  const pseudo = existsSync('/usr/bin/script') && process.platform === 'linux' ? test : test.skip;
  pseudo('completes what is typed', async () => {
    await inFolder({ 'script.bash': bash }, (dir) => {
      const typed = `PS1=; bucket-integrations() { printf '<%s>' "$@"; }; . ${join(dir, 'script.bash')}\nbucket-integrations acces\tkohler_re\t\nexit\n`;
      const { stdout } = spawnSync('script', ['-qec', 'bash --norc --noprofile -i', '/dev/null'], {
        cwd: HERE,
        input: typed,
        encoding: 'utf8',
        env: { ...process.env, TERM: 'dumb', INPUTRC: '/dev/null' },
      });
      expect(stdout).toContain('<access><kohler_reltio>');
    });
  });
});

describe('zsh', () => {
  const found = [process.env.ZSH, '/bin/zsh', '/usr/bin/zsh'].find((path) => path !== undefined && existsSync(path));

  (found ? test : test.skip)('reads it without complaint', () => {
    inFolder({ '_bucket-integrations': zsh }, (dir) => {
      const { status, stderr } = spawnSync(found ?? '', ['-f', '-n', join(dir, '_bucket-integrations')], {
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
    });
  });

  test('has a function for every command, and calls no other', () => {
    const made = [...zsh.matchAll(/^(_bucket_integrations\w*(?:-\w+)*)\(\) \{$/gm)].map(([, name]) => name);
    const called = [...zsh.matchAll(/_bucket_integrations\w*(?:-\w+)*/g)].map(([name]) => name);
    expect(made).toContain('_bucket_integrations_do_vendors_do_show');
    expect(new Set(made).size).toBe(made.length);
    expect([...new Set(called)].filter((name) => !made.includes(name))).toEqual([]);
  });

  test('quotes what descriptions hold', () => {
    const specs = [...zsh.matchAll(/^ {4}('(?:[^']|'\\'')*')(?: \\)?(?: && return)?$/gm)].map(([, spec]) => spec ?? '');
    expect(specs.length).toBeGreaterThan(60);
    for (const spec of specs) {
      const text = spec.slice(1, -1).replaceAll("'\\''", "'");
      expect(text.replace(/\\./g, '').match(/[[\]]/g)?.length ?? 0).toBeLessThanOrEqual(2);
    }
    expect(zsh).toContain("'1:shell:(bash zsh)'");
    expect(zsh).toContain(
      "'--kind[the kind, instead of the proposed one]:kind:(assumed-role direct-trust roles-anywhere web-identity access-key)'",
    );
  });
});

test('another shell is wrong usage', async () => {
  const { exit, err } = await run('completion', 'fish');
  expect(exit).toBe(2);
  expect(err).toContain('Allowed choices are bash, zsh');
});
