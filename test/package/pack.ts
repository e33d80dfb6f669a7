import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from './packed';

/** Packs the package once, for all tests of a run; takes what `npm run release` made into the folder RELEASE, if it is set. */
export default function pack(): void {
  const { RELEASE: made } = process.env;
  if (made !== undefined) {
    const [file, ...others] = readdirSync(made).filter((each) => /-\d+\.\d+\.\d+\.tgz$/.test(each));
    if (file === undefined || others.length > 0) throw new Error(`${made} has no package of a release`);
    process.env.PACKED = join(made, file);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], ROOT));
  process.env.PACKED = join(folder, filename);
}
