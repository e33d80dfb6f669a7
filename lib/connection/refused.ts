import type { Refusal } from '../causes/refusal';
import { checkRegion } from '../rules/names';
import { printable } from '../text/quote';

/** Thrown by what asks AWS when a request fails. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/** What an error of the AWS SDK for JavaScript, or of the network under it, says. */
export function refusalOf(error: unknown): Refusal {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Thrown;
  const status = thrown.$metadata?.httpStatusCode;
  const message = oneLine(stringOf(thrown.message) ?? '');
  const named = header(thrown, 'x-amz-bucket-region') ?? stringOf(thrown.Region);
  // What answers need not be S3.
  const region = named !== undefined && checkRegion(named).length === 0 ? named : undefined;
  return {
    code: printable(codeOf(thrown, status)).slice(0, LONGEST),
    status,
    message,
    ...(region === undefined ? {} : { region }),
  };
}

interface Thrown {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly Code?: unknown;
  readonly Region?: unknown;
  readonly cause?: { readonly code?: unknown };
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

function codeOf(thrown: Thrown, status: number | undefined): string {
  // Whatever answers with a page of its own, such as a proxy, is not read as S3.
  if (/Deserialization error/.test(stringOf(thrown.message) ?? '')) return 'UnreadableAnswer';
  const name = stringOf(thrown.name);
  if (status === undefined) return stringOf(thrown.code) ?? stringOf(thrown.cause?.code) ?? name ?? 'Unknown';
  // An answer without a body says no more than its status.
  return stringOf(thrown.Code) ?? (name === 'Error' ? undefined : name) ?? 'Unknown';
}

function header({ $response }: Thrown, name: string): string | undefined {
  return stringOf($response?.headers?.[name]);
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const LONGEST = 400;

function oneLine(message: string): string {
  const line = printable(
    message
      .slice(0, 2 * LONGEST)
      .replace(/\s+/g, ' ')
      .trim(),
  );
  if (line === 'UnknownError' || line === 'Unknown') return '';
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
