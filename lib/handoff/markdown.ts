import { codeBlock, codeSpan, escapedLink, escapedText } from '../text/markdown';
import { letterhead } from './letterhead';
import { type Field, type Handoff, vendorRemedy } from './model';
import { state } from './state';

/** The hand-off as Markdown, to be sent as it is. */
export function handoffMarkdown(handoff: Handoff): string {
  const { setup, fields, needed, commands, test, troubleshooting, limits, sessions, sources } = handoff;
  const sections: (readonly [string, readonly string[]] | undefined)[] = [
    ['What to enter', table(['field', 'value'], fields.map(fieldRow))],
    needed.length === 0
      ? undefined
      : [
          'What we still need from you',
          needed.map(({ label, where }) => `- **${escapedText(label)}**: ${escapedText(where)}`),
        ],
    [
      'What you may do',
      [
        `${handoff.access.map((capability) => `\`${capability}\``).join(', ')} under ${codeSpan(`s3://${setup.accessPointAlias ?? setup.bucket}/${setup.prefix}`)}, and nothing else.`,
        ...(handoff.from.length === 0 ? [] : ['', `Only from ${handoff.from.map(codeSpan).join(' or ')}.`]),
        ...(sessions === undefined ? [] : ['', sessions]),
        ...(handoff.expires === undefined ? [] : ['', `Access ends on ${handoff.expires} at 00:00 UTC.`]),
      ],
    ],
    test.length === 0 ? undefined : ['Test it there', test.map((step, at) => `${at + 1}. ${escapedText(step)}`)],
    commands.length === 0
      ? undefined
      : [
          'Try it with the AWS CLI',
          commands.flatMap((command) => [`${escapedText(command.title)}:`, '', ...codeBlock(command.code), '']),
        ],
    [
      'When something goes wrong',
      table(
        ['you see', 'because', 'do this'],
        troubleshooting.map((row) => [row.message, row.cause, vendorRemedy(row)].map(escapedText)),
      ),
    ],
    limits.length === 0 ? undefined : ['What will not work', limits.map((limit) => `- ${escapedText(limit)}`)],
    sources.length === 0 ? undefined : ['Sources', sources.map((source) => `- ${escapedLink(source)}`)],
  ];
  const body = sections.flatMap((section) => (section ? [`## ${section[0]}`, '', ...section[1], ''] : []));
  const head = [
    `# ${escapedText(handoff.title)}: ${setup.integration}`,
    '',
    ...(handoff.description ? [escapedText(handoff.description), ''] : []),
    ...letterhead(handoff).flatMap(({ label, value }) => [`**${label}**: ${escapedText(value)}`, '']),
  ];
  const lines = [...head, ...state(handoff).flatMap((line) => [`> ${line}`, '']), ...body];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function fieldRow({ label, value, elsewhere, note }: Field): string[] {
  const shown = value === undefined ? `_${escapedText(elsewhere ?? '')}_` : codeSpan(value);
  return [escapedText(label), note === undefined ? shown : `${shown}<br>${escapedText(note)}`];
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)];
}
