/**
 * What the checks find of each family's leaks and of each sabotage, word by word and id by id: by ids that change,
 * acknowledgements would become stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib/core';
import { parse, stringify } from 'yaml';
import { Constructs } from '../../lib/checks/identified';
import type { Violation } from '../../lib/checks/violation';
import { base, FAMILIES, type Family, violationsWith } from './families';
import { SABOTAGES, type Sabotage } from './sabotages';
import { found, subject, subjectApp } from './subject';

type Findings = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const FILE = join(__dirname, 'findings.yaml');

/** The heading under which sabotages are. */
export const OF_SABOTAGES = 'Sabotages';

function identified(all: readonly Violation[], app: App): readonly string[] {
  const stacks = app.node.children.filter((each) => Stack.isStack(each));
  const constructs = new Constructs(stacks.map((stack) => ({ name: stack.node.path, stack })));
  return all.map((violation) => {
    const { place, reason } = violation;
    const { id, constructPath } = constructs.identified(violation);
    return `${id} ${constructPath} ${place.id} ${place.at}: ${reason}`;
  });
}

/** What is found of a leak. */
export function findingsOf(patch: Family['leaks'][string]): readonly string[] {
  const violations = violationsWith(patch);
  return identified(violations, base().app);
}

/** What is found of a sabotage. */
export function findingsOfSabotage({ apply }: Sabotage): readonly string[] {
  return identified(found(apply(subject())), subjectApp());
}

/** What was found when somebody last looked at it, by sentence and spelling. */
export function writtenFindings(): Findings {
  return parse(readFileSync(FILE, 'utf8'));
}

/** Writes down what is found now. */
export function writeFindings(): void {
  const families = FAMILIES.map(({ says, leaks }) => [
    says,
    Object.fromEntries(Object.entries(leaks).map(([spelling, patch]) => [spelling, findingsOf(patch)])),
  ]);
  const sabotages = SABOTAGES.map((sabotage) => [sabotage.name, findingsOfSabotage(sabotage)]);
  const all = Object.fromEntries([...families, [OF_SABOTAGES, Object.fromEntries(sabotages)]]);
  writeFileSync(FILE, `# Written by npm run sabotage.\n${stringify(all, { lineWidth: 0 })}`);
}
