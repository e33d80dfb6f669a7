import { inFolder } from '../support/folder';
import { run, runWith } from '../support/run';

const OURS = 'arn:aws:iam::444455556666:role/analyst';
const FILES = {
  'settings.yaml':
    'ownAccounts: ["444455556666"]\norganization: o-a1b2c3d4e5\nregion: eu-west-1\naccount: "111122223333"\n',
  'kohler/client.yaml': `bucket: {kmsKey: create}\ninternal:\n  - {principals: ["${OURS}"], reason: reports}\n  - {organization: true, prefix: out/, grant: false}\n`,
  'kohler/adobe.yaml': 'kind: access-key\nreason: x\naccess: [list, delete]\nsourceVpcs: [vpc-0a1b2c3d]\n',
  'kohler/own.yaml': `kind: direct-trust\nprincipals: ["arn:aws:iam::123456789876:role/a"]\ndedicatedBucket: {name: kohler-own}\n`,
};

test('what our own company may do is shown, with the policy that it needs itself', async () => {
  await inFolder(FILES, async (dir) => {
    const rows = JSON.parse((await run('access', '--dir', dir, '--json')).out);
    const internal = rows.filter((row: { internal?: true }) => row.internal);
    expect(internal.map((row: { bucket: string; grant: boolean }) => [row.bucket, row.grant])).toEqual([
      ['integrations-kohler', true],
      ['kohler-own', true],
      ['integrations-kohler', false],
      ['kohler-own', false],
    ]);
    expect(internal[0]).toMatchObject({
      ...{ integration: null, internal: true, client: 'kohler', who: [OURS], can: ['list', 'read'] },
      ...{ prefix: '', grant: true, reason: 'reports' },
    });
    expect(internal[0].policy.Statement).toContainEqual({
      ...{ Sid: 'Key', Effect: 'Allow', Action: 'kms:Decrypt' },
      Resource: 'arn:aws:kms:eu-west-1:111122223333:key/KEY-ID',
      Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
    });
    expect(JSON.stringify(internal[1].policy)).not.toContain('kms:');
    expect(internal[2]).toMatchObject({ who: ['anyone of o-a1b2c3d4e5'], prefix: 'out/', reason: null });
  });
});

test('what a policy that is not ours to change needs is printed, and nothing where the stack writes it', async () => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const client = (bucket: string) => ({
    ...FILES,
    'kohler/client.yaml': `bucket: ${bucket}\ninternal:\n  - {principals: ["${OURS}"], grant: false}\n`,
    'kohler/own.yaml': 'kind: access-key\nreason: x\n',
  });
  await inFolder(client(`{name: old, existing: true, kmsKey: "${key}"}`), async (dir) => {
    const { out } = await run('access', 'kohler', '--dir', dir);
    expect(out).toContain('and the policy of the bucket old needs these statements:\n');
    expect(out).toContain('and the policy of its KMS key needs these statements:\n');
    const [row] = JSON.parse((await run('access', 'kohler', '--dir', dir, '--json')).out).filter(
      (each: { internal?: true }) => each.internal,
    );
    expect(row.needed.bucketPolicy).toContainEqual(
      expect.objectContaining({
        Principal: { AWS: 'arn:aws:iam::444455556666:root' },
        Action: ['s3:GetObject', 's3:GetObjectAttributes'],
        Resource: 'arn:aws:s3:::old/*',
      }),
    );
    expect(row.needed.keyPolicy).toContainEqual(expect.objectContaining({ Action: 'kms:Decrypt', Resource: '*' }));
  });
  await inFolder(client('{name: anew, kmsKey: create}'), async (dir) => {
    const { out } = await run('access', 'kohler', '--dir', dir);
    expect(out).not.toContain('needs these statements');
  });
});

