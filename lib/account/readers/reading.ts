import type { NotRead } from '../snapshot';
import { type Ask, endsReading, Refusal } from './ask';

/** One reading of an account: how AWS is asked, whose account it is, and what it did not let be read. */
export class Reading {
  readonly notRead: NotRead[] = [];

  constructor(
    readonly ask: Ask,
    readonly account: string,
    readonly partition: string,
  ) {}

  /**
   * What is read, or undefined where it may not be, which is then noted with the list and the thing.
   * @param passed codes that are for the caller
   */
  async orNote<T>(
    list: string,
    arn: string | null,
    read: () => Promise<T>,
    passed: readonly string[] = [],
  ): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Refusal) || endsReading(error) || passed.includes(error.code)) throw error;
      this.note(list, arn, `${error.code}: ${error.message}`);
      return undefined;
    }
  }

  /** Says that something was not read. */
  note(list: string, arn: string | null, why: string): void {
    this.notRead.push({ list, arn, why });
  }

  /** The ARN of a thing of the account, or of all things there of its kind (`role/*`). */
  arn(service: string, region: string, resource: string): string {
    return `arn:${this.partition}:${service}:${region}:${this.account}:${resource}`;
  }

  /**
   * A list of several Regions; undefined where no Region could be read. One that could not be is noted.
   * @param kind of things, for the ARN of what was not read
   */
  async ofRegions<T>(
    list: string,
    regions: readonly string[],
    kind: readonly [service: string, resource: string],
    read: (region: string) => Promise<readonly T[]>,
  ): Promise<readonly T[] | undefined> {
    const [service, resource] = kind;
    const lists = await Promise.all(
      regions.map((region) => this.orNote(list, this.arn(service, region, resource), () => read(region))),
    );
    const there = lists.filter((each) => each !== undefined);
    return there.length === 0 ? undefined : there.flat();
  }
}

/** What is read, or null where AWS says by one of these codes that there is no such thing. */
export async function orNone<T>(codes: readonly string[], read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal && codes.includes(error.code)) return null;
    throw error;
  }
}

/**
 * What several pages hold.
 * @param next of a page, the token of the one behind it
 */
export async function ofPages<P, T>(
  ask: (token: string | undefined) => Promise<P>,
  things: (page: P) => readonly T[] | undefined,
  next: (page: P) => string | undefined,
): Promise<T[]> {
  const found: T[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const page = await ask(token);
    found.push(...(things(page) ?? []));
    token = next(page);
    if (token === undefined || token === '') return found;
    if (seen.has(token)) throw new Refusal('SamePageAgain', 'the pages of a list never end');
    seen.add(token);
  }
}
