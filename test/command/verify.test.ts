import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../lib/account/readers/ask';
import { fakeAccount } from '../account/fake-account';
import type { Raw } from '../support/deployed-account';
import { inFolder } from '../support/folder';
import { type Run, type RunOptions, run, runWith } from '../support/run';
import { allKinds, DEFINITIONS } from '../verification/account-of-all-kinds';
import { addRole, allow, document, root, trust } from '../verification/messes/edits';

/** A folder of definitions with the snapshot of its account, which something was done to. */
function inAccount<T>(change: (account: Raw) => void, use: (dir: string, file: string) => Promise<T>): Promise<T> {
  return inFolder(DEFINITIONS, async (dir) => {
    const { account } = allKinds();
    change(account);
    const file = join(dir, '.account.json');
    writeFileSync(file, JSON.stringify(account));
    return use(dir, file);
  });
}

const backdoor = (account: Raw) =>
  void addRole(account, 'backdoor', trust(root('999900001111')), document(allow('s3:*')));

test('an account as it is defined is the same, and says what was not judged', async () => {
  const { exit, out, err } = await inAccount(
    () => {},
    (dir, file) => run('verify', '--dir', dir, '--snapshot', file),
  );
  expect(err).toBe('');
  expect(exit).toBe(0);
  expect(out).toMatch(/^account 111122223333, as of 2026-11-27T10:00:00Z\n/);
  expect(out).toContain('\nnot judged:\n  service and resource control policies');
  expect(out).toMatch(/\nsame: 2 clients as defined, and nobody else reaches their buckets\n$/);
});

/** Whom a role trusts that nobody may become. */
const CLOSED = `aws iam update-assume-role-policy --role-name backdoor --policy-document '${JSON.stringify(
  document({ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }),
)}'`;

test('what differs is said with who, what, since when, how to undo it and how to allow it', async () => {
  const { exit, out } = await inAccount(backdoor, (dir, file) => run('verify', '--dir', dir, '--snapshot', file));
  expect(exit).toBe(1);
  expect(out).toContain(
    [
      'error[unknown-principal] account 999900001111 can become arn:aws:iam::111122223333:role/backdoor, which may s3:*, and so reaches the buckets of 2 clients (trust of arn:aws:iam::111122223333:role/backdoor; inline policy inline-0 of arn:aws:iam::111122223333:role/backdoor); the role backdoor was made 2026-11-20',
      '  fix: remove the access or the trust, or make it an integration; if it is one of our own, add its account to ownAccounts, or the user to internal',
      `  undo: ${CLOSED}`,
      '',
    ].join('\n'),
  );
  expect(out).toMatch(/\ndiffers: 1 error\n$/);
});

test('a command that takes back several findings is said once, and these stand together', async () => {
  const change = (account: Raw) => {
    // What is found in between is another command's.
    account.buckets.find(({ Name }: Raw) => Name === 'integrations-kohler').AccessPoints.push({ Name: 'other' });
    const { Policy } = account.buckets.find(({ Name }: Raw) => Name === 'integrations-kohler');
    const { Statement } = JSON.parse(Policy);
    const more = ['999900001111', '999900002222'].map((id) => ({ ...allow('s3:*'), Principal: root(id) }));
    Statement.shift();
    account.buckets.find(({ Name }: Raw) => Name === 'integrations-kohler').Policy = JSON.stringify(
      document(...Statement, ...more),
    );
  };
  const { out } = await inAccount(change, (dir, file) => run('verify', '--dir', dir, '--snapshot', file));
  expect(out.match(/^ {2}undo: .*/gm)).toEqual([
    expect.stringMatching(/^ {2}undo: aws s3api put-bucket-policy /),
    '  undo: the same command as above',
    '  undo: the same command as above',
    expect.stringMatching(/^ {2}undo: aws s3control delete-access-point /),
  ]);
});

test('the data are one document, of the shape that the contract says', async () => {
  const { exit, out, err } = await inAccount(backdoor, (dir, file) =>
    run('verify', '--dir', dir, '--snapshot', file, '--json'),
  );
  expect([exit, err]).toEqual([1, '']);
  const data = JSON.parse(out);
  expect(Object.keys(data)).toEqual(['accounts', 'collectedAt', 'verdict', 'findings', 'insiders', 'notJudged']);
  expect(data.findings).toEqual([
    {
      code: 'unknown-principal',
      severity: 'error',
      client: null,
      integration: null,
      resource: null,
      principal: 'arn:aws:iam::111122223333:role/backdoor',
      message: expect.any(String),
      fix: expect.any(String),
      undo: CLOSED,
    },
  ]);
  expect(data.insiders).toContainEqual({
    principal: 'arn:aws:iam::222233334444:role/analyst',
    reach: expect.any(Array),
    declared: true,
  });
});

