import { type Html, html, joined } from '../html/html';
import { GRAVITIES } from '../rules/risk';
import { group, link, section, table, textCell } from './parts';
import type { Report } from './report';
import type { Row } from './row';

interface RiskOfRow {
  readonly integration: string;
  readonly owner?: string;
  readonly risk: Row['risks'][number];
}

/** What somebody should look at though it is as it was asked for, the gravest first; what is accepted comes last. */
export function risks({ integrations }: Report): Html {
  const lead = html`Risks of what the definitions ask for. A definition can accept one with a reason, until a day.`;
  const all = integrations.flatMap(({ integration, owner, risks: own }) =>
    own.map((risk): RiskOfRow => ({ integration, owner, risk })),
  );
  if (all.length === 0) return section('risks', 'Risks', html`<p>No integration has one.</p>`, lead);
  const open = GRAVITIES.map((gravity) => ({
    title: gravity.charAt(0).toUpperCase() + gravity.slice(1),
    found: all.filter(({ risk }) => risk.gravity === gravity && risk.accepted === null),
    headings: OPEN,
    row: openRow,
    shown: gravity !== 'low',
  }));
  const accepted = all.filter(({ risk }) => risk.accepted !== null);
  const groups = [...open, { title: 'Accepted', found: accepted, headings: ACCEPTED, row: acceptedRow, shown: false }]
    .filter(({ found }) => found.length > 0)
    .map(({ title, found, headings, row, shown }) =>
      group(title, found.length, table({ caption: `Risks: ${title}`, headings, rows: found.map(row) }), shown),
    );
  return section('risks', 'Risks', joined(groups, '\n'), lead);
}

const OPEN = ['Integration', 'What', 'Why', 'What to do', 'Owner'];

function openRow({ integration, owner, risk: { what, why, fix } }: RiskOfRow) {
  return [link('q', integration), textCell(what), textCell(why), textCell(fix), textCell(owner)];
}

const ACCEPTED = ['Integration', 'How grave', 'What', 'Reason', 'Until', 'Owner'];

function acceptedRow({ integration, owner, risk: { gravity, what, accepted } }: RiskOfRow) {
  return [
    link('q', integration),
    ...[gravity, what, accepted?.reason, accepted?.until ?? 'for good', owner].map(textCell),
  ];
}
