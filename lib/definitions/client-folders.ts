import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The clients that a folder of definitions has, without reading a file; none where there is no such folder. */
export function clientFolders(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir).filter((name) => existsSync(join(dir, name, 'client.yaml')));
}
