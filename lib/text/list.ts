/** `a, b or c`, for messages. */
export function either(values: readonly string[]): string {
  return joined(values, 'or');
}

/** `a, b and c`, for messages. */
export function all(values: readonly string[]): string {
  return joined(values, 'and');
}

function joined(values: readonly string[], last: 'and' | 'or'): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} ${last} ${values.at(-1)}`;
}
