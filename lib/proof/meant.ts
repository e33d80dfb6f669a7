/**
 * What is meant, in the words of the model of access. A reader of templates or accounts says how texts of intents are read.
 */
import { type Json, statementTexts, type Value, valueText } from '../access';
import { tlsOnly } from '../rules/confinement';
import { type BucketIntent, type Intent, type InternalIntent, internalPolicies, policiesOf } from '../rules/intent';
import type { InternalEntry } from '../rules/internal';
import { policyDocument, type Statement } from '../rules/statement';

/** Where something is, and who reads the texts that are said of it. */
export interface Site {
  /** The template or account. */
  readonly scope: string;
  readonly account: Value;
  readonly region: Value;
  readonly read: (value: unknown) => Json;
}

/** Statements, each in one spelling. */
type Texts = readonly string[];

/** What a client's bucket is meant to be. */
export interface MeantBucket {
  /** Tells the buckets of an app apart, whatever they are called. */
  readonly key: string;
  readonly scope: string;
  readonly account: Value;
  readonly arn: Value;
  /** The ARN of its KMS key. */
  readonly encryptionKey?: Value;
  /** Whether it is made where it is defined. */
  readonly isCreated: boolean;
  /** The statement of its policy by which a bucket that is made refuses plain HTTP. */
  readonly tls: string;
}

/** What an integration is meant to be. */
export interface MeantIntegration {
  readonly intent: Intent;
  readonly scope: string;
  readonly account: Value;
  /** The {@link MeantBucket} that it is in. */
  readonly bucket: string;
  readonly principal?: { readonly kind: 'role' | 'user'; readonly name: Value };
  readonly trust?: Texts;
  readonly access?: Texts;
  readonly accessPoint?: { readonly arn: Value; readonly statements: Texts };
  /** The ARN of the trust anchor that vouches for its certificates. */
  readonly trustAnchor?: Value;
  /** In the policy of the bucket. */
  readonly ofBucket: Texts;
  /** Those of them that deny, which must be there. */
  readonly denies: Texts;
  readonly encryptionKey?: Value;
  /** In the policy of the bucket's key. */
  readonly ofKey: Texts;
}

/** What somebody of our own company is meant to have in a bucket. */
export interface MeantInternal {
  readonly entry: InternalEntry;
  /** The {@link MeantBucket} that it is in. */
  readonly bucket: string;
  /** In the policy of the bucket. */
  readonly ofBucket: Texts;
  /** Those of them that deny, which must be there. */
  readonly denies: Texts;
  readonly encryptionKey?: Value;
  /** In the policy of the bucket's key. */
  readonly ofKey: Texts;
}

/** All that is meant. */
export interface Meant {
  readonly buckets: readonly MeantBucket[];
  readonly integrations: readonly MeantIntegration[];
  readonly internal: readonly MeantInternal[];
  /** The ARNs of the secrets that hold access keys. */
  readonly secrets: readonly { readonly account: Value; readonly arn: Value }[];
}

/** @param key tells it apart */
export function meantBucket(key: string, intent: BucketIntent, { scope, account, read }: Site): MeantBucket {
  const [tls = ''] = statementsIn(policyDocument([tlsOnly(intent.reference)]), read);
  const { keyArn, created } = intent;
  return {
    key,
    scope,
    account,
    arn: textIn(intent.reference, read),
    ...(keyArn !== undefined && { encryptionKey: textIn(keyArn, read) }),
    isCreated: created,
    tls,
  };
}

/** @param bucket the {@link MeantBucket.key} of the bucket that it is in */
export function meantIntegration(bucket: string, intent: Intent, { scope, account, read }: Site): MeantIntegration {
  const { trust, access, accessPoint, bucket: ofBucket, key } = policiesOf(intent);
  const { trusts, principalName, confinement } = intent;
  const kind = trusts.by === 'access-key' ? 'user' : 'role';
  return {
    intent,
    scope,
    account,
    bucket,
    ...(principalName !== undefined && { principal: { kind, name: textIn(principalName, read) } }),
    ...(trust && { trust: statementsIn(trust, read) }),
    ...(access && { access: statementsIn(access, read) }),
    ...(accessPoint &&
      confinement.accessPointArn !== undefined && {
        accessPoint: { arn: textIn(confinement.accessPointArn, read), statements: statementsIn(accessPoint, read) },
      }),
    ...(trusts.by === 'certificate' &&
      trusts.trustAnchorArn !== undefined && { trustAnchor: textIn(trusts.trustAnchorArn, read) }),
    ...inBucket(ofBucket, read),
    ...(intent.key && { encryptionKey: textIn(intent.key.arn, read) }),
    ofKey: statementsIn(policyDocument([...key]), read),
  };
}

/** @param bucket the {@link MeantBucket.key} of the bucket that it is in */
export function meantInternal(bucket: string, intent: InternalIntent, { read }: Site): MeantInternal {
  const { bucket: ofBucket, key } = internalPolicies(intent);
  return {
    entry: intent.entry,
    bucket,
    ...inBucket(ofBucket, read),
    ...(intent.key && { encryptionKey: textIn(intent.key.arn, read) }),
    ofKey: statementsIn(policyDocument([...key]), read),
  };
}

function inBucket(statements: readonly Statement[], read: Site['read']): Pick<MeantInternal, 'ofBucket' | 'denies'> {
  const textsOf = (all: readonly Statement[]) => statementsIn(policyDocument([...all]), read);
  return { ofBucket: textsOf(statements), denies: textsOf(statements.filter(({ Effect }) => Effect === 'Deny')) };
}

function statementsIn(document: unknown, read: Site['read']): Texts {
  return statementTexts(read(document));
}

function textIn(text: string, read: Site['read']): Value {
  const json = read(text);
  return 'text' in json ? json.text : [{ any: true }];
}

/** One text for one name: IAM's names have no case. */
export function principalKey(kind: string, account: Value, name: Value): string {
  return `${kind} ${valueText(account)} ${valueText(name).toLowerCase()}`;
}
