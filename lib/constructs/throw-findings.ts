import type { Construct } from 'constructs';
import type { Finding } from '../rules/finding';

/** @throws one error with all findings, where there are any */
export function throwFindings(scope: Construct, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const lines = findings.map(({ code, message, fix }) => `[${code}] ${message}: ${fix}`);
  throw new Error(`${scope.node.path}: ${lines.join('\n')}`);
}