test('one client alone, whose files alone are read', async () => {
  const change = (account: Raw) => {
    for (const bucket of account.buckets) bucket.PublicAccessBlock = null;
  };
  await inAccount(change, async (dir, file) => {
    writeFileSync(join(dir, 'acme/adobe.yaml'), 'kind: nonsense\n');
    const { exit, out } = await run('verify', '--dir', dir, '--snapshot', file, '--client', 'kohler', '--json');
    expect(exit).toBe(1);
    expect(JSON.parse(out).findings.map(({ client }: Raw) => client)).toEqual(['kohler']);
    const strange = await run('verify', '--dir', dir, '--snapshot', file, '--client', 'kohlr');
    expect([strange.exit, strange.out]).toEqual([1, '']);
    expect(strange.err).toMatch(/kohlr/);
  });
});

test('what was not read is no difference, but not the same either, unless that is allowed', async () => {
  const change = (account: Raw) => {
    delete account.accessGrants;
  };
  await inAccount(change, async (dir, file) => {
    const { exit, out } = await run('verify', '--dir', dir, '--snapshot', file);
    expect(exit).toBe(1);
    expect(out).toContain('  accessGrants: the snapshot does not hold it\n');
    expect(out).toMatch(/\nunknown: no error, but 1 thing not judged; read them as well, or say --allow-not-judged\n$/);
    expect((await run('verify', '--dir', dir, '--snapshot', file, '--allow-not-judged')).exit).toBe(0);
  });
});

test('insiders whom no entry names are errors where that is asked for', async () => {
  const change = (account: Raw) => void addRole(account, 'admin', trust(root(account.account)), document(allow('*')));
  await inAccount(change, async (dir, file) => {
    const lax = await run('verify', '--dir', dir, '--snapshot', file);
    expect(lax.exit).toBe(0);
    expect(lax.out).toContain('1 in none\n');
    const strict = await run('verify', '--dir', dir, '--snapshot', file, '--strict');
    expect(strict.exit).toBe(1);
    expect(strict.out).toContain('error[undeclared-insider] arn:aws:iam::111122223333:role/admin');
  });
});

test('of two accounts, a chain is followed from one to the other', async () => {
  // Who is ours in the other account can be become by a stranger.
  const first = (account: Raw) =>
    void addRole(account, 'reader', trust({ AWS: 'arn:aws:iam::222233334444:role/hub' }), document(allow('s3:Get*')));
  await inAccount(first, async (dir, file) => {
    const alone = await run('verify', '--dir', dir, '--snapshot', file);
    expect(alone.exit).toBe(0);
    const { account } = allKinds();
    const other: Raw = Object.fromEntries(
      Object.entries(account).map(([name, value]) => [name, Array.isArray(value) ? [] : value]),
    );
    Object.assign(other, { account: '222233334444', regions: ['eu-west-1'], maxSessionDurations: {} });
    other.iam = { RoleDetailList: [], UserDetailList: [], GroupDetailList: [], Policies: [] };
    addRole(other, 'analyst', trust(root('222233334444')));
    addRole(other, 'hub', trust(root('999900001111')), document(allow('sts:AssumeRole')));
    const second = join(dir, '.other.json');
    writeFileSync(second, JSON.stringify(other));
    const both = await run('verify', '--dir', dir, '--snapshot', file, '--snapshot', second, '--json');
    expect(both.exit).toBe(1);
    const { accounts, findings } = JSON.parse(both.out);
    expect(accounts).toEqual(['111122223333', '222233334444']);
    expect(findings.map(({ code, principal }: Raw) => [code, principal])).toEqual([
      ['unknown-principal', 'arn:aws:iam::222233334444:role/hub'],
    ]);
    expect(findings[0].message).toContain(
      'role/hub, which can become arn:aws:iam::111122223333:role/reader, which may s3:Get*',
    );
  });
});

