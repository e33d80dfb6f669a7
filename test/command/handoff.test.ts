import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { run, runWith } from '../support/run';

const CA = readFileSync(join(__dirname, '../data/examples/globex/invoices-ca.pem'), 'utf8');

const FILES = {
  'settings.yaml': "account: '111122223333'\nregion: eu-west-1\n",
  'kohler/client.yaml': '',
  'kohler/reltio.yaml':
    'vendor: reltio\nprincipals: [arn:aws:iam::123456789876:user/reltio.platform.jobs]\nexternalId: 5ez83245-6b31\n',
  'kohler/okta-workflows.yaml': 'vendor: okta-workflows\nstatus: pending\n',
  'kohler/boomi.yaml':
    'vendor: boomi\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: boomi}\nexpires: 2027-05-31\n',
  'kohler/ca.pem': CA,
  'kohler/adobe.yaml': 'kind: access-key\nreason: a key only\nkeys: [a, b]\naccess: [list, read, write, acl]\n',
  'kohler/trust.yaml':
    'kind: direct-trust\ndescription: <b>bold</b> | `code`\nprincipals: [arn:aws:iam::123456789876:role/x]\nsourceIps: [203.0.113.0/24]\n',
  'kohler/token.yaml':
    'kind: web-identity\nprovider: https://accounts.google.com\naudiences: [abc]\nsubjects: ["1234"]\nmaxSessionDuration: 90m\n',
  'aligni/client.yaml': 'region: us-east-1\n',
  'aligni/aligni.yaml': `vendor: aligni\nprincipals: [${'79a59df900b949e5'.repeat(4)}]\ndedicatedBucket: {name: kohler-aligni}\n`,
};

const SETUP = {
  integration: 'kohler_boomi',
  kind: 'roles-anywhere',
  status: 'active',
  bucket: 'integrations-kohler',
  prefix: 'boomi/',
  region: 'eu-west-1',
  roleArn: 'arn:aws:iam::111122223333:role/kohler_boomi',
  profileArn: 'arn:aws:rolesanywhere:eu-west-1:111122223333:profile/1234abcd-12ab-34cd-56ef-1234567890ab',
  trustAnchorArn: 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab',
};

const NAMES = [
  'kohler_reltio',
  'kohler_okta-workflows',
  'kohler_boomi',
  'aligni_aligni',
  'kohler_adobe',
  'kohler_trust',
  'kohler_token',
];

test.each(NAMES)('the sheet of %s is as it was', async (name) => {
  await inFolder(FILES, async (dir) => {
    const { exit, out } = await run('handoff', name, '--dir', dir);
    expect(exit).toBe(0);
    expect(out).toMatchSnapshot();
  });
});

test.each([
  ['neither', '', 'set account and region, or deploy and add --outputs FILE or --from-stack'],
  ['its Region', 'region: eu-west-1\n', 'set account, or deploy and add --outputs FILE or --from-stack'],
  ['both', "account: '111122223333'\nregion: eu-west-1\n", 'deploy and add --outputs FILE or --from-stack'],
])('what only a deployment decides is said to a client that says %s, with what is left to do', async (_, said, how) => {
  const files = { 'kohler/client.yaml': said, 'kohler/boomi.yaml': FILES['kohler/boomi.yaml'], 'kohler/ca.pem': CA };
  await inFolder(files, async (dir) => {
    const { err } = await run('handoff', 'kohler_boomi', '--dir', dir);
    expect(err).toBe(`note: some values are known after the first deployment only: ${how}\n`);
  });
});

