import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRegular } from '../../files/bounded';
import { checkCertificate, holdsPrivateKey } from '../../rules/certificate';
import type { Finding } from '../../rules/finding';
import { checkName } from '../../rules/names';
import { quote } from '../../text/quote';
import { compare, type Problem } from '../yaml/problem';
import { MOST_BYTES } from '../yaml/size';
import { YamlFile } from '../yaml/yaml-file';

/** The files of a folder of definitions, read; nothing in them has been looked at yet. */
export interface Folder {
  readonly settings?: YamlFile;
  readonly clients: readonly ClientFolder[];
  readonly problems: readonly Problem[];
  /** Whether there are clients that were not read. */
  readonly partial: boolean;
}

export interface ClientFolder {
  readonly name: string;
  readonly client?: YamlFile;
  readonly integrations: readonly { readonly vendor: string; readonly yaml: YamlFile }[];
  /** The PEM files that stand beside them, by name. */
  readonly pems: ReadonlyMap<string, Pem>;
}

/** A PEM file's text, or why it cannot be read; null where that has been reported. */
export type Pem = string | Finding | null;

/**
 * Reads a folder of definitions. Whatever is not where it belongs is a problem, never skipped; only
 * dotfiles, `*.md` and `*.pem` may stand beside the definitions.
 *
 * @param only the clients to read; no other client's files are opened
 * @param progress is told, after each client, how many of how many have been read
 */
export function readFolder(
  dir: string,
  only?: readonly string[],
  progress: (done: number, of: number) => void = () => {},
): Folder {
  const reader = new Reader(dir);
  const clients: ClientFolder[] = [];
  let settings: YamlFile | undefined;
  let partial = false;
  const entries = reader.entries('');
  const folders = entries.filter((entry) => entry.isDirectory() && (only?.includes(entry.name) ?? true)).length;
  for (const entry of entries) {
    const { name } = entry;
    if (entry.isDirectory()) {
      if (only && !only.includes(name)) {
        partial = true;
        continue;
      }
      const findings = checkName('client', name);
      if (findings.length > 0) reader.report(name, ...findings);
      else clients.push(readClient(reader, name));
      progress(clients.length, folders);
    } else if (entry.isFile() && name.endsWith('.pem')) {
      reader.pem(name);
    } else if (name === 'settings.yaml') {
      settings = reader.yaml(name);
    } else {
      reader.report(name, stray(name, 'a folder for each client, and settings.yaml'));
    }
  }
  for (const name of only ?? []) {
    if (clients.some((client) => client.name === name)) continue;
    reader.report(name, {
      code: 'unknown-client',
      message: `there is no client ${quote(name)}`,
      fix: `make the folder ${name} with a client.yaml in it, or correct the name`,
    });
  }
  return { settings, clients, problems: reader.problems, partial };
}

function readClient(reader: Reader, name: string): ClientFolder {
  const integrations: { vendor: string; yaml: YamlFile }[] = [];
  const pems = new Map<string, Pem>();
  let client: YamlFile | undefined;
  for (const entry of reader.entries(name)) {
    const file = `${name}/${entry.name}`;
    const vendor = /^(.*)\.yaml$/.exec(entry.name)?.[1];
    if (entry.isFile() && entry.name.endsWith('.pem')) {
      pems.set(entry.name, reader.pem(file));
    } else if (entry.isDirectory() || vendor === undefined) {
      const expected = 'client.yaml, and <vendor>.yaml for each integration';
      reader.report(file, stray(entry.name, expected, entry.isDirectory()));
    } else if (vendor === 'client') {
      client = reader.yaml(file);
    } else {
      const findings = checkName('vendor', vendor);
      reader.report(file, ...findings);
      const yaml = findings.length === 0 ? reader.yaml(file) : undefined;
      if (yaml) integrations.push({ vendor, yaml });
    }
  }
  for (const special of reader.specials(name)) if (special.endsWith('.pem')) pems.set(special, null);
  if (!reader.exists(`${name}/client.yaml`)) {
    reader.report(name, {
      code: 'missing-client-file',
      message: `the client ${name} has no client.yaml`,
      fix: `make ${name}/client.yaml; an empty file is enough`,
    });
  }
  return { name, client, integrations, pems };
}

