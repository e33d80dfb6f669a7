import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SNAPSHOT_FORMAT, type Snapshot } from '../../lib/account/snapshot';
import { readSnapshotFile } from '../../lib/command/deployment/snapshot-file';
import { Failure } from '../../lib/command/host/failure';
import { readerPolicy } from '../../lib/rules/account-reader';
import { type Answers, fakeAccount, type Request, refuse } from '../account/fake-account';
import { inFolder } from '../support/folder';
import { type Run, type RunOptions, runWith } from '../support/run';

const ACCOUNT = '111122223333';
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const DEFINITIONS = {
  'integrations/settings.yaml': `account: "${ACCOUNT}"\nregion: eu-west-1\n`,
  'integrations/kohler/client.yaml': '',
  'integrations/kohler/adobe.yaml':
    'kind: access-key\nreason: It takes a key only\ndedicatedBucket: {name: kohler-adobe}\nwholeBucket: true\n',
  'integrations/acme/client.yaml': `region: eu-central-1\nbucket: {kmsKey: "${KEY}"}\n`,
  'integrations/other/client.yaml': 'account: "999988887777"\nregion: us-west-2\n',
};
const BUCKETS: Answers = {
  's3:ListBuckets': {
    Buckets: ['integrations-kohler', 'kohler-adobe', 'integrations-acme', 'unrelated'].map((Name) => ({
      Name,
      BucketRegion: Name.endsWith('acme') ? 'eu-central-1' : 'eu-west-1',
    })),
  },
  'kms:GetKeyPolicy': { Policy: '{"Statement":[]}' },
};

interface Made extends Run {
  readonly asked: readonly Request[];
  /** What was written. */
  readonly made: Snapshot | undefined;
}

/** Runs the command in a folder of definitions, against an account of answers. */
async function snapshot(
  dir: string,
  argv: readonly string[],
  { account = BUCKETS, region, ...options }: RunOptions & { readonly account?: Answers; readonly region?: string } = {},
): Promise<Made> {
  const { ask, asked } = fakeAccount(account);
  const source = () => Promise.resolve({ ask, region, asked: new Date('2026-11-27T10:00:00Z') });
  const out = join(dir, 'account.json');
  const words = ['snapshot', '--dir', join(dir, 'integrations'), '--out', out, ...argv];
  const run = await runWith({ aws: { account: source }, ...options }, ...words);
  return { ...run, asked, made: existsSync(out) ? readSnapshotFile(out) : undefined };
}

describe('what is read', () => {
  test('buckets, keys and Regions of the clients of the credentials’ account', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const { exit, out, err, made, asked } = await snapshot(dir, []);
      expect([exit, out]).toEqual([0, '']);
      expect(err).toBe(
        '1 client of other accounts: each account has a snapshot of its own\n' +
          `wrote ${join(dir, 'account.json')}: account ${ACCOUNT}, eu-central-1 and eu-west-1: ` +
          '0 roles, 0 users, 0 groups, 3 buckets, 1 key, 0 secrets, 0 stacks\n',
      );
      expect(made?.buckets?.map(({ Name }) => Name)).toEqual([
        'integrations-acme',
        'integrations-kohler',
        'kohler-adobe',
      ]);
      expect(made?.bucketNames).toContain('unrelated');
      expect(made?.keys?.map(({ Arn }) => Arn)).toEqual([KEY]);
      expect([...new Set(asked.map((each) => each.region))].sort()).toEqual(['eu-central-1', 'eu-west-1']);
    });
  });

  test('more buckets and Regions where they are named', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const one = await snapshot(dir, ['--bucket', 'unrelated', '--region', 'us-east-1', '--region', 'us-east-2']);
      expect(one.made?.buckets).toHaveLength(4);
      expect(one.made?.regions).toEqual(['eu-central-1', 'eu-west-1', 'us-east-1', 'us-east-2']);
      expect((await snapshot(dir, ['--all-buckets'])).made?.buckets).toHaveLength(4);
    });
  });

  test('a bucket that is named and not there is said, and the rest is written', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const { exit, err, made } = await snapshot(dir, ['--bucket', 'unrelatedd']);
      expect([exit, made?.buckets?.length]).toEqual([1, 3]);
      expect(err).toContain(`account ${ACCOUNT} has no bucket "unrelatedd": correct --bucket\n`);
    });
  });

  test('an account without definitions, of which buckets are named', async () => {
    await inFolder({ 'README.md': '' }, async (dir) => {
      const { exit, err, made } = await snapshot(dir, ['--all-buckets'], { region: 'eu-west-1' });
      expect([exit, made?.buckets?.length]).toEqual([0, 4]);
      expect(err).toContain(`there are no definitions in ${join(dir, 'integrations')}: only the buckets that you name`);
      const none = await snapshot(dir, [], { region: 'eu-west-1' });
      expect([none.exit, none.asked]).toEqual([1, []]);
      expect(none.err).toContain('error[unreadable-folder]');
    });
  });

  test('clients that say neither account nor Region are of the credentials’', async () => {
    const definitions = { 'integrations/kohler/client.yaml': '' };
    await inFolder(definitions, async (dir) => {
      const { made } = await snapshot(dir, [], { region: 'eu-north-1' });
      expect([made?.regions, made?.buckets?.length]).toEqual([['eu-north-1', 'eu-west-1'], 1]);
      const nowhere = await snapshot(dir, []);
      expect([nowhere.exit, nowhere.err]).toEqual([
        2,
        'error[missing-answer]: no Region is known; add --region eu-west-1, or set AWS_REGION\n',
      ]);
    });
  });

  test('nothing of an account without a client', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const Arn = 'arn:aws:iam::444455556666:user/me';
      const answers = { 'sts:GetCallerIdentity': { Account: '444455556666', Arn } };
      const { exit, err, made, asked } = await snapshot(dir, [], { account: answers });
      expect([exit, made, asked.length]).toEqual([1, undefined, 1]);
      expect(err).toBe(
        `error[unknown-client]: these credentials are of account 444455556666, which has no client (clients are of ${ACCOUNT} and 999988887777); ` +
          'use credentials of a client’s account, or name buckets with --bucket or --all-buckets\n',
      );
      expect((await snapshot(dir, ['--all-buckets'], { account: answers })).exit).toBe(0);
    });
  });

  test('nothing where the definitions have errors', async () => {
    await inFolder({ 'integrations/kohler/client.yaml': 'regoin: x\n' }, async (dir) => {
      const { exit, err, asked } = await snapshot(dir, []);
      expect([exit, asked]).toEqual([1, []]);
      expect(err).toContain('error[unknown-key]');
    });
  });
});

