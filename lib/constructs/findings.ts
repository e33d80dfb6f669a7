import { Annotations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Finding } from '../rules/finding';

/** Of the rules' advice, what is written in definitions otherwise than in properties. */
const WORDS: readonly (readonly [definition: string, props: string])[] = [
  ['status: pending', 'status: Status.PENDING'],
  ['kind: web-identity', 'a WebIdentityIntegration'],
  ['kind: direct-trust', 'a DirectTrustIntegration'],
  ['add the externalId that the vendor sends', 'add externalIds with the one that the vendor sends'],
  [
    'give the integration a dedicatedBucket with wholeBucket: true',
    'set wholeBucket: true in a ClientBucket of its own',
  ],
  ['set bucket.name', 'set bucketName'],
  ['or write create', 'or set createEncryptionKey'],
  ["write create, or the key's own ARN", "set createEncryptionKey, or name the key's own ARN"],
  ['set organization: true', 'set organizationId'],
  ['accept this if', 'acknowledge this if'],
];

/** @throws one error with all findings, where there are any */
export function throwFindings(scope: Construct, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const lines = findings.map((finding) => `[${finding.code}] ${finding.message}: ${advice(finding)}`);
  throw new Error(`${scope.node.path}: ${lines.join('\n')}`);
}

/** What is warned of: it deploys, and is not what anybody wants. */
export const WARNINGS = [
  'no-subject',
  'issuer-slash',
  'google-subject',
  'weak-certificate',
  'authority-ends-first',
  'internal-not-granted',
  'internal-is-vendor',
] as const;

const idOf = (code: string) => `cdk-bucket-integrations:${code}`;

/** Adds a warning to the construct for each finding, which `Annotations.of(…).acknowledgeWarning` accepts. */
export function warnOf(scope: Construct, findings: readonly Finding[]): void {
  for (const finding of findings) {
    Annotations.of(scope).addWarningV2(idOf(finding.code), `${finding.message}: ${advice(finding)}`);
  }
}

/** Takes it that somebody else has said all warnings already. */
export function acknowledgeWarnings(scope: Construct): void {
  for (const code of WARNINGS) Annotations.of(scope).acknowledgeWarning(idOf(code));
}

function advice({ fix }: Finding): string {
  return WORDS.reduce((text, [definition, props]) => text.replaceAll(definition, props), fix);
}
