import { type Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { iamArn } from '../rules/arns';
import type { Finding } from '../rules/finding';
import type { WebIdentityRules } from '../rules/integration-rules';
import { wrongAccount, wrongPartition } from '../rules/place';
import { checkProps, type PropTypes } from '../rules/prop-types';
import {
  checkExact,
  checkImpossibleToken,
  checkNoSubject,
  checkProvider,
  checkSubject,
  checkToken,
  parseProvider,
} from '../rules/provider';
import { checkRoleSessionName } from '../rules/trust';
import { throwFindings, warnOf } from './findings';
import { awaitsLookUp, literal } from './known';
import { RoleIntegration, type RoleIntegrationProps } from './role-integration';

/** Properties of a {@link WebIdentityIntegration}. */
export interface WebIdentityIntegrationProps extends RoleIntegrationProps {
  /**
   * The issuer of the vendor's tokens, for example `https://login.example.com/tenant`, or the ARN of a provider. The
   * provider must be in the role's account; nothing is made here, since an account has one for all who use it (see
   * {@link IdentityProvider}). `https://accounts.google.com` and `https://cognito-identity.amazonaws.com` are known to AWS by
   * themselves.
   * @default - none yet, which only a pending or suspended integration may have
   */
  readonly provider?: string;

  /**
   * What the `aud` claim must be, one of them.
   * @default - none yet, which only a pending or suspended integration may have
   */
  readonly audiences?: string[];

  /**
   * What the `sub` claim must be, one of them. It may end in `*` only where many customers share the issuer, behind what
   * names the customer: `repo:octo-org/octo-repo:*`.
   * @default - `roleSessionName` is asked for instead, which no issuer takes that many customers share
   */
  readonly subjects?: string[];

  /**
   * The session name that the vendor must use; `*` stands for any text.
   * @default - any session name
   */
  readonly roleSessionName?: string;

  /**
   * Whether the vendor's tokens may carry session tags.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
   * @default false
   */
  readonly sessionTags?: boolean;

  /**
   * The longest session, 15 minutes to 12 hours.
   * @default - one hour
   */
  readonly maxSessionDuration?: Duration;
}

type OwnProps = Omit<WebIdentityIntegrationProps, keyof RoleIntegrationProps>;

const TYPES: PropTypes<OwnProps> = {
  provider: 'text',
  audiences: 'texts',
  subjects: 'texts',
  roleSessionName: 'text',
  sessionTags: 'flag',
  maxSessionDuration: 'duration',
};

/**
 * A vendor that works outside AWS and can present a token of an OpenID Connect provider assumes a role with it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export class WebIdentityIntegration extends RoleIntegration {
  /** The ARN of the provider in the role's account; none of one that AWS knows by itself, or while there is none. */
  readonly providerArn?: string;

  /** @throws where a property is not one that AWS takes, or a policy would be longer than AWS takes */
  constructor(scope: Construct, id: string, props: WebIdentityIntegrationProps) {
    super(scope, id, props);
    throwFindings(this, checkProps<OwnProps>(props, TYPES));
    const { provider, audiences = [], subjects = [], roleSessionName, sessionTags } = props;
    const token = { provider, audiences, subjects, roleSessionName, status: this.status };
    throwFindings(this, [
      ...literal([provider]).flatMap((text) => this.providerFindings(text)),
      ...literal(audiences).flatMap((value) => checkExact('the audience', value)),
      // Which subjects an issuer may have is known with it.
      ...(awaitsLookUp(provider) ? [] : literal(subjects).flatMap((value) => checkSubject(provider, value))),
      ...literal([roleSessionName]).flatMap(checkRoleSessionName),
      ...checkToken(token),
    ]);
    const parsed = provider === undefined ? undefined : parseProvider(provider);
    // Condition keys are made of the issuer, so it must be known now.
    if (provider !== undefined && !parsed && !awaitsLookUp(provider))
      throw new Error(`${this.node.path}: give the provider as a literal`);
    warnOf(this, [...checkNoSubject(token), ...checkImpossibleToken({ ...token, subjects: literal(subjects) })]);
    const { partition, account } = Stack.of(this);
    this.providerArn =
      parsed && !parsed.builtIn
        ? (parsed.arn ?? iamArn({ partition, account }, 'oidc-provider', parsed.issuer))
        : undefined;
    const { _rules, roleName } = this;
    const rules: WebIdentityRules = {
      ..._rules,
      kind: 'web-identity',
      roleName,
      provider,
      audiences,
      subjects,
      roleSessionName,
      sessionTags,
    };
    this._makeRole(props, rules, props.maxSessionDuration);
    this._putOut(rules, undefined, this.rolePath);
  }

  private providerFindings(text: string): Finding[] {
    const { arn } = parseProvider(text) ?? {};
    const { account, region } = this._environment();
    if (arn === undefined) return checkProvider(text);
    return [...checkProvider(text), ...[wrongPartition(arn, region) ?? wrongAccount(arn, account) ?? []].flat()];
  }
}
