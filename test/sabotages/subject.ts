/** The template that is sabotaged, with an integration of every kind, and what the checks find in it. */
import type { Violation } from '../../lib/checks/violation';
import { foundIn } from '../support/confined';
import { HOME } from '../support/resolve';
import { synthesizeApp, type Template } from '../support/synth';
import { SUBJECT } from './sabotages';

let made: ReturnType<typeof synthesizeApp> | undefined;

function synthesized(): ReturnType<typeof synthesizeApp> {
  made ??= synthesizeApp(SUBJECT);
  return made;
}

/** The template that is sabotaged, a new copy each time. */
export function subject(): Template {
  const { kohler } = synthesized().templates;
  if (!kohler) throw new Error('no template');
  return structuredClone(kohler);
}

/** What the confinement checks find in a template by itself. */
export function found(template: Template): readonly Violation[] {
  const { account, region } = HOME;
  return foundIn(synthesized().app, { kohler: template }, { account, region });
}

/** The constructs of that template. */
export function subjectApp(): ReturnType<typeof synthesizeApp>['app'] {
  return synthesized().app;
}
