/** The commands of a shell script, each as its words, without quotes; what stands in `$(…)` is a command of its own. */
export function commandsIn(script: string): string[][] {
  const reader = new Reader(script);
  reader.read();
  return reader.commands.map(withoutLead).filter(({ length }) => length > 0);
}

class Reader {
  readonly commands: string[][] = [];
  private at = 0;

  constructor(private readonly script: string) {}

  /** Reads as far as a character that ends it: what closes a substitution, or the end of the script. */
  read(end?: string): void {
    const command = { words: [] as string[], word: undefined as string | undefined };
    const add = (text: string) => {
      command.word = (command.word ?? '') + text;
    };
    const endWord = () => {
      if (command.word !== undefined) command.words.push(command.word);
      command.word = undefined;
    };
    const endCommand = () => {
      endWord();
      if (command.words.length > 0) this.commands.push(command.words);
      command.words = [];
    };
    let quoted = false;
    for (; this.at < this.script.length; this.at += 1) {
      const [here = '', next = ''] = this.script.slice(this.at, this.at + 2);
      if (here === end && !quoted) break;
      if (here === '\\') {
        if (next !== '\n') add(next);
        this.at += 1;
      } else if (here === '"') {
        quoted = !quoted;
        add('');
      } else if (here === "'" && !quoted) add(this.upTo("'").slice(1, -1));
      else if (here === '$' && next === '{') add(this.upTo('}'));
      else if (here === '$' && next === '(') this.nested(2, ')');
      else if (here === '`') this.nested(1, '`');
      else if (quoted) add(here);
      else if (here === '#' && command.word === undefined) this.comment();
      else if (/[\n;|&(){}]/.test(here)) endCommand();
      else if (/\s/.test(here)) endWord();
      else add(here);
    }
    endCommand();
  }

  /** All from here to the next such character, with it. */
  private upTo(character: string): string {
    const end = this.script.indexOf(character, this.at + 1);
    const text = this.script.slice(this.at, end < 0 ? undefined : end + 1);
    this.at += text.length - 1;
    return text;
  }

  private nested(opening: number, end: string): void {
    this.at += opening;
    this.read(end);
  }

  private comment(): void {
    const end = this.script.indexOf('\n', this.at);
    this.at = (end < 0 ? this.script.length : end) - 1;
  }
}

/** A command without the words and assignments of the shell before it. */
function withoutLead(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word) && !LEAD.has(word));
  return first < 0 ? [] : words.slice(first);
}

const LEAD = new Set(['if', 'then', 'else', 'elif', 'fi', 'do', 'done', 'while', 'until', '!', 'time', 'exec', 'env']);
