import { Capability } from '../rules/confinement';
import { can, mayHead, reading, type Scope, testName } from './scope';
import type { Attempt } from './trial';

/**
 * Tries what nobody may: outside the prefix, and the bucket's policy. Keys are made up for this run, so that what is
 * written against all policy overwrites nothing, and is removed.
 */
export async function tryOutside(scope: Scope): Promise<void> {
  const { trial, session, written, random, outside } = scope;
  const { prefix } = trial.handed;
  const bare = prefix.slice(0, -1);
  if (prefix !== '') {
    // One that begins like the prefix, without its slash, and one that does not.
    const places: readonly (readonly [Attempt['where'], string])[] = [
      ['elsewhere', testName(random)],
      ['sibling', `${bare}${testName(random)}`],
    ];
    const everywhere = (run: (key: string) => Promise<unknown>): Attempt[] =>
      places.map(([where, key]) => ({ where, what: key, run: () => run(key) }));
    await trial.denied(
      'neighbour-list',
      everywhere((key) => session.list(key)),
    );
    await trial.denied('neighbour-get', [
      ...(outside === undefined ? [] : [reading(scope, 'elsewhere', outside)]),
      ...places.map(([where, key]) => reading(scope, where, key)),
      reading(scope, 'sibling', bare),
    ]);
    await trial.denied(
      'neighbour-put',
      everywhere((key) => written.put(key, 'connection test\n')),
    );
    await trial.denied(
      'neighbour-delete',
      everywhere((key) => written.delete(key)),
    );
    await trial.denied('bare-prefix', [
      ...parents(prefix).map((parent) => list(scope, 'parent', parent)),
      list(scope, 'bare', bare),
    ]);
    if (!can(scope, Capability.ROOT_LIST)) await trial.denied('root-list', roots(scope));
  }
  if (!mayHead(scope)) {
    const what =
      'HeadBucket: programs that ask for the bucket when they start are denied; switch that check off in them';
    await trial.denied('head-bucket', [{ where: 'root', what, run: () => session.head() }]);
  }
  await trial.denied('bucket-policy', [
    {
      where: 'bucket',
      what: 'its policy',
      run: () => session.policy(),
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html: 405 is for who may, from another account.
      means: ({ code, status }) => (code === 'NoSuchBucketPolicy' ? 'works' : status === 405 ? 'denied' : undefined),
    },
  ]);
}

function list({ session }: Scope, where: Attempt['where'], prefix: string): Attempt {
  return { where, what: prefix, run: () => session.list(prefix) };
}

/** Some clients leave the prefix out, others send it empty. */
function roots({ session }: Scope): Attempt[] {
  const root = { where: 'root' } as const;
  return [
    { ...root, what: 'no prefix', run: () => session.list(undefined) },
    { ...root, what: 'an empty prefix', run: () => session.list('') },
    { ...root, what: 'versions', run: () => session.listVersions(undefined) },
  ];
}

/** The folders above a prefix, from the root down: `a/` and `a/b/` of `a/b/c/`. */
function parents(prefix: string): string[] {
  const names = prefix.slice(0, -1).split('/').slice(0, -1);
  return names.map((_, at) => `${names.slice(0, at + 1).join('/')}/`);
}
