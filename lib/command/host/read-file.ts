import { MOST_BYTES } from '../../definitions/yaml/size';
import { readBounded, TooLong } from '../../files/bounded';
import { Failure } from './failure';

/** How a file that the user names is read. */
export interface Reading {
  /** The most bytes that it may have. */
  readonly most: number;
  /** What to do where it cannot be read. */
  readonly remedy: string;
}

/** @throws Failure where it cannot be read, or is longer than it may be */
export function readFile(file: string, { most, remedy }: Reading): Buffer {
  try {
    return readBounded(file, most);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${reasonOf(error, code, message)})`;
    throw new Failure('cannot-read', `${file} ${why}`, remedy, { cause: error });
  }
}

function reasonOf(error: unknown, code: string | undefined, message: string): string {
  return error instanceof TooLong ? message : (code ?? message);
}

/** @throws Failure as {@link readFile}, and where it is not UTF-8 */
export function readText(file: string, reading: Reading): string {
  return decoded(file, readFile(file, reading), reading);
}

function decoded(file: string, bytes: Buffer, { remedy }: Reading): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failure('cannot-read', `${file} is not UTF-8 text`, remedy);
  }
}

/**
 * A definition that is to be edited, as it is and as a text.
 * @throws Failure as {@link readText}
 */
export function readDefinition(file: string): { readonly bytes: Buffer; readonly text: string } {
  const reading = { most: MOST_BYTES, remedy: 'bucket-integrations check says what is wrong with it' };
  const bytes = readFile(file, reading);
  return { bytes, text: decoded(file, bytes, reading) };
}

/** @throws Failure as {@link readText}, and where it is not JSON; nothing of the text is in the message */
export function readJson(file: string, reading: Reading): unknown {
  const text = readText(file, reading);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('cannot-read', `${file}${placeOf(error as Error, text)} is not JSON`, reading.remedy);
  }
}

/** `:3:7`, where the parser says how far it came. */
function placeOf({ message }: Error, text: string): string {
  const at = Number(/at position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (Number.isNaN(at)) return '';
  const before = text.slice(0, at).split('\n');
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
