import { printableLines } from '../text/quote';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of HTML, in which everything that comes from elsewhere is escaped. */
export class Html {
  private constructor(private readonly markup: string) {}

  /** A text that is HTML already, such as a script of ours. */
  static trusted(markup: string): Html {
    return new Html(markup);
  }

  toString(): string {
    return this.markup;
  }
}

/** What may stand in a template: text is escaped, HTML is not, a list is joined, and what is undefined is left out. */
export type Content = string | number | undefined | Html | readonly Content[];

/**
 * A template of HTML that escapes what is put into it, for an element or a quoted attribute; characters that nobody
 * sees are spelled out.
 */
export function html(markup: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return Html.trusted(markup.reduce((all, text, at) => `${all}${rendered(contents[at - 1])}${text}`));
}

/** Pieces of HTML with a text between each two. */
export function joined(pieces: readonly Html[], separator: string): Html {
  return Html.trusted(pieces.join(rendered(separator)));
}

function rendered(content: Content): string {
  if (content instanceof Html) return content.toString();
  if (typeof content === 'object') return content.map(rendered).join('');
  return escaped(String(content ?? ''));
}

function escaped(text: string): string {
  return printableLines(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
