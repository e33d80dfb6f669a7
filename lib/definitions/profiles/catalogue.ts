import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package's own vendor profiles. */
export const CATALOGUE = join(packageFolder(), 'vendors');

/** The folder with this package's `package.json`: sources and packed files lie at different depths below it. */
function packageFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
