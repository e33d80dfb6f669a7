import { type App, Stack } from 'aws-cdk-lib/core';
import { forgedNotes, intentsIn } from '../../lib/checks/intents';
import { JudgedApp } from '../../lib/checks/judged-app';
import type { Violation } from '../../lib/checks/violation';
import { violationsOf } from '../../lib/checks/violations';
import { type AlsoOurs, AppTemplates } from '../../lib/templates';
import type { Template } from './synth';

/** Where a stack is deployed, as far as it is known. */
export interface Where {
  readonly account?: string;
  readonly region?: string;
}

/** What the checks find in the templates of an app that something was done to, by the stacks' construct paths. */
export function foundIn(
  app: App,
  templates: Readonly<Record<string, Template>>,
  where: Where = {},
  ours: AlsoOurs = {},
): readonly Violation[] {
  const stacks = app.node.findAll().filter((each) => Stack.isStack(each));
  const sources = stacks.flatMap((stack) => {
    const template = templates[stack.node.path];
    return template ? [{ name: stack.node.path, ...where, stackName: stack.stackName, template: template }] : [];
  });
  const { intents } = intentsIn(app.node.findAll(), sources);
  return [...forgedNotes(intents, sources), ...violationsOf(new JudgedApp(new AppTemplates(sources), intents, ours))];
}
