import { createHash, X509Certificate } from 'node:crypto';
import { dayOf } from '../text/dates';
import { quote } from '../text/quote';
import type { Finding } from './finding';

/** @see https://docs.aws.amazon.com/general/latest/gr/rolesanywhere.html (certificates per trust anchor) */
const MOST_CERTIFICATES = 2;

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The certificates of a PEM text, or none where {@link checkCertificate} finds fault with it. */
export function parseCertificates(pem: string): readonly X509Certificate[] {
  const known = parsed.get(pem);
  if (known) return known;
  const certificates = parse(pem);
  if (parsed.size >= MOST_PARSED) parsed.clear();
  parsed.set(pem, certificates);
  return certificates;
}

/** One authority is asked about by every integration that trusts it, several times each, and parsing it takes longest. */
const parsed = new Map<string, readonly X509Certificate[]>();
const MOST_PARSED = 1000;

function parse(pem: string): X509Certificate[] {
  try {
    const certificates = (pem.match(BLOCK) ?? []).map((block) => new X509Certificate(block));
    // Nobody who checks a certificate takes one that ends on no day.
    return certificates.every(({ validTo }) => !Number.isNaN(Date.parse(validTo))) ? certificates : [];
  } catch {
    return [];
  }
}

/** The certificates alone, without the text that tools like to put around them: what a trust anchor takes. */
export function bareCertificates(pem: string): string {
  return `${(pem.match(BLOCK) ?? []).join('\n')}\n`;
}

/** SHA-256 of a trust anchor's certificates as {@link bareCertificates} writes them, in hexadecimal. */
export function fingerprint(certificates: string): string {
  return createHash('sha256').update(certificates).digest('hex');
}

/** Whether a text holds a private key, which belongs to nobody but its owner. */
export function holdsPrivateKey(pem: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem);
}

/**
 * What is wrong with the certificate of a trust anchor.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html#signature-verification
 */
export function checkCertificate(pem: string): Finding[] {
  if (holdsPrivateKey(pem)) {
    return [
      {
        code: 'private-key',
        message: 'the file holds a private key',
        fix: 'remove it from the folder and from its history, and issue a new one: anyone who has read it can act as the vendor',
      },
    ];
  }
  const certificates = parseCertificates(pem);
  if (certificates.length === 0) {
    return [
      {
        code: 'bad-certificate',
        message: 'the file holds no certificate that can be read',
        fix: 'export the certificate authority as PEM: it begins with -----BEGIN CERTIFICATE-----',
      },
    ];
  }
  if (certificates.length > MOST_CERTIFICATES) {
    const message = `the file holds ${certificates.length} certificates; a trust anchor takes ${MOST_CERTIFICATES}`;
    return [{ code: 'too-many-certificates', message, fix: "keep the one that issues the vendor's certificate" }];
  }
  return certificates
    .filter((certificate) => !certificate.ca)
    .map((certificate) => ({
      code: 'not-an-authority',
      message: `the certificate of ${quote(certificate.subject.replaceAll('\n', ', '))} is not one of a certificate authority`,
      fix: "name the authority that issued the vendor's certificate (basic constraints CA:TRUE), not that certificate",
    }));
}

/** The last day on which all of them are valid, as `YYYY-MM-DD`. */
export function validUntil(pem: string): string | undefined {
  const ends = parseCertificates(pem).map(({ validTo }) => dayOf(new Date(validTo)));
  return ends.sort()[0];
}