test('the statements of all entries can stand in one policy', async () => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const entries = `[{principals: ["${OURS}"]}, {principals: ["${OURS}x"], access: [write], prefix: in/}, {organization: true}]`;
  const client = `bucket: {name: old, existing: true, kmsKey: "${key}"}\ninternal: ${entries.replaceAll('}', ', grant: false}')}\n`;
  await inFolder(
    { ...FILES, 'kohler/client.yaml': client, 'kohler/own.yaml': 'kind: access-key\nreason: x\n' },
    async (dir) => {
      const rows = JSON.parse((await run('access', '--dir', dir, '--json')).out);
      for (const policy of ['bucketPolicy', 'keyPolicy']) {
        const sids = rows.flatMap((row: { needed?: Record<string, { Sid: string }[]> }) =>
          (row.needed?.[policy] ?? []).map(({ Sid }) => Sid),
        );
        expect([...new Set(sids.map((sid: string) => sid.slice(0, 'Internal1'.length)))]).toEqual([
          ...['Internal1', 'Internal2', 'Internal3'],
        ]);
        expect(new Set(sids).size).toBe(sids.length);
      }
    },
  );
});

test('internal entries are marked in the table', async () => {
  await inFolder(FILES, async (dir) => {
    const { out } = await run('access', '--dir', dir);
    expect(out).toMatch(/^kohler \(internal\) .* s3:\/\/integrations-kohler\/ .*role\/analyst$/m);
    expect(out).toMatch(/^kohler \(internal\) .*anyone of o-a1b2c3d4e5, by its own policy alone$/m);
    expect(out).toContain('from vpc-0a1b2c3d');
  });
});

test('of one client, the policies that our own company needs are printed', async () => {
  await inFolder({ ...FILES, 'acme/client.yaml': '' }, async (dir) => {
    const { exit, out } = await run('access', 'kohler', '--dir', dir);
    expect(exit).toBe(0);
    const rows = JSON.parse((await run('access', 'kohler', '--dir', dir, '--json')).out);
    expect(rows).toHaveLength(6);
    const [first] = rows;
    const said = `\n\n${OURS} needs this policy for s3://integrations-kohler/:\n${JSON.stringify(first.policy, null, 2)}\n`;
    expect(out).toContain(said);
    expect(out.match(/ needs this policy for /g)).toHaveLength(4);
    expect((await run('access', '--dir', dir)).out).not.toContain('needs this policy');
    expect((await run('access', 'acme', '--dir', dir)).out).toBe('INTEGRATION  MAY  WHERE  UNTIL  RISK  WHO\n');
    const wrong = await run('access', 'kohlr', '--dir', dir);
    expect([wrong.exit, wrong.out]).toEqual([1, '']);
  });
});

test('the way to those policies is named at a terminal, where there are any', async () => {
  const atTerminal = (dir: string) => runWith({ progress: () => {}, clock: () => 0 }, 'access', '--dir', dir);
  await inFolder(FILES, async (dir) => {
    expect((await atTerminal(dir)).err).toContain('next: npx bucket-integrations access CLIENT');
  });
  const { 'kohler/adobe.yaml': adobe } = FILES;
  await inFolder({ 'kohler/client.yaml': '', 'kohler/adobe.yaml': adobe }, async (dir) => {
    expect((await atTerminal(dir)).err).toBe('');
  });
});

const WHOLE = 'kind: direct-trust\nprincipals: ["123456789876"]\nallowWholeAccount: true\n';
const ROLE = 'kind: assumed-role\nprincipals: ["123456789876"]\nexternalId: x1\n';

test('an integration has its risks, the gravest first, each with its reason', async () => {
  const files = { ...FILES, 'kohler/a.yaml': ROLE, 'acme/client.yaml': '', 'acme/b.yaml': ROLE };
  await inFolder(files, async (dir) => {
    const of = async (name: string) => JSON.parse((await run('access', name, '--dir', dir, '--json')).out).risks;
    const codes = async (name: string) => (await of(name)).map(({ code }: { code: string }) => code);
    expect(await codes('kohler_adobe')).toEqual(['long-lived-key', 'delete-without-end']);
    expect(await of('kohler_a')).toEqual([
      {
        ...{ code: 'shared-external-id', gravity: 'medium', accepted: null },
        what: 'the external ID is asked for by acme_b too',
        why: expect.any(String),
        fix: expect.any(String),
      },
    ]);
    expect(await codes('kohler_own')).toEqual([]);
  });
});