function stray(name: string, expected: string, isFolder = false): Finding {
  const yml = /^(.*)\.ya?ml$/i.exec(name)?.[1]?.toLowerCase();
  if (!isFolder && yml !== undefined && `${yml}.yaml` !== name) {
    return { code: 'unexpected-file', message: `${quote(name)} is not read`, fix: `rename it to ${yml}.yaml` };
  }
  return {
    code: isFolder ? 'unexpected-folder' : 'unexpected-file',
    message: `${quote(name)} does not belong here`,
    fix: yml === undefined || isFolder ? `move it: this folder holds ${expected}` : "move it into its client's folder",
  };
}

class Reader {
  readonly problems: Problem[] = [];
  private readonly special: [string, string][] = [];

  constructor(private readonly dir: string) {}

  report(file: string, ...findings: Finding[]): void {
    for (const { code, message, fix } of findings) {
      this.problems.push({ file: file || '.', line: 1, column: 1, severity: 'error', code, message, fix });
    }
  }

  /** Whether something of that name stands there, be it readable or not. */
  exists(file: string): boolean {
    return lstatSync(join(this.dir, file), { throwIfNoEntry: false }) !== undefined;
  }

  /** What stands in a folder, by name, without dotfiles and what else may stand beside definitions. */
  entries(folder: string): Dirent[] {
    try {
      const beside = (entry: Dirent) => entry.name.startsWith('.') || (entry.isFile() && entry.name.endsWith('.md'));
      return readdirSync(join(this.dir, folder), { withFileTypes: true })
        .filter((entry) => !beside(entry) && !this.isSpecial(folder, entry))
        .sort((a, b) => compare(a.name, b.name));
    } catch (error) {
      this.report(folder, unreadable('folder', error));
      return [];
    }
  }

  /** A file's YAML, or undefined where it cannot be read. */
  yaml(file: string): YamlFile | undefined {
    const text = this.read(file);
    if (typeof text !== 'string') {
      this.report(file, text);
      return undefined;
    }
    const yaml = new YamlFile(file, text);
    this.problems.push(...yaml.problems);
    return yaml;
  }

  /**
   * A PEM file. What is wrong with it only matters where a definition names it; but a private key is never kept in a
   * folder that others read.
   */
  pem(file: string): Pem {
    const pem = this.read(file);
    if (typeof pem !== 'string' || !holdsPrivateKey(pem)) return pem;
    this.report(file, ...checkCertificate(pem));
    return null;
  }

  /** The names in a folder that are neither files nor folders, which have been reported. */
  specials(folder: string): readonly string[] {
    return this.special.filter(([where]) => where === folder).map(([, name]) => name);
  }

  /** A file's text, or why it cannot be read. */
  private read(file: string): string | Finding {
    try {
      const path = join(this.dir, file);
      const { size } = lstatSync(path);
      if (size <= MOST_BYTES) return new TextDecoder('utf-8', { fatal: true }).decode(readRegular(path, MOST_BYTES));
      return {
        code: 'file-too-large',
        message: `the file is ${size} bytes long; ${MOST_BYTES} are allowed`,
        fix: 'keep one integration or certificate a file, and nothing else in it',
      };
    } catch (error) {
      const notText = (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
      const finding: Finding = { code: 'not-utf-8', message: 'the file is not UTF-8 text', fix: 'save it as UTF-8' };
      return notText ? finding : unreadable('file', error);
    }
  }

  private isSpecial(folder: string, entry: Dirent): boolean {
    if (entry.isFile() || entry.isDirectory()) return false;
    this.special.push([folder, entry.name]);
    const what = entry.isSymbolicLink() ? 'a symbolic link' : 'not a file';
    this.report(folder ? `${folder}/${entry.name}` : entry.name, {
      code: 'not-a-file',
      message: `${quote(entry.name)} is ${what}`,
      fix: 'put the file itself there: a definition never depends on what lies outside the folder',
    });
    return true;
  }
}

function unreadable(what: 'file' | 'folder', error: unknown): Finding {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  const fixes: Record<string, string> = {
    ENOENT: 'make it, or point --dir (or -c integrations=) at the folder that holds the definitions',
    ENOTDIR: 'point --dir (or -c integrations=) at a folder',
    EACCES: 'allow yourself to read it (chmod)',
  };
  return {
    code: what === 'file' ? 'unreadable-file' : 'unreadable-folder',
    message: `the ${what} cannot be read (${code})`,
    fix: fixes[code] ?? 'check the path and its permissions',
  };
}
