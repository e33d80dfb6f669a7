/**
 * The roles that `cdk bootstrap` makes in an account, by which stacks are deployed.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
import { arnParts } from './arn';
import type { Pattern } from './pattern';
import type { Statement } from './statement';
import { literalText, type Value } from './value';

const NAME = /^role\/cdk-[a-z0-9]{1,10}-(?:deploy|file-publishing|image-publishing|lookup|cfn-exec)-role-/;

/** Whether an ARN is surely of such a role, whatever its account and Region are. */
export function isBootstrapRole(arn: Pattern): boolean {
  const [first] = arnParts(arn, 'within')?.resource ?? [];
  return typeof first === 'string' && NAME.test(first);
}

/**
 * Whether a statement of a role's or user's policy is only on such roles: by their names, by `cdk-*` as everybody writes it, or
 * by the tag that they have.
 */
export function onlyBootstrapRoles({ only, resources }: Pick<Statement, 'only' | 'resources'>): boolean {
  const isOn = (resource: Pattern) => isBootstrapRole(resource) || isEveryCdkRole(resource);
  return only.some(({ key }) => key === 'bootstrap-role') || resources.every(isOn);
}

function isEveryCdkRole(arn: Pattern): boolean {
  // An account may be `*` as well; what is behind it then still begins so.
  const [first, second] = (arnParts(arn, 'within')?.resource ?? []) as Pattern;
  return first === 'role/cdk-' && typeof second === 'object' && 'wild' in second;
}

/** Whether a role's name may be that of such a role. */
export function mayBeBootstrapRole(name: Value): boolean {
  const text = literalText(name);
  return text === undefined || NAME.test(`role/${text}`);
}
