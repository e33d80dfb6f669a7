import { CfnOutput, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Capability, canonicalPrefix, checkPrefix, DEFAULT_ACCESS } from '../rules/confinement';
import type { Finding } from '../rules/finding';
import type { CommonRules, IntegrationRules } from '../rules/integration-rules';
import { INTENT_KEY, type Intent } from '../rules/intent';
import { noteOf } from '../rules/intent-note';
import type { Placement } from '../rules/meant';
import { checkName, integrationName } from '../rules/names';
import { checkDate, checkSourceIp, checkVpcEndpoint } from '../rules/restrictions';
import { type MadeByAws, setupInformation } from '../rules/setup-information';
import { Status } from '../rules/vocabulary';
import type { ClientBucket } from './client-bucket';
import { recordIntent } from './record-intent';
import { throwFindings } from './throw-findings';

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
   * @default - from anywhere, or from `vpcEndpoints` only
   */
  readonly sourceIps?: string[];

  /**
   * The ids of VPC endpoints through which S3 may be reached, besides `sourceIps`.
   * @default - from anywhere, or from `sourceIps` only
   */
  readonly vpcEndpoints?: string[];
}

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
  /** Whether anybody has access. */
  readonly status: Status;

  /** What it says, whatever its kind. @internal */
  protected readonly _rules: CommonRules;

  /** @throws where a property is not one that AWS takes, or the prefix overlaps another integration's */
  protected constructor(scope: Construct, id: string, props: IntegrationProps) {
    super(scope, id);
    this.clientBucket = props.clientBucket;
    this.integrationName = integrationName(props.clientBucket.clientName, props.vendorName);
    this.status = props.status ?? Status.ACTIVE;
    this.prefix = props.wholeBucket ? '' : canonicalPrefix(props.prefix ?? props.vendorName);
    this.access = [...(props.access ?? DEFAULT_ACCESS)];
    throwFindings(this, this.findings(props));
    props.clientBucket._claim(this.integrationName, this.prefix);
    this._rules = {
      client: props.clientBucket.clientName,
      vendor: props.vendorName,
      status: this.status,
      prefix: this.prefix,
      access: this.access,
      expires: props.expires,
      sourceIps: props.sourceIps,
      vpcEndpoints: props.vpcEndpoints,
    };
  }

  /** Where it is. @internal */
  protected _placement(trustAnchorArn?: string): Placement {
    const { partition, account, region } = Stack.of(this);
    const { bucketArn: arn, isCreated: isGuarded, encryptionKey, viaService } = this.clientBucket;
    const key = encryptionKey && { arn: encryptionKey.keyArn, viaService };
    return { partition, account, region, bucket: { arn, isGuarded, key }, trustAnchorArn };
  }

  /** Records what it is meant to be, for the confinement checks. @internal */
  protected _note(intent: Intent): void {
    const key = `${INTENT_KEY}${this.integrationName}`;
    const bucket = this.clientBucket.node.path;
    recordIntent(this, { of: 'integration', key, intent, bucket }, noteOf(intent));
  }

  /** Puts out what the vendor gets, as one JSON value. @internal */
  protected _putOut(rules: IntegrationRules, made?: MadeByAws): void {
    const { partition, account } = Stack.of(this);
    const { region } = Stack.of(this.clientBucket);
    const { bucketName } = this.clientBucket;
    const setup = setupInformation(rules, { bucketName, partition, account, region }, made);
    new CfnOutput(this, 'SetupInformation', {
      description: `Setup information of ${this.integrationName}`,
      value: Stack.of(this).toJsonString(setup),
    });
  }

  private findings(props: IntegrationProps): Finding[] {
    const findings = checkName('vendor', props.vendorName);
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
    } else if (!props.wholeBucket) {
      findings.push(...checkPrefix(this.prefix));
    }
    for (const key of ['access', 'sourceIps', 'vpcEndpoints'] as const) {
      // An empty list of where from would otherwise mean from anywhere.
      if (props[key]?.length === 0) findings.push(emptyList(key));
    }
    if (props.expires !== undefined && !Token.isUnresolved(props.expires)) findings.push(...checkDate(props.expires));
    findings.push(...literal(props.sourceIps).flatMap(checkSourceIp));
    findings.push(...literal(props.vpcEndpoints).flatMap(checkVpcEndpoint));
    return findings;
  }
}

/** A list that is there and says nothing. */
export function emptyList(key: string): Finding {
  return { code: 'empty-list', message: `${key} is empty`, fix: 'name at least one, or leave it out' };
}

/** The members that are known at synth; nothing can be said of the others. */
export function literal(values: readonly (string | undefined)[] | undefined): string[] {
  return (values ?? []).filter((value) => value !== undefined && !Token.isUnresolved(value)) as string[];
}
