import { Capability } from '../rules/confinement';
import type { TestObjects } from './test-objects';
import type { Attempt, Trial } from './trial';
import type { Session } from './vendor';

/** What the steps in the bucket share. */
export interface Scope {
  readonly trial: Trial;
  readonly session: Session;
  readonly written: TestObjects;
  /** Part of every name that this run makes up, so that nothing is overwritten. */
  readonly random: string;
  /** The one key under the prefix that is written. */
  readonly key: string;
  /** An object under the prefix that is there, to be read where nothing can be written. */
  readonly object?: string;
  /** An object outside the prefix that is there, and must not be readable. */
  readonly outside?: string;
}

export function can({ trial }: Scope, ...capabilities: readonly Capability[]): boolean {
  return capabilities.every((capability) => trial.handed.access.includes(capability));
}

/** Whether the bucket itself may be asked for: that counts as a listing of its root. */
export function mayHead(scope: Scope): boolean {
  return can(scope, Capability.ROOT_LIST) || (scope.trial.handed.prefix === '' && can(scope, Capability.LIST));
}

/** The name in everything that a run makes up. */
export function testName(random: string): string {
  return `.connection-test-${random}`;
}

/**
 * Reading, where it must be denied. For a missing key S3 answers 404 to those who may list the prefix that holds it, and
 * 403 to everybody else; the message, where there is one, says that `s3:ListBucket` is missing: then reading itself was allowed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (Permissions)
 */
export function reading({ session }: Scope, where: Attempt['where'], key: string): Attempt {
  return {
    where,
    what: key,
    run: () => session.get(key),
    means: ({ code, message }) => {
      if (/not authorized to perform: s3:ListBucket\b/.test(message)) return 'works';
      // Nothing was read; whether the root can be listed is a step of its own.
      return code === 'NoSuchKey' ? 'denied' : undefined;
    },
  };
}
