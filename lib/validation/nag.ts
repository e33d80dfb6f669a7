import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import type { NagPack } from 'cdk-nag';
import type { PassCache } from './pass-cache';
import { rememberedLine, type Subjects } from './subject';

/**
 * A cdk-nag pack that is not asked again about a stack that passed: without a finding, with the same template and
 * acknowledgements, by the same version of the pack. It reports what the pack reports.
 */
export class RememberingNag implements IPolicyValidationPlugin {
  readonly name: string;
  readonly version?: string;
  readonly ruleIds?: string[];
  constructor(
    private readonly pack: NagPack,
    private readonly passed: PassCache,
    private readonly subjects: Subjects,
    private readonly say: (line: string) => void,
  ) {
    this.name = pack.name;
    this.version = pack.version;
    this.ruleIds = pack.ruleIds;
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const all = this.subjects.of(context, this);
    const open = all.filter(({ key }) => key === undefined || !this.passed.has(key));
    if (open.length < all.length) this.say(rememberedLine(this.name, all.length - open.length, all.length));
    const found = open.flatMap(({ stack, key }) => {
      const { violations } = this.pack.validateScope(stack);
      if (violations.length === 0 && key !== undefined) this.passed.add(key);
      return violations;
    });
    this.passed.save();
    return { success: found.length === 0, violations: byRule(found) };
  }
}

/** One violation for each rule, as the pack makes of a whole app. */
function byRule(violations: readonly PolicyViolation[]): PolicyViolation[] {
  const rules = new Map<string, PolicyViolation>();
  for (const violation of violations) {
    const known = rules.get(violation.ruleName);
    const violatingResources = [...(known?.violatingResources ?? []), ...violation.violatingResources];
    rules.set(violation.ruleName, { ...(known ?? violation), violatingResources });
  }
  return [...rules.values()];
}
