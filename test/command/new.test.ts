import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { KINDS, type Kind } from '../../lib/rules/vocabulary';
import { inFolder } from '../support/folder';
import { run, runWith } from '../support/run';

const FILES = { 'kohler/client.yaml': '', 'kohler/adobe.yaml': 'kind: access-key\nreason: x\n' };
const ARN = 'arn:aws:iam::111122223333:role/exporter';

/** Makes one in a folder, and gives what was written and what the folder then is. */
function made(argv: readonly string[], answers?: readonly string[]) {
  return inFolder(FILES, async (dir) => {
    const result = await runWith({ answers }, 'new', ...argv, '--dir', dir);
    const [client = '', vendor = ''] = argv;
    const file = join(dir, client, `${vendor}.yaml`);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const { failed, deployment } = load(dir);
    const integration = deployment.clients
      .flatMap(({ integrations }) => integrations)
      .find(({ name }) => name === `${client}_${vendor}`);
    return { ...result, text, failed, integration };
  });
}

const ANSWERED: [Kind, string[], string][] = [
  ['assumed-role', ['--in-aws', '--assumes-roles', '--principal', ARN], 'active'],
  ['direct-trust', ['--in-aws', '--no-assumes-roles', '--principal', ARN], 'active'],
  ['roles-anywhere', ['--outside-aws', '--certificate'], 'pending'],
  ['web-identity', ['--outside-aws', '--no-certificate', '--token'], 'pending'],
  ['access-key', ['--outside-aws', '--no-certificate', '--no-token', '--reason', 'It takes a key only'], 'active'],
];

test('every kind can be picked', () => {
  expect(ANSWERED.map(([kind]) => kind).sort()).toEqual([...KINDS].sort());
});

test.each(ANSWERED)('picks %s by the answers, says why, and check passes', async (kind, flags, status) => {
  const { exit, out, failed, integration } = await made(['kohler', 'tool', ...flags]);
  expect([exit, failed]).toEqual([0, false]);
  expect(integration).toMatchObject({ kind, status });
  expect(out).toContain(`kind: ${kind}\nIt is the safest kind that the vendor can use.\n`);
});

const ASKED: [string, string[]][] = [
  ['assumed-role', ['y', 'yes', ARN]],
  ['direct-trust', ['y', 'n', `${ARN}, arn:aws:iam::111122223333:user/x`]],
  ['roles-anywhere', ['n', 'what?', 'y']],
  ['web-identity', ['n', 'n', 'y']],
  ['access-key', ['n', 'n', 'n', 'It takes a key only']],
];

test.each(ASKED)('picks %s by asking', async (kind, answers) => {
  const { exit, integration } = await made(['kohler', 'tool'], answers);
  expect(exit).toBe(0);
  expect(integration?.kind).toBe(kind);
});

test('makes an external ID where it is ours to make, a new one each time', async () => {
  const ids = await Promise.all(
    [0, 1].map(async () => {
      const { integration } = await made(['kohler', 'tool', '--in-aws', '--assumes-roles', '--principal', ARN]);
      return integration?.kind === 'assumed-role' ? integration.externalIds[0] : undefined;
    }),
  );
  for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(ids[0]).not.toBe(ids[1]);
});

