import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page of the documentation, whose commands can be run as they stand there. */
export class Page {
  private readonly text: string;

  /** @param path in docs/ */
  constructor(path: string) {
    this.text = readFileSync(join(__dirname, '../../../docs', path), 'utf8');
  }

  /** The commands of each block of a shell, in order. */
  get commands(): string[][] {
    return this.fenced('sh').map((block) => block.trimEnd().split('\n'));
  }

  /** The files whose content it shows, by the path in the first line. */
  get files(): Record<string, string> {
    return Object.fromEntries(
      this.fenced('yaml').map((block) => {
        const [, path] = /^# (\S+)\n/.exec(block) ?? [];
        if (path === undefined) throw new Error(`a file is shown and not named:\n${block}`);
        return [path, block];
      }),
    );
  }

  /** What it shows of outputs. */
  get outputs(): string[] {
    return this.fenced('');
  }

  private fenced(language: string): string[] {
    const fences = this.text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm);
    return [...fences]
      .filter(([, , of]) => of === language)
      .map(([, indent = '', , content = '']) => content.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
  }
}
