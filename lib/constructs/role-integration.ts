import { CfnRole, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { iamArn } from '../rules/arns';
import { checkSessionSeconds, LEAST_MAX_SESSION } from '../rules/duration';
import type { RoleRules } from '../rules/integration-rules';
import { policiesOf } from '../rules/intent';
import { checkPolicySize, POLICY_LIMITS } from '../rules/limits';
import { intentOf } from '../rules/meant';
import { DEFAULT_SESSION_SECONDS } from '../rules/meant-settings';
import { checkIamName, checkIamPath } from '../rules/names';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { acknowledgeConfined, acknowledgeInline } from './acknowledgements';
import { endsWithIntegration } from './ends';
import { throwFindings } from './findings';
import { Integration, type IntegrationProps } from './integration';
import { literal } from './known';
import { noteMade } from './own-principals';

/** Properties of every integration whose vendor gets sessions of a role. */
export interface RoleIntegrationProps extends IntegrationProps {
  /**
   * The role's name. Changing it replaces the role.
   * @default - the integration's full name
   */
  readonly roleName?: string;

  /**
   * The IAM path of the role, for example `/integrations/`. Changing it replaces the role.
   * @default '/'
   */
  readonly rolePath?: string;

  /**
   * The permissions boundary of the role.
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;
}

type OwnProps = Omit<RoleIntegrationProps, keyof IntegrationProps>;

const TYPES: PropTypes<OwnProps> = { roleName: 'text', rolePath: 'text', permissionsBoundary: 'IManagedPolicy' };

/** What the kinds have in common whose vendor gets sessions of a role: one role, confined by its inline policy. */
export abstract class RoleIntegration extends Integration {
  /** The ARN of the role. */
  readonly roleArn: string;
  /** The name of the role. */
  readonly roleName: string;
  /** The IAM path of the role. */
  readonly rolePath: string;

  /** @throws where a property is not one that AWS takes, or the prefix overlaps another integration's */
  protected constructor(scope: Construct, id: string, props: RoleIntegrationProps) {
    super(scope, id, props);
    throwFindings(this, checkProps<OwnProps>(props, TYPES));
    this.roleName = props.roleName ?? this.integrationName;
    this.rolePath = props.rolePath ?? '/';
    const { partition, account } = Stack.of(this);
    this.roleArn = iamArn({ partition, account, rolePath: this.rolePath }, 'role', this.roleName);
    throwFindings(this, [
      ...literal([this.roleName]).flatMap((name) => checkIamName('role', name)),
      ...literal([this.rolePath]).flatMap(checkIamPath),
      ...this._checkBucketAccount(),
    ]);
    noteMade(this, this.integrationName, { account, type: 'role', name: this.roleName });
  }

  /**
   * Makes the role.
   * @param rules what the integration says
   * @param trustAnchorArn of the trust anchor whose certificates it takes, if any
   * @throws where a policy would be longer than AWS takes
   * @internal
   */
  protected _makeRole(
    props: RoleIntegrationProps,
    rules: RoleRules,
    maxSessionDuration: Duration | undefined,
    trustAnchorArn?: string,
  ): CfnRole {
    const intent = intentOf(rules, this._placement({ rolePath: this.rolePath, trustAnchorArn }));
    const seconds = maxSessionDuration && Math.max(maxSessionDuration.toSeconds(), LEAST_MAX_SESSION);
    const permissionsBoundary = props.permissionsBoundary?.managedPolicyArn;
    this._note(intent, {
      path: this.rolePath,
      permissionsBoundary,
      maxSessionSeconds: seconds ?? DEFAULT_SESSION_SECONDS,
    });
    const { trust, access } = policiesOf(intent);
    throwFindings(this, [
      ...(maxSessionDuration ? checkSessionSeconds(maxSessionDuration.toSeconds()) : []),
      ...checkPolicySize(POLICY_LIMITS.trust, trust),
      ...checkPolicySize(POLICY_LIMITS.role, access),
    ]);
    // Not `Resource`: under one id CloudFormation could not turn a role into a user when the kind changes.
    const role = new CfnRole(this, 'Role', {
      roleName: this.roleName,
      path: props.rolePath,
      assumeRolePolicyDocument: trust,
      policies: [{ policyName: 'access', policyDocument: access }],
      maxSessionDuration: seconds,
      permissionsBoundary,
    });
    acknowledgeConfined(role, intent.confinement);
    acknowledgeInline(role);
    return endsWithIntegration(role);
  }
}
