/** As somebody would who has never seen the account: a snapshot with ten vendors made manually, to definitions that can be adopted. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addBucket, emptyAccount, type Raw } from '../support/deployed-account';
import { inFolder } from '../support/folder';
import { run } from '../support/run';
import { addKeyOf, addRole, addUser, allow, document, trust } from '../verification/messes/edits';

const BUCKET = 'kohler-landing-zone';
const ARN = `arn:aws:s3:::${BUCKET}`;
const VENDORS = ['adobe', 'reltio', 'boomi', 'segment', 'airbyte', 'mixpanel', 'braze', 'sap', 'oracle', 'stripe'];

function tenVendors(): Raw {
  const account = emptyAccount();
  addBucket(account, BUCKET);
  for (const [at, vendor] of VENDORS.entries()) {
    const policy = document(
      allow('s3:ListBucket', ARN),
      allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `${ARN}/${vendor}/*`),
    );
    const principal = { AWS: `arn:aws:iam::${String(900000000000 + at)}:role/${vendor}` };
    if (at < 8)
      addRole(
        account,
        `${vendor}-s3-access`,
        trust(principal, { StringEquals: { 'sts:ExternalId': `id-of-${vendor}` } }),
        policy,
      );
    else if (at === 8) {
      addUser(account, `kohler_${vendor}`, policy);
      addKeyOf(account, `kohler_${vendor}`);
    } else {
      addBucket(account, 'acme-exports').Policy = JSON.stringify(
        document({
          ...allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::acme-exports/${vendor}/*`),
          Principal: principal,
        }),
      );
    }
  }
  return account;
}

test('ten vendors become definitions, which are adopted with their own roles', async () => {
  await inFolder({}, async (folder) => {
    const [snapshot, dir] = [join(folder, 'account.json'), join(folder, 'integrations')];
    writeFileSync(snapshot, JSON.stringify(tenVendors()));
    const named = ['--client-of', `${BUCKET}=kohler`, '--client-of', 'acme-exports=acme'];
    const { exit, out } = await run('discover', '--snapshot', snapshot, '--out', dir, ...named, '--json');
    const { found, leaks, inexpressible, next } = JSON.parse(out);
    expect([exit, found.length, inexpressible]).toEqual([0, 10, []]);
    expect(leaks).toEqual([expect.objectContaining({ what: 'has access keys, and no tag says whose they are' })]);
    const ofKohler = found.filter(({ client }: { client: string }) => client === 'kohler');
    for (const each of ofKohler) {
      expect(each.excess).toEqual(['can list the whole bucket: every file name, in all 9 prefixes']);
      expect(each.lost).toEqual([expect.stringContaining('HeadBucket')]);
    }
    expect((await run('check', '--dir', dir)).exit).toBe(0);
    const roles = VENDORS.slice(0, 8).map((vendor) => `${vendor}-s3-access`);
    expect(next.join('\n')).toContain(`adopt kohler ${roles[0]}`);
    const kohler = await run('adopt', 'kohler', ...roles, 'kohler_oracle', '--dir', dir);
    expect([kohler.exit, Object.values(JSON.parse(kohler.out))]).toEqual([
      0,
      expect.arrayContaining([{ RoleName: 'adobe-s3-access' }, { UserName: 'kohler_oracle' }]),
    ]);
    expect(next.join('\n')).toContain('adopt acme acme-exports --bucket-policy');
    const acme = await run('adopt', 'acme', 'acme-exports', '--bucket-policy', '--dir', dir);
    expect([acme.exit, Object.values(JSON.parse(acme.out))]).toEqual([
      0,
      [{ BucketName: 'acme-exports' }, { Bucket: 'acme-exports' }],
    ]);
  });
});
