import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Stack,
  Token,
} from 'aws-cdk-lib/core';
import { reachWords } from '../proof';
import type { Finding } from '../rules/finding';
import { checkOrganization, checkOwnAccount } from '../rules/internal';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { AppTemplates } from '../templates';
import { type Acknowledgement, Acknowledgements, acknowledgementsIn, staleId } from './acknowledged';
import { Constructs, type Identified } from './identified';
import { forgedNotes, intentsIn } from './intents';
import { JudgedApp } from './judged-app';
import { RULES } from './rules';
import { templateFiles } from './sources';
import { notJudged } from './unknown-types';
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

const TYPES: PropTypes<ConfinementChecksProps> = { ownAccounts: 'texts', organization: 'text', listInsiders: 'flag' };

/** What is wrong with who is ours; tokens are not looked at. */
function checkOurs({ ownAccounts = [], organization = '' }: ConfinementChecksProps): readonly Finding[] {
  const isWritten = (text: string) => text !== '' && !Token.isUnresolved(text);
  return [
    ...ownAccounts.filter((account) => !Token.isUnresolved(account)).flatMap(checkOwnAccount),
    ...[organization].filter(isWritten).flatMap(checkOrganization),
  ];
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

  /** @throws where a property is of another type, an own account not twelve digits, or the organization not an id */
  constructor(private readonly props: ConfinementChecksProps = {}) {
    const wrong = checkProps(props, TYPES);
    const findings = wrong.length > 0 ? wrong : checkOurs(props);
    if (findings.length === 0) return;
    const lines = findings.map(({ code, message, fix }) => `[${code}] ${message}: ${fix}`);
    throw new Error(`ConfinementChecks: ${lines.join('\n')}`);
  }

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
    const all = context.appConstruct.node.findAll();
    const stacks = all.filter(Stack.isStack);
    const files = templateFiles(stacks, context);
    sayWhatIsNotJudged(stacks, context);
    const { ownAccounts: accounts, organization } = this.props;
    const { intents, unreadable } = intentsIn(all, files);
    const app = new AppTemplates(files);
    const judged = new JudgedApp(app, intents, { accounts, organization });
    const constructs = new Constructs(files);
    const acknowledgements = new Acknowledgements(acknowledgementsIn(all));
    const isAcknowledged = (each: Violation) => acknowledgements.covers(constructs.identified(each));
    const found = [...unreadable, ...forgedNotes(intents, files), ...violationsOf(judged, isAcknowledged)];
    this.judged = judged;
    if (this.props.listInsiders) for (const insider of this.insiders) process.stderr.write(`${insiderLine(insider)}\n`);
    const paths = new Map(files.map(({ name, path }) => [name, path]));
    const violations = found.map((each) => constructs.identified(each));
    // Whatever there is counts as acknowledged or not before it is said which acknowledgements are of nothing.
    for (const each of violations) acknowledgements.covers(each);
    const reports = [
      ...once(violations).map((each) => reported(each, paths.get(each.violation.place.scope) ?? '')),
      ...staleIn(acknowledgements, judgedStacks(stacks, context)).map(reportedStale),
    ];
    sayWhatIsAcknowledged(acknowledgements);
    sayWhatIsOnlyNamed(judged);
    return { success: violations.length === 0, violations: reports };
  }
}

/** A violation that several checks find counts once. */
function once(all: readonly Identified[]): readonly Identified[] {
  return [...new Map(all.map((each) => [JSON.stringify([each.id, each.constructPath]), each])).values()];
}

/** Construct paths of the stacks that are judged, and of the stacks that are not. */
interface JudgedStacks {
  readonly judged: readonly string[];
  readonly others: readonly string[];
}

function judgedStacks(stacks: readonly Stack[], { stackTemplates }: IPolicyValidationContext): JudgedStacks {
  const judged = new Set(stackTemplates.map(({ stackConstructPath }) => stackConstructPath));
  const others = stacks.filter((each) => !each.nestedStackParent && !judged.has(each.node.path));
  return { judged: [...judged], others: others.map(({ node }) => node.path) };
}

/** Where other stacks are judged elsewhere, an acknowledgement around them all may be of one of these. */
function staleIn({ stale }: Acknowledgements, { judged, others }: JudgedStacks): readonly Acknowledgement[] {
  if (others.length === 0) return stale;
  return stale.filter(({ path }) => judged.some((stack) => path === stack || path.startsWith(`${stack}/`)));
}

/** What is left out is never left out in silence. */
function sayWhatIsNotJudged(stacks: readonly Stack[], context: IPolicyValidationContext): void {
  const { judged, others } = judgedStacks(stacks, context);
  if (others.length === 0) return;
  const [one, ...more] = judged;
  process.stderr.write(
    `ConfinementChecks judges ${one}${more.length > 0 ? ` and ${more.length} more` : ''}, and not ${others.length} other stack${others.length === 1 ? '' : 's'} of the app: add it to the app to judge them together\n`,
  );
}

function sayWhatIsAcknowledged({ inForce }: Acknowledgements): void {
  for (const { id, path, reason } of inForce) {
    process.stderr.write(`ConfinementChecks: acknowledged at ${path || 'the app'}: ${id}: ${reason}\n`);
  }
}

/** Resources of types that the checks do not know, where these only name a client's bucket. */
function sayWhatIsOnlyNamed(judged: JudgedApp): void {
  for (const { source, logicalId, type } of notJudged(judged)) {
    process.stderr.write(
      `ConfinementChecks: not judged: ${source.name} ${logicalId} names a client's bucket, and it is not known what ${type} does\n`,
    );
  }
}

function insiderLine({ principal, reach, declared }: ConfinementInsider): string {
  return `insider ${principal}${declared ? '' : ' (no internal access is defined)'}: ${reach.join('; ')}`;
}

function reported(
  { violation: { rule, place, reason }, id, constructPath }: Identified,
  templatePath: string,
): PolicyViolation {
  const [location = ''] = place.at.split(' ');
  return {
    ruleName: id,
    description: `${place.id}: ${readable(reason)}`,
    fix: RULES[rule].fix,
    severity: 'error',
    violatingResources: [{ resourceLogicalId: place.id, constructPath, templatePath, locations: [location] }],
  };
}

function reportedStale(acknowledgement: Acknowledgement): PolicyViolation {
  const { id, path } = acknowledgement;
  const isWholeRule = Object.hasOwn(RULES, id);
  return {
    ruleName: staleId(acknowledgement),
    description: isWholeRule
      ? `ConfinementChecks::${id} acknowledges nothing: a violation is acknowledged by its own id, ${id}[…]`
      : `ConfinementChecks::${id} acknowledges nothing that there is`,
    fix: RULES['stale-acknowledgement'].fix,
    severity: 'warning',
    violatingResources: [{ constructPath: path, locations: [] }],
  };
}

/** The names of things without the template that they are in, which the report says anyway. */
function readable(text: string): string {
  return text.replace(/<[^<>|]*\|([^<>|]+)\|>/g, '<$1>');
}
