import { CfnAccessPoint } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { accessPointName } from '../rules/access-points';
import { Capability } from '../rules/confinement';
import type { Finding } from '../rules/finding';
import type { DirectTrustRules } from '../rules/integration-rules';
import { policiesOf } from '../rules/intent';
import { checkPolicySize, POLICY_LIMITS } from '../rules/limits';
import { intentOf } from '../rules/meant';
import { checkKeyPrincipals } from '../rules/principal';
import { checkProps, type PropTypes } from '../rules/prop-types';
import type { PolicyDocument } from '../rules/statement';
import { endsWithIntegration } from './ends';
import { throwFindings } from './findings';
import { Integration, type IntegrationProps } from './integration';
import { literal } from './known';
import { noteVendors } from './own-principals';
import { principalFindings } from './principals';

/** Properties of a {@link DirectTrustIntegration}. */
export interface DirectTrustIntegrationProps extends IntegrationProps {
  /**
   * The vendor's role and user ARNs, whole accounts as twelve digits or root ARN, and canonical user ids.
   * @default - none yet, which only a pending or suspended integration may have
   */
  readonly principals?: string[];

  /**
   * Whether whole accounts may be trusted.
   * @default false
   */
  readonly allowWholeAccount?: boolean;

  /**
   * Whether an S3 access point of its own allows the vendor, which then uses its alias instead of the bucket's
   * name. A bucket's policy has room for about twenty direct trusts, and for one statement that leaves it to all access
   * points of its client.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
   * @default false
   */
  readonly accessPoint?: boolean;
}

type OwnProps = Omit<DirectTrustIntegrationProps, keyof IntegrationProps>;

const TYPES: PropTypes<OwnProps> = { principals: 'texts', allowWholeAccount: 'flag', accessPoint: 'flag' };

/**
 * A vendor that works in AWS but can't assume a role is allowed by the bucket's own policy or an access point's, and by
 * the key's where the bucket has one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
 */
export class DirectTrustIntegration extends Integration {
  /** The ARN of its access point, if it has one. */
  readonly accessPointArn?: string;
  /** The alias of its access point, if it has one: what the vendor uses in the bucket's place. */
  readonly accessPointAlias?: string;

  /** @throws where a property is not one that AWS takes, or a policy that is needed is not this stack's to change */
  constructor(scope: Construct, id: string, props: DirectTrustIntegrationProps) {
    super(scope, id, props);
    throwFindings(this, checkProps<OwnProps>(props, TYPES));
    const { principals = [], accessPoint = false } = props;
    const { encryptionKey } = this.clientBucket;
    throwFindings(
      this,
      principalFindings({ ...props, kind: 'direct-trust', status: this.status }, this._environment()),
    );
    noteVendors(this, this.integrationName, principals);
    if (encryptionKey) throwFindings(this, checkKeyPrincipals(literal(principals)));
    if (this.access.includes(Capability.LIST_BUCKETS)) {
      throwFindings(this, [
        {
          code: 'impossible-capability',
          message: 'no bucket policy can allow s3:ListAllMyBuckets',
          fix: 'leave list-buckets out, or use an assumed-role integration',
        },
      ]);
    }
    if (accessPoint) throwFindings(this, this.elsewhere());
    const rules: DirectTrustRules = { ...this._rules, kind: 'direct-trust', principals, accessPoint };
    const intent = intentOf(rules, this._placement());
    this._note(intent);
    const policies = policiesOf(intent);
    this.clientBucket._addToBucketPolicy(this.integrationName, policies.bucket);
    this.clientBucket._addToKeyPolicy(this.integrationName, policies.key);
    const made = policies.accessPoint && this.createAccessPoint(props.vendorName, policies.accessPoint);
    this.accessPointArn = made && intent.confinement.accessPointArn;
    this.accessPointAlias = made?.attrAlias;
    this._putOut(rules, { accessPointAlias: this.accessPointAlias });
  }

  /** An access point is in the bucket's account and region: the bucket hands on to no other. */
  private elsewhere(): Finding[] {
    const [own, its] = [Stack.of(this), this.clientBucket];
    if (own.account === its.account && own.region === its.region) return [];
    return [
      {
        code: 'access-point-elsewhere',
        message:
          'an access point is in the account and region of its bucket, and this stack is in another account or region than the bucket',
        fix: "put the integration into a stack with the bucket's env, or leave accessPoint out",
      },
    ];
  }

  private createAccessPoint(vendorName: string, policy: PolicyDocument): CfnAccessPoint {
    const { clientName, bucketName, bucket } = this.clientBucket;
    throwFindings(this, checkPolicySize(POLICY_LIMITS.accessPoint, policy));
    const accessPoint = new CfnAccessPoint(this, 'AccessPoint', {
      name: accessPointName(clientName, vendorName),
      bucket: bucketName,
      policy,
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    });
    // It names the bucket as it is called, which says nothing of the order.
    accessPoint.node.addDependency(bucket);
    return endsWithIntegration(accessPoint);
  }
}
