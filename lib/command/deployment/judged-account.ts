import type { Snapshot } from '../../account/snapshot';
import type { Deployment } from '../../definitions/model/model';
import { all } from '../../text/list';
import { NothingJudged, type Verification } from '../../verification/finding';
import { mayHide } from '../../verification/not-judged';
import { type VerifyOptions, verify } from '../../verification/verify';
import { Failure } from '../host/failure';
import { readSnapshotFile } from './snapshot-file';

/**
 * The snapshots of these files, each of another account.
 * @throws Failure with what is wrong with one of them, in one line
 */
export function readSnapshots(files: readonly string[]): readonly Snapshot[] {
  const byAccount = new Map<string, string>();
  return files.map((file) => {
    const snapshot = readSnapshotFile(file);
    const other = byAccount.get(snapshot.account);
    if (other !== undefined) {
      const what = `${other} and ${file} are both of account ${snapshot.account}`;
      throw new Failure('bad-snapshot', what, 'name one snapshot of each account');
    }
    byAccount.set(snapshot.account, file);
    return snapshot;
  });
}

/**
 * The accounts of snapshots against the definitions.
 * @throws Failure where none of the clients is in any of them
 */
export function judgeAccounts(
  deployment: Deployment,
  snapshots: readonly Snapshot[],
  options: VerifyOptions,
): Verification {
  try {
    return verify(deployment, snapshots, options);
  } catch (error) {
    if (error instanceof NothingJudged)
      throw new Failure('other-account', error.message, 'take a snapshot of the account that the clients are in', {
        cause: error,
      });
    throw error;
  }
}

/** What an integration is in an account. */
export interface Deployed {
  /** `unknown` where it was not judged, or not all of it. */
  readonly verdict: 'same' | 'differs' | 'unknown';
  /** How it differs. */
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}

/** Of each integration, whether it is in an account as it is defined. */
export class DeployedState {
  /** One of each account. */
  readonly snapshots: readonly Snapshot[];
  private readonly verification: Verification;

  /** @throws Failure where a file is no snapshot, or none of the clients is in its account */
  constructor(
    private readonly deployment: Deployment,
    files: readonly string[],
  ) {
    this.snapshots = readSnapshots(files);
    this.verification = judgeAccounts(deployment, this.snapshots, { strict: false });
  }

  of(client: string, integration: string): Deployed {
    const { findings, notJudged } = this.verification;
    // What is wrong with a client's bucket is no one integration's.
    const own = findings.filter((each) => each.integration === integration);
    const isUnknown = notJudged.some((each) => mayHide(each, client));
    const verdict = own.length > 0 ? 'differs' : isUnknown ? 'unknown' : 'same';
    return { verdict, findings: own.map(({ code, message }) => ({ code, message })) };
  }

  /** In a few words, for a table. */
  wordsFor(client: string, integration: string): string {
    const { verdict, findings } = this.of(client, integration);
    if (verdict === 'same') return 'as defined';
    return verdict === 'unknown' ? 'not judged' : all([...new Set(findings.map(({ code }) => code))]);
  }

  /** What is not as it is defined, and is no one integration's. */
  get otherFindings(): readonly string[] {
    return this.verification.findings.flatMap(({ integration, message }) => (integration === null ? [message] : []));
  }

  /** The clients of which something is not as it is defined that is no one integration's. */
  get otherClients(): readonly string[] {
    const { findings } = this.verification;
    const clients = new Set(findings.flatMap((each) => (each.integration === null ? (each.client ?? []) : [])));
    return this.deployment.clients.map(({ name }) => name).filter((name) => clients.has(name));
  }
}
