import { riskText } from '../definitions/risks';
import { codeSpan, sentence, tableCell } from '../text/markdown';
import { type Affected, verdictLine } from './affected';
import { countsLine, countsOf, type DiffReport, effectText, goingIn, resourceText, sinceText } from './report';

/** What a comment on GitHub may have, in characters, with room for what is put around the lists. */
const MOST = 65_536 - 2_000;

/** So many are named before the table. */
const FIRST = 3;

/** The address of a file of the definitions, where it can be looked at. */
export type LinkOf = (file: string) => string | undefined;

/**
 * A diff for a pull request: what it comes to, what to look at first, a table with the worst first. Values stand in code
 * spans, where neither Markdown nor HTML nor the mention of somebody means anything. What would make it longer than a
 * comment may be is left out, the worst last of all, and is counted.
 *
 * @see https://github.github.com/gfm/#code-spans
 */
export function diffMarkdown(report: DiffReport, linkOf: LinkOf = () => undefined): string {
  const { affected, risks, stacks, since } = report;
  const room = { left: MOST };
  const going = goingIn(report).filter(({ change }) => change.atStake);
  const atStake = listed(
    going.map(({ stack, change }) => `> - ${codeSpan(`${stack}: ${resourceText(change)}`)}`),
    room,
  );
  const rows = listed(
    affected.map((each) => rowOf(each, linkOf)),
    room,
  );
  const risky = listed(
    risks.map((risk) => `- ${codeSpan(risk.integration)}: ${sentence(riskText(risk))}`),
    room,
  );
  const resources = listed(
    stacks.flatMap(({ stack, counts, changes }) => [
      `- ${codeSpan(stack)}: ${countsLine(counts)}`,
      ...changes.map((change) => `  - ${codeSpan(resourceText(change))}`),
    ]),
    room,
  );
  const folded = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`<details><summary>${title}</summary>`, '', ...lines, '', '</details>', ''];
  return [
    `### Access: ${affected.length === 0 ? 'no change in who can do what' : verdictLine(affected)}`,
    '',
    `Since ${codeSpan(sinceText(since))}.${lookFirst(report)}`,
    '',
    ...(atStake.length > 0
      ? ['> [!CAUTION]', '> A resource in use is lost, and no definition says so:', '>', ...atStake, '']
      : []),
    ...(rows.length > 0
      ? ['| Risk | Integration | Who | Gains (+), loses (-) | Until |', '|---|---|---|---|---|', ...rows, '']
      : []),
    ...folded(`Risks of what grows: ${risks.length}`, risky),
    ...folded(`Resources: ${countsLine(countsOf(stacks))}`, resources),
  ].join('\n');
}

/** Those with the gravest risks, each with what it is. */
function lookFirst({ affected, risks }: DiffReport): string {
  const grave = affected.filter(({ gravity }) => gravity === 'high' || gravity === 'medium').slice(0, FIRST);
  const said = grave.map(({ integration = '' }) => {
    const risk = risks.find((each) => each.integration === integration && each.accepted === null);
    return `${codeSpan(integration)}${risk ? ` (${risk.gravity}: ${sentence(risk.what)})` : ''}`;
  });
  return said.length === 0 ? '' : ` **Look first at** ${said.join(', ')}.`;
}

function rowOf({ integration, client, verdict, gravity, who, until, file, changes }: Affected, linkOf: LinkOf): string {
  const link = linkOf(file);
  const name = codeSpan(integration ?? client);
  const told = changes.map((change) => {
    const effect = change.sign === '~' ? effectText(change) : undefined;
    return `${codeSpan(change.sign)} ${sentence(change.text)}${effect ? ` (${effect})` : ''}`;
  });
  const cells = [
    gravity === undefined ? (verdict === 'grows' ? 'none' : verdict) : gravity === 'high' ? '**high**' : gravity,
    link === undefined ? name : `[${name}](${link})`,
    who.map(codeSpan).join('<br>'),
    told.join('<br>'),
    until === undefined ? (integration !== undefined && who.length > 0 ? 'no end' : '') : codeSpan(until),
  ];
  return `| ${cells.map(tableCell).join(' | ')} |`;
}

/** As many lines as there is room for, and how many there would be more. */
function listed(lines: readonly string[], room: { left: number }): string[] {
  const fitting: string[] = [];
  for (const line of lines) {
    if (line.length + 1 > room.left) {
      const more = `${lines.length - fitting.length} more: \`bucket-integrations diff\` shows them`;
      return [
        ...fitting,
        line.startsWith('|') ? `| … | ${more} | | | |` : `${/^[> ]*- /.exec(lines[0] ?? '')?.[0] ?? ''}${more}`,
      ];
    }
    fitting.push(line);
    room.left -= line.length + 1;
  }
  return fitting;
}
