import type { ReaderService } from '../../rules/account-reader';
import { type Ask, endsReading } from './ask';

/**
 * How many requests of a service run at once. Services count requests of an account together, other people's too: what
 * they refuse for a moment is asked again, later and later.
 */
const AT_ONCE: Readonly<Record<ReaderService, number>> = {
  sts: 1,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html: IAM's limits are low, and not published.
  iam: 6,
  s3: 32,
  s3control: 8,
  kms: 8,
  secretsmanager: 8,
  rolesanywhere: 2,
  transfer: 4,
  cloudformation: 3,
};

/** How far the reading is. */
export interface Progress {
  readonly answered: number;
  /** Asked, or about to be. */
  readonly left: number;
}

/**
 * Asks within the services' limits. What is asked of a service first is answered first; after an answer that nothing more
 * can be asked, nothing more is.
 */
export function pooled(ask: Ask, progress: (so: Progress) => void = () => {}): Ask {
  const waiting = new Map<ReaderService, (() => void)[]>();
  const running = new Map<ReaderService, number>();
  let [answered, left] = [0, 0];
  let end: { readonly error: unknown } | undefined;
  return async (service, region, operation, input) => {
    left += 1;
    const count = running.get(service) ?? 0;
    if (count >= AT_ONCE[service]) {
      const queue = waiting.get(service) ?? [];
      waiting.set(service, queue);
      await new Promise<void>((turn) => queue.push(turn));
    } else running.set(service, count + 1);
    try {
      if (end) throw end.error;
      return await ask(service, region, operation, input);
    } catch (error) {
      if (endsReading(error)) end ??= { error };
      throw error;
    } finally {
      // The next one takes the place over, so that nobody gets between.
      const next = waiting.get(service)?.shift();
      if (next) next();
      else running.set(service, (running.get(service) ?? 1) - 1);
      answered += 1;
      left -= 1;
      progress({ answered, left });
    }
  };
}
