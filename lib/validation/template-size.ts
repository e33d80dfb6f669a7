import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib/core';
import { TEMPLATE_LIMIT } from '../rules/limits';

/**
 * A validation plugin that refuses templates which are longer than CloudFormation takes: long policies can fill one
 * before resources and outputs do.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export class TemplateSize implements IPolicyValidationPlugin {
  readonly name = 'TemplateSize';
  readonly ruleIds?: string[] = [TEMPLATE_LIMIT.code];

  validate({ stackTemplates }: IPolicyValidationContext): PolicyValidationPluginReport {
    const { code, most, what, fix } = TEMPLATE_LIMIT;
    const violations = stackTemplates.flatMap(({ templatePath }) => {
      // As it is uploaded: white space counts.
      const { size } = statSync(templatePath);
      if (size <= most) return [];
      const stack = basename(templatePath).replace(/\.template\.json$/, '');
      return [
        {
          ruleName: code,
          description: `${stack}: ${what} is ${size} bytes long; AWS takes ${most}`,
          fix,
          severity: 'error',
          violatingResources: [{ resourceLogicalId: stack, templatePath, locations: ['Resources'] }],
        },
      ];
    });
    return { success: violations.length === 0, violations };
  }
}
