import { CfnRole, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { checkPolicySize, POLICY_LIMITS } from '../rules/limits';
import { checkIamName } from '../rules/names';
import { assumeRolePolicy, identityPolicy } from '../rules/policies';
import { externalIdFields } from '../rules/setup-information';
import { checkExternalId, checkRoleSessionName } from '../rules/trust';
import { acknowledgeConfined } from './acknowledgements';
import { Integration, type IntegrationProps, literal } from './integration';
import { principalFindings } from './principals';
import { refuse } from './refuse';

/** Properties of an {@link AssumedRoleIntegration}. */
export interface AssumedRoleIntegrationProps extends IntegrationProps {
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
   * Whether whole accounts may be let in without an external ID.
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
   * The role's name. Changing it replaces the role.
   * @default - the integration's full name
   */
  readonly roleName?: string;

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

  /**
   * The permissions boundary of the role.
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;
}

/**
 * A vendor that works in AWS assumes a role that may act under one prefix of the client's bucket.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export class AssumedRoleIntegration extends Integration {
  /** The ARN of the role that the vendor assumes. */
  readonly roleArn: string;
  /** The name of that role. */
  readonly roleName: string;

  /** @throws where a property is not one that AWS takes, or a policy would be longer than AWS takes */
  constructor(scope: Construct, id: string, props: AssumedRoleIntegrationProps) {
    super(scope, id, props);
    const { partition, account } = Stack.of(this);
    const externalIds = props.externalIds ?? [];
    const session = props.roleSessionName;
    this.roleName = props.roleName ?? this.integrationName;
    this.roleArn = this._iamArn('role', this.roleName);
    refuse(this, [
      ...principalFindings({ ...props, kind: 'assumed-role', status: this.status }),
      ...literal(externalIds).flatMap(checkExternalId),
      ...literal(session === undefined ? [] : [session]).flatMap(checkRoleSessionName),
      ...literal([this.roleName]).flatMap((name) => checkIamName('role', name)),
    ]);

    const trust = assumeRolePolicy(this.status, {
      principals: props.principals ?? [],
      externalIds,
      roleSessionName: session,
      self: props.selfAssume ? { roleArn: this.roleArn, account } : undefined,
      expires: props.expires,
      partition,
    });
    const access = identityPolicy(
      this.status,
      this._confinement,
      this._key,
      props.selfAssume ? this.roleArn : undefined,
    );
    refuse(this, [...checkPolicySize(POLICY_LIMITS.trust, trust), ...checkPolicySize(POLICY_LIMITS.role, access)]);
    const role = new CfnRole(this, 'Resource', {
      roleName: this.roleName,
      assumeRolePolicyDocument: trust,
      policies: [{ policyName: 'access', policyDocument: access }],
      maxSessionDuration: props.maxSessionDuration?.toSeconds(),
      permissionsBoundary: props.permissionsBoundary?.managedPolicyArn,
    });
    acknowledgeConfined(role, this._confinement);
    this._putOut('assumed-role', { roleArn: this.roleArn, ...externalIdFields(externalIds) });
  }
}
