/** Lines of a patch around what changes. */
const CONTEXT = 3;

/**
 * A patch from one text to another as `git apply` takes it: what differs is one hunk.
 * @param path with forward slashes, from where the patch is applied
 */
export function patchOf(path: string, before: string, after: string): string {
  if (before === after) return '';
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let same = 0;
  const most = Math.min(old.length, now.length) - start;
  while (same < most && old[old.length - 1 - same] === now[now.length - 1 - same]) same++;
  const from = Math.max(0, start - CONTEXT);
  const [oldEnd, newEnd] = [old.length - same, now.length - same];
  const tail = old.slice(oldEnd, oldEnd + CONTEXT);
  const body = [
    ...old.slice(from, start).map((line) => ` ${line}`),
    ...old.slice(start, oldEnd).map((line) => `-${line}`),
    ...now.slice(start, newEnd).map((line) => `+${line}`),
    ...tail.map((line) => ` ${line}`),
  ];
  const range = (end: number) => `${from + 1},${end - from + tail.length}`;
  const head = `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -${range(oldEnd)} +${range(newEnd)} @@\n`;
  return head + body.map((line) => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`)).join('');
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
