import {
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { PassCache } from './pass-cache';
import { rememberedLine, type Subject, subjects } from './subject';
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
    private readonly thread: ValidationThread | undefined,
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
    const { appConstruct } = context as IPolicyValidationContext & { readonly appConstruct: IConstruct };
    const all = subjects(appConstruct, context.stackTemplates);
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
    if (open.length === 0) {
      this.thread?.end();
      return { success: true, violations: [] };
    }
    const report = this.thread?.report();
    this.thread?.end();
    const stackTemplates = open.map(({ template }) => template);
    const templatePaths = stackTemplates.map(({ templatePath }) => templatePath);
    return report ?? super.validate({ ...context, stackTemplates, templatePaths });
  }
}