describe('a vendor of the catalogue', () => {
  test('is known by its name, and waits for what it has to send', async () => {
    const { exit, out, text, integration } = await made(['kohler', 'okta-workflows']);
    expect(exit).toBe(0);
    expect(integration).toMatchObject({ kind: 'assumed-role', status: 'pending' });
    expect(text).toContain('vendor: okta-workflows\nstatus: pending\n# principals: Account ID');
    expect(out).toContain('bucket-integrations handoff kohler_okta-workflows asks the vendor for them');
  });

  test('is active at once where everything is known', async () => {
    const { exit, text, failed, integration } = await made([
      'kohler',
      'okta',
      '--profile',
      'okta-workflows',
      '--principal',
      '111122223333',
      '--external-id',
      'abc:1',
    ]);
    expect([exit, failed]).toEqual([0, false]);
    expect(integration).toMatchObject({ kind: 'assumed-role', status: 'active', principals: ['111122223333'] });
    expect(text).toContain('principals: ["111122223333"]');
  });

  test('needs a reason for a kind that is not its best', async () => {
    expect(await made(['kohler', 'boomi', '--kind', 'access-key'])).toMatchObject({ exit: 2, text: undefined });
    const { exit, out, failed } = await made([
      'kohler',
      'boomi',
      '--kind',
      'access-key',
      '--reason',
      'No certificates yet',
    ]);
    expect([exit, failed]).toEqual([0, false]);
    expect(out).toContain('can use roles-anywhere, which is safer');
  });

  test('says which kinds it cannot use', async () => {
    const { exit, err } = await made(['kohler', 'reltio', '--kind', 'access-key']);
    expect(exit).toBe(2);
    expect(err).toBe('Reltio Export Service cannot use access-key; it can use assumed-role\n');
  });

  test('with a bucket of its own is asked for its name', async () => {
    expect(await made(['kohler', 'aligni'])).toMatchObject({
      exit: 2,
      text: undefined,
      err: expect.stringContaining('--bucket'),
    });
    const { exit, integration } = await made(['kohler', 'aligni', '--bucket', 'kohler-aligni']);
    expect(exit).toBe(0);
    expect(integration).toMatchObject({ prefix: '', dedicatedBucket: { name: 'kohler-aligni' }, status: 'pending' });
  });
});

describe('nothing is written', () => {
  test.each<[string, string[], number, string]>([
    ['over a file that is there', ['kohler', 'adobe', '--kind', 'access-key', '--reason', 'x'], 1, 'exists already'],
    ['where nobody answers', ['kohler', 'tool'], 2, '--in-aws or --outside-aws'],
    ['of a wrong name', ['kohler', 'Tool'], 2, 'for example tool'],
    ['of an unknown profile', ['kohler', 'tool', '--profile', 'nobody'], 2, 'there is no profile of nobody'],
    ['of an unknown kind', ['kohler', 'tool', '--kind', 'ftp'], 2, 'Allowed choices'],
    [
      'that check refuses',
      ['kohler', 'tool', '--kind', 'assumed-role', '--principal', '*'],
      1,
      'error[principal-wildcard]',
    ],
    [
      'that overlaps another',
      ['kohler', 'tool', '--kind', 'access-key', '--reason', 'x', '--prefix', 'adobe/x'],
      1,
      'error[overlapping-prefix]',
    ],
    ['without a reason', ['kohler', 'tool', '--kind', 'access-key'], 2, '--reason'],
  ])('%s', async (_, argv, exit, said) => {
    await inFolder(FILES, async (dir) => {
      const before = readdirSync(dir, { recursive: true });
      const result = await run('new', ...argv, '--dir', dir);
      expect(result.exit).toBe(exit);
      expect(result.err).toContain(said);
      expect(readdirSync(dir, { recursive: true })).toEqual(before);
      expect(readFileSync(join(dir, 'kohler/adobe.yaml'), 'utf8')).toBe(FILES['kohler/adobe.yaml']);
    });
  });
});

test('a new client gets its file, and an existing one keeps it', async () => {
  await inFolder(FILES, async (dir) => {
    writeFileSync(join(dir, 'kohler/client.yaml'), '# ours\n');
    for (const client of ['kohler', 'newco']) {
      const { exit } = await run('new', client, 'tool', '--kind', 'assumed-role', '--principal', ARN, '--dir', dir);
      expect(exit).toBe(0);
    }
    expect(readFileSync(join(dir, 'kohler/client.yaml'), 'utf8')).toBe('# ours\n');
    expect((await run('check', '--dir', dir)).exit).toBe(0);
  });
});

test('JSON says what was made', async () => {
  const { out } = await made(['kohler', 'snowflake', '--json']);
  expect(JSON.parse(out)).toMatchObject({ integration: 'kohler_snowflake', kind: 'assumed-role', status: 'pending' });
});
