/** The relative links of a Markdown text, and where on a page they may lead: as GitHub shows it. */

/** What a text links to, outside of code: web pages left out. */
export function relativeLinks(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(\s*<?([^)\s>]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

/** The anchors of a page: of each heading, numbered if it comes again. */
export function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = [...withoutFences(text).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, title = '']) => anchor(title));
  const named = [...text.matchAll(/<a (?:name|id)="([^"]+)"/g)].map(([, name = '']) => name);
  return new Set([
    ...named,
    ...headings.map((id) => {
      const times = seen.get(id) ?? 0;
      seen.set(id, times + 1);
      return times === 0 ? id : `${id}-${times}`;
    }),
  ]);
}

function anchor(title: string): string {
  const words = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<[^>]+>/g, '');
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/(`+)[^`][\s\S]*?\1/g, '');
}

function withoutFences(text: string): string {
  return text.replace(/^( *)(```+|~~~+).*\n[\s\S]*?^\1\2 *$/gm, '');
}
