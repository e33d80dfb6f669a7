import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { logDelivery, tlsOnly } from '../rules/confinement';
import type { Finding } from '../rules/finding';
import {
  BUCKET_INTENT_KEY,
  type BucketIntent,
  INTERNAL_INTENT_KEY,
  type InternalIntent,
  internalPolicies,
} from '../rules/intent';
import { checkPolicySize, POLICY_LIMITS } from '../rules/limits';
import { type BucketSettings, bucketEncryption } from '../rules/meant-settings';
import { checkBucketName, checkKeyArn, checkLogPrefix, checkName, internalSid, parseKeyArn } from '../rules/names';
import { wrongKeyRegion, wrongLogPlace, wrongPartition } from '../rules/place';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { policyDocument, type Statement } from '../rules/statement';
import { throwFindings } from './findings';
import { awaitsLookUp, isKnown, known, literal } from './known';
import { keepPolicyWithoutGrants, makeBucket } from './made-bucket';
import { recordIntent } from './record-intent';
import { reservePrefix } from './reserved-prefixes';

/** Properties of a {@link ClientBucket}. */
export interface ClientBucketProps {
  /** The client whose bucket it is: lower-case letters and digits with single hyphens between, at most 32 characters. */
  readonly clientName: string;

  /**
   * The bucket's name. Changing it replaces the bucket. One that ends with `-<account>-<region>-an` is of the account's own
   * namespace, where no other account can have it.
   * @default - `integrations-<clientName>`
   */
  readonly bucketName?: string;

  /**
   * An existing bucket. Nothing is created for it and nothing about it is changed,
   * except that direct trust adds statements to its policy where this app owns that policy.
   * @default - a bucket is created
   */
  readonly existingBucket?: s3.IBucket;

  /**
   * The KMS key that objects are encrypted with.
   * @default - the key of `existingBucket` if it has one, a new key with `createEncryptionKey`, otherwise SSE-S3
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether to create a KMS key for the bucket, rotated every year and kept when it is removed.
   * @default false
   */
  readonly createEncryptionKey?: boolean;

  /**
   * Whether overwritten and deleted objects are kept as earlier versions.
   * @default true
   */
  readonly versioned?: boolean;

  /**
   * After how long an upload in parts that was never completed is cleaned up; whole days.
   * @default - 7 days
   */
  readonly abortUploadsAfter?: Duration;

  /**
   * After how long an object expires; whole days.
   * @default - objects do not expire
   */
  readonly expireObjectsAfter?: Duration;

  /**
   * How long after it was overwritten or deleted an earlier version expires; whole days.
   * @default - earlier versions do not expire
   */
  readonly expireOldVersionsAfter?: Duration;

  /**
   * Whether the bucket emits object events to Amazon EventBridge, also where somebody calls `bucket.addEventNotification`.
   * @default false
   */
  readonly eventBridgeEnabled?: boolean;

  /**
   * The bucket that receives S3 server access logs. If its policy is not this app's, it must allow
   * `logging.s3.amazonaws.com` to put them there; otherwise this adds a statement that does.
   * @default - no server access logs
   */
  readonly serverAccessLogsBucket?: s3.IBucket;

  /**
   * What the keys of the logs begin with.
   * @default - the logs are at the root of their bucket
   */
  readonly serverAccessLogsPrefix?: string;
}

const TYPES: PropTypes<ClientBucketProps> = {
  clientName: 'text',
  bucketName: 'text',
  existingBucket: 'IBucket',
  encryptionKey: 'IKey',
  createEncryptionKey: 'flag',
  versioned: 'flag',
  abortUploadsAfter: 'duration',
  expireObjectsAfter: 'duration',
  expireOldVersionsAfter: 'duration',
  eventBridgeEnabled: 'flag',
  serverAccessLogsBucket: 'IBucket',
  serverAccessLogsPrefix: 'text',
};

