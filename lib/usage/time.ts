/** An instant as text, to the second, in UTC; null for what never was. */
export function timeOf(at: number): string | null {
  return Number.isFinite(at) ? new Date(at).toISOString().replace(/\.\d+Z$/, 'Z') : null;
}
