import { join } from 'node:path';
import type { Integration } from '../definitions/model/model';
import { Profiles } from '../definitions/profiles/profiles';
import { awaitedKeys, type KeyValue, withKeysSet } from '../definitions/yaml/keys-edit';
import { stackId } from '../rules/stacks';
import { Status } from '../rules/vocabulary';
import { cdkCommand, ownCommand } from '../text/commands';
import { all } from '../text/list';
import { editDefinition } from './deployment/edit-definition';
import { find } from './deployment/find';
import { loadValid } from './deployment/load-valid';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { readDefinition } from './host/read-file';
import type { NewAnswers } from './new/options';
import { handshakeQuestions, type KeyQuestion, NOT_KNOWN } from './new/questions';
import { sayEdit } from './status';
import { askUntil } from './terminal/ask';
import type { NextStep } from './terminal/say';

/** What a vendor sent. */
export interface AcceptOptions
  extends Pick<
    NewAnswers,
    | 'principal'
    | 'externalId'
    | 'caFile'
    | 'trustAnchor'
    | 'commonName'
    | 'organization'
    | 'organizationalUnit'
    | 'issuer'
    | 'audience'
    | 'subject'
    | 'site'
  > {
  readonly dir: string;
  readonly json: boolean;
  readonly dryRun: boolean;
}

/** Writes what the vendor sent into a pending definition, which is active when nothing is missing any more. */
export async function accept(name: string, options: AcceptOptions, host: Host): Promise<Exit> {
  const { dir } = options;
  const { integration } = find(loadValid(dir, host), name, dir);
  const file = join(dir, integration.file);
  if (integration.status !== Status.PENDING) throw notPending(integration, file, dir);
  const { text } = readDefinition(file);
  const open = openQuestions(integration, options, host);
  const answers = keysOf(options).length > 0 || !host.ask ? options : await asked(open, options, host);
  const keys = Object.fromEntries(keysOf(answers));
  const declined = answers.externalId === false ? ['externalId', 'externalIds'] : [];
  const given = new Set([...Object.keys(keys), ...declined, ...('externalIds' in keys ? ['externalId'] : [])]);
  // A comment whose key is there is no question any more.
  const there = new Set([...text.matchAll(/^([A-Za-z]+):/gm)].map(([, key]) => key ?? ''));
  const missing = awaitedKeys(text).filter((key) => !given.has(key) && !there.has(key));
  const waits =
    missing.length > 0 ? missing : open.flatMap(({ keys: [key], enter }) => (enter === NOT_KNOWN ? [key ?? ''] : []));
  if (given.size === 0 && waits.length > 0) throw noAnswer(name, waits);
  const to = missing.length > 0 ? Status.PENDING : Status.ACTIVE;
  const changes = { ...keys, ...(to === Status.ACTIVE ? { status: to } : {}) };
  const edit = {
    ...{ dir, dryRun: options.dryRun, what: linesOf(changes).join(', ') },
    edit: (before: string) => withKeysSet(before, changes),
    isMeant: (then: Integration) => then.status === to,
  };
  editDefinition(integration, edit, host);
  const next = nextOf(integration, to, missing, dir);
  sayEdit({ integration, file, to, lines: linesOf(changes), changes, missing, next, ...options }, host);
  return Exit.DONE;
}

/** The keys that the answers give, as a definition has them. */
function keysOf(answers: NewAnswers): [string, KeyValue][] {
  const { principal, externalId, caFile, trustAnchor, commonName, organization, organizationalUnit } = answers;
  const ids = externalId || [];
  const subject = { commonName, organization, organizationalUnit };
  const parts = Object.entries(subject).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  const keys: Readonly<Record<string, KeyValue | undefined>> = {
    site: answers.site,
    principals: principal,
    externalId: ids.length === 1 ? ids[0] : undefined,
    externalIds: ids.length > 1 ? ids : undefined,
    trustAnchor: caFile === undefined ? trustAnchor && { arn: trustAnchor } : { certificate: caFile },
    subject: parts.length === 0 ? undefined : Object.fromEntries(parts),
    provider: answers.issuer,
    audiences: answers.audience,
    subjects: answers.subject,
  };
  return Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])) as [
    string,
    KeyValue,
  ][];
}

