/** A table as a text: a row a line, its name first. */
export function rows(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => line.match(/\S+/g) ?? [])
      .map(([name = '', ...actions]) => [name, actions]),
  );
}
