import { inFolder } from '../support/folder';
import { run } from '../support/run';
import { synthesize } from '../support/synth';

const FILES = {
  'acme/client.yaml': 'bucket: {name: acme-data, kmsKey: create}\n',
  'acme/reltio.yaml':
    'kind: assumed-role\nroleName: reltio-exporter\nprincipals: [arn:aws:iam::111122223333:role/exporter]\nexternalId: 7f3c9a52\n',
  'acme/key.yaml': 'kind: access-key\nreason: It takes a key only\n',
  'plain/client.yaml': 'bucket: {name: plain-data}\n',
  'plain/reltio.yaml':
    'kind: assumed-role\nprincipals: [arn:aws:iam::111122223333:role/exporter]\nexternalId: 7f3c9a52\n',
  'other/client.yaml': 'bucket: {name: other-data, existing: true}\n',
};

const adopt = (...words: string[]) => inFolder(FILES, (dir) => run('adopt', ...words, '--dir', dir));

/** The logical ids that a synth gives. */
function ids(type: string): string[] {
  const resources = synthesize(FILES).acme?.Resources ?? {};
  return Object.keys(resources).filter((id) => resources[id]?.Type === type);
}

test('maps what exists to the resources that a synth makes of it', async () => {
  const { exit, out, err } = await adopt('acme', 'acme-data', 'reltio-exporter', 'acme_key');
  expect(exit).toBe(0);
  expect(err).toContain(
    'next: write that to a file, then npx cdk import acme --resource-mapping FILE -c integrations=',
  );
  expect(JSON.parse(out)).toEqual({
    [ids('AWS::S3::Bucket')[0] ?? '']: { BucketName: 'acme-data' },
    [ids('AWS::IAM::Role')[0] ?? '']: { RoleName: 'reltio-exporter' },
    [ids('AWS::IAM::User')[0] ?? '']: { UserName: 'acme_key' },
  });
});

test("takes a bucket's policy along when told so", async () => {
  const { out } = await adopt('acme', 'acme-data', '--bucket-policy');
  expect(JSON.parse(out)).toEqual({
    [ids('AWS::S3::Bucket')[0] ?? '']: { BucketName: 'acme-data' },
    [ids('AWS::S3::BucketPolicy')[0] ?? '']: { Bucket: 'acme-data' },
  });
});

test('says what an import cannot do without and does not bring', async () => {
  const { err } = await adopt('acme', 'acme-data', 'reltio-exporter');
  const [key = ''] = ids('AWS::KMS::Key');
  for (const name of ['acme-data', 'reltio-exporter'])
    expect(err).toContain(`note: ${name} refers to ${key} (AWS::KMS::Key), which is not imported: `);
  const { err: nothing } = await adopt('plain', 'plain-data', 'plain_reltio', '--bucket-policy');
  expect(nothing).toMatch(
    /^next: write that to a file, then npx cdk import plain --resource-mapping FILE -c integrations=\S+\n$/,
  );
});

test.each<[string, string[], string]>([
  [
    'a name that the stack has not',
    ['acme', 'somebody'],
    'it has acme-data, acme_key, reltio-exporter: name yours in the definitions first',
  ],
  ['a misspelt name', ['acme', 'acme-dato'], 'did you mean acme-data?'],
  ['a secret', ['acme', 'integrations/acme/key/a'], 'has no bucket, role or user integrations/acme/key/a'],
  ['a bucket that is used as it is', ['other', 'other-data'], 'a bucket with existing: true is never managed'],
  ['an unknown client', ['acm', 'acme-data'], 'there is no client acm; did you mean acme?'],
])('refuses %s', async (_, words, message) => {
  const { exit, out, err } = await adopt(...words);
  expect([exit, out]).toEqual([1, '']);
  expect(err).toContain(message);
});
