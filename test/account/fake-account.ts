import { type Ask, Refusal } from '../../lib/account/readers/ask';

/** One request that was sent. */
export interface Request {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Answers a request, or refuses it. */
export type Answer = (input: Request['input'], region: string) => object;

/** `service:Operation` → its answer. */
export type Answers = Readonly<Record<string, Answer | object>>;

/** As AWS refuses. */
export function refuse(code: string, message = 'said so'): Answer {
  return () => {
    throw new Refusal(code, message);
  };
}

/** A page of a list, and the token of the next one, for as many pages as there are. */
export function pages(next: string, ...each: readonly object[]): Answer {
  const inputs = ['Marker', 'NextToken', 'nextToken', 'ContinuationToken'];
  return (input) => {
    const token = inputs.map((name) => input[name]).find((value) => value !== undefined);
    const at = token === undefined ? 0 : Number(token);
    const last = at === each.length - 1;
    return { ...each[at], ...(!last && { [next]: String(at + 1) }), IsTruncated: !last, Truncated: !last };
  };
}

const ACCOUNT = '111122223333';

/** What is not said is an account without anything in it. */
const EMPTY: Answers = {
  'sts:GetCallerIdentity': { Account: ACCOUNT, Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/me` },
  'iam:GetLoginProfile': refuse('NoSuchEntity'),
  's3:GetBucketPolicy': refuse('NoSuchBucketPolicy'),
  's3:GetPublicAccessBlock': refuse('NoSuchPublicAccessBlockConfiguration'),
  's3:GetBucketOwnershipControls': refuse('OwnershipControlsNotFoundError'),
  's3:GetBucketAcl': { Owner: { ID: 'a'.repeat(64) }, Grants: [] },
  's3:GetBucketEncryption': refuse('ServerSideEncryptionConfigurationNotFoundError'),
  's3:GetBucketLifecycleConfiguration': refuse('NoSuchLifecycleConfiguration'),
  's3:GetBucketReplication': refuse('ReplicationConfigurationNotFoundError'),
  's3:GetBucketWebsite': refuse('NoSuchWebsiteConfiguration'),
  's3:GetBucketCors': refuse('NoSuchCORSConfiguration'),
  's3control:GetPublicAccessBlock': refuse('NoSuchPublicAccessBlockConfiguration'),
  's3control:GetAccessPointPolicy': refuse('NoSuchAccessPointPolicy'),
  's3control:ListAccessGrants': refuse('AccessGrantsInstanceNotExistsError'),
  's3control:ListAccessGrantsLocations': refuse('AccessGrantsInstanceNotExistsError'),
};

/** An account of answers, which notes what it is asked. */
export function fakeAccount(answers: Answers = {}): { readonly ask: Ask; readonly asked: readonly Request[] } {
  const asked: Request[] = [];
  const all: Answers = { ...EMPTY, ...answers };
  const answer = async (service: string, region: string, operation: string, input: Request['input']) => {
    asked.push({ service, region, operation, input });
    const given = all[`${service}:${operation}`] ?? {};
    return typeof given === 'function' ? (given as Answer)(input, region) : given;
  };
  return { ask: answer as Ask, asked };
}
