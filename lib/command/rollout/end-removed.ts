import { join } from 'node:path';
import type { Deployment } from '../../definitions/model/model';
import { bareDeployWords, deleteStackCommand, destroyWords } from '../../deploy/cdk';
import { parseStackName } from '../../rules/stacks';
import { all } from '../../text/list';
import { counted } from '../../text/plural';
import { checkoutBare } from '../git/removed-client';
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
    throw new Failure(
      'cannot-end',
      `${are}, and not ${endRemoved}; nothing was changed`,
      `look at them, and add --end-removed=${count}`,
    );
  if (endRemoved === true && count > removeAtMost) {
    const allowed = `settings.yaml allows ${removeAtMost} at once (removeAtMost)`;
    throw new Failure(
      'cannot-end',
      `${are}, and ${allowed}; nothing was changed`,
      `if this is intended, add --end-removed=${count}`,
    );
  }
}

/**
 * Makes ready to end stacks, and changes nothing yet.
 *
 * @param into an empty folder for the definitions of clients
 * @returns what ends them
 * @throws Failure where nobody can tell whether a stack is there, or its client cannot be read any more
 */
export async function readyToEnd(
  left: readonly LeftOver[],
  { dir, dryRun }: { readonly dir: string; readonly dryRun: boolean },
  into: string,
  host: Host,
): Promise<() => Promise<void>> {
  const ready: { readonly each: LeftOver; readonly isOwn: boolean; readonly folder: string }[] = [];
  for (const [number, each] of left.entries()) {
    const { client, because, status, at, commit = '' } = each;
    // Deployed once more, a stack that is gone would be made anew, with its bucket in its own way.
    if (because === 'removed' && status === undefined && !dryRun) throw unknown(each);
    const part = parseStackName(each.stack)?.part;
    const folder = await checkoutBare({ client, part, commit, at }, dir, join(into, String(number)), host.git);
    ready.push({ each, isOwn: part === undefined, folder });
  }
  return async () => {
    for (const { each, isOwn, folder } of ready) {
      // So that nothing that stays, the bucket's policy and its key's, allows anybody anything.
      if (isOwn && isUpdatable(each)) await runCdk(bareDeployWords(each, folder), dryRun, host);
      await runCdk(destroyWords(each, folder), dryRun, host);
    }
  };
}

function unknown(left: LeftOver): Failure {
  const what = `${left.client} is removed, and it is not known whether its stack ${left.stack} still exists; nothing was changed`;
  const fix = `give credentials that reach it, or end it yourself: ${deleteStackCommand(left)}`;
  return new Failure('cannot-end', what, fix);
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
