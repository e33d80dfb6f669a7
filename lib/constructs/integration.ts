import { CfnOutput, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Capability, canonicalPrefix, checkPrefix, DEFAULT_ACCESS } from '../rules/confinement';
import type { Finding } from '../rules/finding';
import type { CommonRules, IntegrationRules } from '../rules/integration-rules';
import { INTENT_KEY, type Intent } from '../rules/intent';
import { noteOf } from '../rules/intent-note';
import type { Placement } from '../rules/meant';
import type { PrincipalSettings } from '../rules/meant-settings';
import { checkName, integrationName } from '../rules/names';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { checkDate, checkSourceIp, checkSourceVpc, checkVpcEndpoint } from '../rules/restrictions';
import { type MadeByAws, setupInformation } from '../rules/setup-information';
import { Status } from '../rules/vocabulary';
import type { ClientBucket } from './client-bucket';
import { throwFindings } from './findings';
import { awaitsLookUp, isKnown, known, literal } from './known';
import { recordIntent } from './record-intent';
import { checkValues, emptyList } from './values';

/** Properties of every integration. */
export interface IntegrationProps {
  /** The client's bucket. */
  readonly clientBucket: ClientBucket;

  /** The vendor or tool that gets access: lower-case letters and digits with single hyphens between, at most 32 characters. */
  readonly vendorName: string;

  /**
   * Whether anybody has access. The resources and their names are the same in every status.
   * @default Status.ACTIVE
   */
  readonly status?: Status;

  /**
   * Where the integration may act. A leading slash is dropped and a missing one at the end is added.
   * @default - `<vendorName>/`
   */
  readonly prefix?: string;

  /**
   * Whether the integration may act in the whole bucket instead, which no other may then share.
   * @default false
   */
  readonly wholeBucket?: boolean;

  /**
   * What the integration may do.
   * @default - list, read and write
   */
  readonly access?: Capability[];

  /**
   * The day, as `YYYY-MM-DD`, at whose first instant (UTC) access ends.
   * @default - access does not end by itself
   */
  readonly expires?: string;

  /**
   * The IP addresses and CIDR ranges from which S3 may be reached.
   * @default - from anywhere, or from `vpcEndpoints` and `sourceVpcs` only
   */
  readonly sourceIps?: string[];

  /**
   * The ids of VPC endpoints through which S3 may be reached, besides `sourceIps` and `sourceVpcs`.
   * @default - from anywhere, or from `sourceIps` and `sourceVpcs` only
   */
  readonly vpcEndpoints?: string[];

  /**
   * The ids of VPCs through whose endpoints S3 may be reached, besides `sourceIps` and `vpcEndpoints`.
   * @default - from anywhere, or from `sourceIps` and `vpcEndpoints` only
   */
  readonly sourceVpcs?: string[];

  /**
   * Whether the stack has an output with the vendor's setup information as JSON.
   * @default true
   */
  readonly setupOutput?: boolean;
}

const TYPES: PropTypes<IntegrationProps> = {
  clientBucket: 'ClientBucket',
  vendorName: 'text',
  status: 'text',
  prefix: 'text',
  wholeBucket: 'flag',
  access: 'texts',
  expires: 'text',
  sourceIps: 'texts',
  vpcEndpoints: 'texts',
  sourceVpcs: 'texts',
  setupOutput: 'flag',
};

/** What all kinds of integration share: a bucket, a prefix, what may be done there, and setup information. */
export abstract class Integration extends Construct {
  /** The integration's full name, for example `kohler_adobe`. */
  readonly integrationName: string;
  /** The client's bucket. */
  readonly clientBucket: ClientBucket;
  /** Where the integration may act, in canonical form; empty for the whole bucket. */
  readonly prefix: string;
  /** What the integration may do. */
  readonly access: Capability[];
  /** Whether anybody has access; pending while a property waits for a look-up of the CDK. */
  readonly status: Status;
  /** The ARN of the KMS key with which the bucket encrypts, if it has one. */
  readonly kmsKeyArn?: string;

  /** What it says, whatever its kind. @internal */
  protected readonly _rules: CommonRules;
  private readonly setupOutput: boolean;

