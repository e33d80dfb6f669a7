import {
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib/core';
import type { PassCache } from './pass-cache';
import { rememberedLine, type Subject, type Subjects } from './subject';
import type { ValidationThread } from './thread';

/**
 * The CDK's template validation, which is not asked again about a template that passed: without a finding, the same
 * bytes, by the same rules. It reports what the CDK's own plugin reports. A subclass, because the CDK runs its own
 * beside every other.
 */
export class RememberingTemplateValidation extends CloudFormationValidatePlugin {
  private open: readonly Subject[] | undefined;

  constructor(
    private readonly passed: PassCache,
    private readonly subjects: Subjects,
    private thread: ValidationThread | undefined,
    private readonly say: (line: string) => void,
  ) {
    super();
  }

  /** A plugin that finds nothing itself: it begins, so that the plugins between it and this one run meanwhile. */
  beginning(): IPolicyValidationPlugin {
    return {
      name: `${this.name} begins`,
      validate: (context) => {
        this.begin(context);
        return { success: true, violations: [] };
      },
    };
  }

  /** Begins in the thread, where there is one, what `validate` then only waits for. */
  private begin(context: IPolicyValidationContext): void {
    const all = this.subjects.of(context, this);
    this.open = all.filter(({ key }) => key === undefined || !this.passed.has(key));
    const remembered = all.length - this.open.length;
    if (remembered > 0) this.say(rememberedLine(this.name, remembered, all.length));
    if (this.open.length > 0) this.thread?.begin(this.open.map(({ template }) => template));
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    if (this.open === undefined) this.begin(context);
    const open = this.open ?? [];
    this.open = undefined;
    const report = this.reportOf(open, context);
    const found = new Set(
      report.violations.flatMap(({ violatingResources }) => violatingResources.map(({ templatePath }) => templatePath)),
    );
    for (const { key, template } of open) {
      if (key !== undefined && !found.has(template.templatePath)) this.passed.add(key);
    }
    this.passed.save();
    return report;
  }

  private reportOf(open: readonly Subject[], context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { thread } = this;
    // It validates once.
    this.thread = undefined;
    const answer = open.length > 0 ? thread?.answer() : { report: { success: true, violations: [] } };
    thread?.end();
    if (answer && 'report' in answer) return answer.report;
    if (answer) this.say(`${this.name}: the thread failed (${answer.failed}), so templates are validated without it`);
    const stackTemplates = open.map(({ template }) => template);
    const templatePaths = stackTemplates.map(({ templatePath }) => templatePath);
    return super.validate({ ...context, stackTemplates, templatePaths });
  }
}