describe('what is said', () => {
  test('as JSON', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const { out, err } = await snapshot(dir, ['--json']);
      expect(JSON.parse(out)).toEqual({
        file: join(dir, 'account.json'),
        account: ACCOUNT,
        partition: 'aws',
        regions: ['eu-central-1', 'eu-west-1'],
        collectedAt: '2026-11-27T10:00:00Z',
        counts: { roles: 0, users: 0, groups: 0, buckets: 3, keys: 1, secrets: 0, stacks: 0 },
        notRead: [],
      });
      expect(err).not.toContain('wrote');
    });
  });

  test('what could not be read: each reason once, not too many, harmless on a terminal', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const answers: Answers = {
        ...BUCKETS,
        's3:GetBucketAcl': refuse('AccessDenied', 'no \u001b[31m'),
        ...Object.fromEntries(
          ['ListRoles', 'ListSAMLProviders', 'ListOpenIDConnectProviders'].map((name) => [
            `iam:${name}`,
            refuse('Throttling', 'x'.repeat(500)),
          ]),
        ),
        'iam:GetAccountAuthorizationDetails': refuse('AccessDenied'),
        'kms:ListAliases': (input, region) => refuse('AccessDenied', region)(input, region),
        'transfer:ListServers': (input, region) => refuse('AccessDenied', region)(input, region),
      };
      const { exit, err } = await snapshot(dir, [], { account: answers });
      expect(exit).toBe(0);
      const [, , heading, ...lines] = err.trimEnd().split('\n');
      expect(heading).toBe('not read: 14 things');
      expect(lines).toContain('  buckets.Acl: AccessDenied: no \\u001b[31m (3 times)');
      expect(lines).toHaveLength(12);
      expect(lines.at(-2)).toBe('  and 2 reasons more, in the file');
      expect(lines.at(-1)).toBe('npx bucket-integrations snapshot --policy prints the policy that the reader needs');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(250);
    });
  });

  test.each<[string, Answers, string]>([
    [
      'no credentials',
      { 'sts:GetCallerIdentity': refuse('CredentialsProviderError', 'Could not load') },
      'AWS says CredentialsProviderError: Could not load; log in (aws sso login), or set AWS_PROFILE\n',
    ],
    [
      'a session that ends',
      { ...BUCKETS, 's3:GetBucketAcl': refuse('ExpiredToken', 'it is over') },
      'AWS says ExpiredToken: it is over; log in (aws sso login), or set AWS_PROFILE\n',
    ],
    [
      'an identity that is none',
      { 'sts:GetCallerIdentity': {} },
      'AWS says NoIdentity: the answer does not say whose credentials these are; check credentials, Region and permissions, then try again\n',
    ],
    [
      'an answer that is none',
      { 'iam:GetAccountAuthorizationDetails': { RoleDetailList: [{ RoleName: 'a' }] } },
      "AWS's answer differs from its documentation: iam.RoleDetailList[0].Arn is missing; take the snapshot again\n",
    ],
  ])('%s in a line, and nothing is written', async (_, answers, message) => {
    await inFolder(DEFINITIONS, async (dir) => {
      const { exit, err, made } = await snapshot(dir, [], { account: answers });
      expect([exit, made]).toEqual([1, undefined]);
      expect(err.endsWith(message)).toBe(true);
      expect(readdirSync(dir)).toEqual(['integrations']);
    });
  });

  test('how far it is, on a terminal, of what takes longer than a second', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const lines: string[] = [];
      let now = 0;
      const clock = () => {
        now += 200;
        return now;
      };
      await snapshot(dir, [], { clock, progress: (line) => lines.push(line) });
      expect(lines.at(-1)).toBe('');
      expect(lines.find((line) => /answers/.test(line))).toMatch(/^account 111122223333: \d+ answers, \d+ to go$/);
    });
  });
});

