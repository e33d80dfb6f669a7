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
      fix: "name the authority that issued the vendor's certificate (basic constraints CA:TRUE and key usage keyCertSign), not that certificate",
    }));
}

/** The last day on which all of them are valid, as `YYYY-MM-DD`. */
export function validUntil(pem: string): string | undefined {
  const ends = parseCertificates(pem).map(({ validTo }) => dayOf(new Date(validTo)));
  return ends.sort()[0];
}

const LEAST_RSA_BITS = 2048;

/** What IAM Roles Anywhere can check: it names RSA and ECDSA, and no other. */
const KEY_TYPES: readonly (string | undefined)[] = ['rsa', 'rsa-pss', 'ec'];

/** Signature algorithms that IAM Roles Anywhere refuses, by the DER of their object identifiers. */
const REFUSED_SIGNATURES: Readonly<Record<string, string>> = {
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
  '2a864886f70d010104': 'MD5',
  '2a864886f70d010105': 'SHA-1',
  '2b0e03021d': 'SHA-1',
  '2a8648ce3d0401': 'SHA-1',
  '2a8648ce380403': 'SHA-1',
};

/**
 * Warnings about an authority with which no session can be opened.
 *
 * @param expires the day on which access ends, `YYYY-MM-DD`; undefined where it never does
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html#signature-verification
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html (keys are RSA or ECDSA)
 */
export function checkUsableAuthority(pem: string, expires?: string): Finding[] {
  const certificates = parseCertificates(pem);
  const findings = certificates.flatMap((certificate): Finding[] => {
    const whose = quote(certificate.subject.replaceAll('\n', ', '));
    const weak = (message: string): Finding => ({
      code: 'weak-certificate',
      message: `${whose} ${message}`,
      fix: 'issue a new authority with RSA of 2,048 bits or more, or ECDSA on the curve P-256 or P-384, signed with SHA-256 or better',
    });
    const { asymmetricKeyType: type, asymmetricKeyDetails } = certificate.publicKey;
    if (!KEY_TYPES.includes(type))
      return [weak(`has a key of the type ${type}; IAM Roles Anywhere takes RSA and ECDSA`)];
    const bits = asymmetricKeyDetails?.modulusLength ?? LEAST_RSA_BITS;
    const short = bits < LEAST_RSA_BITS;
    const algorithm = REFUSED_SIGNATURES[signatureAlgorithm(certificate.raw)];
    return [
      ...(short ? [weak(`has an RSA key of ${bits} bits; IAM Roles Anywhere takes ${LEAST_RSA_BITS} or more`)] : []),
      ...(algorithm ? [weak(`is signed with ${algorithm}, which IAM Roles Anywhere refuses`)] : []),
    ];
  });
  const ends = validUntil(pem);
  if (ends !== undefined && expires !== undefined && ends < expires) {
    findings.push({
      code: 'authority-ends-first',
      message: `the authority is valid until ${ends}, and access ends on ${expires} only: nobody can use it in between`,
      fix: 'name an authority that is valid for longer, or an earlier expires',
    });
  }
  return findings;
}

/**
 * The object identifier of a certificate's signature, in hexadecimal: a certificate is a sequence of what is signed, the
 * algorithm and the signature. Node.js itself does not tell before version 24.
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
function signatureAlgorithm(der: Buffer): string {
  const certificate = element(der, 0);
  const signed = element(der, certificate.start);
  const algorithm = element(der, signed.end);
  const identifier = element(der, algorithm.start);
  return der.subarray(identifier.start, identifier.end).toString('hex');
}

/** Where the content of a DER element begins and ends. */
function element(der: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = der[at + 1] ?? 0;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const bytes = first & 0x7f;
  const start = at + 2 + bytes;
  return { start, end: start + Number.parseInt(der.subarray(at + 2, start).toString('hex') || '0', 16) };
}
