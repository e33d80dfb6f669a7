import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { AssumedRoleRules } from '../rules/integration-rules';
import { checkExternalId, checkRoleSessionName } from '../rules/trust';
import { emptyList, literal } from './integration';
import { principalFindings } from './principals';
import { RoleIntegration, type RoleIntegrationProps } from './role-integration';
import { throwFindings } from './throw-findings';

/** Properties of an {@link AssumedRoleIntegration}. */
export interface AssumedRoleIntegrationProps extends RoleIntegrationProps {
  /**
   * The vendor's role and user ARNs, and whole accounts as twelve digits or root ARN.
   * @default - none yet, which only a pending or suspended integration may have
   */
  readonly principals?: string[];

  /**
   * The external IDs of which the vendor must send one.
   * @default - no external ID is asked for
   */
  readonly externalIds?: string[];

  /**
   * Whether whole accounts may be trusted without an external ID.
   * @default false
   */
  readonly allowWholeAccount?: boolean;

  /**
   * The longest session, 15 minutes to 12 hours. A session reached by role chaining ends after one
   * hour whatever is set here.
   * @default - one hour
   */
  readonly maxSessionDuration?: Duration;

  /**
   * The session name that the vendor must use; `*` stands for any text.
   * @default - any session name
   */
  readonly roleSessionName?: string;

  /**
   * Whether the role may assume itself.
   * @default false
   */
  readonly selfAssume?: boolean;
}

/**
 * A vendor that works in AWS assumes a role that may act under one prefix of the client's bucket.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export class AssumedRoleIntegration extends RoleIntegration {
  /** @throws where a property is not one that AWS takes, or a policy would be longer than AWS takes */
  constructor(scope: Construct, id: string, props: AssumedRoleIntegrationProps) {
    super(scope, id, props);
    const { principals = [], externalIds = [], roleSessionName, selfAssume = false } = props;
    throwFindings(this, [
      ...(props.externalIds?.length === 0 ? [emptyList('externalIds')] : []),
      ...principalFindings({ ...props, kind: 'assumed-role', status: this.status }),
      ...literal(externalIds).flatMap(checkExternalId),
      ...literal([roleSessionName]).flatMap(checkRoleSessionName),
    ]);
    const { _rules, roleName } = this;
    const rules: AssumedRoleRules = {
      ..._rules,
      kind: 'assumed-role',
      roleName,
      principals,
      externalIds,
      roleSessionName,
      selfAssume,
    };
    this._makeRole(props, rules, props.maxSessionDuration);
    this._putOut(rules);
  }
}
