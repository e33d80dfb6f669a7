import { cleanUp, tryDelete } from './clean-up';
import { tryGranted } from './granted';
import { tryNotGranted } from './not-granted';
import { type Opening, openSession } from './open-session';
import { tryOutside } from './outside';
import type { ReceivedHandoff } from './received-handoff';
import { type Scope, testName } from './scope';
import { isRight, type Step } from './step';
import { TestObjects } from './test-objects';
import { Trial } from './trial';
import type { Vendor } from './vendor';

export interface TryOptions extends Opening, Pick<Scope, 'object' | 'outside'> {
  /** Is told of each step when it is done. */
  readonly tell: (step: Step) => void;
}

/** What a run came to. */
export interface Report {
  readonly integration: string;
  /** Whether all that must work works, and all that must not doesn't. */
  readonly ok: boolean;
  readonly steps: readonly Step[];
}

/** Acts as a vendor with what it was handed: all that it may do, then what it may not; what is written is removed. */
export async function tryConnection(handed: ReceivedHandoff, vendor: Vendor, options: TryOptions): Promise<Report> {
  const trial = new Trial(handed, options.today, options.tell);
  const session = await openSession(vendor, trial, options);
  if (session) {
    const { random, object, outside } = options;
    const key = `${handed.prefix}${testName(random)}`;
    const scope: Scope = { trial, session, written: new TestObjects(session), random, key, object, outside };
    try {
      await tryGranted(scope);
      await tryNotGranted(scope);
      await tryDelete(scope);
      await tryOutside(scope);
    } finally {
      await cleanUp(scope);
    }
  }
  return { integration: handed.integration, ok: trial.steps.every(isRight), steps: trial.steps };
}
