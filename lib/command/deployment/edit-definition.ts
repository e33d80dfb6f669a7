import { join } from 'node:path';
import type { Integration } from '../../definitions/model/model';
import { Failure } from '../host/failure';
import type { Host } from '../host/host';
import { readDefinition } from '../host/read-file';
import { replaceFile } from '../host/replace-file';
import { loadWatched } from '../terminal/progress';
import { find } from './find';

/** A change to an integration's file. */
export interface DefinitionEdit {
  readonly dir: string;
  readonly dryRun: boolean;
  /** The text then; undefined where it cannot be edited without losing something. */
  readonly edit: (text: string) => string | undefined;
  /** In the language of definitions, for the person who must write it: `keys: [a, b]`. */
  readonly what: string;
  /** Whether the definition then says what was meant. */
  readonly isMeant: (integration: Integration) => boolean;
}

/**
 * Edits a definition, or only sees that it could be: nothing is written that `check` would refuse.
 * @throws Failure where it cannot; the file is then as it was
 */
export function editDefinition({ client, vendor, file: own }: Integration, change: DefinitionEdit, host: Host): void {
  const { dir, dryRun, edit, what, isMeant } = change;
  const file = join(dir, own);
  const { bytes: before, text } = readDefinition(file);
  const edited = edit(text);
  if (edited === undefined) {
    throw new Failure(
      'edit-impossible',
      `${file} is unchanged: it cannot be edited there without losing something`,
      `write ${what} yourself`,
    );
  }
  const { deployment, problems } = loadWatched(dir, { added: { client, vendor, text: edited } }, host);
  const [error] = problems.filter(({ severity }) => severity === 'error');
  if (error) throw new Failure('edit-refused', `${file} is unchanged: with ${what}, ${error.message}`, error.fix);
  if (!isMeant(find(deployment, `${client}_${vendor}`, dir).integration)) {
    throw new Failure('changed-meanwhile', `${file} is unchanged: somebody else changed it just now`, 'try again');
  }
  if (!dryRun) replaceFile(file, before, edited);
}
