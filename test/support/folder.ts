import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Lays files out in a folder of their own, lends it, and removes it. */
export function inFolder<T>(files: Readonly<Record<string, string>>, use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'integrations-'));
  const remove = () => rmSync(dir, { recursive: true, force: true });
  let used: T | undefined;
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text);
    }
    used = use(dir);
    return used instanceof Promise ? (used.finally(remove) as T) : used;
  } finally {
    if (!(used instanceof Promise)) remove();
  }
}
