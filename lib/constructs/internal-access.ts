import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Capability, canonicalPrefix, checkPrefix } from '../rules/confinement';
import type { Finding } from '../rules/finding';
import {
  checkInternalAccess,
  checkInternalPrincipal,
  checkInternalSomebody,
  checkOrganization,
  DEFAULT_INTERNAL_ACCESS,
} from '../rules/internal';
import { wrongPartition } from '../rules/place';
import { checkProps, type PropTypes } from '../rules/prop-types';
import type { ClientBucket } from './client-bucket';
import { throwFindings, warnOf } from './findings';
import { awaitsLookUp, isKnown, known, literal } from './known';
import { noteInternal } from './own-principals';
import { unknownPrincipals } from './principals';
import { checkValues, emptyList } from './values';

/** Properties of an {@link InternalAccess}. */
export interface InternalAccessProps {
  /** The client's bucket. */
  readonly clientBucket: ClientBucket;

  /**
   * The ARNs of our own roles and users, and whole accounts of ours as twelve digits or root ARN. Of the bucket's own
   * account nothing is written: there an identity policy suffices.
   * @default - everybody of `organizationId`
   */
  readonly principals?: string[];

  /**
   * The id of our AWS Organization, `o-…`: everybody of it, in every account but the bucket's own; with `principals`, both
   * must hold.
   * @default - `principals` alone
   */
  readonly organizationId?: string;

  /**
   * What they may do.
   * @default - list and read
   */
  readonly access?: Capability[];

  /**
   * Where they may act. A leading slash is dropped and a missing one at the end is added.
   * @default - the whole bucket
   */
  readonly prefix?: string;

  /**
   * Whether the policy of the bucket, and of its key where this app makes the key, says so. Without it this only says that
   * it is meant, which is all that an existing bucket takes.
   * @default true
   */
  readonly grant?: boolean;

  /**
   * Why they have it, for people.
   * @default - nothing is said
   */
  readonly reason?: string;
}

const TYPES: PropTypes<InternalAccessProps> = {
  clientBucket: 'ClientBucket',
  principals: 'texts',
  organizationId: 'text',
  access: 'texts',
  prefix: 'text',
  grant: 'flag',
  reason: 'text',
};

const POLICY_NOT_OURS: Finding = {
  code: 'bucket-policy-not-ours',
  message: 'internal access needs the policy of the bucket, and that of existingBucket is never changed for it',
  fix: 'set grant to false, which only says that it is meant, and put what it needs into that policy yourself',
};

const KEY_NOT_GRANTED: Finding = {
  code: 'internal-not-granted',
  message: 'the key of the bucket is not made here, so its policy says nothing of internal access',
  fix: "put what is needed into the key's policy yourself",
};

/**
 * Our own company's access to a client's bucket, across the prefixes of all integrations: roles, users and accounts of
 * ours, or our whole organization. Who is of another account than the bucket also needs an identity policy there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export class InternalAccess extends Construct {
  /** The client's bucket. */
  readonly clientBucket: ClientBucket;
  /** Where they may act, in canonical form; empty for the whole bucket. */
  readonly prefix: string;
  /** What they may do. */
  readonly access: Capability[];

  /** @throws where a property is not one that AWS takes, or a policy that is needed is not this stack's to change */
  constructor(scope: Construct, id: string, props: InternalAccessProps) {
    super(scope, id);
    throwFindings(this, checkProps(props, TYPES, ['clientBucket']));
    this.clientBucket = props.clientBucket;
    this.prefix = props.prefix === undefined ? '' : canonicalPrefix(props.prefix);
    this.access = [...(props.access ?? DEFAULT_INTERNAL_ACCESS)];
    const { clientBucket, prefix, access } = this;
    const { principals = [], organizationId: organization, grant = true, reason } = props;
    throwFindings(this, this.findings(props, grant));
    noteInternal(this, principals);
    const { bucketArn, account, isCreated: bucketIsGuarded } = clientBucket;
    const { partition } = Stack.of(clientBucket);
    const keyArn = clientBucket.encryptionKey?.keyArn;
    // Without those that are still to be looked up, more would be meant than those.
    const isWhole = !awaitsLookUp(props);
    const entry = { principals: literal(principals), organization, access, prefix, grant: grant && isWhole, reason };
    const place = { bucketArn, account, partition, bucketIsGuarded, keyArn };
    if (!clientBucket._addInternal(this.node.path, { entry, place })) warnOf(this, [KEY_NOT_GRANTED]);
  }

  private findings(props: InternalAccessProps, grant: boolean): Finding[] {
    const { principals = [], organizationId: organization, prefix } = props;
    const region = known(this.clientBucket.region);
    return [
      ...(grant && !this.clientBucket.isCreated ? [POLICY_NOT_OURS] : []),
      ...(props.principals?.length === 0 ? [emptyList('principals')] : []),
      ...(props.access?.length === 0 ? [emptyList('access')] : []),
      ...unknownPrincipals(principals),
      ...literal(principals).flatMap((text) => [
        ...checkInternalPrincipal(text),
        ...[wrongPartition(text, region) ?? []].flat(),
      ]),
      ...literal([organization]).flatMap(checkOrganization),
      ...(props.principals?.length === 0 ? [] : checkInternalSomebody({ principals, organization })),
      ...checkValues('access', this.access, Object.values(Capability)),
      ...checkInternalAccess(this.access),
      ...(prefix === undefined || !isKnown(prefix) ? [] : checkPrefix(this.prefix)),
    ];
  }
}
