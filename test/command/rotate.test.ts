import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../lib/command/host/failure';
import type { AccessKeyFacts, UserFacts } from '../../lib/rotation/model';
import { inFolder } from '../support/folder';
import { type Run, runWith } from '../support/run';

const NOW = new Date('2026-11-22T12:00:00Z');
const OLD = 'AKIAOLD0000000000001';
const NEW = 'AKIANEW0000000000002';

const hours = (count: number) => new Date(NOW.getTime() - count * 3_600_000);
const key = (id: string, more: Partial<AccessKeyFacts> = {}): AccessKeyFacts => ({
  id,
  active: true,
  made: hours(id === OLD ? 24 * 200 : 24 * 3),
  used: { at: hours(id === OLD ? 48 : 1), service: 's3', region: 'eu-west-1' },
  ...more,
});

interface Deployed {
  readonly keys?: readonly AccessKeyFacts[];
  /** Slot → the id of its key. */
  readonly held?: Readonly<Record<string, string>>;
  readonly account?: string;
  readonly absent?: boolean;
}

function awsOf({ keys = [], held = {}, account = '111122223333', absent }: Deployed) {
  const user: UserFacts | undefined = absent ? undefined : { account, asked: NOW, keys };
  return {
    user: () => Promise.resolve(user),
    heldKeyId: (secret: string) => Promise.resolve(held[/^integrations\/kohler\/adobe\/(.)$/.exec(secret)?.[1] ?? '']),
  };
}

const ONE: Deployed = { keys: [key(OLD)], held: { a: OLD } };
const TWO: Deployed = { keys: [key(OLD), key(NEW)], held: { a: OLD, b: NEW } };

const FILES = { 'settings.yaml': "account: '111122223333'\nregion: eu-west-1\n", 'kohler/client.yaml': '' };
const HEAD = 'kind: access-key # the last resort\nreason: It takes a key only\n';
const AWS_DOWN = {
  user: () => Promise.reject(new Failure('aws-refused', 'AWS says CredentialsProviderError: no credentials', 'log in')),
  heldKeyId: () =>
    Promise.reject(new Failure('aws-refused', 'AWS says CredentialsProviderError: no credentials', 'log in')),
};

/** Rotates kohler_adobe with these `keys`, and gives what its file then is. */
function rotated(
  keys: string,
  deployed: Deployed | undefined | typeof AWS_DOWN,
  ...argv: string[]
): Promise<Run & { text: string; dir: string }> {
  return inFolder({ ...FILES, 'kohler/adobe.yaml': `${HEAD}${keys}` }, async (dir) => {
    const aws = deployed && ('user' in deployed ? deployed : awsOf(deployed));
    const result = await runWith({ aws }, 'rotate', 'kohler_adobe', '--dir', dir, ...argv);
    expect(readdirSync(join(dir, 'kohler')).sort()).toEqual(['adobe.yaml', 'client.yaml']);
    return { ...result, text: readFileSync(join(dir, 'kohler/adobe.yaml'), 'utf8'), dir };
  });
}

