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

/** Enter at the questions of every kind: access, prefix, end, owner, contact. */
const ENTER = ['', '', '', '', ''];

const ASKED: [string, string[]][] = [
  ['assumed-role', ['y', 'yes', ARN, '']],
  ['direct-trust', ['y', 'n', `${ARN}, arn:aws:iam::111122223333:user/x`]],
  ['roles-anywhere', ['n', 'what?', 'y', '', '']],
  ['web-identity', ['n', 'n', 'y', '', '', '']],
  ['access-key', ['n', 'n', 'n', 'It takes a key only']],
];

test.each(ASKED)('picks %s by asking', async (kind, answers) => {
  const { exit, integration } = await made(['kohler', 'tool'], [...answers, ...ENTER]);
  expect(exit).toBe(0);
  expect(integration?.kind).toBe(kind);
});

describe('the interview', () => {
  test('asks for anything left out, the names included', async () => {
    await inFolder(FILES, async (dir) => {
      const answers = [
        'kohler',
        'tool',
        'y',
        'y',
        ARN,
        'id-1',
        'list, read',
        '/in',
        '2027-06-30',
        'data team',
        'x@y.example',
      ];
      const { exit, out } = await runWith({ answers }, 'new', '--dir', dir);
      expect([exit, out]).toEqual([
        0,
        expect.stringContaining(`Next: npx bucket-integrations check --dir ${dir}, then`),
      ]);
      expect(readFileSync(join(dir, 'kohler/tool.yaml'), 'utf8').replace(/^# yaml.*\n/, '')).toBe(
        `kind: assumed-role\nowner: data team\ncontact: x@y.example\nprincipals:\n  - ${ARN}\nexternalId: id-1\nprefix: /in\naccess: [list, read]\nexpires: 2027-06-30\n`,
      );
    });
  });

  test('? explains every question, and a bad answer is asked again with nothing lost', async () => {
    await inFolder(FILES, async (dir) => {
      const bad: [string, string][] = [
        ['Kohler!', 'kohler'],
        ['adobe', 'tool'],
        ['perhaps', 'y'],
        ['dunno', 'y'],
        ['somebody', ARN],
        ['!', 'id-1'],
        ['raed', 'read'],
        ['a*b', 'in'],
        ['2026-02-30', '2027-06-30'],
      ];
      const answers = [...bad.flatMap(([wrong, right]) => ['?', wrong, right]), '?', '', '?', ''];
      const { exit, err } = await runWith({ answers }, 'new', '--dir', dir);
      expect(exit).toBe(0);
      expect(err.match(/\? explains\]/g)).toHaveLength(answers.length);
      for (const said of [
        /did you mean read\?/,
        /exists already/,
        /neither yes nor no/,
        /is not a principal/,
        /is not a day of the calendar/,
      ])
        expect(err).toMatch(said);
      expect(readFileSync(join(dir, 'kohler/tool.yaml'), 'utf8')).toContain(
        `  - ${ARN}\nexternalId: id-1\nprefix: in\n`,
      );
    });
  });

  test('asks again what check refuses', async () => {
    const answers = [ARN, '', '', 'adobe/x', '', '', '', 'elsewhere'];
    const { exit, err, integration } = await made(['kohler', 'tool', '--in-aws', '--assumes-roles'], answers);
    expect([exit, integration?.prefix]).toEqual([0, 'elsewhere/']);
    expect(err).toMatch(/adobe\/.*\nUnder which prefix\? .*\n$/);
  });

  test('gives back what was typed where it is no answer that check refuses', async () => {
    const flags = ['--in-aws', '--assumes-roles', '--role-name', 'not a name'];
    const { exit, err, text } = await made(['kohler', 'tool', ...flags], [ARN, 'id-1', ...ENTER]);
    expect([exit, text]).toEqual([1, undefined]);
    expect(err).toMatch(
      /error\[[\s\S]*The definition would have been:\n[\s\S]*externalId: id-1\n[\s\S]*nothing was written; correct/,
    );
  });

  test('--yes asks only what has no default', async () => {
    const { exit, err, integration } = await made(
      ['kohler', 'tool', '--kind', 'access-key', '--yes'],
      ['y', 'y', 'why not'],
    );
    expect([exit, integration?.reason]).toEqual([0, 'why not']);
    expect(err).not.toMatch(/What may it do/);
  });

  test.each([
    ['', 'active', /^[0-9a-f-]{36}$/],
    ['own-1 own-2', 'active', /^own-1$/],
    ['none', 'active', undefined],
    ['later', 'pending', undefined],
  ])('an external ID of %p', async (answer, status, id) => {
    const { out, text, integration } = await made(
      ['kohler', 'tool', '--in-aws', '--assumes-roles'],
      [ARN, answer, ...ENTER],
    );
    expect(integration?.status).toBe(status);
    const [first] = integration?.kind === 'assumed-role' ? integration.externalIds : [];
    expect(first).toEqual(id ? expect.stringMatching(id) : undefined);
    expect(out.includes('It was made here, at random')).toBe(answer === '');
    expect(text?.includes('# externalId: the external ID that the vendor makes')).toBe(answer === 'later');
  });

  test('of a vendor that always sends one, none is no answer', async () => {
    const { err, integration } = await made(['kohler', 'okta-workflows'], ['111122223333', 'none', 'later', ...ENTER]);
    expect(err).toContain('this vendor always sends one; type it, or later');
    expect(integration?.status).toBe('pending');
  });

  test('offers the ways of a profile, and its sites', async () => {
    const { err, integration } = await made(['kohler', 'airbyte'], ['?', 'clout', 'self-managed', ARN, '', ...ENTER]);
    expect(err).toContain('Which way of Airbyte, S3 source and S3 destination: cloud or self-managed?');
    expect(integration).toMatchObject({ way: 'self-managed', principals: [ARN] });
    const amplitude = await made(['kohler', 'amplitude'], ['mars', 'eu', 'id-1', ...ENTER]);
    expect(amplitude.integration).toMatchObject({ site: 'eu', status: 'active' });
  });
});

test('an external ID can be declined, or left to the vendor, by flags', async () => {
  const role = ['kohler', 'tool', '--in-aws', '--assumes-roles', '--principal', ARN];
  expect((await made([...role, '--no-external-id'])).text).not.toContain('externalId');
  const later = await made([...role, '--external-id-later']);
  expect([later.failed, later.integration?.status]).toEqual([false, 'pending']);
  const json = JSON.parse((await made([...role, '--json'])).out);
  expect(json).toEqual({ ...json, madeExternalId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
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
    expect(out).toMatch(
      /bucket-integrations handoff kohler_okta-workflows --dir \S+ asks the vendor for what only the vendor knows/,
    );
    expect(out).toMatch(/npx bucket-integrations accept kohler_okta-workflows --dir \S+ writes the answers/);
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
    expect(err).toBe('error[vendor-kind]: Reltio Export Service cannot use access-key; it can use assumed-role\n');
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

describe('a vendor with several ways or sites', () => {
  const key = '--reason';

  test('takes the first way, and needs no word for it', async () => {
    const { failed, text, integration } = await made(['kohler', 'airbyte', '--external-id', UUID]);
    expect(failed).toBe(false);
    expect(integration).toMatchObject({ way: 'cloud', status: 'active' });
    expect(text).not.toMatch(/^way:/m);
  });

  test('takes another by its name, and writes that', async () => {
    const argv = ['kohler', 'airbyte', '--way', 'self-managed', '--principal', ARN];
    const { failed, text, integration } = await made(argv);
    expect(failed).toBe(false);
    expect(integration).toMatchObject({ way: 'self-managed', principals: [ARN], status: 'active' });
    expect(text).toMatch(/^way: self-managed$/m);
    // Its external ID is ours to make.
    expect(integration).toHaveProperty('externalIds.0', expect.stringMatching(/^[0-9a-f-]{36}$/));
  });

  test('writes the site; without it the file says which there are', async () => {
    const named = await made(['kohler', 'amplitude', '--site', 'eu']);
    expect(named.integration).toMatchObject({ site: 'eu', principals: ['202493300829'], status: 'active' });
    const open = await made(['kohler', 'amplitude']);
    expect(open.failed).toBe(false);
    expect(open.integration).toMatchObject({ status: 'pending', principals: [] });
    expect(open.text).toContain('# site: data center (US or EU, whichever the Amplitude project is in.)');
  });

  test.each([
    [
      ['airbyte', '--way', 'clout'],
      'Airbyte, S3 source and S3 destination has no way clout; use cloud or self-managed',
    ],
    [['amplitude', '--site', 'mars'], 'Amplitude, Amazon S3 Import has no site mars; use us or eu'],
    [
      ['tool', '--site', 'us', '--kind', 'assumed-role'],
      '--way and --site choose from a vendor profile, and there is none',
    ],
    [['airbyte', '--way', 'cloud', '--kind', 'access-key', key, 'x'], 'cannot use access-key'],
  ])('%j is refused', async (argv, message) => {
    const { exit, err, text } = await made(['kohler', ...argv]);
    expect([exit, text]).toEqual([2, undefined]);
    expect(err).toContain(message);
  });

  test('adds what the vendor cannot do without to the access that is asked for', async () => {
    const { text } = await made(['kohler', 'boomi', '--access', 'read']);
    expect(text).toContain('access: [read, list-buckets]');
  });
});

const UUID = 'a1b2c3d4-0000-4000-8000-000000000000';

describe('keys of the language have flags', () => {
  const ROLE_FLAGS = ['--in-aws', '--assumes-roles'];

  test('a role may have trusts, tags, a source identity, a name, and people to ask', async () => {
    const { exit, text, failed, integration } = await made([
      ...['kohler', 'tool', ...ROLE_FLAGS],
      ...['--trust', `${ARN} id-1`, `${ARN}2`, '--session-tags', '--source-identity', '--role-name', 'OIDC_1'],
      ...['--contact', 'help@vendor.example', '--review-by', '2027-05-31', '--source-vpc', 'vpc-0a1b2c3d'],
      ...['--source-ip', '203.0.113.0/24', '--vpc-endpoint', 'vpce-0a1b2c3d'],
    ]);
    expect([exit, failed]).toEqual([0, false]);
    expect(integration).toMatchObject({
      ...{ kind: 'assumed-role', status: 'active', roleName: 'OIDC_1', sessionTags: true, sourceIdentity: true },
      ...{ contact: 'help@vendor.example', reviewBy: '2027-05-31', sourceVpcs: ['vpc-0a1b2c3d'] },
      ...{ sourceIps: ['203.0.113.0/24'], vpcEndpoints: ['vpce-0a1b2c3d'] },
      trusts: [{ principal: ARN, externalId: 'id-1' }, { principal: `${ARN}2` }],
    });
    // Each of them has its own, so that none is made for all.
    expect(text).not.toContain('\nexternalId:');
    expect(text).toContain(`trusts:\n  - principal: ${ARN}\n    externalId: id-1\n  - principal: ${ARN}2\n`);
  });

  test('of trusts no principals are asked for', async () => {
    const { exit, integration } = await made(['kohler', 'tool', ...ROLE_FLAGS, '--trust', ARN], ENTER);
    expect([exit, integration?.status]).toEqual([0, 'active']);
  });

  test('a warning can be accepted with its reason', async () => {
    const key = ['--outside-aws', '--no-certificate', '--no-token', '--reason', 'x'];
    const { exit, text, failed } = await made(['kohler', 'tool', ...key, '--accept', 'long-lived-key=no = other way']);
    expect([exit, failed]).toEqual([0, false]);
    expect(text).toContain('accept:\n  - code: long-lived-key\n    reason: no = other way\n');
  });

  test.each([
    [['--trust', 'somebody'], 'is not a principal'],
    [['--trust', `${ARN} id-1 id-2`], 'write "ARN EXTERNAL-ID"'],
    [['--trust', ' '], 'write "ARN EXTERNAL-ID"'],
    [['--trust', `${ARN} x`], 'external ID'],
    [['--accept', 'long-lived-key'], 'write CODE="the reason"'],
    [['--accept', 'long-lived-key= '], 'write CODE="the reason"'],
    [['--review-by', '2027-02-30'], 'is not a day'],
  ])('%p is wrong usage, and nothing is written', async (flags, said) => {
    const { exit, err, text } = await made(['kohler', 'tool', ...ROLE_FLAGS, '--principal', ARN, ...flags]);
    expect([exit, text]).toEqual([2, undefined]);
    expect(err).toContain(said);
  });

  test.each([
    [['--session-tags'], 'sessionTags'],
    [['--role-name', 'x'], 'roleName'],
    [['--trust', `${ARN} id-1`], 'trusts'],
  ])('%p of another kind is refused, as check refuses it', async (flags, key) => {
    const { exit, err, text } = await made([
      ...['kohler', 'tool', '--in-aws', '--no-assumes-roles', ...flags],
      ...(key === 'trusts' ? [] : ['--principal', ARN]),
    ]);
    expect([exit, text]).toEqual([1, undefined]);
    expect(err).toMatch(new RegExp(`error\\[key-of-other-kind\\]: ${key} is a key of assumed-role`));
  });

  test('trusts beside principals are refused', async () => {
    const { exit, err, text } = await made([
      'kohler',
      'tool',
      ...ROLE_FLAGS,
      '--principal',
      ARN,
      '--trust',
      `${ARN}2 id`,
    ]);
    expect([exit, text]).toEqual([2, undefined]);
    expect(err).toContain("'--principal <arn...>' cannot be used with option '--trust <trust...>'");
  });
});

describe('what the settings ask of every integration', () => {
  const FOLDER = { ...FILES, 'settings.yaml': 'require: [contact, reviewBy, owner]\n' };
  const KNOWN = {
    'kohler/adobe.yaml': 'kind: access-key\nreason: x\ncontact: x\nowner: x\nreviewBy: 2027-01-01\n',
  };
  const TOOL = ['new', 'kohler', 'tool', '--in-aws', '--assumes-roles', '--principal', ARN, '--owner', 'x'];

  test('is asked for, each key once', async () => {
    await inFolder({ ...FOLDER, ...KNOWN }, async (dir) => {
      // Enter is no answer to what is required, and a wrong day is asked again.
      const answers = ['', '', '', '', 'someday', '', '2027-05-31', '', 'help@x.example'];
      const { exit, err } = await runWith({ answers }, ...TOOL, '--dir', dir);
      expect([exit, err.match(/this needs an answer/g)?.length]).toEqual([0, 2]);
      expect(err).toContain('is not an ISO date');
      expect(err).not.toContain('Who is responsible');
      const text = readFileSync(join(dir, 'kohler/tool.yaml'), 'utf8');
      expect(text).toContain('owner: x\ncontact: help@x.example\nreviewBy: 2027-05-31\n');
      expect(load(dir).failed).toBe(false);
    });
  });

  test.each([
    [
      [],
      'error[missing-answer]: reviewBy is missing, and settings.yaml asks it of every integration; add --review-by YYYY-MM-DD\n',
    ],
    [
      ['--review-by', '2027-05-31'],
      /^error\[missing-answer\]: contact is missing, .*; add --contact "who to reach at the vendor"\n$/,
    ],
  ])('with %p is named with its flag where nobody can answer', async (flags, said) => {
    await inFolder({ ...FOLDER, ...KNOWN }, async (dir) => {
      const { exit, err } = await run(...TOOL, ...flags, '--dir', dir);
      expect(exit).toBe(2);
      expect(err).toEqual(typeof said === 'string' ? said : expect.stringMatching(said));
      expect(existsSync(join(dir, 'kohler/tool.yaml'))).toBe(false);
    });
  });

  test('is not asked for because an older definition lacks it', async () => {
    await inFolder(FOLDER, async (dir) => {
      const flags = ['--contact', 'x', '--review-by', '2027-05-31'];
      expect((await run(...TOOL, ...flags, '--dir', dir)).exit).toBe(0);
    });
  });
});
