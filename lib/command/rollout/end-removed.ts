import { join } from 'node:path';
import type { Deployment } from '../../definitions/model/model';
import { bareDeployWords, deleteStackCommand, destroyWords } from '../../deploy/cdk';
import { all } from '../../text/list';
import { counted } from '../../text/plural';
import { checkoutRemoved, type RemovedClient } from '../git/removed-client';
import { Failure } from '../host/failure';
import type { Host } from '../host/host';
import type { LeftOver } from './left-over';
import { runCdk } from './run-cdk';

/** What may be ended: true is what the settings allow at once, a number exactly that many clients. */
export type EndRemoved = boolean | number;

/** Whether this command can end it; one that moved, or that git does not know, is left to a person. */
export function canEnd({ because, commit }: LeftOver): boolean {
  return (because === 'removed' || because === 'emptied') && commit !== undefined;
}

/**
 * Refuses to end more clients than was said.
 * @param removed those that the definitions do not have any more, whether their stacks are still there or not
 */
export function refuseTooMany(
  removed: readonly string[],
  endRemoved: EndRemoved,
  { removeAtMost }: Pick<Deployment, 'removeAtMost'>,
): void {
  if (endRemoved === false) return;
  const count = removed.length;
  const names = removed.length > 10 ? [...removed.slice(0, 9), `${count - 9} more`] : removed;
  const are = `${counted(count, 'client')} ${count === 1 ? 'is' : 'are'} removed${count === 0 ? '' : ` (${all(names)})`}`;
  if (typeof endRemoved === 'number' && endRemoved !== count)
    throw new Failure(`${are}, and not ${endRemoved}; nothing was changed`);
  if (endRemoved === true && count > removeAtMost) {
    const allowed = `settings.yaml allows ${removeAtMost} at once (removeAtMost)`;
    throw new Failure(`${are}, and ${allowed}; nothing was changed: if it is meant, add --end-removed=${count}`);
  }
}

/**
 * Makes ready to end stacks, and changes nothing yet.
 *
 * @param into an empty folder for the definitions as they were
 * @throws Failure where nobody can tell whether a stack is there, or its definitions cannot be read
 */
export async function readyToEnd(
  left: readonly LeftOver[],
  { dir, dryRun }: { readonly dir: string; readonly dryRun: boolean },
  into: string,
  host: Host,
): Promise<() => Promise<void>> {
  const clients = new Map<string, RemovedClient>();
  for (const each of left) {
    // Deployed once more, a stack that is gone would be made anew, with everybody's buckets in its way.
    if (each.because === 'removed' && each.status === undefined && !dryRun) throw new Failure(unknown(each));
    const { client, commit, at } = each;
    if (commit === undefined || clients.has(keyOf(each))) continue;
    const options = { dir, commit, at, into: join(into, String(clients.size)) };
    clients.set(keyOf(each), await checkoutRemoved(client, options, host.git));
  }
  return async () => {
    for (const each of left) {
      const { folder, bare } = clients.get(keyOf(each)) as RemovedClient;
      const isBucketsOwn = each.because === 'removed' && each.stackId === each.client;
      // So that nothing that stays, the bucket's policy and its key's, allows anybody anything.
      if (isBucketsOwn && isUpdatable(each)) await runCdk(bareDeployWords(each, bare), dryRun, host);
      await runCdk(destroyWords(each, isBucketsOwn ? bare : folder), dryRun, host);
    }
  };
}

/** A client at a place. */
function keyOf({ client, at }: LeftOver): string {
  return `${client} ${at?.account} ${at?.region}`;
}

function unknown(left: LeftOver): string {
  const how = `give credentials that reach it, or end it yourself: ${deleteStackCommand(left)}`;
  return `${left.client} is removed, and nobody could look whether its stack ${left.stack} is still there; nothing was changed: ${how}`;
}

/**
 * Whether a stack can be deployed once more: not one that never came to be, or is half deleted.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-stack-status
 */
function isUpdatable({ status }: LeftOver): boolean {
  return (
    status === undefined ||
    /^(?:(?:CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE|UPDATE_.*IN_PROGRESS)$/.test(status)
  );
}
