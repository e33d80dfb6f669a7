import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from './packed';

/** Packs the package once, for all tests of a run. */
export default function pack(): void {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], ROOT));
  process.env.PACKED = join(folder, filename);
}
