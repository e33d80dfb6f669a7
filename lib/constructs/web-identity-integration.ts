import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { WebIdentityRules } from '../rules/integration-rules';
import { checkExact, checkProvider, checkToken, parseProvider } from '../rules/provider';
import { checkRoleSessionName } from '../rules/trust';
import { literal } from './integration';
import { RoleIntegration, type RoleIntegrationProps } from './role-integration';
import { throwFindings } from './throw-findings';

/** Properties of a {@link WebIdentityIntegration}. */
export interface WebIdentityIntegrationProps extends RoleIntegrationProps {
  /**
   * The issuer of the vendor's tokens, for example `https://login.example.com/tenant`, or the ARN of a provider. The
   * provider must be in the role's account; nothing is made here, since an account has one for all who use it (see
   * {@link IdentityProvider}). `https://accounts.google.com` is known to AWS by itself.
   * @default - none yet, which only a pending or suspended integration may have
   */
  readonly provider?: string;

  /**
   * What the `aud` claim must be, one of them.
   * @default - none yet, which only a pending or suspended integration may have
   */
  readonly audiences?: string[];

  /**
   * What the `sub` claim must be, one of them.
   * @default - `roleSessionName` is asked for instead
   */
  readonly subjects?: string[];

  /**
   * The session name that the vendor must use; `*` stands for any text.
   * @default - any session name
   */
  readonly roleSessionName?: string;

  /**
   * The longest session, 15 minutes to 12 hours.
   * @default - one hour
   */
  readonly maxSessionDuration?: Duration;
}

/**
 * A vendor that works outside AWS and can present a token of an OpenID Connect provider assumes a role with it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export class WebIdentityIntegration extends RoleIntegration {
  /** @throws where a property is not one that AWS takes, or a policy would be longer than AWS takes */
  constructor(scope: Construct, id: string, props: WebIdentityIntegrationProps) {
    super(scope, id, props);
    const { provider, audiences = [], subjects = [], roleSessionName } = props;
    throwFindings(this, [
      ...literal([provider]).flatMap(checkProvider),
      ...literal(audiences).flatMap((value) => checkExact('the audience', value)),
      ...literal(subjects).flatMap((value) => checkExact('the subject', value)),
      ...literal([roleSessionName]).flatMap(checkRoleSessionName),
      ...checkToken({ ...props, status: this.status }),
    ]);
    // Condition keys are made of the issuer, so it must be known now.
    if (provider !== undefined && !parseProvider(provider))
      throw new Error(`${this.node.path}: give the provider as a literal`);
    const { _rules, roleName } = this;
    const rules: WebIdentityRules = {
      ..._rules,
      kind: 'web-identity',
      roleName,
      provider,
      audiences,
      subjects,
      roleSessionName,
    };
    this._makeRole(props, rules, props.maxSessionDuration);
    this._putOut(rules);
  }
}
