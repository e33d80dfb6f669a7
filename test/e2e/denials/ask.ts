import type { Request } from './request';

/** Whoever can say whether a request is let through. */
export interface JudgeOfRequests {
  allows(request: Request): Promise<boolean>;
}

/** At once, as vendors come. */
const AT_ONCE = 8;

/** The answers to all requests, in their order; a request that fails otherwise than by a denial fails all. */
export async function ask(judge: JudgeOfRequests, requests: readonly Request[]): Promise<boolean[]> {
  const answers: boolean[] = [];
  const left = requests.entries();
  const work = async () => {
    for (const [at, request] of left) {
      try {
        answers[at] = await judge.allows(request);
      } catch (error) {
        throw new Error(`${request.text}: ${error}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}
