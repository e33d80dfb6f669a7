import { Token } from 'aws-cdk-lib/core';
import type { Finding } from '../rules/finding';
import { wrongPartition } from '../rules/place';
import { checkPrincipalOf, checkSomebody, checkWholeAccount, type PrincipalRules } from '../rules/principal';
import { literal } from './known';

/** What is wrong with the principals that an integration was given, where it is. */
export function principalFindings(trusted: PrincipalRules, { region }: { readonly region?: string }): Finding[] {
  const { kind, principals = [] } = trusted;
  const unknown = unknownPrincipals(principals);
  if (unknown.length > 0) return unknown;
  return [
    ...checkSomebody(trusted),
    ...literal(principals).flatMap((text) => [
      ...checkPrincipalOf(kind, text),
      ...[wrongPartition(text, region) ?? []].flat(),
      ...checkWholeAccount(text, trusted),
    ]),
  ];
}

/** A finding where a principal is not there at synth. */
export function unknownPrincipals(principals: readonly string[]): Finding[] {
  if (!principals.some((principal) => Token.isUnresolved(principal))) return [];
  return [
    {
      code: 'principal-unknown',
      message: 'a principal is known only at deployment, so it cannot be checked who that is',
      fix: 'give its ARN as a literal',
    },
  ];
}