  /** @throws where a property is not one that AWS takes, or the prefix overlaps another integration's */
  protected constructor(scope: Construct, id: string, props: IntegrationProps) {
    super(scope, id);
    throwFindings(this, checkProps<IntegrationProps>(props, TYPES, ['clientBucket', 'vendorName']));
    this.clientBucket = props.clientBucket;
    this.integrationName = integrationName(props.clientBucket.clientName, props.vendorName);
    this.status = awaitsLookUp(props) ? Status.PENDING : (props.status ?? Status.ACTIVE);
    this.prefix = props.wholeBucket ? '' : canonicalPrefix(props.prefix ?? props.vendorName);
    this.access = [...(props.access ?? DEFAULT_ACCESS)];
    this.kmsKeyArn = props.clientBucket.encryptionKey?.keyArn;
    this.setupOutput = props.setupOutput ?? true;
    throwFindings(this, this.findings(props));
    if (isKnown(this.prefix)) props.clientBucket._claim(this.integrationName, this.prefix);
    this._rules = {
      client: props.clientBucket.clientName,
      vendor: props.vendorName,
      status: this.status,
      prefix: this.prefix,
      access: this.access,
      expires: props.expires,
      sourceIps: props.sourceIps,
      vpcEndpoints: props.vpcEndpoints,
      sourceVpcs: props.sourceVpcs,
    };
  }

  /** Where it is. @internal */
  protected _placement(more: Pick<Placement, 'rolePath' | 'trustAnchorArn'> = {}): Placement {
    const { partition, account, region } = Stack.of(this);
    const { bucketArn: arn, isCreated: isGuarded, viaService } = this.clientBucket;
    const key = this.kmsKeyArn === undefined ? undefined : { arn: this.kmsKeyArn, viaService };
    return { partition, account, region, bucket: { arn, isGuarded, key }, ...more };
  }

  /** Account and region, as far as they are known at synth. @internal */
  protected _environment(): { readonly account?: string; readonly region?: string } {
    const { account, region } = Stack.of(this);
    return { account: known(account), region: known(region) };
  }

  /**
   * A finding where its role or user is of another account than the bucket, whose policy nothing here changes for it.
   * @internal
   */
  protected _checkBucketAccount(): Finding[] {
    const own = this._environment().account;
    const its = known(this.clientBucket.account);
    if (own === undefined || its === undefined || own === its) return [];
    return [
      {
        code: 'wrong-account',
        message: `the bucket ${this.clientBucket.bucketName} is in the account ${its}, the integration in ${own}`,
        fix: "put the integration into a stack with the bucket's account",
      },
    ];
  }

  /** Records what it is meant to be, for the confinement checks. @internal */
  protected _note(intent: Intent, settings?: PrincipalSettings): void {
    const key = `${INTENT_KEY}${this.integrationName}`;
    const bucket = this.clientBucket.node.path;
    recordIntent(this, { of: 'integration', key, intent, bucket, settings }, noteOf(intent));
  }

  /** Puts out what the vendor gets, as one JSON value. @internal */
  protected _putOut(rules: IntegrationRules, made?: MadeByAws, rolePath?: string): void {
    if (!this.setupOutput) return;
    const { partition, account } = Stack.of(this);
    const { bucketName, region } = this.clientBucket;
    const { kmsKeyArn } = this;
    const place = { bucketName, partition, account, region, rolePath, kmsKeyArn };
    new CfnOutput(this, 'SetupInformation', {
      description: `Setup information of ${this.integrationName}`,
      value: Stack.of(this).toJsonString(setupInformation(rules, place, made)),
    });
  }

  private findings(props: IntegrationProps): Finding[] {
    const findings = awaitsLookUp(props.vendorName) ? [] : checkName('vendor', props.vendorName);
    if (props.wholeBucket && props.prefix !== undefined) {
      findings.push({
        code: 'conflicting-keys',
        message: 'prefix and wholeBucket are both given',
        fix: 'remove one of them',
      });
    }
    if (Token.isUnresolved(this.prefix)) {
      findings.push({
        code: 'prefix-unknown',
        message: 'the prefix is known only at deployment, so it cannot be checked for overlaps',
        fix: 'give it as a literal',
      });
    } else if (!props.wholeBucket && isKnown(this.prefix)) {
      findings.push(...checkPrefix(this.prefix));
    }
    for (const key of ['access', 'sourceIps', 'vpcEndpoints', 'sourceVpcs'] as const) {
      // An empty list of where from would otherwise mean from anywhere.
      if (props[key]?.length === 0) findings.push(emptyList(key));
    }
    return [
      ...findings,
      ...checkValues('status', [this.status], Object.values(Status)),
      ...checkValues('access', this.access, Object.values(Capability)),
      ...literal([props.expires]).flatMap(checkDate),
      ...literal(props.sourceIps).flatMap(checkSourceIp),
      ...literal(props.vpcEndpoints).flatMap(checkVpcEndpoint),
      ...literal(props.sourceVpcs).flatMap(checkSourceVpc),
    ];
  }
}
