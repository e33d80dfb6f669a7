import { CfnProfile, CfnTrustAnchor } from 'aws-cdk-lib/aws-rolesanywhere';
import { Duration, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { bareCertificates, checkCertificate, checkUsableAuthority } from '../rules/certificate';
import type { Finding } from '../rules/finding';
import type { RolesAnywhereRules } from '../rules/integration-rules';
import { checkTrustAnchorArn } from '../rules/names';
import { wrongAccount, wrongAnchorRegion, wrongPartition } from '../rules/place';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { checkExact } from '../rules/provider';
import { checkCertificateTrust } from '../rules/trust';
import { Status } from '../rules/vocabulary';
import { endsWithIntegration } from './ends';
import { throwFindings, warnOf } from './findings';
import { literal } from './known';
import { RoleIntegration, type RoleIntegrationProps } from './role-integration';

/** Properties of a {@link RolesAnywhereIntegration}. */
export interface RolesAnywhereIntegrationProps extends RoleIntegrationProps {
  /**
   * The certificate authority that issues the vendor's certificate, as PEM. A trust anchor is made of it.
   * @default - `trustAnchorArn` is used
   */
  readonly certificateAuthority?: string;

  /**
   * An existing trust anchor.
   * @default - one is made of `certificateAuthority`
   */
  readonly trustAnchorArn?: string;

  /**
   * The common name in the subject of the vendor's certificate.
   * @default - none yet, which only a pending or suspended integration may have
   */
  readonly commonName?: string;

  /**
   * The organization in that subject.
   * @default - any organization
   */
  readonly organization?: string;

  /**
   * The organizational unit in that subject.
   * @default - any organizational unit
   */
  readonly organizationalUnit?: string;

  /**
   * The length of a session, 15 minutes to 12 hours.
   * @default - one hour
   */
  readonly sessionDuration?: Duration;

  /**
   * Whether the vendor may choose the name of its session.
   * @default false
   */
  readonly acceptRoleSessionName?: boolean;
}

type OwnProps = Omit<RolesAnywhereIntegrationProps, keyof RoleIntegrationProps>;

const TYPES: PropTypes<OwnProps> = {
  certificateAuthority: 'text',
  trustAnchorArn: 'text',
  commonName: 'text',
  organization: 'text',
  organizationalUnit: 'text',
  sessionDuration: 'duration',
  acceptRoleSessionName: 'flag',
};

const UNKNOWN_AUTHORITY = {
  code: 'bad-certificate',
  message: 'the certificate authority is known only at deployment, so it cannot be checked',
  fix: 'give its PEM as a literal, or name a trust anchor',
} as const;

/**
 * A vendor that works outside AWS and can present a certificate gets sessions of a role through IAM Roles Anywhere.
 * Only certificates of one trust anchor with one subject are accepted.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/introduction.html
 */
export class RolesAnywhereIntegration extends RoleIntegration {
  /** The ARN of the profile that the vendor names. */
  readonly profileArn: string;
  /** The ARN of the trust anchor that the vendor names; none while nobody has access and none is given. */
  readonly trustAnchorArn?: string;

  /** @throws where a property is not one that AWS takes, or a policy would be longer than AWS takes */
  constructor(scope: Construct, id: string, props: RolesAnywhereIntegrationProps) {
    super(scope, id, props);
    throwFindings(this, checkProps<OwnProps>(props, TYPES));
    const { commonName, organization, organizationalUnit, certificateAuthority } = props;
    const sessionDuration = props.sessionDuration ?? Duration.hours(1);
    const enabled = this.status === Status.ACTIVE;
    throwFindings(this, [
      ...literal([commonName]).flatMap((value) => checkExact('the common name', value)),
      ...literal([organization]).flatMap((value) => checkExact('the organization', value)),
      ...literal([organizationalUnit]).flatMap((value) => checkExact('the organizational unit', value)),
      ...(Token.isUnresolved(certificateAuthority) ? [UNKNOWN_AUTHORITY] : []),
      ...literal([certificateAuthority]).flatMap(checkCertificate),
      ...literal([props.trustAnchorArn]).flatMap((arn) => this.anchorFindings(arn)),
      ...checkCertificateTrust({
        status: this.status,
        trustAnchor: (certificateAuthority ?? props.trustAnchorArn) !== undefined,
        commonName,
      }),
    ]);
    warnOf(
      this,
      literal([certificateAuthority]).flatMap((pem) => checkUsableAuthority(pem, literal([props.expires])[0])),
    );
    this.trustAnchorArn = this.findTrustAnchor(props, enabled);
    const { _rules, roleName } = this;
    const rules: RolesAnywhereRules = {
      ..._rules,
      kind: 'roles-anywhere',
      roleName,
      certificateAuthority,
      subject: { commonName, organization, organizationalUnit },
    };
    const role = this._makeRole(props, rules, sessionDuration, this.trustAnchorArn);
    const profile = new CfnProfile(this, 'Profile', {
      name: this.integrationName,
      roleArns: [this.roleArn],
      durationSeconds: sessionDuration.toSeconds(),
      acceptRoleSessionName: props.acceptRoleSessionName ?? false,
      enabled,
    });
    endsWithIntegration(profile).node.addDependency(role);
    this.profileArn = profile.attrProfileArn;
    const { profileArn, trustAnchorArn } = this;
    this._putOut(rules, { profileArn, trustAnchorArn }, this.rolePath);
  }

  private anchorFindings(arn: string): Finding[] {
    const findings = checkTrustAnchorArn(arn);
    if (findings.length > 0) return findings;
    const { account, region } = this._environment();
    return [wrongPartition(arn, region) ?? wrongAccount(arn, account) ?? wrongAnchorRegion(arn, region) ?? []].flat();
  }

  private findTrustAnchor(props: RolesAnywhereIntegrationProps, enabled: boolean): string | undefined {
    const { certificateAuthority, trustAnchorArn } = props;
    if (certificateAuthority === undefined) return trustAnchorArn;
    if (trustAnchorArn !== undefined) {
      throwFindings(this, [
        {
          code: 'conflicting-keys',
          message: 'certificateAuthority and trustAnchorArn are both given',
          fix: 'give one of the two',
        },
      ]);
    }
    const anchor = new CfnTrustAnchor(this, 'TrustAnchor', {
      name: this.integrationName,
      enabled,
      source: {
        sourceType: 'CERTIFICATE_BUNDLE',
        sourceData: { x509CertificateData: bareCertificates(certificateAuthority) },
      },
    });
    return endsWithIntegration(anchor).attrTrustAnchorArn;
  }
}