describe('the steps', () => {
  test('a second key beside the first, with what to deploy and what to send', async () => {
    const { exit, out, err, text, dir } = await rotated('', ONE);
    expect([exit, err]).toEqual([0, '']);
    expect(text).toBe(`${HEAD}keys: [a, b]\n`);
    expect(out.replaceAll(dir, 'DIR')).toMatchSnapshot();
  });

  test('the older key retired', async () => {
    const { exit, out, err, text, dir } = await rotated('keys: [a, b]\n', TWO);
    expect([exit, err]).toEqual([0, '']);
    expect(text).toBe(`${HEAD}keys: [b]\n`);
    expect(out.replaceAll(dir, 'DIR')).toMatchSnapshot();
  });

  test('and the next time the other way round', async () => {
    const { text } = await rotated('keys: [b]\n', { keys: [key(OLD)], held: { b: OLD } });
    expect(text).toBe(`${HEAD}keys: [b, a]\n`);
    const end = await rotated('keys: [b, a]\n', { keys: [key(OLD), key(NEW)], held: { b: OLD, a: NEW } });
    expect(end.text).toBe(`${HEAD}keys: [a]\n`);
  });

  test('in the usual folder, the commands to go on need no more words', async () => {
    await inFolder({ ...FILES, 'kohler/adobe.yaml': HEAD }, async (dir) => {
      const here = process.cwd();
      try {
        process.chdir(dir);
        const { out } = await runWith({ aws: awsOf(ONE) }, 'rotate', 'kohler_adobe', '--dir', '.', '--dry-run');
        expect(out).toContain('npx cdk deploy kohler -c integrations=.\n');
        expect(out).toContain('npx bucket-integrations handoff kohler_adobe --dir .\n');
      } finally {
        process.chdir(here);
      }
    });
    await inFolder({ 'integrations/kohler/client.yaml': '', 'integrations/kohler/adobe.yaml': HEAD }, async (dir) => {
      const here = process.cwd();
      try {
        process.chdir(dir);
        const { out } = await runWith({ aws: awsOf(ONE) }, 'rotate', 'kohler_adobe');
        expect(out).toContain('  npx cdk deploy kohler\n');
        expect(out).toContain('  npx bucket-integrations handoff kohler_adobe\n');
      } finally {
        process.chdir(here);
      }
    });
  });

  test('--dry-run shows the step and leaves the file', async () => {
    const { exit, out, text } = await rotated('keys: [a, b]\n', TWO, '--dry-run');
    expect(exit).toBe(0);
    expect(text).toBe(`${HEAD}keys: [a, b]\n`);
    expect(out).toContain('unchanged; the next step is keys: [a, b] → [b]');
    expect(out).toMatch(/Next:\n {2}npx bucket-integrations rotate kohler_adobe .*\n {6}takes this step\n/);
  });

  test('--json is one document, also of a refusal', async () => {
    const { exit, out, err, text } = await rotated('', ONE, '--json');
    expect([exit, err]).toEqual([0, '']);
    expect(text).toContain('keys: [a, b]');
    expect(JSON.parse(out)).toMatchObject({
      integration: 'kohler_adobe',
      status: 'active',
      awsAsked: true,
      edited: true,
      step: 'add',
      slot: 'b',
      from: ['a'],
      to: ['a', 'b'],
      slots: [
        {
          slot: 'a',
          secret: 'integrations/kohler/adobe/a',
          defined: true,
          deployed: true,
          accessKeyId: OLD,
          active: true,
          made: hours(4800).toISOString(),
          lastUsed: hours(48).toISOString(),
          lastUsedService: 's3',
          lastUsedRegion: 'eu-west-1',
        },
        { slot: 'b', defined: false, deployed: false, accessKeyId: null, active: null, lastUsed: null },
      ],
      otherKeys: [],
      refusals: [],
      notes: [],
    });
    expect(JSON.parse(out).next).toHaveLength(3);
    const stray = await rotated('', { ...ONE, keys: [key(OLD), key(NEW, { used: undefined })] }, '--json');
    expect(JSON.parse(stray.out)).toMatchObject({
      otherKeys: [{ accessKeyId: NEW, active: true, lastUsed: null, lastUsedService: null, lastUsedRegion: null }],
      refusals: [{ code: 'stray-key' }],
    });
    const refused = await rotated('keys: [a, b]\n', ONE, '--json');
    expect([refused.exit, refused.err]).toEqual([1, '']);
    expect(JSON.parse(refused.out)).toMatchObject({
      edited: false,
      refusals: [{ code: 'slot-not-deployed' }],
      next: [],
    });
  });
});

