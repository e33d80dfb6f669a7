import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { GitFolder } from '../support/git-folder';
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
      expect(after.out).toContain('| Bucket | `kohler--point-abc123-s3alias` |');
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
      expect(elsewhere.err).toContain(`make it with npx cdk deploy kohler-Part2 -c integrations=${dir} --outputs-file`);
    });
  });
});

describe('of what is ours to do, the vendor is not asked', () => {
  const files = {
    'kohler/client.yaml': '',
    'kohler/boomi.yaml': 'vendor: boomi\nstatus: pending\n',
    'kohler/snowflake.yaml': 'vendor: snowflake\nstatus: pending\n',
    'kohler/loader.yaml':
      'vendor: snowflake\nprincipals: [arn:aws:iam::123456789001:user/abc1]\nexternalId: A_SFCRole=2_a/b=\n',
  };

  test('an authority of our own is said on our side', async () => {
    const { out, err } = await inFolder(files, (dir) => run('handoff', 'kohler_boomi', '--dir', dir));
    expect(out).toContain('Not in use yet: all access is denied. We will tell you when it works.');
    expect(out).not.toContain('What to send back');
    expect(err).toContain(
      'note: before it can be active, fill in trustAnchor, which is ours to make: Certificate authority',
    );
  });

  test('an error that only we can correct has no remedy for the vendor', async () => {
    const { out, err } = await inFolder(files, (dir) => run('handoff', 'kohler_snowflake', '--dir', dir));
    expect(out).toContain('STORAGE\\_AWS\\_IAM\\_USER\\_ARN');
    expect(err).not.toContain('ours to make');
    const active = await inFolder(files, (dir) => run('handoff', 'kohler_loader', '--dir', dir));
    expect(active.out).toContain('Send us the message: this is ours to correct.');
    expect(active.out).not.toMatch(/Activate STS|Compare principals/);
    const json = await inFolder(files, (dir) => run('handoff', 'kohler_loader', '--json', '--dir', dir));
    expect(JSON.parse(json.out).troubleshooting[0]).toMatchObject({ who: 'owner' });
    const ours = await inFolder(files, (dir) => run('handoff', 'kohler_loader', '--internal', '--dir', dir));
    expect(ours.out).toMatch(/INTERNAL. Do not send this[\s\S]*Compare principals[\s\S]*Activate STS/);
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
    expect(out).toContain('you receive it separately, through a channel for secrets');
    expect(out).not.toContain('integrations/kohler/adobe');
    expect((await sheet('kohler_adobe', '--internal')).out).toContain('in the secret `integrations/kohler/adobe/b`');
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
      const { out } = await runWith({ aws }, 'handoff', 'kohler_adobe', '--internal', '--dir', dir, '--from-stack');
      expect(out.match(/integrations\/kohler\/adobe\/./g)).toEqual([`integrations/kohler/adobe/${handed}`]);
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
        err: `error[missing-output]: ${file} has no outputs for kohler_reltio; make it with npx cdk deploy kohler -c integrations=${dir} --outputs-file ${file}\n`,
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

describe('what the language says of people, keys and sessions', () => {
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const TRUSTED = 'arn:aws:iam::123456789876:role/x';
  const DIRECT = `kind: direct-trust\nprincipals: [${TRUSTED}]\n`;
  const ROLE = `kind: assumed-role\nprincipals: [${TRUSTED}]\nexternalId: id-1\n`;
  const SETTINGS = FILES['settings.yaml'];
  const MADE_KEY = { 'settings.yaml': SETTINGS, 'kohler/client.yaml': 'bucket: {kmsKey: create}\n' };

  /** The hand-off of the integration kohler_tool, as data. */
  const made = (files: Readonly<Record<string, string>>, setup?: object) =>
    inFolder({ 'settings.yaml': SETTINGS, 'kohler/client.yaml': '', ...files }, async (dir) => {
      const outputs = join(dir, '.outputs.json');
      writeFileSync(outputs, JSON.stringify({ 'integrations-kohler': { Tool: JSON.stringify(setup) } }));
      const { exit, out, err } = await run(
        ...['handoff', 'kohler_tool', '--dir', dir, '--json'],
        ...(setup ? ['--outputs', outputs] : []),
      );
      expect([exit, err.includes('error')]).toEqual([0, false]);
      return JSON.parse(out);
    });
  const fieldsOf = async (...given: Parameters<typeof made>) =>
    new Map<string, { value?: string; values?: string[]; elsewhere?: string; note?: string }>(
      (await made(...given)).fields.map((field: { label: string }) => [field.label, field]),
    );

  test('a vendor that writes may send the full ARN of the key, as soon as that is known', async () => {
    const tool = { ...MADE_KEY, 'kohler/tool.yaml': ROLE };
    expect((await fieldsOf(tool)).get('KMS key')).toMatchObject({
      elsewhere: 'known after the first deployment',
      note: expect.stringContaining("send the key's full ARN"),
    });
    const setup = {
      ...{ integration: 'kohler_tool', kind: 'assumed-role', status: 'active', bucket: 'integrations-kohler' },
      ...{ prefix: 'tool/', region: 'eu-west-1', roleArn: 'arn:aws:iam::111122223333:role/kohler_tool' },
      ...{ externalId: 'id-1', kmsKeyArn: KEY },
    };
    expect((await fieldsOf(tool, setup)).get('KMS key')?.value).toBe(KEY);
    expect(await made(tool, setup)).toMatchObject({ kmsKeyArn: KEY });
    const named = { 'kohler/client.yaml': `bucket: {kmsKey: "${KEY}"}\n`, 'kohler/tool.yaml': ROLE };
    expect((await fieldsOf(named)).get('KMS key')?.value).toBe(KEY);
    expect(JSON.stringify((await made(named)).troubleshooting)).toContain("send aws:kms with the key's full ARN");
  });

  test.each([
    ['no key', {}, ROLE],
    ['a key and reads only', MADE_KEY, `${ROLE}access: [list, read]\n`],
    ['a key and lists only, trusted directly', MADE_KEY, `${DIRECT}access: [list]\n`],
  ])('a vendor with %s has no field of a key', async (_, files, tool) => {
    expect((await fieldsOf({ ...files, 'kohler/tool.yaml': tool })).has('KMS key')).toBe(false);
  });

  test.each([
    ['[list, read]', 'must allow kms:Decrypt on it.'],
    ['[list, read, write]', 'must allow kms:GenerateDataKey and kms:Decrypt on it. If your product asks'],
  ])('a vendor in its own role must be allowed the key there: %s', async (access, note) => {
    const fields = await fieldsOf({ ...MADE_KEY, 'kohler/tool.yaml': `${DIRECT}access: ${access}\n` });
    expect(fields.get('KMS key')?.note).toContain(note);
  });

  test('a bucket without a key takes no header of one', async () => {
    const said = async (access: string) =>
      JSON.stringify((await made({ 'kohler/tool.yaml': `${ROLE}access: ${access}\n` })).troubleshooting);
    expect(await said('[write]')).toContain('or send AES256');
    expect(await said('[read]')).not.toContain('AES256');
  });

  test('what a session may carry is said, and what it may not', async () => {
    const said = async (more: string) => {
      const { sessions, troubleshooting } = await made({ 'kohler/tool.yaml': `${ROLE}${more}` });
      const codes = troubleshooting.map(({ code }: { code: string }) => code);
      return [sessions, ...['tag-session', 'source-identity'].filter((code) => codes.includes(code))];
    };
    expect(await said('')).toEqual(['Sessions last up to 1 hour.', 'tag-session', 'source-identity']);
    expect(await said('sessionTags: true\n')).toEqual([
      'Sessions last up to 1 hour. They may carry session tags.',
      'source-identity',
    ]);
    expect(await said('sessionTags: true\nsourceIdentity: true\n')).toEqual([
      'Sessions last up to 1 hour. They may carry session tags and a source identity.',
    ]);
  });

  test('each principal has the external ID of its own', async () => {
    const other = 'arn:aws:iam::123456789876:role/y';
    const trusts = `trusts:\n  - {principal: "${TRUSTED}", externalId: id-1}\n  - {principal: "${other}", externalId: id-2}\n`;
    const fields = await fieldsOf({ 'kohler/tool.yaml': `kind: assumed-role\n${trusts}` });
    expect(fields.get(`External ID for ${TRUSTED}`)?.value).toBe('id-1');
    expect(fields.get(`External ID for ${other}`)?.value).toBe('id-2');
    expect(fields.has('External ID')).toBe(false);
    const deployed = {
      ...{ integration: 'kohler_tool', kind: 'assumed-role', status: 'active', bucket: 'integrations-kohler' },
      ...{ prefix: 'tool/', region: 'eu-west-1', roleArn: 'arn:aws:iam::111122223333:role/kohler_tool' },
    };
    // What is deployed is another version: whose each is, nobody knows.
    const older = await fieldsOf(
      { 'kohler/tool.yaml': `kind: assumed-role\n${trusts}` },
      { ...deployed, externalIds: ['id-1', 'id-3'] },
    );
    expect(older.get('External ID')).toMatchObject({ values: ['id-1', 'id-3'] });
  });

  test.each([
    ['sourceIps: [203.0.113.0/24]\nsourceVpcs: [vpc-0a1b2c3d]\n', ['203.0.113.0/24', 'vpc-0a1b2c3d']],
    ['vpcEndpoints: [vpce-0a1b2c3d]\n', ['vpce-0a1b2c3d']],
    ['', []],
  ])('from where alone it may be used is said: %j', async (more, from) => {
    const files = { 'settings.yaml': SETTINGS, 'kohler/client.yaml': '', 'kohler/tool.yaml': `${ROLE}${more}` };
    await inFolder(files, async (dir) => {
      const shown = async (format: string) =>
        (await run('handoff', 'kohler_tool', '--dir', dir, '--format', format)).out;
      expect(JSON.parse(await shown('json')).from).toEqual(from);
      const [markdown, html] = [await shown('markdown'), await shown('html')];
      if (from.length === 0) expect([markdown, html].filter((text) => text.includes('Only from'))).toEqual([]);
      else {
        expect(markdown).toContain(` Only from ${from.map((each) => `\`${each}\``).join(' or ')}.`);
        for (const each of from) expect(html.replaceAll('<wbr>', '')).toContain(`<code>${each}</code>`);
      }
    });
  });

  test('requests from other networks are explained, VPCs too', async () => {
    const { troubleshooting } = await made({ 'kohler/tool.yaml': `${ROLE}sourceVpcs: [vpc-0a1b2c3d]\n` });
    expect(JSON.stringify(troubleshooting)).toContain('accepted from vpc-0a1b2c3d only');
  });

  test('a vendor that makes the ARN of the role by its name is given the path', async () => {
    const profile = `title: Tool
summary: x
sources: [x]
checked: 2026-11-01
ways:
  - kind: assumed-role
    fields: [{label: Role, value: "{roleName}"}, {label: Account, value: "{accountId}"}]
test: [x]
`;
    const tool = { 'kohler/tool.yaml': `vendor: own-tool\n${ROLE.replace(/^kind.*\n/, '')}` };
    const given = async (settings: string, fields: string) =>
      inFolder(
        {
          'vendors/own-tool.yaml': profile.replace('{roleName}', fields),
          'integrations/settings.yaml': `${SETTINGS}${settings}`,
          'integrations/kohler/client.yaml': '',
          'integrations/kohler/tool.yaml': tool['kohler/tool.yaml'],
        },
        async (dir) =>
          (await run('handoff', 'kohler_tool', '--dir', join(dir, 'integrations'))).out
            .split('\n')
            .filter((line) => line.startsWith('| Role')),
      );
    expect(await given('rolePath: /partners/\n', '{roleName}')).toEqual([
      '| Role | `kohler_tool` |',
      expect.stringMatching('^\\| Role path \\| `/partners/`<br>'),
    ]);
    expect(await given('rolePath: /partners/\n', '{roleName} is {roleArn}')).toHaveLength(1);
    expect(await given('', '{roleName}')).toEqual(['| Role | `kohler_tool` |']);
    expect(await given('rolePath: /partners/\n', '{roleArn}')).toEqual([
      '| Role | `arn:aws:iam::111122223333:role/partners/kohler_tool` |',
    ]);
  });

  describe('the letterhead', () => {
    const files = {
      'settings.yaml': `${SETTINGS}company: {name: "<b>We</b> & Co", contact: help@we.example, url: "https://we.example/"}\n`,
      'kohler/client.yaml': 'title: Kohler | Co.\n',
      'kohler/tool.yaml': `${ROLE}contact: "<ann@vendor.example>"\n`,
    };
    const shown = (format: string, given: Readonly<Record<string, string>> = files) =>
      inFolder({ 'kohler/client.yaml': '', ...given }, async (dir) => {
        const { exit, out } = await run('handoff', 'kohler_tool', '--dir', dir, '--format', format);
        expect(exit).toBe(0);
        return out;
      });

    test('says who hands over, to whom, and whose data it is', async () => {
      const { company, contact, clientTitle } = JSON.parse(await shown('json'));
      expect(company).toEqual({ name: '<b>We</b> & Co', contact: 'help@we.example', url: 'https://we.example/' });
      expect([contact, clientTitle]).toEqual(['<ann@vendor.example>', 'Kohler | Co.']);
      const markdown = await shown('markdown');
      const labels = [...markdown.matchAll(/^- \*\*([A-Z].+)\*\*: (.+)$/gm)].map(([, label]) => label);
      expect(labels).toEqual(['From', 'Questions to', 'To', 'Data of', 'Name', 'Date']);
      expect(markdown).toContain("# Access to Kohler | Co.'s bucket for Tool\n");
    });

    test('cannot become markup', async () => {
      const html = await shown('html');
      expect(html).toContain('<th scope="row">From</th><td>&lt;b&gt;We&lt;/b&gt; &amp; Co, https://we.example/</td>');
      expect(html).not.toMatch(/<b>We|<ann/);
      expect(await shown('markdown')).not.toMatch(/(?<!\\)<b>We|(?<!\\)<ann/);
    });

    test('has no more than is said', async () => {
      const plain = { 'kohler/tool.yaml': ROLE };
      expect(await shown('html', plain)).not.toContain('>From<');
      expect(await shown('markdown', plain)).not.toContain('**From**');
    });

    test('has the commit, and says what is not committed', async () => {
      const folder = new GitFolder({ 'integrations/kohler/client.yaml': '', 'integrations/kohler/tool.yaml': ROLE });
      try {
        const commit = folder.git('rev-parse', '--short', 'HEAD').trim();
        const dir = join(folder.path, 'integrations');
        const issued = async () => JSON.parse((await run('handoff', 'kohler_tool', '--dir', dir, '--json')).out).issued;
        expect(await issued()).toEqual({ date: '2026-11-22', commit });
        writeFileSync(join(dir, 'kohler/tool.yaml'), `${ROLE}description: x\n`);
        expect(await issued()).toEqual({ date: '2026-11-22', commit: `${commit} with changes that are not committed` });
      } finally {
        folder.remove();
      }
    });
  });
});

describe('what has changed, since a commit', () => {
  const ROLE = 'kind: assumed-role\nprincipals: [arn:aws:iam::123456789876:role/x]\nexternalId: id-1\n';
  const FIRST = {
    'integrations/settings.yaml': FILES['settings.yaml'],
    'integrations/kohler/client.yaml': '',
    'integrations/kohler/tool.yaml': ROLE,
    'integrations/kohler/same.yaml': ROLE,
    'integrations/kohler/wider.yaml': `${ROLE}sourceIps: [198.51.100.0/24]\n`,
    'integrations/kohler/open.yaml': `${ROLE}sourceIps: [198.51.100.0/24]\n`,
  };
  const folder = new GitFolder(FIRST);
  const first = folder.git('rev-parse', '--short=7', 'HEAD');
  const changed = 'externalId: id-2\naccess: [read]\nexpires: 2027-01-01\nsourceIps: [203.0.113.0/24]\n';
  folder.commit({
    'integrations/kohler/tool.yaml': ROLE.replace('externalId: id-1\n', changed),
    'integrations/kohler/new.yaml': ROLE,
    'integrations/kohler/wider.yaml': `${ROLE}sourceIps: [198.51.100.0/24, 203.0.113.0/24]\n`,
    'integrations/kohler/open.yaml': ROLE,
  });
  const dir = join(folder.path, 'integrations');
  afterAll(() => folder.remove());
  const since = async (name: string, ref = 'HEAD~1') =>
    JSON.parse((await run('handoff', name, '--dir', dir, '--since', ref, '--json')).out).since;

  test('is said in sentences', async () => {
    expect(await since('kohler_tool')).toEqual({
      ref: 'HEAD~1',
      commit: first,
      changes: [
        'External ID: id-2, was id-1.',
        'You may no longer: list; write.',
        'Requests are now accepted only from 203.0.113.0/24.',
        'Access ends on 2027-01-01 at 00:00 UTC.',
      ],
    });
    const { out } = await run('handoff', 'kohler_tool', '--dir', dir, '--since', 'HEAD~1');
    expect(out).toContain(`## What has changed since version ${first}\n\n- External ID: id-2, was id-1.\n`);
  });

  test('names every address, where one has been added, and none, where all may come', async () => {
    expect((await since('kohler_wider')).changes).toEqual([
      'Requests are now accepted only from 198.51.100.0/24 or 203.0.113.0/24.',
    ]);
    expect((await since('kohler_open')).changes).toEqual(['Requests are now accepted from everywhere.']);
  });

  test('is nothing, or everything', async () => {
    expect((await since('kohler_same')).changes).toEqual([]);
    expect((await since('kohler_tool', 'HEAD')).changes).toEqual([]);
    expect((await since('kohler_new')).changes).toEqual(['This integration is new.']);
  });

  test('needs a commit that there is', async () => {
    const { exit, out, err } = await run('handoff', 'kohler_tool', '--dir', dir, '--since', 'nowhere');
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain('git knows no commit nowhere');
  });
});

describe("what the vendor's own account must allow", () => {
  test.each([['json'], ['cloudformation'], ['terraform']])('is written as %s', async (format) => {
    const { exit, out, err } = await inFolder(FILES, (dir) =>
      run('handoff', 'kohler_trust', '--dir', dir, '--for-vendor', format),
    );
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('arn:aws:s3:::integrations-kohler/trust/*');
    // Restrictions are ours: they may change without the vendor.
    expect(out).not.toContain('SourceIp');
  });

  test('needs an account of the vendor', async () => {
    for (const name of ['kohler_boomi', 'kohler_token', 'kohler_adobe']) {
      const ran = await inFolder(FILES, (dir) => run('handoff', name, '--dir', dir, '--for-vendor', 'json'));
      expect(ran).toMatchObject({ exit: 2, out: '' });
      expect(ran.err).toContain('no account of the vendor has a part in it');
    }
  });

  test('says what is not known yet', async () => {
    const files = { 'kohler/client.yaml': '', 'kohler/reltio.yaml': FILES['kohler/reltio.yaml'] };
    const { out, err } = await inFolder(files, (dir) =>
      run('handoff', 'kohler_reltio', '--dir', dir, '--for-vendor', 'json'),
    );
    expect(out).toContain('arn:aws:iam::ACCOUNT:role/kohler_reltio');
    expect(err).toContain('note: some values are known after the first deployment only');
  });

  test.each([['--format', 'html'], ['--json'], ['--internal'], ['--since', 'HEAD']])(
    'goes without %s',
    async (...words) => {
      const { exit } = await inFolder(FILES, (dir) =>
        run('handoff', 'kohler_trust', '--dir', dir, '--for-vendor', 'json', ...words),
      );
      expect(exit).toBe(2);
    },
  );
});
