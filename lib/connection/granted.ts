import { Capability } from '../rules/confinement';
import { checkRegion } from '../rules/names';
import { Refused } from './refused';
import { can, mayHead, type Scope } from './scope';
import type { StepName } from './step';
import { Wrong } from './trial';

/** Tries all that the hand-off grants, but for deleting. */
export async function tryGranted(scope: Scope): Promise<void> {
  const { trial, session, written, key, random } = scope;
  const { prefix } = trial.handed;
  const body = (step: StepName) => `connection test ${random}, ${step}\n`;
  let content: string | undefined;

  await trial.works('location', () => location(scope));
  let listed: readonly string[] = [];
  if (can(scope, Capability.LIST)) {
    await trial.works('list', async () => {
      listed = await session.list(prefix);
      return `${prefix || 'the bucket'}: ${several(listed, 'key')}`;
    });
  }
  if (can(scope, Capability.WRITE)) {
    await trial.works('put', async () => {
      await written.put(key, body('put'));
      content = body('put');
      return key;
    });
    if (can(scope, Capability.ACL)) {
      await trial.works('acl', async () => {
        await written.put(key, body('acl'), 'bucket-owner-full-control');
        content = body('acl');
        return `${key}, with bucket-owner-full-control`;
      });
    }
    await trial.works('multipart', async () => {
      const uploadId = await written.start(key);
      const entityTag = await session.uploadPart(key, uploadId, body('multipart'));
      const parts = await session.countParts(key, uploadId);
      await written.complete(key, uploadId, entityTag);
      content = body('multipart');
      return `${key}, ${parts} ${parts === 1 ? 'part' : 'parts'}`;
    });
    await trial.works('abort', async () => {
      await written.abort(await written.start(key));
      return key;
    });
  }

  const there = written.has(key) ? key : (scope.object ?? listed.find((one) => !one.endsWith('/')));
  if (can(scope, Capability.READ)) await read(scope, there, content);
  if (can(scope, Capability.TAGS)) await tags(scope, there);
  if (can(scope, Capability.VERSIONS)) await versions(scope);
  if (can(scope, Capability.RETENTION_READ)) await retention(scope, there);
  if (can(scope, Capability.ROOT_LIST)) {
    await trial.works('root-list', async () => {
      await session.list(undefined);
      await session.list('');
      return "the bucket's root";
    });
  }
  if (mayHead(scope)) {
    await trial.works('head-bucket', async () => {
      await session.head();
      return 'the bucket itself, as programs ask for it when they start';
    });
  }
  if (can(scope, Capability.LIST_BUCKETS)) {
    await trial.works('list-buckets', async () => `${await session.countBuckets()} buckets`);
  }
}

async function location({ trial: { handed }, session }: Scope): Promise<string> {
  const region = await session.location();
  // Servers that are not AWS's call their places as they like.
  if (region === handed.region || checkRegion(region).length > 0) return region;
  throw new Wrong(
    {
      code: 'wrong-region',
      cause: `the bucket ${handed.bucket} is in ${region}, not in ${handed.region}`,
      who: 'owner',
      fix: "correct the client's region in the definition and write the hand-off again",
    },
    region,
  );
}

async function read(scope: Scope, there: string | undefined, content: string | undefined): Promise<void> {
  const { trial, session, key } = scope;
  if (there === undefined) return nothing(scope, 'get');
  await trial.works('get', async () => {
    let got = content;
    await letIn(there === key ? [] : ARCHIVED, async () => {
      got = await session.get(there);
    });
    if (there !== key || got === content) return there;
    throw new Wrong(
      {
        code: 'other-content',
        cause:
          'what is read is not what was written: something changes objects as they arrive, or a proxy stores answers',
        who: 'vendor or owner',
        fix: "look at what runs on the bucket's events, and at what is between this machine and S3",
      },
      there,
    );
  });
}

async function tags(scope: Scope, there: string | undefined): Promise<void> {
  const { trial, session, key, random } = scope;
  if (there === undefined) return nothing(scope, 'tags');
  await trial.works('tags', async () => {
    // Only what this run wrote is changed.
    if (there === key) await session.setTags(there, { 'connection-test': random });
    const found = await session.tags(there);
    if (there === key && can(scope, Capability.DELETE)) await session.deleteTags(there);
    return `${there}: ${several(Object.keys(found), 'tag')}`;
  });
}

async function versions({ trial, session, written, key }: Scope): Promise<void> {
  await trial.works('versions', async () => {
    const found = await session.listVersions(written.has(key) ? key : trial.handed.prefix);
    const [first] = found;
    if (first !== undefined) await letIn(ARCHIVED, () => session.get(first.key, first.versionId));
    return several(found, 'version');
  });
}

async function retention(scope: Scope, there: string | undefined): Promise<void> {
  const { trial, session } = scope;
  if (there === undefined) return nothing(scope, 'retention');
  await trial.works('retention', async () => {
    await letIn(NO_RETENTION, () => session.retention(there));
    await letIn(NO_RETENTION, () => session.legalHold(there));
    return there;
  });
}

/** One of these answers means that the request was allowed. */
async function letIn(codes: readonly string[], ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof Refused) || !codes.includes(error.refusal.code)) throw error;
  }
}

const NO_RETENTION = ['NoSuchObjectLockConfiguration', 'ObjectLockConfigurationNotFoundError', 'InvalidRequest'];

/** In a storage class from which objects are restored first. */
const ARCHIVED = ['InvalidObjectState'];

/** There is no object to try it on. */
async function nothing({ trial }: Scope, step: StepName): Promise<void> {
  const { handed } = trial;
  if (handed.access.includes(Capability.WRITE))
    return trial.skip(step, 'works', 'no object could be written to try it on');
  await trial.works(step, async () => {
    throw new Wrong(
      {
        code: 'nothing-there',
        cause: `it can't be tried: no object is known under ${handed.prefix || 'the bucket'}, and none may be written`,
        who: 'owner',
        fix: 'put an object there, and name it with --object KEY if it cannot be listed',
      },
      'not tried',
    );
  });
}

/** S3 gives a thousand at once. */
function several(found: readonly unknown[], what: string): string {
  const { length } = found;
  return `${length}${length === 1000 ? ' or more' : ''} ${what}${length === 1 ? '' : 's'}`;
}
