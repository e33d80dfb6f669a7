import { gunzipSync } from 'node:zlib';
import { isRecord, type Raw } from '../../text/record';
import { Failure } from '../host/failure';
import { readFile } from '../host/read-file';

/** A package as `npm pack` makes it. */
export interface Tarball {
  readonly version: string;
  readonly content: Buffer;
}

const REMEDY = 'npm pack in a checkout makes one, and prints its name';
const MOST_PACKED = 64 * 2 ** 20;
const MOST_UNPACKED = 256 * 2 ** 20;

/**
 * Reads a tarball and sees that it is one of this package: what it is called is written into a repository.
 *
 * @param name of the package
 * @throws Failure where it is anything else
 */
export function readTarball(file: string, name: string): Tarball {
  const content = readFile(file, { most: MOST_PACKED, remedy: REMEDY });
  const manifest = manifestIn(content);
  if (manifest === undefined) throw new Failure('bad-package', `${file} is not a tarball of a package`, REMEDY);
  if (manifest.name !== name || !/^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(String(manifest.version)))
    throw new Failure('bad-package', `${file} is the tarball of a package other than ${name}`, REMEDY);
  return { version: String(manifest.version), content };
}

function manifestIn(content: Buffer): Raw | undefined {
  try {
    const text = textOf(gunzipSync(content, { maxOutputLength: MOST_UNPACKED }), 'package/package.json');
    const manifest: unknown = JSON.parse(text ?? '');
    return isRecord(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

const BLOCK = 512;

/**
 * A file in an archive.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (ustar interchange format)
 */
function textOf(archive: Buffer, wanted: string): string | undefined {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(header.toString('latin1', 124, 136), 8);
    if (!(size >= 0)) return undefined;
    const start = at + BLOCK;
    if (name === wanted) return archive.toString('utf8', start, start + size);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}