describe('it waits', () => {
  const refusals: [string, string, Deployed, string, string][] = [
    ['while nothing is deployed', '', { absent: true }, 'user-not-deployed', 'npx cdk deploy kohler'],
    ['in another account', '', { ...ONE, account: '999988887777' }, 'wrong-account', 'account 111122223333'],
    ['while nothing is deployed of two keys', 'keys: [a, b]\n', { absent: true }, 'user-not-deployed', 'AWS_PROFILE'],
    [
      'with two keys in another account',
      'keys: [a, b]\n',
      { ...TWO, account: '999988887777' },
      'wrong-account',
      '999988887777',
    ],
    ['while the first key is not deployed', '', { keys: [] }, 'slot-not-deployed', 'npx cdk deploy kohler'],
    ['while a retired key is still deployed', '', TWO, 'slot-still-deployed', 'npx cdk deploy kohler'],
    [
      'while a key in no slot takes the room',
      '',
      { keys: [key(OLD), key('AKIASTRAY00000000003')], held: { a: OLD } },
      'stray-key',
      'aws iam delete-access-key --user-name kohler_adobe --access-key-id AKIASTRAY00000000003',
    ],
    [
      'while the new key is not deployed',
      'keys: [a, b]\n',
      ONE,
      'slot-not-deployed',
      'no secret integrations/kohler/adobe/b',
    ],
    [
      'while the old key is not deployed',
      'keys: [a, b]\n',
      { keys: [key(NEW)], held: { b: NEW } },
      'slot-not-deployed',
      'no secret integrations/kohler/adobe/a',
    ],
    [
      'where the new key was deleted by hand',
      'keys: [a, b]\n',
      { keys: [key(OLD)], held: { a: OLD, b: NEW } },
      'key-gone',
      'write keys: [a]',
    ],
    [
      'where the new key was made inactive by hand',
      'keys: [a, b]\n',
      { ...TWO, keys: [key(OLD), key(NEW, { active: false })] },
      'key-inactive',
      `--access-key-id ${NEW} --status Active`,
    ],
    [
      'where the order is not that in which the keys were made',
      'keys: [b, a]\n',
      TWO,
      'slots-reversed',
      'write keys: [a, b]',
    ],
    [
      'while the new key was never used',
      'keys: [a, b]\n',
      { ...TWO, keys: [key(OLD), key(NEW, { used: undefined })] },
      'new-key-unused',
      'npx bucket-integrations handoff kohler_adobe',
    ],
    [
      'while the old key is in use',
      'keys: [a, b]\n',
      { ...TWO, keys: [key(OLD, { used: { at: hours(23.9) } }), key(NEW)] },
      'old-key-used',
      '23 hours ago',
    ],
  ];

  test.each(refusals)('%s', async (_, keys, deployed, code, said) => {
    const { exit, out, err, text } = await rotated(keys, deployed);
    expect(exit).toBe(1);
    expect(text).toBe(`${HEAD}${keys}`);
    expect(out).toContain('unchanged; the next step is');
    expect(err.split('\n')).toEqual([expect.stringMatching(`^error\\[${code}\\]: \\S.*; \\S`), '']);
    expect(err).toContain(said);
  });

  test.each([
    ['a day after the last use', { ...TWO, keys: [key(OLD, { used: { at: hours(24) } }), key(NEW)] }],
    ['where the old key was never used', { ...TWO, keys: [key(OLD, { used: undefined }), key(NEW)] }],
    [
      'where the old key is inactive already, to see who misses it',
      { ...TWO, keys: [key(OLD, { active: false, used: { at: hours(2) } }), key(NEW)] },
    ],
    ['where the old key is gone already', { ...TWO, keys: [key(NEW)] }],
    [
      'where one deployment made both keys, in any order',
      { ...TWO, keys: [key(OLD, { made: hours(71.5) }), key(NEW, { made: hours(72) })] },
    ],
  ])('no longer %s', async (_, deployed) => {
    const { exit, err, text } = await rotated('keys: [a, b]\n', deployed);
    expect([exit, err]).toEqual([0, '']);
    expect(text).toBe(`${HEAD}keys: [b]\n`);
  });

  test('no longer with a key in no slot, where there is room for another', async () => {
    const { exit, out } = await rotated('', { keys: [key('AKIASTRAY00000000003')], held: { a: OLD } });
    expect(exit).toBe(0);
    expect(out).toContain('AKIASTRAY00000000003');
    expect(out).toContain(`${OLD}, which the user does not have`);
  });

  test('unless told, of what it was told alone', async () => {
    const busy = { ...TWO, keys: [key(OLD, { used: { at: hours(1) } }), key(NEW, { used: undefined })] };
    const codes = ({ err }: Run) => [...err.matchAll(/error\[([a-z-]+)\]/g)].map(([, code]) => code);
    expect(codes(await rotated('keys: [a, b]\n', busy))).toEqual(['new-key-unused', 'old-key-used']);
    expect(codes(await rotated('keys: [a, b]\n', busy, '--even-if-unused'))).toEqual(['old-key-used']);
    expect(codes(await rotated('keys: [a, b]\n', busy, '--even-if-used'))).toEqual(['new-key-unused']);
    const { exit, text } = await rotated('keys: [a, b]\n', busy, '--even-if-used', '--even-if-unused');
    expect([exit, text]).toEqual([0, `${HEAD}keys: [b]\n`]);
    expect(codes(await rotated('keys: [a, b]\n', ONE, '--even-if-used', '--even-if-unused'))).toEqual([
      'slot-not-deployed',
    ]);
  });
});

describe('where AWS cannot be asked', () => {
  test('it says what is defined and what the next step is, and waits', async () => {
    const { exit, out, err, text } = await rotated('keys: [a, b]\n', AWS_DOWN);
    expect(exit).toBe(1);
    expect(text).toBe(`${HEAD}keys: [a, b]\n`);
    expect(out).toContain('unchanged; the next step is keys: [a, b] → [b]');
    expect(out).toMatch(/^a {5}yes {6}not asked/m);
    expect(err).toBe(
      'error[aws-not-asked]: what is deployed is not known: AWS says CredentialsProviderError: no credentials; fix that (credentials, AWS_PROFILE, AWS_REGION), or use the definition alone with --without-aws\n',
    );
  });

  test('--without-aws goes on, asks nothing, and says what nobody checked', async () => {
    const { exit, out, err, text } = await rotated('keys: [a, b]\n', undefined, '--without-aws');
    expect([exit, text]).toEqual([0, `${HEAD}keys: [b]\n`]);
    expect(err).toBe(
      'note: AWS was not asked: nobody checked that slot b is deployed and that the vendor uses its key, not that of slot a\n',
    );
    expect(out).toContain('npx cdk deploy kohler');
    expect((await rotated('', undefined, '--without-aws')).err).toContain('slot a is deployed and slot b is free');
  });

  test('a program error is no answer of AWS', async () => {
    const broken = { user: () => Promise.reject(new TypeError('x')), heldKeyId: AWS_DOWN.heldKeyId };
    await expect(rotated('', broken)).rejects.toThrow(TypeError);
  });
});

