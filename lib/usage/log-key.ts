/**
 * The key that a log means. Server access logs have it encoded as URLs are, some requests' twice, with `+` for a space; what
 * is no such encoding is the key itself.
 */
export function decodedKey(logged: string): string {
  const once = decoded(logged);
  return once !== logged && /%[0-9A-Fa-f]{2}/.test(once) ? decoded(once) : once;
}

/** Whether a logged key, read in any way, is under a prefix. */
export function isUnder(logged: string, prefix: string): boolean {
  if (logged.startsWith(prefix)) return true;
  const once = decoded(logged);
  return (
    once.startsWith(prefix) ||
    decoded(once).startsWith(prefix) ||
    decoded(logged.replaceAll('+', ' ')).startsWith(prefix)
  );
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
