import type { AppIndex } from './app-index';
import { type FlatResource, type FlatTemplate, isUnknown } from './flat-template';
import type { Principal } from './grants';
import type { RuleId } from './rules';

/** Something that gives more than is meant, or guards less. */
export interface Violation {
  readonly rule: RuleId;
  readonly logicalId: string;
  readonly path?: string;
  /** Where in the resource. */
  readonly location: string;
  /** What is there, and why it is not what is meant. */
  readonly reason: string;
}

/** A template with what is meant of it, and who is who in the app that it is part of. */
export class TemplateInApp {
  constructor(
    readonly template: FlatTemplate,
    readonly world: AppIndex,
  ) {}

  /** Whether somebody is let in who is not of this account, or shows what can come from outside: a token, a certificate. */
  isOutside({ type, value }: Principal): boolean {
    if (type === 'Service') return /^rolesanywhere\.|[*<]/.test(value);
    if (type !== 'AWS' || this.world.principal(value)) return true;
    const { account } = this.template;
    const owner = /^arn:(?:[^:<]+|<AWS::Partition>):(?:iam|sts)::(<AWS::AccountId>|\d{12}):/.exec(value)?.[1] ?? value;
    if (owner === '<AWS::AccountId>' || (account !== undefined && owner === account)) return false;
    return !/^AWS::IAM::(?:Role|User)$/.test(this.world.resource(value)?.type ?? '');
  }
}

/** A violation at a place of a resource. */
export function violation(
  rule: RuleId,
  { logicalId, path }: Pick<FlatResource, 'logicalId' | 'path'>,
  location: string,
  reason: string,
): Violation {
  return { rule, logicalId, path, location, reason };
}

/** A violation where a resource mentions any of these names. */
export function mentions(resource: FlatResource, guarded: readonly string[], reason: string): Violation[] {
  const text = JSON.stringify(resource.properties);
  return guarded.some((name) => holdsName(text, JSON.stringify(name).slice(1, -1)))
    ? [violation('unknown-statement', resource, 'Properties', reason)]
    : [];
}

/** As `mentions`, of a resource that is there to lead somewhere: where nobody sees where to, it may be there. */
export function mayLeadTo(resource: FlatResource, guarded: readonly string[], reason: string): Violation[] {
  if (guarded.length > 0 && isUnknown(resource.properties))
    return [
      violation('unknown-statement', resource, 'Properties', `the template does not show whether it is ${reason}`),
    ];
  return mentions(resource, guarded, reason);
}

/** Whether a text has a name in it, and not only as part of a longer one. */
function holdsName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + name.length]];
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}
