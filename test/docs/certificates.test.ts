import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCertificate, checkUsableAuthority, parseCertificates, validUntil } from '../../lib/rules/certificate';

const GUIDE = readFileSync(join(__dirname, '../../docs/guides/certificates.md'), 'utf8');
const fences = [...GUIDE.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, content = '']) => content);
const has = spawnSync('openssl', ['version']).stdout?.toString().startsWith('OpenSSL 3') ?? false;
const only = has ? describe : describe.skip;

only('the commands of docs/guides/certificates.md, run in its order', () => {
  let folder: string;
  const sh = (script: string) => execFileSync('sh', ['-ec', script], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const [authority = '', request = '', issue = '', renew = '', revoke = ''] = fences.filter(
    (fence) => !/^(?:aws|npx) /.test(fence),
  );
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'certificates-'));
    sh(authority);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('make an authority that a trust anchor takes', () => {
    expect([...checkCertificate(read('ca.pem')), ...checkUsableAuthority(read('ca.pem'))]).toEqual([]);
    expect(Date.parse(validUntil(read('ca.pem')) ?? '')).toBeGreaterThan(Date.now() + 4 * 365 * 86_400_000);
    expect(sh('stat -c %a ca.key').trim()).toBe('600');
  });

  test('issue a certificate for a client, with the subject of the definition', () => {
    sh(request);
    const said = sh(issue);
    expect(said).toContain('vendor.pem: OK');
    const [vendor] = parseCertificates(read('vendor.pem'));
    const [ours] = parseCertificates(read('ca.pem'));
    if (!vendor || !ours) throw new Error('no certificate');
    expect([vendor.ca, vendor.keyUsage, vendor.verify(ours.publicKey)]).toEqual([false, ['1.3.6.1.5.5.7.3.2'], true]);
    const [, commonName, organization] = /commonName: (\S+), organization: ([^}]+)}/.exec(GUIDE) ?? [];
    expect(vendor.subject.split('\n')).toEqual([`O=${organization}`, `CN=${commonName}`]);
  });

  test('are refused where something else is issued', () => {
    // Another authority's certificate, and one that is no client's.
    sh(
      'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout x.key -out x.pem -subj /CN=x 2>/dev/null',
    );
    expect(() => sh('openssl verify -CAfile x.pem -purpose sslclient vendor.pem')).toThrow();
    expect(checkCertificate(read('vendor.pem'))).not.toEqual([]);
  });

  test('renew the authority: both certificates in one file', () => {
    const before = read('ca.pem');
    writeFileSync(join(folder, 'ca-next.pem'), read('x.pem'));
    sh(renew);
    expect(parseCertificates(read('ca.pem'))).toHaveLength(2);
    expect(checkCertificate(read('ca.pem'))).toEqual([]);
    writeFileSync(join(folder, 'ca.pem'), before);
  });

  test('revoke a certificate, by its number', () => {
    const serial = sh('openssl x509 -in vendor.pem -noout -serial').trim().replace('serial=', '');
    expect(sh(revoke)).toContain(serial);
    expect(() => sh('openssl verify -crl_check -CAfile ca.pem -CRLfile ca.crl vendor.pem')).toThrow(/revoked/);
  });
});