/** The questions about what the definition does not say. */
function openQuestions(integration: Integration, { dir }: AcceptOptions, { today }: Host): KeyQuestion[] {
  const { client, vendor, kind, way, profile: profileName } = integration;
  const profile = profileName === undefined ? undefined : new Profiles(dir).get(profileName);
  const subject = { client, vendor, profileName, profile, chosen: { kind, way, best: kind, why: '' } };
  const asking = { subject, options: knownOf(integration), required: new Set<never>(), today };
  return handshakeQuestions(asking).filter(({ answered }) => !answered);
}

async function asked(questions: readonly KeyQuestion[], options: AcceptOptions, host: Host): Promise<NewAnswers> {
  let answers: NewAnswers = options;
  for (const question of questions) {
    answers = { ...answers, ...(await askUntil({ ...question, enter: NOT_KNOWN }, host)) };
  }
  return answers;
}

/** What a definition says already. */
function knownOf(integration: Integration): NewAnswers {
  const list = <T>(values: readonly T[]) => (values.length > 0 ? values : undefined);
  const { site } = integration;
  switch (integration.kind) {
    case 'assumed-role':
      return { site, principal: list(integration.principals), externalId: list(integration.externalIds) };
    case 'direct-trust':
      return { site, principal: list(integration.principals) };
    case 'roles-anywhere': {
      const { certificateAuthority: caFile, trustAnchorArn: trustAnchor, subject } = integration;
      return { site, caFile, trustAnchor, commonName: subject?.commonName };
    }
    case 'web-identity': {
      const { provider: issuer, audiences, subjects, roleSessionName: sessionName } = integration;
      return { site, issuer, audience: list(audiences), subject: list(subjects), sessionName };
    }
    case 'access-key':
      return { site };
    default:
      return integration satisfies never;
  }
}

function linesOf(keys: Readonly<Record<string, KeyValue>>): string[] {
  return Object.entries(keys).map(([key, value]) => withKeysSet(`kind: x\n`, { [key]: value })?.split('\n')[1] ?? key);
}

function notPending({ name, status }: Integration, file: string, dir: string): Failure {
  const fix =
    status === Status.SUSPENDED
      ? `${ownCommand(`resume ${name}`, dir)} gives access again`
      : `to change who is trusted, edit ${file}`;
  return new Failure('wrong-status', `${name} is ${status}, so that no answer of the vendor is awaited`, fix);
}

function noAnswer(name: string, missing: readonly string[]): Failure {
  const flags = missing.map((key) => FLAGS[key] ?? key);
  return new Failure('missing-answer', `${name} waits for ${all(missing)}`, `give ${all(flags)}`, { exit: Exit.USAGE });
}

const FLAGS: Readonly<Record<string, string>> = {
  principals: '--principal ARN',
  externalId: '--external-id ID (or --no-external-id)',
  site: '--site NAME',
  trustAnchor: '--ca-file FILE',
  subject: '--common-name CN',
  provider: '--issuer URL',
  audiences: '--audience AUD',
  subjects: '--subject SUB',
};

function nextOf(
  { client, name, stackPart }: Integration,
  to: Status,
  missing: readonly string[],
  dir: string,
): NextStep[] {
  if (to === Status.PENDING)
    return [{ command: ownCommand(`accept ${name}`, dir), what: `it is still pending: ${all(missing)} is missing` }];
  return [
    { command: cdkCommand(`deploy ${stackId(client, stackPart)}`, dir), what: 'gives the vendor access' },
    { command: ownCommand(`handoff ${name}`, dir), what: 'writes what to send to the vendor' },
  ];
}
