import type { Cause, CauseCode } from '../causes/cause';
import { causeOf } from '../causes/cause-of';
import { isDenial, type Refusal } from '../causes/refusal';
import type { ReceivedHandoff } from './received-handoff';
import { Refused } from './refused';
import { askedBy, type Step, type StepName } from './step';
import { unexpectedAccess, type Where } from './unexpected-access';

/** Something tried that must not work. */
export interface Attempt {
  readonly where: Where;
  /** For messages, for example a key. */
  readonly what: string;
  readonly run: () => Promise<unknown>;
  /** What a refusal of this request means, where it is not its face value. */
  readonly means?: (refusal: Refusal) => 'works' | 'denied' | undefined;
}

/** Thrown by an attempt that was answered, with something else than it should be. */
export class Wrong extends Error {
  constructor(
    override readonly cause: Cause,
    detail: string,
  ) {
    super(detail);
  }
}

/** The steps of one run: tries each, judges it, tells it at once, and stops where the rest would only go wrong alike. */
export class Trial {
  readonly steps: Step[] = [];
  private readonly open = new Set<CauseCode>();

  constructor(
    readonly handed: ReceivedHandoff,
    private readonly today: string,
    private readonly tell: (step: Step) => void,
  ) {}

  /** Whether there is any use in going on. */
  get goesOn(): boolean {
    return !this.steps.some(({ cause }) => cause?.fatal);
  }

  /**
   * Tries what must work.
   *
   * @param attempt gives what is told of it
   */
  async works(step: StepName, attempt: () => Promise<string>): Promise<void> {
    if (!this.goesOn) return;
    try {
      this.add({ step, expected: 'works', outcome: 'works', detail: await attempt() });
    } catch (error) {
      if (error instanceof Wrong) {
        this.add({ step, expected: 'works', outcome: 'error', cause: error.cause, detail: error.message });
      } else if (error instanceof Refused) {
        this.refused(step, 'works', error.refusal);
      } else throw error;
    }
  }

  /** Tries what must be denied, until one attempt is not. */
  async denied(step: StepName, attempts: readonly Attempt[]): Promise<void> {
    if (!this.goesOn || attempts.length === 0) return;
    for (const { where, what, run, means } of attempts) {
      try {
        await run();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const outcome = means?.(error.refusal) ?? (isDenial(error.refusal) ? 'denied' : 'error');
        if (outcome === 'denied') continue;
        if (outcome === 'error') return this.refused(step, 'denied', error.refusal);
      }
      const cause = unexpectedAccess(step, where, this.handed, this.open);
      this.open.add(cause.code);
      return this.add({ step, expected: 'denied', outcome: 'works', cause, detail: what });
    }
    this.add({ step, expected: 'denied', outcome: 'denied', detail: attempts.map(({ what }) => what).join(', ') });
  }

  /** Tells what can't be tried here, and why. */
  skip(step: StepName, expected: Step['expected'], detail: string): void {
    if (this.goesOn) this.add({ step, expected, outcome: 'skipped', detail });
  }

  /** Tells what is known already. */
  add(step: Step): void {
    this.steps.push(step);
    this.tell(step);
  }

  private refused(step: StepName, expected: Step['expected'], refusal: Refusal): void {
    const { code, status, message } = refusal;
    const cause = causeOf(refusal, {
      ...{ asked: askedBy(step, this.handed), grantee: this.handed, today: this.today },
      reached: this.steps.some(inBucket),
    });
    const answer = `${code}${status === undefined ? '' : ` (HTTP ${status})`}`;
    this.add({
      ...{ step, expected, cause },
      outcome: isDenial(refusal) && expected === 'works' ? 'denied' : 'error',
      detail: message === '' ? answer : `${answer}: ${message}`,
    });
  }
}

function inBucket({ step, outcome }: Step): boolean {
  return outcome === 'works' && step !== 'credentials' && !step.startsWith('assume');
}