describe('an integration with an access point', () => {
  const files = {
    ...FILES,
    'kohler/point.yaml': 'kind: direct-trust\nprincipals: [arn:aws:iam::123456789876:role/x]\naccessPoint: true\n',
  };
  const arn = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/kohler--point';
  const setup = {
    ...{ integration: 'kohler_point', kind: 'direct-trust', status: 'active' },
    ...{ bucket: 'integrations-kohler', prefix: 'point/', region: 'eu-west-1' },
    ...{ accessPointArn: arn, accessPointAlias: 'kohler--point-abc123-s3alias' },
  };

  test('hands over its alias in the place of the bucket, once that is known', async () => {
    await inFolder(files, async (dir) => {
      const before = await run('handoff', 'kohler_point', '--dir', dir);
      expect(before.err).toContain('some values are known after the first deployment only');
      expect(before.out).toContain('| Bucket | _known after the first deployment_ |');
      expect(before.out).not.toMatch(/aws s3 .*integrations-kohler/);
      expect(before.out).toContain(arn);
      const outputs = join(dir, '.outputs.json');
      writeFileSync(outputs, JSON.stringify({ 'integrations-kohler': { Point: JSON.stringify(setup) } }));
      const after = await run('handoff', 'kohler_point', '--dir', dir, '--outputs', outputs);
      expect(after.out).toMatchSnapshot();
      expect(after.out).not.toContain('integrations-kohler');
      const json = JSON.parse((await run('handoff', 'kohler_point', '--dir', dir, '--outputs', outputs, '--json')).out);
      expect(json).toMatchObject(setup);
      expect(json.fields[0]).toEqual({ label: 'Bucket', value: 'kohler--point-abc123-s3alias' });
      const { fields } = JSON.parse((await run('handoff', 'kohler_trust', '--dir', dir, '--json')).out);
      expect(JSON.stringify(fields)).not.toContain('Access point');
    });
  });

  test('is shown with it by list and access', async () => {
    await inFolder(files, async (dir) => {
      expect((await run('access', 'kohler_point', '--dir', dir)).out).toContain(
        'through the access point kohler--point',
      );
      const clients = JSON.parse((await run('list', '--dir', dir, '--json')).out);
      const points = clients.flatMap((client: { integrations: { accessPoint?: string }[] }) =>
        client.integrations.flatMap(({ accessPoint }) => accessPoint ?? []),
      );
      expect(points).toEqual(['kohler--point']);
    });
  });

  test('is asked of the stack that it is in', async () => {
    await inFolder(files, async (dir) => {
      writeFileSync(join(dir, 'kohler/point.yaml'), `${files['kohler/point.yaml']}stackPart: 2\n`);
      const outputs = join(dir, '.outputs.json');
      writeFileSync(outputs, JSON.stringify({ 'integrations-kohler-Part2': { Point: JSON.stringify(setup) } }));
      const { exit, out } = await run('handoff', 'kohler_point', '--dir', dir, '--outputs', outputs);
      expect([exit, out]).toEqual([0, expect.stringContaining('kohler--point-abc123-s3alias')]);
      writeFileSync(outputs, JSON.stringify({ 'integrations-kohler': { Point: JSON.stringify(setup) } }));
      const elsewhere = await run('handoff', 'kohler_point', '--dir', dir, '--outputs', outputs);
      expect(elsewhere.err).toContain('make it with npx cdk deploy kohler-Part2 --outputs-file');
    });
  });
});

describe('what the sheet says', () => {
  const sheet = async (name: string, ...argv: string[]) =>
    inFolder(FILES, (dir) => run('handoff', name, '--dir', dir, ...argv));

  test('the setup information is at the root of the JSON, from the definitions alone where the account is known', async () => {
    const reltio = JSON.parse((await sheet('kohler_reltio', '--json')).out);
    expect(reltio).toMatchObject({
      integration: 'kohler_reltio',
      kind: 'assumed-role',
      status: 'active',
      bucket: 'integrations-kohler',
      prefix: 'reltio/',
      region: 'eu-west-1',
      roleArn: 'arn:aws:iam::111122223333:role/kohler_reltio',
      externalId: '5ez83245-6b31',
      access: ['list', 'read', 'write', 'delete'],
      deployed: false,
    });
    expect(reltio.fields.map(({ label }: { label: string }) => label)).toEqual([
      's3Bucket',
      's3Path',
      'roleArn',
      'externalId',
      'Region',
    ]);
    expect(reltio.fields[1].value).toBe('/reltio/');
    expect((await sheet('kohler_reltio', '--format', 'json')).out).toBe((await sheet('kohler_reltio', '--json')).out);
  });

  test('a pending integration asks for what is missing, in the words of the vendor', async () => {
    const { needed, status, commands } = JSON.parse((await sheet('kohler_okta-workflows', '--json')).out);
    expect(status).toBe('pending');
    expect(needed.map(({ label }: { label: string }) => label)).toEqual(['Account ID', 'External ID']);
    expect(commands).toEqual([]);
  });

  test('a secret is named, never shown', async () => {
    const { out } = await sheet('kohler_adobe');
    expect(out).toContain('in the secret integrations/kohler/adobe/b');
  });

  test.each([
    [['a', 'b'], ['a', 'b'], 'b'],
    [['b', 'a'], ['a', 'b'], 'a'],
    [['b', 'a'], ['b'], 'b'],
    [['b'], ['a'], 'a'],
  ])('while keys is %p and %p are deployed, the secret to hand over is %s', async (keys, there, handed) => {
    const adobe = `kind: access-key\nreason: a key only\nkeys: [${keys}]\n`;
    const secrets = Object.fromEntries(there.map((slot) => [slot, `integrations/kohler/adobe/${slot}`]));
    const setup = { ...SETUP, integration: 'kohler_adobe', kind: 'access-key', secrets };
    await inFolder({ ...FILES, 'kohler/adobe.yaml': adobe }, async (dir) => {
      const aws = { stackOutputs: () => Promise.resolve([JSON.stringify(setup)]) };
      const { out } = await runWith({ aws }, 'handoff', 'kohler_adobe', '--dir', dir, '--from-stack');
      expect(out.match(/integrations\/kohler\/adobe\/./g)).toEqual(
        Array(2).fill(`integrations/kohler/adobe/${handed}`),
      );
    });
  });

  test('what a definition says cannot become markup', async () => {
    expect((await sheet('kohler_trust', '--format', 'html')).out).toContain('&lt;b&gt;bold&lt;/b&gt; | `code`');
    expect((await sheet('kohler_trust')).out).toContain('\\<b\\>bold\\</b\\> | \\`code\\`');
  });

  test('a bucket used whole has no prefix anywhere', async () => {
    const { out } = await sheet('aligni_aligni');
    expect(out).toContain('| Amazon S3 Bucket Name | `kohler-aligni`');
    expect(out).not.toContain('Key prefix');
  });
});

