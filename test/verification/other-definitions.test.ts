/** What other definitions mean than those of all kinds. */
import { toSnapshot } from '../../lib/account/snapshot';
import { load } from '../../lib/definitions/load';
import { verify } from '../../lib/verification/verify';
import { deployedAccount, type Raw } from '../support/deployed-account';
import { runAws } from '../support/fake-aws-cli';
import { inFolder } from '../support/folder';

const PRINCIPAL = 'arn:aws:iam::444455556666:role/vendor/exporter';
const role = (id: string) => `kind: assumed-role\nprincipals: [${PRINCIPAL}]\nexternalId: ${id}-external\n`;

/** What is found of definitions in their account after it was changed. */
function inAccountOf(
  files: Readonly<Record<string, string>>,
  change: (account: Raw) => void,
  clients?: readonly string[],
): {
  readonly found: ReturnType<typeof verify>;
  readonly after: (account: Raw) => ReturnType<typeof verify>;
  readonly account: Raw;
} {
  return inFolder({ 'settings.yaml': 'account: "111122223333"\nregion: eu-west-1\n', ...files }, (dir) => {
    const { deployment } = load(dir);
    const account = deployedAccount(dir);
    change(account);
    const after = (given: Raw) => verify(deployment, [toSnapshot(structuredClone(given))], { strict: false, clients });
    return { found: after(account), after, account };
  });
}

test('a boundary that no definition has is taken back', () => {
  const files = { 'kohler/client.yaml': '', 'kohler/adobe.yaml': role('a') };
  const { found, after, account } = inAccountOf(files, ({ iam }) => {
    iam.RoleDetailList[0].PermissionsBoundary = {
      PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/b',
      PermissionsBoundaryType: 'Policy',
    };
  });
  expect(found.findings.map(({ code, undo }) => [code, undo])).toEqual([
    ['more-access', 'aws iam delete-role-permissions-boundary --role-name kohler_adobe'],
  ]);
  runAws(account, found.findings[0]?.undo ?? '');
  expect(after(account).verdict).toBe('same');
});

test('an access grant without a known location is of every bucket', () => {
  const files = { 'kohler/client.yaml': '', 'kohler/adobe.yaml': role('a') };
  const { found } = inAccountOf(files, (account) => {
    account.accessGrants.push({
      AccessGrantId: 'g-1',
      Grantee: { GranteeType: 'IAM', GranteeIdentifier: 'arn:aws:iam::999900001111:role/reader' },
      Permission: 'READ',
    });
  });
  expect(found.findings.map(({ code, undo }) => [code, undo])).toEqual([
    ['unknown-statement', 'aws s3control delete-access-grant --account-id 111122223333 --access-grant-id g-1'],
  ]);
});

test('what should hold a key that is gone has no command', () => {
  const files = { 'kohler/client.yaml': 'bucket: {kmsKey: create}\n', 'kohler/adobe.yaml': role('a') };
  const { found } = inAccountOf(files, (account) => {
    account.keys = [];
    for (const stack of account.stacks)
      stack.Resources = stack.Resources.filter(({ ResourceType }: Raw) => ResourceType !== 'AWS::KMS::Key');
    for (const bucket of account.buckets) bucket.Encryption = null;
  });
  expect(found.verdict).toBe('differs');
  expect(found.findings.map(({ code }) => code)).toContain('missing');
  expect(JSON.stringify(found.findings.map(({ undo }) => undo))).not.toMatch(/key\/none/);
});

test('canonical users that are ours are let in, others are not', () => {
  const files = {
    'kohler/client.yaml': 'bucket: {name: kohler-data, existing: true}\n',
    'kohler/adobe.yaml': role('a'),
  };
  const opens = (CanonicalUser: string) => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { CanonicalUser }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::kohler-data/*' },
    ],
  });
  const policy = (of: (owner: string) => string) => (account: Raw) => {
    const [bucket] = account.buckets;
    bucket.Policy = opens(of(bucket.Acl.Owner.ID));
  };
  expect(
    inAccountOf(
      files,
      policy((owner) => owner),
    ).found.findings,
  ).toEqual([]);
  const other = inAccountOf(
    files,
    policy(() => 'f'.repeat(64)),
  ).found.findings;
  expect(other.map(({ code, undo }) => [code, undo?.startsWith('aws s3api delete-bucket-policy')])).toEqual([
    ['unknown-statement', true],
  ]);
});
