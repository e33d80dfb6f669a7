import { CfnAccessKey, CfnUser, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { iamArn } from '../rules/arns';
import type { AccessKeyRules } from '../rules/integration-rules';
import { policiesOf } from '../rules/intent';
import { checkPolicySize, POLICY_LIMITS } from '../rules/limits';
import { intentOf } from '../rules/meant';
import { checkIamName, checkIamPath, secretName } from '../rules/names';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { KeySlot, Status } from '../rules/vocabulary';
import { acknowledgeConfined, acknowledgeInline, acknowledgeNoGroup, acknowledgeSecret } from './acknowledgements';
import { endsWithIntegration } from './ends';
import { throwFindings } from './findings';
import { Integration, type IntegrationProps } from './integration';
import { literal } from './known';
import { noteMade } from './own-principals';
import { checkValues, emptyList } from './values';

/** Properties of an {@link AccessKeyIntegration}. */
export interface AccessKeyIntegrationProps extends IntegrationProps {
  /**
   * The slots that hold an access key. To rotate: add the second, hand it over, remove the first.
   * A slot that is removed deletes its key and its secret; the other is not touched.
   * @default - slot a
   */
  readonly keys?: KeySlot[];

  /**
   * The IAM path of the user, for example `/integrations/`. Changing it replaces the user and its keys.
   * @default '/'
   */
  readonly userPath?: string;

  /**
   * The permissions boundary of the user.
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;
}

type OwnProps = Omit<AccessKeyIntegrationProps, keyof IntegrationProps>;

const TYPES: PropTypes<OwnProps> = { keys: 'texts', userPath: 'text', permissionsBoundary: 'IManagedPolicy' };

/**
 * A vendor that works outside AWS and can present neither a certificate nor a token gets a user's
 * access key. The last resort: the key works until somebody removes it.
 *
 * Each key is in a secret of its own, `integrations/<client>/<vendor>/<slot>`, as one JSON value
 * `{"accessKeyId","secretAccessKey","bucket","prefix","region"}`, that lives and ends with it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */
export class AccessKeyIntegration extends Integration {
  /** The name of the user. */
  readonly userName: string;
  /** The ARN of the user. */
  readonly userArn: string;
  /** The names of the secrets that hold the keys, by slot. */
  readonly secretNames: { [slot: string]: string };

  /** @throws where a property is not one that AWS takes, or a policy would be longer than AWS takes */
  constructor(scope: Construct, id: string, props: AccessKeyIntegrationProps) {
    super(scope, id, props);
    throwFindings(this, checkProps<OwnProps>(props, TYPES));
    const slots = [...new Set(props.keys ?? [KeySlot.A])].sort();
    this.userName = this.integrationName;
    const { partition, account } = Stack.of(this);
    const rolePath = props.userPath ?? '/';
    this.userArn = iamArn({ partition, account, rolePath }, 'user', this.userName);
    throwFindings(this, [
      ...literal([this.userName]).flatMap((name) => checkIamName('user', name)),
      ...literal([rolePath]).flatMap(checkIamPath),
      ...this._checkBucketAccount(),
      ...checkValues('keys', slots, Object.values(KeySlot)),
      ...(slots.length === 0 ? [emptyList('keys')] : []),
    ]);
    noteMade(this, this.integrationName, { account, type: 'user', name: this.userName });
    const rules: AccessKeyRules = { ...this._rules, kind: 'access-key', keys: slots };
    const intent = intentOf(rules, this._placement({ rolePath }));
    const permissionsBoundary = props.permissionsBoundary?.managedPolicyArn;
    this._note(intent, { path: rolePath, permissionsBoundary });
    const { access } = policiesOf(intent);
    throwFindings(this, checkPolicySize(POLICY_LIMITS.user, access));

    const user = new CfnUser(this, 'User', {
      userName: this.userName,
      path: props.userPath,
      policies: [{ policyName: 'access', policyDocument: access }],
      permissionsBoundary,
    });
    acknowledgeConfined(user, intent.confinement);
    acknowledgeInline(user);
    acknowledgeNoGroup(user);
    endsWithIntegration(user);
    this.secretNames = Object.fromEntries(slots.map((slot) => [slot, this.createSlot(user, slot, props)]));
    this._putOut(rules);
  }

  private createSlot(user: CfnUser, slot: KeySlot, props: AccessKeyIntegrationProps): string {
    const { clientName, bucketName } = this.clientBucket;
    const stack = Stack.of(this);
    const key = new CfnAccessKey(this, `Key${slot.toUpperCase()}`, {
      userName: user.ref,
      status: this.status === Status.ACTIVE ? 'Active' : 'Inactive',
    });
    const name = secretName(clientName, props.vendorName, slot);
    const secret = new CfnSecret(this, `Secret${slot.toUpperCase()}`, {
      name,
      description: `Access key of ${this.integrationName}, slot ${slot}`,
      secretString: stack.toJsonString({
        accessKeyId: key.ref,
        secretAccessKey: key.attrSecretAccessKey,
        bucket: bucketName,
        prefix: this.prefix,
        region: this.clientBucket.region,
      }),
    });
    acknowledgeSecret(secret);
    for (const resource of [key, secret]) endsWithIntegration(resource);
    return name;
  }
}
