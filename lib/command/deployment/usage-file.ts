import { NotJson, parseJson } from '../../account/json';
import { count, instant, list, Mismatch, members, orNull, text, texts } from '../../account/shape';
import { NotAFile, readRegular, TooLong } from '../../files/bounded';
import type { Observed } from '../../report/observed';
import { Failure } from '../host/failure';

/** That of 5,000 integrations, each denied in three hundred ways, is half as large. */
const MOST_BYTES = 256 * 1024 * 1024;
const BOUNDS = { length: MOST_BYTES, depth: 10, values: 20_000_000 };

const time = orNull(instant);
const integration = members(
  {
    ...{ integration: text, lastSeen: time, lastList: time, lastRead: time, lastWrite: time, lastDelete: time },
    requests: count,
    denied: list(members({ operation: text, count, last: instant, cause: text, fix: text }, {})),
    unused: orNull(texts()),
  },
  {},
);
const usage = members(
  {
    ...{ from: time, to: time, integrations: list(integration) },
    strangers: list(members({ requester: text, bucket: text, requests: count, last: instant }, {})),
  },
  {},
);

/**
 * Reads what `usage --json` printed; the file may be from anybody.
 * @throws Failure with what is wrong with it, in one line
 */
export function readUsageFile(file: string): NonNullable<Observed['usage']> {
  const bad = (what: string) =>
    new Failure('bad-usage-file', `${file}: ${what}`, 'name a file that usage --json wrote');
  try {
    const read = usage.read(parseJson(readRegular(file, MOST_BYTES).toString(), BOUNDS));
    return { ...read, integrations: new Map(read.integrations.map((each) => [each.integration, each])) };
  } catch (error) {
    if (error instanceof NotJson || error instanceof Mismatch) throw bad(error.message);
    if (error instanceof TooLong) throw bad(`it is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
    if (error instanceof NotAFile) throw bad('it is not a file');
    throw bad(`it cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
