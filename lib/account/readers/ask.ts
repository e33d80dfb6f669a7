import type { READER_OPERATIONS, ReaderService } from '../../rules/account-reader';

/** Each service's package of the SDK, of which only types are used here. */
interface Sdk {
  readonly sts: typeof import('@aws-sdk/client-sts');
  readonly iam: typeof import('@aws-sdk/client-iam');
  readonly s3: typeof import('@aws-sdk/client-s3');
  readonly s3control: typeof import('@aws-sdk/client-s3-control');
  readonly kms: typeof import('@aws-sdk/client-kms');
  readonly secretsmanager: typeof import('@aws-sdk/client-secrets-manager');
  readonly transfer: typeof import('@aws-sdk/client-transfer');
  readonly cloudformation: typeof import('@aws-sdk/client-cloudformation');
}

/**
 * What Roles Anywhere takes and gives: not every registry has a current package of it.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_Operations.html
 */
interface RolesAnywhereAnswers {
  readonly ListTrustAnchors: { readonly trustAnchors?: readonly object[]; readonly nextToken?: string };
  readonly ListProfiles: { readonly profiles?: readonly object[]; readonly nextToken?: string };
}

/** An operation of a service that a reader may ask for. */
export type Operation<S extends ReaderService> = keyof (typeof READER_OPERATIONS)[S] & string;

type Command<S extends keyof Sdk, O extends string> = Sdk[S][`${O}Command` & keyof Sdk[S]];

/** What an operation takes. */
export type Input<S extends ReaderService, O extends string> = S extends keyof Sdk
  ? Command<S, O> extends abstract new (
      ...given: never
    ) => { readonly input: infer I }
    ? I
    : never
  : { readonly nextToken?: string };

/** What an operation gives. */
export type Output<S extends ReaderService, O extends string> = S extends keyof Sdk
  ? Command<S, O> extends abstract new (
      ...given: never
    ) => { resolveMiddleware(...given: never): (request: never) => Promise<{ output: infer A }> }
    ? A
    : never
  : O extends keyof RolesAnywhereAnswers
    ? RolesAnywhereAnswers[O]
    : never;

/**
 * Asks AWS one thing.
 * @param region the Region whose endpoint is asked
 * @throws Refusal where AWS refuses or cannot be reached
 */
export type Ask = <S extends ReaderService, O extends Operation<S>>(
  service: S,
  region: string,
  operation: O,
  input: Input<S, O>,
) => Promise<Output<S, O>>;

/** A request that AWS refused, or that never came to it. */
export class Refusal extends Error {
  constructor(
    /** AWS's word for it, for example `AccessDenied`; a code of the system where nothing was reached. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** With a session that has ended nothing more can be read: a snapshot of it would say little, and look like one. */
const ENDED = ['ExpiredToken', 'RequestExpired', 'CredentialsProviderError', 'TokenProviderError'];

/** Whether an error says that nothing more can be asked. */
export function endsReading(error: unknown): boolean {
  return !(error instanceof Refusal) || ENDED.includes(error.code);
}