describe('a snapshot that is not one', () => {
  const cases: readonly (readonly [string, (text: string) => string | Uint8Array, RegExp])[] = [
    ['cut', (text) => text.slice(0, text.length / 2), /it ends too early/],
    ['empty', () => '', /.account.json: /],
    ['nonsense', () => '{"format": 1}', /format/],
    ['of another format', (text) => text.replace('snapshot@1', 'snapshot@2'), /snapshot@2/],
    ['no JSON', () => 'account: 1', /it is not JSON/],
    ['no text', () => new Uint8Array([0xff, 0xfe, 0x00]), /UTF-8/],
    ['a list', () => '[]', /it is not a snapshot/],
    ['with a role without a name', (text) => text.replace('"RoleName":', '"X":'), /RoleName is missing/],
    [
      'of another account',
      (text) => text.replaceAll('111122223333', '555566667777'),
      /no client is in account 555566667777/,
    ],
  ];
  test.each(cases)('%s', async (_, change, message) => {
    await inAccount(
      () => {},
      async (dir, file) => {
        writeFileSync(file, change(readFileSync(file, 'utf8')));
        const { exit, out, err } = await run('verify', '--dir', dir, '--snapshot', file);
        expect([exit, out]).toEqual([1, '']);
        expect(err).toMatch(message);
        expect(err.trimEnd().split('\n')).toHaveLength(1);
      },
    );
  });

  test('two of one account', async () => {
    await inAccount(
      () => {},
      async (dir, file) => {
        const { exit, err } = await run('verify', '--dir', dir, '--snapshot', file, '--snapshot', file);
        expect(exit).toBe(1);
        expect(err).toMatch(/are both of account 111122223333/);
      },
    );
  });

  test('without any list it is never the same', async () => {
    const lists = Object.keys(allKinds().account).filter((name) => Array.isArray(allKinds().account[name]));
    for (const list of ['iam', ...lists]) {
      // Nobody is let in by a location alone, and SAML providers of the account itself are ours.
      if (['regions', 'notRead', 'samlProviders', 'accessGrantsLocations'].includes(list)) continue;
      const { exit, out } = await inAccount(
        (account) => delete account[list],
        (dir, file) => run('verify', '--dir', dir, '--snapshot', file, '--json'),
      );
      expect([list, exit, JSON.parse(out).verdict]).not.toContain('same');
      expect([list, exit]).toEqual([list, 1]);
    }
  });
});

describe('the account itself', () => {
  const live = (options: Partial<RunOptions>, dir: string, ...more: string[]): Promise<Run> =>
    runWith(options, 'verify', '--dir', dir, ...more);

  test('is read where no snapshot is given', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const { ask } = fakeAccount();
      const account = async () => ({ ask, region: 'eu-west-1', asked: new Date('2026-11-22T00:00:00Z') });
      const { exit, out } = await live({ aws: { account } }, dir, '--json');
      expect(exit).toBe(1);
      const { verdict, findings } = JSON.parse(out);
      expect(verdict).toBe('differs');
      expect(findings.map(({ code }: Raw) => code)).toContain('missing');
    });
  });

  test('that refuses is said', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const ask = () => Promise.reject(new Refusal('ExpiredToken', 'the token is too old'));
      const account = async () => ({ ask, region: 'eu-west-1', asked: new Date() });
      const { exit, err } = await live({ aws: { account: account as never } }, dir);
      expect(exit).toBe(1);
      expect(err).toMatch(/AWS says ExpiredToken/);
    });
  });
});

describe('list and access say whether it is so', () => {
  test('in a column', async () => {
    await inAccount(
      (account) => {
        account.maxSessionDurations.kohler_adobe = 43200;
        account.buckets.find(({ Name }: Raw) => Name === 'acme-landing-zone').PublicAccessBlock = null;
      },
      async (dir, file) => {
        const list = await run('list', '--dir', dir, '--snapshot', file);
        expect(list.exit).toBe(0);
        const [headings = '', ...rows] = list.out.split('\n');
        expect(headings).toMatch(/ DEPLOYED$/);
        expect(rows.find((row) => row.startsWith('kohler_adobe'))).toMatch(/ changed-access$/);
        expect(rows.find((row) => row.startsWith('kohler_boomi'))).toMatch(/ as defined$/);
        expect(list.err).toBe(`more differs at 1 client: npx bucket-integrations verify --dir ${dir} says what\n`);
        const one = await run('access', 'kohler_adobe', '--dir', dir, '--snapshot', file);
        expect(one.out).toMatch(/deployed: changed-access: sessions of .* may last 43200 seconds/);
      },
    );
  });

  test('in the data', async () => {
    await inAccount(
      (account) => {
        account.maxSessionDurations.kohler_adobe = 43200;
      },
      async (dir, file) => {
        const all = JSON.parse((await run('access', '--dir', dir, '--snapshot', file, '--json')).out);
        const states = all.flatMap(({ integration, deployed }: Raw) =>
          integration ? [[integration, deployed.verdict]] : [],
        );
        expect(Object.fromEntries(states)).toMatchObject({ kohler_adobe: 'differs', acme_adobe: 'same' });
        const plain = JSON.parse((await run('access', '--dir', dir, '--json')).out);
        expect(plain.every(({ deployed }: Raw) => deployed === undefined)).toBe(true);
      },
    );
  });
});
