import type { Construct } from 'constructs';
import { Capability } from '../rules/confinement';
import { checkKeyPrincipals } from '../rules/principal';
import { Integration, type IntegrationProps } from './integration';
import { principalFindings } from './principals';
import { refuse } from './refuse';

/** Properties of a {@link DirectTrustIntegration}. */
export interface DirectTrustIntegrationProps extends IntegrationProps {
  /**
   * The vendor's role and user ARNs, whole accounts as twelve digits or root ARN, and canonical user ids.
   * @default - none yet, which only a pending or suspended integration may have
   */
  readonly principals?: string[];

  /**
   * Whether whole accounts may be let in.
   * @default false
   */
  readonly allowWholeAccount?: boolean;
}

/**
 * A vendor that works in AWS but can't assume a role is let in by the bucket's own policy, and by its
 * key's where it has one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
 */
export class DirectTrustIntegration extends Integration {
  /** @throws where a property is not one that AWS takes, or a policy that is needed is not this stack's to change */
  constructor(scope: Construct, id: string, props: DirectTrustIntegrationProps) {
    super(scope, id, props);
    const principals = props.principals ?? [];
    const { encryptionKey } = this.clientBucket;
    refuse(this, principalFindings({ ...props, kind: 'direct-trust', status: this.status }));
    if (encryptionKey) refuse(this, checkKeyPrincipals(principals));
    if (this.access.includes(Capability.LIST_BUCKETS)) {
      refuse(this, [
        {
          code: 'impossible-capability',
          message: 'no bucket policy can allow s3:ListAllMyBuckets',
          fix: 'leave list-buckets out, or use an assumed-role integration',
        },
      ]);
    }
    const policies = this._policies({ by: 'bucket-policy', principals });
    this.clientBucket._addToBucketPolicy(this.integrationName, policies.bucket);
    this.clientBucket._addToKeyPolicy(this.integrationName, policies.key);
    this._putOut('direct-trust', {});
  }
}