describe('the file', () => {
  test('is its owner’s alone, whole, in the place of an older one', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const file = join(dir, 'account.json');
      const old = JSON.stringify({ format: SNAPSHOT_FORMAT });
      writeFileSync(file, old, { mode: 0o644 });
      expect((await snapshot(dir, [])).exit).toBe(0);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).toMatch(/^\{\n"format": "bucket-integrations\/snapshot@1",\n/);
      expect(readdirSync(dir).sort()).toEqual(['account.json', 'integrations']);
    });
  });

  test('is the same for the same account', async () => {
    await inFolder(DEFINITIONS, async (dir) => {
      const text = async () => {
        await snapshot(dir, ['--all-buckets']);
        return readFileSync(join(dir, 'account.json'), 'utf8');
      };
      expect(await text()).toBe(await text());
    });
  });

  test.each<[string, (dir: string) => void, RegExp]>([
    [
      'another file',
      (dir) => writeFileSync(join(dir, 'account.json'), '{"Resources":{}}'),
      /exists and is not a snapshot; name another file, or remove it\n$/,
    ],
    [
      'a folder',
      (dir) => mkdirSync(join(dir, 'account.json')),
      /cannot be written; name a file in a folder that exists\n$/,
    ],
  ])('%s there is left alone, before anything is asked', async (_, make, message) => {
    await inFolder(DEFINITIONS, async (dir) => {
      make(dir);
      const { ask, asked } = fakeAccount(BUCKETS);
      const account = () => Promise.resolve({ ask, asked: new Date() });
      const argv = ['--dir', join(dir, 'integrations'), '--out', join(dir, 'account.json')];
      const { exit, err } = await runWith({ aws: { account } }, 'snapshot', ...argv);
      expect([exit, asked]).toEqual([1, []]);
      expect(err).toMatch(message);
    });
  });

  test('needs its folder, and a name', async () => {
    for (const out of ['nowhere/account.json', 'file.txt/account.json']) {
      await inFolder({ ...DEFINITIONS, 'file.txt': '' }, async (dir) => {
        const { exit, err, asked } = await snapshot(dir, ['--out', join(dir, out)]);
        expect([exit, asked]).toEqual([1, []]);
        expect(err).toMatch(/cannot be written; name a file in a folder that exists\n$/);
      });
    }
    expect(await runWith({}, 'snapshot')).toEqual({
      exit: 2,
      out: '',
      err: 'error[missing-answer]: no file is named; name the one to write: --out account.json\n',
    });
  });
});

describe('--policy', () => {
  test('prints the least that the reader needs, and asks nothing', async () => {
    const { exit, out, err } = await runWith({}, 'snapshot', '--policy');
    expect([exit, err, JSON.parse(out)]).toEqual([0, '', readerPolicy('aws')]);
  });

  test('of the partition of the Region', async () => {
    const { out } = await runWith({}, 'snapshot', '--policy', '--region', 'cn-north-1');
    expect(JSON.parse(out)).toEqual(readerPolicy('aws-cn'));
  });

  test('not of a Region that is none', async () => {
    const { exit, err } = await runWith({}, 'snapshot', '--policy', '--region', 'ireland');
    expect(exit).toBe(2);
    expect(err).toContain('"ireland" is not a region; write its code, for example eu-west-1');
  });
});

describe('reading a file', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    [
      'one that is not there',
      () => {},
      /^\S+account\.json cannot be read \(ENOENT\); name a file that snapshot wrote$/,
    ],
    ['a folder', (file) => mkdirSync(file), /^\S+account\.json is not a file; name a file that snapshot wrote$/],
    [
      'a device',
      (file) => symlinkSync('/dev/zero', file),
      /^\S+account\.json is not a file; name a file that snapshot wrote$/,
    ],
    [
      'one that was cut',
      (file) => writeFileSync(file, '{"format":'),
      /^\S+account\.json: it cannot be read: it ends too early; take the snapshot again$/,
    ],
    [
      'one of 500 MB',
      (file) => {
        writeFileSync(file, '');
        truncateSync(file, 500_000_000);
      },
      /^\S+account\.json: it has 477 MiB; at most 256 are read; name fewer buckets instead of all$/,
    ],
  ])('%s', async (_, make, message) => {
    await inFolder({ 'README.md': '' }, async (dir) => {
      const file = join(dir, 'account.json');
      make(file);
      expect(() => readSnapshotFile(file)).toThrow(Failure);
      expect(() => readSnapshotFile(file)).toThrow(message);
    });
  });
});
