import { join } from 'node:path';
import type { Integration } from '../definitions/model/model';
import { withKeysSet } from '../definitions/yaml/keys-edit';
import { stackId } from '../rules/stacks';
import { Status } from '../rules/vocabulary';
import { cdkCommand, ownCommand } from '../text/commands';
import { editDefinition } from './deployment/edit-definition';
import { find } from './deployment/find';
import { loadValid } from './deployment/load-valid';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { prose } from './terminal/prose';
import { type NextStep, nextSteps } from './terminal/say';

export interface StatusOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Show the edit, and leave the definition as it is. */
  readonly dryRun: boolean;
}

/** Takes access away from an integration, and keeps its names, keys and data. */
export function suspend(name: string, options: StatusOptions, host: Host): Exit {
  return setStatus(name, Status.SUSPENDED, options, host);
}

/** Gives a suspended integration its access again. */
export function resume(name: string, options: StatusOptions, host: Host): Exit {
  return setStatus(name, Status.ACTIVE, options, host);
}

function setStatus(name: string, to: Status, options: StatusOptions, host: Host): Exit {
  const { dir, dryRun } = options;
  const { integration } = find(loadValid(dir, host), name, dir);
  if (integration.status === Status.PENDING) throw pending(name, dir);
  const file = join(dir, integration.file);
  const changes = { status: to };
  const lines = integration.status === to ? [] : [`status: ${to}`];
  const edit = {
    ...{ dir, dryRun, what: `status: ${to}` },
    edit: (text: string) => withKeysSet(text, changes),
    isMeant: (then: Integration) => then.status === to,
  };
  if (lines.length > 0) editDefinition(integration, edit, host);
  // What is so already needs nothing.
  const next = lines.length === 0 ? [] : nextOf(integration, to, dir);
  sayEdit({ integration, file, to, lines, changes: lines.length > 0 ? changes : {}, next, ...options }, host);
  return Exit.DONE;
}

function pending(name: string, dir: string): Failure {
  return new Failure(
    'wrong-status',
    `${name} is pending: nobody can use it yet`,
    `${ownCommand(`accept ${name}`, dir)} writes what the vendor sent`,
  );
}

function nextOf({ client, name, stackPart }: Integration, to: Status, dir: string): NextStep[] {
  const deploy = cdkCommand(`deploy ${stackId(client, stackPart)}`, dir);
  if (to === Status.ACTIVE) return [{ command: deploy, what: 'gives access again' }];
  return [
    { command: deploy, what: 'ends access, that of running sessions too; names, keys and data stay' },
    { command: ownCommand(`resume ${name}`, dir), what: 'later, gives access again' },
  ];
}

/** An edit of a definition, and what comes next. */
export interface EditDone extends StatusOptions {
  readonly integration: Integration;
  readonly file: string;
  readonly to: Status;
  /** Each as it stands in the file. */
  readonly lines: readonly string[];
  readonly changes: Readonly<Record<string, unknown>>;
  /** What is not known yet. */
  readonly missing?: readonly string[];
  readonly next: readonly NextStep[];
}

/** Says what was edited. */
export function sayEdit(done: EditDone, host: Host): void {
  const { integration, file, to, lines, changes, missing = [], next, json, dryRun } = done;
  const { name, status } = integration;
  const edited = lines.length > 0 && !dryRun;
  if (json) {
    const document = { integration: name, file, status: { from: status, to }, edited, changes, missing, next };
    host.out(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  const step = status === to ? `${name} is ${to}` : `${name}: ${status} → ${to}`;
  const what = lines.length === 0 ? 'unchanged' : lines.join('\n  ');
  const would = dryRun && lines.length > 0 ? ' would have' : '';
  const edit = `${step}\n${file}:${would}${lines.length === 0 ? ' ' : '\n  '}${what}`;
  host.out(`${prose(edit, host.width, 2)}\n${nextSteps(next, host)}`);
}
