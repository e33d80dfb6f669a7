import { nameOfOurs } from './contract';
import type { Request } from './request';

/** Whoever can say whether a request is let through. */
export interface JudgeOfRequests {
  allows(request: Request): Promise<boolean>;
  /** Where more has to be given to a role or user first, that somebody gives it, and takes it back. */
  readonly giveMore?: (integration: string) => Promise<void>;
  readonly takeBack?: (integration: string) => Promise<void>;
}

/** At once, as vendors come. */
const AT_ONCE = 8;

/** The answers to all requests, in their order; a request that fails otherwise than by a denial fails all. */
export async function ask(judge: JudgeOfRequests, requests: readonly Request[]): Promise<boolean[]> {
  const answers: boolean[] = [];
  const all = [...requests.entries()];
  const given = all.filter(([, { circumstances }]) => circumstances.givenMore);
  const askAll = async (some: readonly [number, Request][]) => {
    const left = some.values();
    const work = async () => {
      for (const [at, request] of left) answers[at] = await answer(judge, request);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };
  await askAll(all.filter(([, { circumstances }]) => !circumstances.givenMore));
  const receivers = [...new Set(given.map(([, { who }]) => nameOfOurs(who) ?? ''))];
  try {
    for (const receiver of receivers) await judge.giveMore?.(receiver);
    await askAll(given);
  } finally {
    for (const receiver of receivers) await judge.takeBack?.(receiver);
  }
  return answers;
}

async function answer(judge: JudgeOfRequests, request: Request): Promise<boolean> {
  try {
    return await judge.allows(request);
  } catch (error) {
    throw new Error(`${request.text}: ${error}`, { cause: error });
  }
}

/** Says how long a step took. */
export async function timed<T>(what: string, step: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const value = await step();
  process.stdout.write(`e2e: ${what} after ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return value;
}
