import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Finding } from '../rules/finding';
import type { AssumedRoleRules } from '../rules/integration-rules';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { checkExternalId, checkRoleSessionName } from '../rules/trust';
import { throwFindings } from './findings';
import { literal } from './known';
import { noteVendors } from './own-principals';
import { principalFindings } from './principals';
import { RoleIntegration, type RoleIntegrationProps } from './role-integration';
import { emptyList } from './values';

/** A principal with the external ID that it alone must send. */
export interface TrustedPrincipal {
  /** The vendor's role or user ARN, or a whole account as twelve digits or root ARN. */
  readonly principal: string;

  /**
   * The external ID that the vendor must send.
   * @default - no external ID is asked for
   */
  readonly externalId?: string;
}

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
   * Instead of `principals` and `externalIds`, where each principal has an external ID of its own.
   * @default - every principal may send any of `externalIds`
   */
  readonly trusts?: TrustedPrincipal[];

  /**
   * Whether the vendor may send session tags. Some callers always do, and cannot assume the role without.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
   * @default false
   */
  readonly sessionTags?: boolean;

  /**
   * Whether the vendor may set a source identity. Some callers always do, and cannot assume the role without.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
   * @default false
   */
  readonly sourceIdentity?: boolean;

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

type OwnProps = Omit<AssumedRoleIntegrationProps, keyof RoleIntegrationProps>;

const TYPES: PropTypes<OwnProps> = {
  principals: 'texts',
  externalIds: 'texts',
  trusts: 'objects',
  sessionTags: 'flag',
  sourceIdentity: 'flag',
  allowWholeAccount: 'flag',
  maxSessionDuration: 'duration',
  roleSessionName: 'text',
  selfAssume: 'flag',
};

const TRUST_TYPES: PropTypes<TrustedPrincipal> = { principal: 'text', externalId: 'text' };

/**
 * A vendor that works in AWS assumes a role that may act under one prefix of the client's bucket.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export class AssumedRoleIntegration extends RoleIntegration {
  /** @throws where a property is not one that AWS takes, or a policy would be longer than AWS takes */
  constructor(scope: Construct, id: string, props: AssumedRoleIntegrationProps) {
    super(scope, id, props);
    throwFindings(this, typeFindings(props));
    const { trusts, roleSessionName, sessionTags, sourceIdentity, selfAssume = false } = props;
    throwFindings(this, this.trustFindings(props));
    const principals = trusts ? unique(trusts.map(({ principal }) => principal)) : (props.principals ?? []);
    const externalIds = trusts ? unique(trusts.map(({ externalId }) => externalId)) : (props.externalIds ?? []);
    noteVendors(this, this.integrationName, principals);
    const { _rules, roleName } = this;
    const rules: AssumedRoleRules = {
      ..._rules,
      kind: 'assumed-role',
      roleName,
      principals,
      externalIds,
      trusts,
      sessionTags,
      sourceIdentity,
      roleSessionName,
      selfAssume,
    };
    this._makeRole(props, rules, props.maxSessionDuration);
    this._putOut(rules, undefined, this.rolePath);
  }

  private trustFindings(props: AssumedRoleIntegrationProps): Finding[] {
    const { trusts, externalIds, roleSessionName } = props;
    const trusted = (principals: string[] | undefined, ids: string[] | undefined) =>
      principalFindings(
        { ...props, kind: 'assumed-role', status: this.status, principals, externalIds: ids },
        this._environment(),
      );
    const named = trusts?.flatMap(({ externalId }) => externalId ?? []) ?? externalIds;
    return [
      ...(['principals', 'externalIds'] as const)
        .filter((key) => trusts && props[key])
        .map((key) => both('trusts', key)),
      ...(externalIds?.length === 0 ? [emptyList('externalIds')] : []),
      ...(trusts?.length === 0 ? [emptyList('trusts')] : []),
      // Each with its own: whether a whole account is narrowed down is asked of its external ID.
      ...(trusts?.flatMap(({ principal, externalId }) =>
        trusted([principal], externalId === undefined ? [] : [externalId]),
      ) ?? trusted(props.principals, externalIds)),
      ...literal(named).flatMap(checkExternalId),
      ...literal([roleSessionName]).flatMap(checkRoleSessionName),
    ];
  }
}

function typeFindings(props: OwnProps): Finding[] {
  const findings = checkProps(props, TYPES);
  if (findings.length > 0) return findings;
  return (props.trusts ?? []).flatMap((trust, at) => checkProps(trust, TRUST_TYPES, ['principal'], `trusts[${at}].`));
}

function both(one: string, other: string): Finding {
  return { code: 'conflicting-keys', message: `${one} and ${other} are both given`, fix: 'remove one of them' };
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => value ?? []))];
}