test.each([
  ['its own file', 'kohler/own.yaml'],
  ["its client's file", 'kohler/client.yaml'],
  ['the settings', 'settings.yaml'],
])('a risk that %s accepts is shown as accepted, with its day', async (_, file) => {
  const accept = '\naccept: [{code: whole-account-open, reason: it is ours, until: 2027-01-31}]\n';
  const files: Record<string, string> = { 'settings.yaml': '', 'kohler/client.yaml': '', 'kohler/own.yaml': WHOLE };
  await inFolder({ ...files, [file]: `${files[file]}${accept}` }, async (dir) => {
    const { out } = await run('access', 'kohler_own', '--dir', dir);
    expect(out).toMatch(/^kohler_own .* accepted {2}123456789876$/m);
    expect(out).toMatch(/^high risk: everybody in .*\(accepted until 2027-01-31: it is ours\)$/m);
    const { risks } = JSON.parse((await run('access', 'kohler_own', '--dir', dir, '--json')).out);
    expect(risks[0].accepted).toEqual({ reason: 'it is ours', until: '2027-01-31' });
    expect((await run('list', '--dir', dir)).out).toMatch(/^kohler_own +direct-trust +active +accepted /m);
  });
});

test('an acceptance whose day has come accepts nothing', async () => {
  const accept = 'accept: [{code: whole-account-open, reason: it is ours, until: 2026-11-22}]\n';
  await inFolder({ 'kohler/client.yaml': '', 'kohler/own.yaml': `${WHOLE}${accept}` }, async (dir) => {
    const { out } = await run('access', 'kohler_own', '--dir', dir);
    expect(out).toMatch(/^kohler_own .* high {2}123456789876$/m);
    expect(out).toMatch(/^high risk: .*; name the role or user$/m);
    expect(JSON.parse((await run('list', '--dir', dir, '--json')).out)[0].integrations[0].risks).toEqual([
      { code: 'whole-account-open', gravity: 'high', accepted: null },
    ]);
  });
});

test('another warning that is accepted leaves a risk open', async () => {
  const files = {
    'kohler/client.yaml': '',
    'kohler/a.yaml': `${WHOLE}access: [read, delete]\naccept: [{code: delete-without-end, reason: x}]\n`,
    'kohler/b.yaml': WHOLE.replace('123456789876', '123456789012'),
  };
  await inFolder(files, async (dir) => {
    const { out } = await run('list', '--dir', dir);
    expect(out).toMatch(/^kohler_a +direct-trust +active +high /m);
    expect(out).toMatch(/^kohler_b +direct-trust +active +high /m);
  });
});

test('what has no column is said of one integration: contact, review, what a session may carry', async () => {
  const role = `kind: assumed-role
trusts:
  - {principal: "arn:aws:iam::123456789876:role/a", externalId: id-1}
  - {principal: "arn:aws:iam::123456789876:role/b"}
contact: help@vendor.example
reviewBy: 2027-05-31
sessionTags: true
sourceIdentity: true
`;
  await inFolder({ 'kohler/client.yaml': '', 'kohler/a.yaml': role }, async (dir) => {
    const { out } = await run('access', 'kohler_a', '--dir', dir);
    expect(out.split('\n\n')[1]).toBe(
      'contact: help@vendor.example\nreview by: 2027-05-31\nmay send session tags\nmay set a source identity\n',
    );
    expect(out).toMatch(
      / arn:aws:iam::123456789876:role\/a with external ID id-1, arn:aws:iam::123456789876:role\/b$/m,
    );
    expect(JSON.parse((await run('access', 'kohler_a', '--dir', dir, '--json')).out)).toMatchObject({
      ...{ client: 'kohler', contact: 'help@vendor.example', reviewBy: '2027-05-31' },
      ...{ sessionTags: true, sourceIdentity: true },
      trusts: [
        { principal: 'arn:aws:iam::123456789876:role/a', externalId: 'id-1' },
        { principal: 'arn:aws:iam::123456789876:role/b' },
      ],
    });
  });
});
