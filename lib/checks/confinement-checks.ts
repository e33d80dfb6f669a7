import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import { readRegular } from '../files/bounded';
import { AppIndex } from './app-index';
import { violations } from './confinement';
import { flatTemplates, type Source } from './flat-template';
import { RULES } from './rules';
import { withSameKeys } from './same-keys';
import type { Violation } from './template-in-app';

/**
 * A validation plugin, in the style of cdk-nag, that reads every synthesized template and accepts access to a client's
 * bucket, its key, and an integration's role, user, secret or profile only where it is exactly what this library makes of
 * an integration. Anything else, added by an override, an aspect or a manual statement, is a violation and stops the
 * synth. It needs neither an account nor the network.
 *
 * @example
 * Validations.of(app).addPlugins(new ConfinementChecks());
 */
export class ConfinementChecks implements IPolicyValidationPlugin {
  readonly name = 'ConfinementChecks';
  readonly ruleIds?: string[] = Object.keys(RULES);

  /** Checks the templates of an app. */
  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const files = templateFiles(context);
    const templates = withSameKeys(flatTemplates(files));
    const world = new AppIndex(templates);
    const found = templates.flatMap((template, at) =>
      violations(template, world).map((violation) => reported(violation, files[at]?.path ?? '')),
    );
    return { success: found.length === 0, violations: found };
  }
}

/** Many times what CloudFormation takes. */
const MOST_BYTES = 64 * 2 ** 20;

/** The templates of the app's stacks, and of the stacks nested in them, which the context leaves out. */
function templateFiles({ stackTemplates }: IPolicyValidationContext): (Source & { path: string })[] {
  const read = (path: string, account: string | undefined) => ({
    path,
    name: basename(path).replace(/\.template\.json$/, ''),
    account,
    template: JSON.parse(readRegular(path, MOST_BYTES).toString()),
  });
  // Nothing says of which stack a nested one is: where they differ, no account is its own.
  const accounts = new Map<string, string | undefined>();
  for (const { templatePath, accountId } of stackTemplates) {
    const folder = dirname(templatePath);
    accounts.set(folder, accounts.has(folder) && accounts.get(folder) !== accountId ? undefined : accountId);
  }
  return [
    ...stackTemplates.map(({ templatePath, accountId }) => read(templatePath, accountId)),
    ...[...accounts].flatMap(([folder, account]) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.nested.template.json'))
        .map((file) => read(join(folder, file), account)),
    ),
  ];
}

function reported({ rule, logicalId, path, location, reason }: Violation, templatePath: string): PolicyViolation {
  return {
    ruleName: rule,
    description: `${logicalId}: ${reason}`,
    fix: RULES[rule].fix,
    severity: 'error',
    violatingResources: [{ resourceLogicalId: logicalId, constructPath: path, templatePath, locations: [location] }],
  };
}
