import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Stack,
} from 'aws-cdk-lib/core';
import { reachWords } from '../proof';
import { AppTemplates } from '../templates';
import { forgedNotes, intentsIn } from './intents';
import { JudgedApp } from './judged-app';
import { RULES } from './rules';
import { templateFiles } from './sources';
import type { Violation } from './violation';
import { violationsOf } from './violations';

/** Properties of {@link ConfinementChecks}. */
export interface ConfinementChecksProps {
  /**
   * Accounts that are ours besides those of the stacks, as twelve digits: their principals are not outsiders.
   * @default - the accounts of the stacks
   */
  readonly ownAccounts?: string[];

  /**
   * The id of our organization, `o-…`: its principals are not outsiders.
   * @default - no organization
   */
  readonly organization?: string;

  /**
   * Whether each synth prints who of ours reaches what is guarded, on standard error: {@link ConfinementChecks.insiders}.
   * @default false
   */
  readonly listInsiders?: boolean;
}

/** Somebody of ours who reaches a client's bucket, its key, or an integration's role, user or secret. */
export interface ConfinementInsider {
  /** The ARN of a role or user, or of an account's root; a service, or an organization. Names that CloudFormation makes are in angle brackets. */
  readonly principal: string;
  /** What it may do, one line for each statement that allows it. */
  readonly reach: string[];
  /** Whether internal access is defined for it, in every bucket that it reaches. */
  readonly declared: boolean;
}

/**
 * A validation plugin, in the style of cdk-nag, that reads every synthesized template and accepts access to a client's
 * bucket, its key, and an integration's role, user, secret or profile only where it is exactly what this library makes of
 * an integration. Anything else, added by an override, an aspect or a manual statement, is a violation and stops the
 * synth, and so is whatever lets somebody from outside reach these at any number of steps. What the checks cannot read counts
 * as anything. They need neither an account nor the network.
 *
 * On a Stage, the checks judge that Stage alone, and say so: what leads into it from the rest of the app they don't see.
 *
 * @example
 * Validations.of(app).addPlugins(new ConfinementChecks());
 */
export class ConfinementChecks implements IPolicyValidationPlugin {
  readonly name = 'ConfinementChecks';
  readonly ruleIds?: string[] = Object.keys(RULES);

  private judged?: JudgedApp;

  constructor(private readonly props: ConfinementChecksProps = {}) {}

  /**
   * Who of ours reaches what is guarded, by the templates of the last synth: no violation, but a list that somebody should
   * know. Those who deploy through the roles of `cdk bootstrap` are in it. Empty before the first synth.
   */
  get insiders(): ConfinementInsider[] {
    const found = this.judged?.judgement.insiders() ?? [];
    return found.map(({ principal, reach, declared }) => ({
      principal: readable(principal),
      reach: [...new Set(reach.map((each) => readable(reachWords(each))))],
      declared,
    }));
  }

  /** Checks the templates of an app. */
  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const files = templateFiles(context);
    sayWhatIsNotJudged(context);
    const { ownAccounts: accounts, organization } = this.props;
    const { intents, unreadable } = intentsIn(context.appConstruct, files);
    const app = new AppTemplates(files);
    const judged = new JudgedApp(app, intents, { accounts, organization });
    const found = [...unreadable, ...forgedNotes(intents, files), ...violationsOf(judged)];
    this.judged = judged;
    if (this.props.listInsiders) for (const insider of this.insiders) process.stderr.write(`${insiderLine(insider)}\n`);
    const paths = new Map(files.map(({ name, path }) => [name, path]));
    const constructs = new Map(
      app.resources.map(({ source, logicalId, path }) => [JSON.stringify([source.name, logicalId]), path]),
    );
    const violations = found.map((each) =>
      reported(
        each,
        paths.get(each.place.scope) ?? '',
        constructs.get(JSON.stringify([each.place.scope, each.place.id])),
      ),
    );
    return { success: violations.length === 0, violations };
  }
}

/** What is left out is never left out in silence. */
function sayWhatIsNotJudged({ appConstruct, stackTemplates }: IPolicyValidationContext): void {
  const judged = new Set(stackTemplates.map(({ stackConstructPath }) => stackConstructPath));
  const others = appConstruct.node
    .findAll()
    .filter((each) => Stack.isStack(each) && !each.nestedStackParent && !judged.has(each.node.path));
  if (others.length === 0) return;
  const [one, ...more] = [...judged];
  process.stderr.write(
    `ConfinementChecks judges ${one}${more.length > 0 ? ` and ${more.length} more` : ''}, and not ${others.length} other stacks of the app: add it to the app to judge them together\n`,
  );
}

function insiderLine({ principal, reach, declared }: ConfinementInsider): string {
  return `insider ${principal}${declared ? '' : ' (no internal access is defined)'}: ${reach.join('; ')}`;
}

function reported(
  { rule, place, reason }: Violation,
  templatePath: string,
  constructPath: string | undefined,
): PolicyViolation {
  const [location = ''] = place.at.split(' ');
  return {
    ruleName: rule,
    description: `${place.id}: ${readable(reason)}`,
    fix: RULES[rule].fix,
    severity: 'error',
    violatingResources: [{ resourceLogicalId: place.id, constructPath, templatePath, locations: [location] }],
  };
}

/** The names of things without the template that they are in, which the report says anyway. */
function readable(text: string): string {
  return text.replace(/<[^<>|]*\|([^<>|]+)\|>/g, '<$1>');
}
