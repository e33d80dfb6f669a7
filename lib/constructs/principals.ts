import { Token } from 'aws-cdk-lib/core';
import type { Finding } from '../rules/finding';
import { checkPrincipalOf, checkSomebody, checkWholeAccount, type PrincipalRules } from '../rules/principal';

/** What is wrong with the principals that an integration was given. */
export function principalFindings(trusted: PrincipalRules): Finding[] {
  const { kind, principals = [] } = trusted;
  const unknown = principals.filter((principal) => Token.isUnresolved(principal));
  if (unknown.length > 0) {
    return [
      {
        code: 'principal-unknown',
        message: 'a principal is known only at deployment, so it cannot be checked who that is',
        fix: 'give its ARN as a literal',
      },
    ];
  }
  return [
    ...checkSomebody(trusted),
    ...principals.flatMap((text) => [...checkPrincipalOf(kind, text), ...checkWholeAccount(text, trusted)]),
  ];
}