describe('after deployment', () => {
  const OUTPUTS = {
    'integrations-kohler': { boomiSetup: JSON.stringify(SETUP), other: 'text', json: '[1]' },
    'integrations-acme': {},
  };

  test('values come from the outputs file', async () => {
    await inFolder(FILES, async (dir) => {
      const file = join(dir, '.outputs.json');
      writeFileSync(file, JSON.stringify(OUTPUTS));
      const { exit, out, err } = await run('handoff', 'kohler_boomi', '--dir', dir, '--outputs', file, '--json');
      expect([exit, err]).toEqual([0, '']);
      expect(JSON.parse(out)).toMatchObject({ ...SETUP, deployed: true });
      expect(out).toContain(`--trust-anchor-arn ${SETUP.trustAnchorArn}`);
    });
  });

  test('or from the stack itself', async () => {
    await inFolder(FILES, async (dir) => {
      const asked: unknown[] = [];
      const stackOutputs = (...args: unknown[]) => {
        asked.push(args);
        return Promise.resolve(['text', JSON.stringify({ ...SETUP, status: 'suspended' })]);
      };
      const { out, err } = await runWith(
        { aws: { stackOutputs } },
        'handoff',
        'kohler_boomi',
        '--dir',
        dir,
        '--from-stack',
        '--json',
      );
      expect(asked).toEqual([['integrations-kohler', 'eu-west-1']]);
      expect(JSON.parse(out)).toMatchObject({ status: 'suspended', profileArn: SETUP.profileArn });
      expect(err).toBe('note: the deployment has status suspended; the definition has status active\n');
    });
  });

  test('what is not deployed is said, with the next command', async () => {
    await inFolder(FILES, async (dir) => {
      const file = join(dir, '.outputs.json');
      writeFileSync(file, JSON.stringify(OUTPUTS));
      expect(await run('handoff', 'kohler_reltio', '--dir', dir, '--outputs', file)).toEqual({
        exit: 1,
        out: '',
        err: `${file} has no outputs for kohler_reltio: make it with npx cdk deploy kohler --outputs-file ${file}\n`,
      });
      writeFileSync(file, 'no json');
      for (const wrong of [file, join(dir, 'nowhere.json')]) {
        const { exit, err } = await run('handoff', 'kohler_reltio', '--dir', dir, '--outputs', wrong);
        expect(exit).toBe(1);
        expect(err).toContain(`make it with npx cdk deploy --outputs-file ${wrong}`);
      }
    });
  });
});

describe('--reveal-secret', () => {
  const value = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'the-very-secret' };
  const secretValue = (name: string) =>
    Promise.resolve(name === 'integrations/kohler/adobe/b' ? JSON.stringify(value) : 'not this one');
  const reveal = (options: Parameters<typeof runWith>[0], name = 'kohler_adobe') =>
    inFolder(FILES, (dir) =>
      runWith({ aws: { secretValue }, ...options }, 'handoff', name, '--dir', dir, '--reveal-secret'),
    );

  test('asks first, and shows the newest key', async () => {
    const { exit, out, err } = await reveal({ width: 80, answers: ['y'] });
    expect(exit).toBe(0);
    expect(err).toContain('Show the access key in integrations/kohler/adobe/b on this screen?');
    expect(out).toBe('Access key ID:     AKIAEXAMPLE\nSecret access key: the-very-secret\n');
  });

  test('shows nothing to whoever does not say yes', async () => {
    for (const answer of ['', 'n', 'maybe']) {
      const { exit, out } = await reveal({ width: 80, answers: [answer] });
      expect([exit, out]).toEqual([0, '']);
    }
  });

  test('shows nothing where there is no terminal', async () => {
    for (const options of [{}, { width: 80 }, { answers: ['y'] }]) {
      const { exit, out, err } = await reveal(options);
      expect([exit, out]).toEqual([2, '']);
      expect(err).toContain('on a terminal only');
    }
  });

  test('says what has no secret', async () => {
    expect(await reveal({ width: 80, answers: ['y'] }, 'kohler_reltio')).toMatchObject({ exit: 2, out: '' });
  });

  test('never repeats a value that it cannot read', async () => {
    const broken = () => Promise.resolve('{"secretAccessKey": "the-very-secret"');
    const { exit, out, err } = await reveal({ width: 80, answers: ['y'], aws: { secretValue: broken } });
    expect([exit, out]).toEqual([1, '']);
    expect(err).not.toContain('the-very-secret');
  });
});
