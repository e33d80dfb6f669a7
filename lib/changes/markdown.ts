import { codeSpan } from '../text/markdown';
import { type AccessChange, widens } from './effect';
import {
  accessText,
  countsLine,
  countsOf,
  type DiffReport,
  effectText,
  goingIn,
  resourceText,
  sinceText,
} from './report';

/** What a comment on GitHub may have, in characters, with room for what is put around the lists. */
const MOST = 65_536 - 2_000;

/**
 * A diff for a pull request. Whatever comes from a definition stands in code spans on lines of their own, where neither
 * Markdown nor HTML nor the mention of somebody means anything. What would make it longer than a comment may be is left
 * out, what widens access last of all, and is counted.
 *
 * @see https://github.github.com/gfm/#code-spans
 */
export function diffMarkdown(report: DiffReport): string {
  const { access, stacks, since } = report;
  const room = { left: MOST };
  const going = goingIn(report).filter(({ change }) => change.atStake);
  const atStake = listed(
    going.map(({ stack, change }) => `> - ${codeSpan(`${stack}: ${resourceText(change)}`)}`),
    room,
  );
  const growing = listed(access.filter(widens).map(item), room);
  const others = listed(access.filter((change) => !widens(change)).map(item), room);
  const resources = listed(
    stacks.flatMap(({ stack, counts, changes }) => [
      `- ${codeSpan(stack)}: ${countsLine(counts)}`,
      ...changes.map((change) => `  - ${codeSpan(resourceText(change))}`),
    ]),
    room,
  );
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, '', ...lines, '']);
  return [
    `### Access since ${codeSpan(sinceText(since))}`,
    '',
    ...(atStake.length > 0
      ? ['> [!CAUTION]', '> A resource in use is lost, and no definition says so:', '>', ...atStake, '']
      : []),
    ...(access.length === 0 ? ['No change in who can do what.', ''] : []),
    ...section('**Access grows**', growing),
    ...section(growing.length > 0 ? '**Other changes**' : '**No access grows**', others),
    ...section(`<details><summary>Resources: ${countsLine(countsOf(stacks))}</summary>`, resources),
    ...(stacks.length > 0 ? ['</details>', ''] : []),
  ].join('\n');
}

function item(change: AccessChange): string {
  const effect = change.sign === '~' ? effectText(change) : undefined;
  return `- ${codeSpan(`${change.sign} ${accessText(change)}`)}${effect ? ` (${effect})` : ''} in ${codeSpan(change.file)}`;
}

/** As many lines as there is room for, and how many there would be more. */
function listed(lines: readonly string[], room: { left: number }): string[] {
  const fitting: string[] = [];
  for (const line of lines) {
    if (line.length + 1 > room.left) {
      const more = `${lines.length - fitting.length} more: \`bucket-integrations diff\` shows them`;
      return [...fitting, `${/^[> ]*- /.exec(lines[0] ?? '')?.[0] ?? ''}${more}`];
    }
    fitting.push(line);
    room.left -= line.length + 1;
  }
  return fitting;
}
