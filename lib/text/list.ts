import { counted } from './plural';

/** `a, b or c`, for messages. */
export function either(values: readonly string[]): string {
  return joined(values, 'or');
}

/** `a, b and c`, for messages. */
export function all(values: readonly string[]): string {
  return joined(values, 'and');
}

/** `a, b, c and 4 others`: the first few of many, for messages. */
export function someOf(values: readonly string[], most = 3): string {
  const left = values.length - most;
  return left > 0 ? `${values.slice(0, most).join(', ')} and ${counted(left, 'other')}` : values.join(', ');
}

function joined(values: readonly string[], last: 'and' | 'or'): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} ${last} ${values.at(-1)}`;
}