/**
 * One client's bucket, created or existing, and the integrations that share it.
 *
 * A created bucket blocks public access, has ACLs disabled, refuses plain HTTP, is encrypted and
 * versioned, cleans up abandoned uploads, and stays when it is removed from the stack. Its policy stays
 * with it if only the denial of plain HTTP is in it; otherwise the policy is removed, with everybody's grants.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class ClientBucket extends Construct {
  /** The client whose bucket it is. */
  readonly clientName: string;
  /** The bucket, for what else an app wants with it. Do not use its `grant*` methods for an outside principal: they show every key. */
  readonly bucket: s3.IBucket;
  /** The bucket's ARN. */
  readonly bucketArn: string;
  /** The bucket's name. */
  readonly bucketName: string;
  /** The KMS key that objects are encrypted with, if any. */
  readonly encryptionKey?: kms.IKey;
  /** Whether this construct made the bucket and so knows that it refuses plain HTTP and ACLs. */
  readonly isCreated: boolean;

  private internalEntries = 0;
  private readonly bucketStatements: Statement[] = [];
  private readonly keyStatements: Statement[] = [];

  /** @throws where a name is not one that S3 takes, or settings are given for a bucket that is not created */
  constructor(scope: Construct, id: string, props: ClientBucketProps) {
    super(scope, id);
    throwFindings(this, checkProps(props, TYPES, ['clientName']));
    this.clientName = props.clientName;
    this.isCreated = props.existingBucket === undefined;
    if (!awaitsLookUp(props.clientName)) throwFindings(this, checkName('client', props.clientName));
    if (props.existingBucket) {
      this.refuseSettings(props);
      this.bucket = props.existingBucket;
      this.bucketName = this.bucket.bucketName;
      // Of a name that is known the ARN is made here: one that was passed in could be a pattern.
      throwFindings(this, this.nameFindings(true));
      this.bucketArn = isKnown(this.bucketName) ? this.arnOf(this.bucketName) : this.bucket.bucketArn;
      this.encryptionKey = props.encryptionKey ?? this.bucket.encryptionKey;
    } else {
      this.bucketName = props.bucketName ?? `integrations-${props.clientName}`;
      throwFindings(this, [
        ...this.nameFindings(false),
        ...literal([props.serverAccessLogsPrefix]).flatMap(checkLogPrefix),
        ...this.logFindings(props),
      ]);
      this.bucketArn = this.arnOf(this.bucketName);
      this.encryptionKey = props.encryptionKey ?? (props.createEncryptionKey ? this.createKey() : undefined);
      this.bucket = makeBucket(this, this.bucketName, this.encryptionKey, props);
      // By reference, not by name: cdk-nag's S10 recognizes the bucket only so.
      this.bucket.addToResourcePolicy(PolicyStatement.fromJson(this.counted(tlsOnly(this.bucket.bucketArn))));
      this.letLogsIn(props);
      keepPolicyWithoutGrants(this.bucket);
    }
    const keyArn = this.encryptionKey?.keyArn;
    throwFindings(
      this,
      literal([keyArn]).flatMap((arn) => this.keyFindings(arn)),
    );
    const intent: BucketIntent = {
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      reference: this.bucket.bucketArn,
      keyArn,
      created: this.isCreated,
    };
    const settings = this.isCreated ? this.settings(props) : undefined;
    recordIntent(this, { of: 'bucket', key: `${BUCKET_INTENT_KEY}${this.node.path}`, intent, settings }, intent);
    this.node.addValidation({ validate: () => this.policiesTooLong() });
  }

  /** The account of the bucket. */
  get account(): string {
    return this.bucket.env.account;
  }

  /** The region of the bucket; of an imported one that of the stack, unless it was imported with its own. */
  get region(): string {
    return this.bucket.env.region;
  }

  /** S3 in the bucket's region, as `kms:ViaService` names it. */
  get viaService(): string {
    return `s3.${this.region}.${Stack.of(this).urlSuffix}`;
  }

  /**
   * Notes who acts where, so that no two integrations ever overlap.
   * @throws where another integration's prefix begins with this one, or the reverse
   * @internal
   */
  public _claim(integration: string, prefix: string): void {
    reservePrefix(this, integration, prefix);
  }

  /**
   * Adds an integration's statements to the bucket's policy.
   * @throws where this app does not own that policy
   * @internal
   */
  public _addToBucketPolicy(integration: string, statements: readonly Statement[]): void {
    for (const statement of statements) {
      // What integrations share is there once.
      if (this.bucketStatements.some(({ Sid }) => Sid === statement.Sid)) continue;
      if (!this.bucket.addToResourcePolicy(PolicyStatement.fromJson(this.counted(statement))).statementAdded) {
        throwFindings(this, [
          {
            code: 'bucket-policy-not-ours',
            message: `${integration} needs the policy of the bucket ${this.bucketName}, which this stack does not own`,
            fix: 'use an assumed-role integration, or a bucket that this stack creates',
          },
        ]);
      }
    }
  }

  /**
   * Adds an integration's statements to the policy of the bucket's key, if it has one.
   * @throws where this app does not own that policy
   * @internal
   */
  public _addToKeyPolicy(integration: string, statements: readonly Statement[]): void {
    for (const statement of statements) {
      this.keyStatements.push(statement);
      if (!this.encryptionKey?.addToResourcePolicy(PolicyStatement.fromJson(statement), true).statementAdded) {
        throwFindings(this, [
          {
            code: 'key-policy-not-ours',
            message: `${integration} needs the policy of the bucket's KMS key, which this stack cannot change`,
            fix: 'use an assumed-role integration, or let this stack create the key',
          },
        ]);
      }
    }
  }

  /**
   * Notes what somebody of our own company is meant to have, and adds it to the policy of the bucket, and of its key where
   * that is made here.
   *
   * @returns whether its key's policy says so too, where it has a key
   * @internal
   */
  public _addInternal(path: string, { entry, place }: Pick<InternalIntent, 'entry' | 'place'>): boolean {
    this.internalEntries += 1;
    const key = this.encryptionKey && { arn: this.encryptionKey.keyArn, viaService: this.viaService };
    const sid = internalSid(this.internalEntries);
    const policies = internalPolicies({ entry, place, sid, key });
    for (const statement of policies.bucket) {
      this.bucket.addToResourcePolicy(PolicyStatement.fromJson(this.counted(statement)));
    }
    const added = policies.key.filter(
      (statement) => this.encryptionKey?.addToResourcePolicy(PolicyStatement.fromJson(statement), true).statementAdded,
    );
    this.keyStatements.push(...added);
    const granted = added.length === policies.key.length;
    const intent: InternalIntent = { entry, place, sid, key: granted ? key : undefined };
    // With the bucket, whose template says what its key is called.
    const recorded = { of: 'internal', key: `${INTERNAL_INTENT_KEY}${path}`, intent, bucket: this.node.path } as const;
    recordIntent(new Construct(this, sid), recorded, intent);
    return granted;
  }

  private nameFindings(existing: boolean): Finding[] {
    const { account, region } = existing ? this.bucket.env : Stack.of(this);
    const place = { account: known(account), region: known(region), existing };
    return literal([this.bucketName]).flatMap((name) => checkBucketName(name, place));
  }

  private logFindings({ serverAccessLogsBucket: logs }: ClientBucketProps): Finding[] {
    if (!logs) return [];
    const { account, region } = Stack.of(this);
    const place = (env: { readonly account: string; readonly region: string }) => ({
      account: known(env.account),
      region: known(env.region),
    });
    return wrongLogPlace('the bucket', place({ account, region }), {
      what: 'the log bucket is',
      place: place(logs.env),
    });
  }

  private keyFindings(arn: string): Finding[] {
    const findings = checkKeyArn(arn);
    if (findings.length > 0) return findings;
    const region = known(this.region);
    return [wrongPartition(arn, region) ?? wrongKeyRegion(parseKeyArn(arn)?.region, region) ?? []].flat();
  }

  /** S3 delivers logs only where the policy of the bucket for them says so. */
  private letLogsIn({ serverAccessLogsBucket: logs, serverAccessLogsPrefix: prefix = '' }: ClientBucketProps): void {
    if (!logs) return;
    const { bucketArn: source, account } = this;
    // Of an imported bucket this adds nothing.
    logs.addToResourcePolicy(PolicyStatement.fromJson(logDelivery({ logs: logs.bucketArn, prefix, source, account })));
  }

  private settings(props: ClientBucketProps): BucketSettings {
    return {
      bucketName: this.bucketName,
      encryption: bucketEncryption(this.encryptionKey?.keyArn),
      versioned: props.versioned ?? true,
      expireObjectsAfterDays: props.expireObjectsAfter?.toDays(),
      expireOldVersionsAfterDays: props.expireOldVersionsAfter?.toDays(),
      accessLogs: props.serverAccessLogsBucket?.bucketName,
      createsKey: this.encryptionKey !== undefined && props.encryptionKey === undefined,
    };
  }

  private arnOf(bucketName: string): string {
    return Stack.of(this).formatArn({ service: 's3', region: '', account: '', resource: bucketName });
  }

  private counted(statement: Statement): Statement {
    this.bucketStatements.push(statement);
    return statement;
  }

  private policiesTooLong(): string[] {
    return [
      ...checkPolicySize(POLICY_LIMITS.bucket, policyDocument(this.bucketStatements)),
      ...checkPolicySize(POLICY_LIMITS.key, policyDocument(this.keyStatements)),
    ].map(({ message, fix }) => `${message}: ${fix}`);
  }

  private createKey(): kms.Key {
    return new kms.Key(this, 'Key', {
      description: `Objects in ${this.bucketName}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private refuseSettings(props: ClientBucketProps): void {
    const { clientName, existingBucket, encryptionKey, ...settings } = props;
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    throwFindings(
      this,
      given.map(([key]) => ({
        code: 'existing-bucket-setting',
        message: `${key} is a setting of a bucket that is created, and existingBucket is never created`,
        fix: `remove ${key}, and set it where the bucket is made`,
      })),
    );
  }
}
