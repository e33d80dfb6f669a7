import { codeSpan, escapedText } from '../text/markdown';
import type { DueItem } from './review';

/** A section for each owner, to be sent: what is due, and what to do. */
export function reviewMarkdown(items: readonly DueItem[], today: string): string {
  if (items.length === 0) return `# Review of ${today}\n\nNothing is due.\n`;
  const owners = [...new Set(items.map(({ owner }) => owner))].sort(ownersFirst);
  const sections = owners.map((owner) => {
    const lines = items.filter((item) => item.owner === owner).map(line);
    return `## ${owner === null ? 'Without an owner' : escapedText(owner)}\n\n${lines.join('\n')}\n`;
  });
  return [`# Review of ${today}\n`, ...sections].join('\n');
}

function ownersFirst(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function line({ integration, file, message, fix }: DueItem): string {
  return `- [ ] ${codeSpan(integration ?? file)}: ${escapedText(message)}. ${escapedText(capital(fix))}.`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
