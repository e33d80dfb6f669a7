/**
 * Accounts against the definitions: is everything there and exactly as it is defined, and does nobody else reach a client's
 * bucket?
 */
import type { Snapshot } from '../account/snapshot';
import { worldOfAccounts } from '../account/world';
import type { Deployment } from '../definitions/model/model';
import { type Insider as Inside, judgement, reachWords } from '../proof';
import { all } from '../text/list';
import { AccountIndex } from './account-index';
import { anywhereFindings } from './anywhere';
import { bucketFindings } from './buckets';
import { closedWorld, Owners } from './closed-world';
import { doorFindings } from './doors';
import { expectedOf, namesAbsent } from './expected';
import { type Finding, type Insider, NothingJudged, type Verdict, type Verification } from './finding';
import { notJudged } from './not-judged';
import { principalFindings } from './principals';
import { Repairs } from './repairs';
import { finding } from './settings';
import { sitedClients } from './sited';
import { missingProviders, notDefined } from './stacks';

export interface VerifyOptions {
  /** The clients that are judged. @default - all */
  readonly clients?: readonly string[];
  /** Whether insiders whom no internal entry names are errors. */
  readonly strict: boolean;
}

/**
 * Judges accounts by the definitions.
 *
 * @param snapshots one of each account; of several, ways are followed from one to the other
 * @throws NothingJudged where no client is in any of the accounts
 */
export function verify(deployment: Deployment, snapshots: readonly Snapshot[], options: VerifyOptions): Verification {
  const accounts = snapshots.map((snapshot) => new AccountIndex(snapshot));
  const wanted = options.clients && new Set(options.clients);
  const clients = deployment.clients.filter(({ name }) => !wanted || wanted.has(name));
  const { sited, elsewhere } = sitedClients(clients, accounts);
  if (sited.length === 0)
    throw new NothingJudged(
      nothingJudged(
        accounts,
        clients.map(({ account }) => account),
      ),
    );
  const expected = expectedOf(sited);
  const ownAccounts = [...new Set(deployment.clients.flatMap((client) => client.ownAccounts))];
  const [organization] = deployment.clients.flatMap((client) => client.organization ?? []);
  const world = worldOfAccounts(snapshots, { accounts: ownAccounts, organization, users: internalUsers(deployment) });
  const judged = judgement(world, expected.meant);
  const repairs = new Repairs(accounts, expected);
  const byAccount = new Map(accounts.map((at) => [at.account, at]));
  const ours = new Set([...byAccount.keys(), ...ownAccounts]);
  const entrances = judged.entrances();
  const closed = closedWorld(judged.findings, entrances, byAccount, new Owners(expected), repairs);
  // Whom outsiders become is told with how they come in.
  const become = new Set(entrances.flatMap(({ way, others }) => [...way, ...others]));
  const insiders = judged
    .insiders()
    .filter(({ holder }) => !holder || !become.has(holder))
    .map(insiderOf);
  const findings = inOrder([
    ...closed,
    ...expected.buckets.flatMap((each) => bucketFindings(each, repairs)),
    ...expected.integrations.flatMap((each) => [...principalFindings(each), ...anywhereFindings(each)]),
    ...doorFindings(expected, ours),
    ...accounts.flatMap((at) => [...missingProviders(at, sited), ...notDefined(at, clients, sited, wanted)]),
    ...(options.strict ? insiders.filter(({ declared }) => !declared).map(undeclared) : []),
  ]);
  const left = [...elsewhere, ...notJudged(world.gaps, expected)];
  return {
    accounts: [...byAccount.keys()],
    collectedAt: snapshots.map(({ collectedAt }) => collectedAt).sort()[0] ?? '',
    verdict: verdictOf(
      findings,
      left.some(({ counts }) => counts),
    ),
    findings,
    insiders,
    notJudged: left,
  };
}

function verdictOf(findings: readonly Finding[], isUnknown: boolean): Verdict {
  if (findings.some(({ severity }) => severity === 'error')) return 'differs';
  return isUnknown ? 'unknown' : 'same';
}

/** Users of ours whom an internal entry names: they are meant to have credentials. */
function internalUsers({ clients }: Deployment): readonly string[] {
  const named = clients.flatMap(({ internal }) => internal.flatMap(({ principals }) => principals));
  return [...new Set(named)].filter((arn) => /^arn:[^:]+:iam::\d{12}:user\//.test(arn));
}

function insiderOf({ principal, reach, declared }: Inside): Insider {
  const [first, ...others] = reach.filter(({ deploys }) => deploys);
  // By how many statements somebody deploys does not matter.
  const deploys = first && { ...first, targets: [...new Set([first, ...others].flatMap(({ targets }) => targets))] };
  const all = [...reach.filter((each) => !each.deploys), ...(deploys ? [deploys] : [])];
  return { principal, reach: [...new Set(all.map(reachWords))], declared };
}

function undeclared({ principal, reach }: Insider): Finding {
  const message = `${principal} reaches what is a client's, and no internal entry names it: ${reach[0] ?? ''}`;
  return finding('undeclared-insider', { client: null, principal }, message);
}

/** By client, the whole account's first, and the same for the same account. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const keyed = findings.map((each) => ({
    each,
    key: JSON.stringify([each.client ?? '', each.integration ?? '', each.code, each.message]),
  }));
  const seen = new Set<string>();
  return keyed
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ each }) => (each.undo !== null && namesAbsent(each.undo) ? { ...each, undo: null } : each));
}

function nothingJudged(accounts: readonly AccountIndex[], of: readonly (string | undefined)[]): string {
  const read = all(accounts.map(({ account }) => account));
  const wanted = [...new Set(of.flatMap((account) => account ?? []))].sort();
  if (of.length === 0) return 'there are no clients to judge';
  const whose =
    wanted.length > 0 ? `the clients are of ${all(wanted.slice(0, 5))}` : 'none of their buckets and stacks is there';
  return `no client is in account ${read}: ${whose}`;
}
