import type { Snapshot } from '../account/snapshot';
import type { Deployment } from '../definitions/model/model';
import { all } from '../text/list';
import { counted, withThousands } from '../text/plural';
import { printable } from '../text/quote';
import type { Finding, Insider, NotJudged, Verdict, Verification } from '../verification/finding';
import { unknownClient } from './deployment/find';
import { judgeAccounts, readSnapshots } from './deployment/judged-account';
import { refuseErrors } from './deployment/load-valid';
import { Exit } from './host/failure';
import type { Host } from './host/host';
import { takeSnapshot } from './snapshot';
import { painter } from './terminal/colors';
import { loadWatched } from './terminal/progress';
import { prose } from './terminal/prose';

export interface VerifyCommandOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Files of snapshots, one of each account; without one, the account of the credentials is read. */
  readonly snapshot: readonly string[];
  /** The clients that are judged; all without it. */
  readonly client: readonly string[];
  /** Whether insiders whom no internal entry names are errors. */
  readonly strict: boolean;
  /** Whether it may end well where something was not judged. */
  readonly allowNotJudged: boolean;
}

/** Says whether accounts are what the definitions say, and whether anybody else reaches a client's bucket. */
export async function verifyCommand(options: VerifyCommandOptions, host: Host): Promise<Exit> {
  const deployment = definitions(options, host);
  const snapshots =
    options.snapshot.length > 0 ? readSnapshots(options.snapshot) : [await readAccount(deployment, host)];
  const { strict, client } = options;
  const judged = judgeAccounts(deployment, snapshots, { strict, clients: client.length > 0 ? client : undefined });
  if (options.json) host.out(`${JSON.stringify(judged, null, 2)}\n`);
  else say(judged, deployment, host);
  sayAge(judged, host);
  return exitOf(judged.verdict, options);
}

function exitOf(verdict: Verdict, { allowNotJudged }: VerifyCommandOptions): Exit {
  switch (verdict) {
    case 'same':
      return Exit.DONE;
    case 'unknown':
      return allowNotJudged ? Exit.DONE : Exit.FOUND;
    case 'differs':
      return Exit.FOUND;
    default:
      return verdict satisfies never;
  }
}

/** Of the clients that are named alone, where any are. */
function definitions({ dir, client }: VerifyCommandOptions, host: Host): Deployment {
  const clients = client.length === 0 ? undefined : client;
  const { deployment, problems } = loadWatched(dir, { today: host.today, clients }, host);
  refuseErrors(problems, dir, host);
  const names = deployment.clients.map(({ name }) => name);
  const unknown = client.find((name) => !names.includes(name));
  if (unknown === undefined) return deployment;
  throw unknownClient(unknown, names, dir);
}

function readAccount(deployment: Deployment, host: Host): Promise<Snapshot> {
  return takeSnapshot({ bucket: [], allBuckets: false, region: [] }, deployment, host);
}

function say(judged: Verification, deployment: Deployment, host: Host): void {
  const { findings, insiders, notJudged, accounts, collectedAt } = judged;
  const paint = painter(host.colors?.out);
  const line = (text = '') => host.out(`${prose(text, host.width, 2)}\n`);
  line(`account ${all(accounts)}, as of ${collectedAt}`);
  const given = new Set<string>();
  for (const each of byUndo(findings)) {
    line();
    sayFinding(each, line, paint);
    if (each.undo === null) continue;
    // For copying, and once: a policy of which several things are wrong is put right by one command.
    host.out(`  undo: ${given.has(each.undo) ? 'the same command as above' : printable(each.undo)}\n`);
    given.add(each.undo);
  }
  sayInsiders(insiders, line);
  sayNotJudged(notJudged, line);
  line();
  line(paint(judged.verdict === 'same' ? 'green' : 'red', verdictText(judged, deployment)));
}

/** Findings that one command takes back stand together, where the first of them is. */
function byUndo(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string | Finding, Finding[]>();
  for (const each of findings) {
    const key = each.undo ?? each;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flat();
}

type Line = (text?: string) => void;

function sayFinding({ code, message, fix }: Finding, line: Line, paint: ReturnType<typeof painter>): void {
  line(`${paint('red', `error[${code}]`)} ${printable(message)}`);
  line(`  fix: ${printable(fix)}`);
}

/** Principals and things of one kind that are named; --json names all. */
const MOST_NAMED = 10;

/** Who of ours reaches what: those who reach the same together. */
function sayInsiders(insiders: readonly Insider[], line: Line): void {
  if (insiders.length === 0) return;
  const undeclared = insiders.filter(({ declared }) => !declared);
  line();
  const named = insiders.length - undeclared.length;
  line(
    `${counted(insiders.length, 'insider')}: ${withThousands(named)} in internal entries, ${withThousands(undeclared.length)} in none`,
  );
  const groups = new Map<string, string[]>();
  for (const { principal, reach, declared } of insiders) {
    const key = `${declared ? 'declared' : 'in no internal entry'}: ${some(reach, 3)}`;
    groups.set(key, [...(groups.get(key) ?? []), principal]);
  }
  for (const [reach, principals] of groups) {
    line(`  ${printable(reach)}`);
    for (const principal of principals.slice(0, MOST_NAMED)) line(`    ${printable(principal)}`);
    if (principals.length > MOST_NAMED) line(`    and ${counted(principals.length - MOST_NAMED, 'other')}`);
  }
}

function some(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  return `${texts.slice(0, most).join('; ')}${more > 0 ? ` and ${withThousands(more)} more` : ''}`;
}

/** What was not judged, each reason once. */
function sayNotJudged(notJudged: readonly NotJudged[], line: Line): void {
  line();
  line('not judged:');
  const groups = new Map<string, NotJudged[]>();
  for (const each of notJudged) {
    const key = `${each.counts} ${each.why} ${each.what.replace(/ of arn:.*$/, '')}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  for (const [, all] of groups) {
    const [first] = all;
    if (!first) continue;
    const others = all.length > 1 ? ` and ${counted(all.length - 1, 'other')} like it` : '';
    const counts = first.counts ? '' : '; it does not count';
    line(`  ${printable(`${first.what}${others}: ${first.why}${counts}`)}`);
  }
}

function verdictText({ verdict, findings, notJudged }: Verification, { clients }: Deployment): string {
  const counting = notJudged.filter(({ counts }) => counts).length;
  switch (verdict) {
    case 'same':
      return `same: ${counted(clients.length, 'client')} as defined, and nobody else reaches their buckets`;
    case 'differs':
      return `differs: ${counted(findings.length, 'error')}${counting > 0 ? `, and ${counted(counting, 'thing')} not judged` : ''}`;
    case 'unknown':
      return `unknown: no error, but ${counted(counting, 'thing')} not judged; read them as well, or say --allow-not-judged`;
    default:
      return verdict satisfies never;
  }
}

/** Days after which somebody should look again. */
const FRESH_DAYS = 7;

function sayAge({ collectedAt }: Verification, host: Host): void {
  const days = Math.floor((Date.parse(host.today) - Date.parse(collectedAt)) / 86_400_000);
  if (days > FRESH_DAYS) host.err(`the snapshot is ${days} days old: take it again to see the account as it is\n`);
}
