import { inFolder } from '../support/folder';
import { run } from '../support/run';

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

test('internal entries are marked in the table', async () => {
  await inFolder(FILES, async (dir) => {
    const { out } = await run('access', '--dir', dir);
    expect(out).toMatch(/^kohler \(internal\) .* s3:\/\/integrations-kohler\/ .*role\/analyst$/m);
    expect(out).toMatch(/^kohler \(internal\) .*anyone of o-a1b2c3d4e5, by its own policy alone$/m);
    expect(out).toContain('from vpc-0a1b2c3d');
  });
});

test('an integration has its risks, the gravest first', async () => {
  const role = 'kind: assumed-role\nprincipals: ["123456789876"]\nexternalId: x1\n';
  await inFolder({ ...FILES, 'kohler/a.yaml': role, 'kohler/b.yaml': role }, async (dir) => {
    const of = async (name: string) => JSON.parse((await run('access', name, '--dir', dir, '--json')).out).risks;
    expect(await of('kohler_adobe')).toEqual([
      { code: 'long-lived-key', gravity: 'medium' },
      { code: 'delete-without-end', gravity: 'low' },
    ]);
    expect(await of('kohler_a')).toEqual([{ code: 'shared-external-id', gravity: 'medium' }]);
    expect(await of('kohler_own')).toEqual([]);
  });
});
