import { deployCommand } from '../causes/advice';
import type { Cause, CauseCode } from '../causes/cause';
import type { ReceivedHandoff } from './received-handoff';
import type { StepName } from './step';

/** Where something worked that must not. */
export type Where = 'inside' | 'elsewhere' | 'sibling' | 'bare' | 'parent' | 'root' | 'bucket' | 'role';

/**
 * Why something works that must not, and how to close it. The owner must fix it, also where the vendor finds it.
 *
 * @param before codes of what was found open already: who lists everywhere lists the root too
 */
export function unexpectedAccess(
  step: StepName,
  where: Where,
  handed: ReceivedHandoff,
  before: ReadonlySet<string>,
): Cause {
  const [code, cause] = whatIsOpen(step, lists(step) && before.has('list-not-confined') ? 'elsewhere' : where, handed);
  return {
    code,
    cause,
    who: 'owner',
    fix:
      code === 'more-granted'
        ? 'deploy the client again, and remove what was added manually; or write the hand-off again, if the definition grants it'
        : `deploy the client again (${deployCommand(handed)}, and its parts if it has any), and remove what was added manually; CloudFormation shows drift`,
  };
}

function whatIsOpen(
  step: StepName,
  where: Where,
  { prefix, bucket, integration, roleArn }: ReceivedHandoff,
): [CauseCode, string] {
  const bare = prefix.slice(0, -1);
  switch (step) {
    case 'assume-without-external-id':
      return ['external-id-not-asked', `the trust of ${roleArn} does not ask for the external ID`];
    case 'assume-with-wrong-external-id':
      return ['external-id-not-compared', `the trust of ${roleArn} takes other external IDs than the one handed over`];
    case 'assume-with-other-session-name':
      return [
        'session-name-not-compared',
        `the trust of ${roleArn} takes other session names than the one handed over`,
      ];
    case 'bucket-policy':
      return ['policy-readable', `${integration} may read the policy of ${bucket}, which names the other vendors`];
    case 'list-buckets':
      return ['more-granted', `${integration} sees the names of all buckets of the account`];
    default:
  }
  if (where === 'inside') return ['more-granted', `more is deployed than the hand-off says: ${step} under ${prefix}`];
  if (lists(step)) return listed(where, bare);
  return where === 'sibling'
    ? [
        'no-slash',
        `the objects granted are ${bucket}/${bare}* without the slash, so everything that begins with that name is open`,
      ]
    : ['objects-not-confined', `the objects granted are not confined to ${bucket}/${prefix}*`];
}

function lists(step: StepName): boolean {
  return ['neighbour-list', 'bare-prefix', 'root-list', 'head-bucket'].includes(step);
}

function listed(where: Where, bare: string): [CauseCode, string] {
  if (where === 'sibling' || where === 'bare')
    return [
      'list-no-slash',
      `listing is granted for ${bare}* without the slash, so keys that begin with that name are shown`,
    ];
  if (where === 'root') return ['root-listed', "the bucket's root can be listed: everybody's key names are shown"];
  return ['list-not-confined', "listing is not bound to the prefix (s3:prefix): everybody's key names are shown"];
}
