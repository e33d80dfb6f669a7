import { NotJson, parseJson } from './json';
import { NotASnapshot, type Snapshot, toSnapshot } from './snapshot';

/** How large a file may be, in bytes: one of 5,000 roles and 1,000 buckets has some 60 MB. */
export const MOST_BYTES = 256 * 1024 * 1024;

// Documents are inside: a policy alone has some ten levels.
const BOUNDS = { length: MOST_BYTES, depth: 200, values: 10_000_000 };

/**
 * Reads a snapshot's file, whoever wrote it.
 * @throws NotASnapshot with what is wrong with it, in one sentence
 */
export function parseSnapshot(bytes: Uint8Array): Snapshot {
  if (bytes.length > MOST_BYTES) throw new NotASnapshot(tooLarge(bytes.length));
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new NotASnapshot('it is not UTF-8 text; save it as UTF-8, or take the snapshot again');
  }
  try {
    return toSnapshot(parseJson(text, BOUNDS));
  } catch (error) {
    if (error instanceof NotJson)
      throw new NotASnapshot(`it cannot be read: ${error.message}; take the snapshot again`);
    throw error;
  }
}

/** What is said of a file that is larger than any account needs. */
export function tooLarge(bytes: number): string {
  const [size, most] = [bytes, MOST_BYTES].map((each) => Math.ceil(each / 1024 / 1024));
  return `it has ${size} MiB; at most ${most} are read; name fewer buckets instead of all`;
}

/** The text of a snapshot's file, in pieces: each thing on a line, so that a change of one is a line's. */
export function* snapshotText(snapshot: Snapshot): Generator<string> {
  const { notRead, ...rest } = snapshot;
  yield* linesOf({ ...rest, notRead }, 1);
  yield '\n';
}

/** An object's members; those of deeper levels stand in a line. */
function* linesOf(value: object, levels: number): Generator<string> {
  yield '{';
  let first = true;
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${first ? '\n' : ',\n'}${JSON.stringify(name)}: `;
    first = false;
    if (Array.isArray(member)) yield* listOf(member);
    else if (member instanceof Map) yield JSON.stringify(Object.fromEntries(member));
    else if (levels > 0 && name === 'iam') yield* linesOf(member as object, levels - 1);
    else yield JSON.stringify(member);
  }
  yield '\n}';
}

function* listOf(values: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [at, value] of values.entries()) yield `${at === 0 ? '\n' : ',\n'}${JSON.stringify(value)}`;
  yield values.length === 0 ? ']' : '\n]';
}
