import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkUsableAuthority, validUntil } from '../../lib/rules/certificate';

const authority = (name: string) => readFileSync(join(__dirname, '../support/authorities', `${name}.pem`), 'utf8');

test.each([
  ['sha1', '"CN=sha1" is signed with SHA-1, which IAM Roles Anywhere refuses'],
  ['ec-sha1', '"CN=ec-sha1" is signed with SHA-1, which IAM Roles Anywhere refuses'],
  ['rsa1024', '"CN=rsa1024" has an RSA key of 1024 bits; IAM Roles Anywhere takes 2048 or more'],
  ['ed25519', '"CN=ed25519" has a key of the type ed25519; IAM Roles Anywhere takes RSA and ECDSA'],
  ['ed448', '"CN=ed448" has a key of the type ed448; IAM Roles Anywhere takes RSA and ECDSA'],
  ['ec-by-ed25519', '"CN=ec-by-ed25519" is signed with Ed25519, which IAM Roles Anywhere refuses'],
])('%s opens no session', (name, message) => {
  expect(checkUsableAuthority(authority(name))).toEqual([
    { code: 'weak-certificate', message, fix: expect.any(String) },
  ]);
});

test.each(['good', 'ec', 'ec384'])('%s does', (name) => {
  expect(checkUsableAuthority(authority(name))).toEqual([]);
});

test('two of them are both looked at', () => {
  expect(checkUsableAuthority(authority('good') + authority('sha1'))).toHaveLength(1);
});

test('one that ends before the access does is said, one that ends on that day or later is not', () => {
  const good = authority('good');
  const ends = validUntil(good) as string;
  const later = `${Number(ends.slice(0, 4)) + 1}${ends.slice(4)}`;
  expect(checkUsableAuthority(good, later)).toEqual([
    {
      code: 'authority-ends-first',
      message: `the authority is valid until ${ends}, and access ends on ${later} only: nobody can use it in between`,
      fix: 'name an authority that is valid for longer, or an earlier expires',
    },
  ]);
  expect(checkUsableAuthority(good, ends)).toEqual([]);
  expect(checkUsableAuthority(good, '2027-01-01')).toEqual([]);
});
