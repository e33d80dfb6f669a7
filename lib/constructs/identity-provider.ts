import { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { checkExact, checkProvider, parseProvider } from '../rules/provider';
import { throwFindings } from './findings';
import { awaitsLookUp, literal } from './known';

/** Properties of an {@link IdentityProvider}. */
export interface IdentityProviderProps {
  /** The issuer of the tokens, for example `https://login.example.com/tenant`. */
  readonly issuer: string;
  /** Every audience for which any role of the account is assumed with its tokens. */
  readonly audiences: string[];
}

const TYPES: PropTypes<IdentityProviderProps> = { issuer: 'text', audiences: 'texts' };

/**
 * An OpenID Connect provider of an account. An account has one for each issuer, and all integrations share it: make it
 * once, in a stack of its own, with the audiences of them all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export class IdentityProvider extends Construct {
  /** The ARN of the provider. */
  readonly providerArn: string;

  /** @throws where the issuer is not one, or one that AWS knows by itself */
  constructor(scope: Construct, id: string, props: IdentityProviderProps) {
    super(scope, id);
    throwFindings(this, checkProps(props, TYPES, ['issuer', 'audiences']));
    const isThere = !awaitsLookUp(props.issuer);
    const provider = parseProvider(props.issuer);
    throwFindings(this, [
      ...(isThere ? checkProvider(props.issuer) : []),
      ...literal(props.audiences).flatMap((value) => checkExact('the audience', value)),
    ]);
    if (isThere && (provider === undefined || provider.builtIn || provider.arn !== undefined)) {
      throwFindings(this, [
        {
          code: 'bad-provider',
          message: `no provider can be created for ${props.issuer}`,
          fix: 'name the https address of an issuer that AWS does not know by itself',
        },
      ]);
    }
    const made = new CfnOIDCProvider(this, 'Resource', {
      url: props.issuer,
      clientIdList: [...new Set(props.audiences)].sort(),
    });
    this.providerArn = made.attrArn;
  }
}