describe('the file', () => {
  const inside = (text: string, use: (dir: string, file: string) => Promise<void>) =>
    inFolder({ ...FILES, 'kohler/adobe.yaml': text }, (dir) => use(dir, join(dir, 'kohler/adobe.yaml')));

  test('keeps its mode and its byte order mark', async () => {
    await inside(`\uFEFF${HEAD}`, async (dir, file) => {
      chmodSync(file, 0o640);
      const { exit } = await runWith({ aws: awsOf(ONE) }, 'rotate', 'kohler_adobe', '--dir', dir);
      expect(exit).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe(`\uFEFF${HEAD}keys: [a, b]\n`);
      expect(statSync(file).mode & 0o777).toBe(0o640);
    });
  });

  test('is left alone where somebody else changed it meanwhile', async () => {
    await inside(`${HEAD}keys: [a]\n`, async (dir, file) => {
      const { user, heldKeyId } = awsOf(ONE);
      const meanwhile = async () => {
        writeFileSync(file, `${HEAD}keys: [b]\n`);
        return user();
      };
      const { exit, err } = await runWith(
        { aws: { user: meanwhile, heldKeyId } },
        'rotate',
        'kohler_adobe',
        '--dir',
        dir,
      );
      expect(exit).toBe(1);
      expect(err).toContain('write keys: [a, b] yourself');
      expect(readFileSync(file, 'utf8')).toBe(`${HEAD}keys: [b]\n`);
    });
  });

  test('is left alone where it is written so that something would be lost', async () => {
    const text = `${HEAD}keys:\n  - # May\n    a\n  - b\n`;
    await inside(text, async (dir, file) => {
      for (const more of [[], ['--dry-run']]) {
        const { exit, err } = await runWith({ aws: awsOf(TWO) }, 'rotate', 'kohler_adobe', '--dir', dir, ...more);
        expect(exit).toBe(1);
        expect(err).toBe(
          `error[edit-impossible]: ${file} is unchanged: it cannot be edited there without losing something; write keys: [b] yourself\n`,
        );
      }
      expect(readFileSync(file, 'utf8')).toBe(text);
    });
  });

  test('is left alone where check would refuse what comes of it', async () => {
    // A stack that is full: 2 resources of the bucket, 3 of every integration.
    const others = Array.from({ length: 165 }, (_, at) => [`kohler/v${at}.yaml`, HEAD]);
    await inFolder({ ...FILES, 'kohler/adobe.yaml': HEAD, ...Object.fromEntries(others) }, async (dir) => {
      expect((await runWith({}, 'check', '--dir', dir)).exit).toBe(0);
      const { exit, err } = await runWith({ aws: awsOf(ONE) }, 'rotate', 'kohler_adobe', '--dir', dir);
      expect(exit).toBe(1);
      expect(err).toMatch(/adobe\.yaml is unchanged: with keys: \[a, b\], .*502.*; .*\n$/);
      expect(readFileSync(join(dir, 'kohler/adobe.yaml'), 'utf8')).toBe(HEAD);
    });
  });
});

describe('usage', () => {
  test.each([
    ['an integration without keys', 'kohler_role', 2, 'no access key: it is of kind assumed-role'],
    ['an unknown name', 'kohler_adbe', 1, 'did you mean kohler_adobe?'],
  ])('%s', async (_, name, exit, said) => {
    const role = 'kind: assumed-role\nstatus: pending\n';
    await inFolder({ ...FILES, 'kohler/adobe.yaml': HEAD, 'kohler/role.yaml': role }, async (dir) => {
      const result = await runWith({}, 'rotate', name, '--dir', dir);
      expect(result).toMatchObject({ exit, out: '', err: expect.stringContaining(said) });
    });
  });

  test('definitions that are wrong are mended first', async () => {
    const { exit, err, out } = await rotated('keys: [c]\n', ONE);
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain('error[unknown-value]');
  });

  test('a suspended integration is rotated too, and it is said that nothing works', async () => {
    const inactive = { keys: [key(OLD, { active: false })], held: { a: OLD } };
    const { exit, err } = await rotated('status: suspended\n', inactive);
    expect([exit, err]).toEqual([0, 'note: the integration is suspended: none of its keys works\n']);
    const both = { ...TWO, keys: [key(OLD, { active: false }), key(NEW, { active: false })] };
    expect((await rotated('status: suspended\nkeys: [a, b]\n', both)).exit).toBe(0);
  });
});
