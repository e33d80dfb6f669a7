import { riskText } from '../definitions/risks';
import { printable } from '../text/quote';
import { VERDICTS, verdictLine } from './affected';
import { type AccessChange, narrows, widens } from './effect';
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

type Look = 'bold' | 'red' | 'yellow' | 'dim' | 'green';

/** A diff for a terminal: what changes for whom, the worst first, then what happens to resources. */
export function diffText(report: DiffReport, paint: (look: Look, text: string) => string = (_, text) => text): string {
  const { affected, risks, stacks, since } = report;
  const going = goingIn(report);
  const groups = VERDICTS.flatMap((verdict) => {
    const own = affected.filter((each) => each.verdict === verdict);
    const lines = own.flatMap(({ integration, changes }) => [
      ...changes.map((change) => paint(lookOf(change), accessLine(change))),
      ...risks
        .filter((risk) => risk.integration === integration)
        .map((risk) => paint(risk.gravity === 'high' ? 'red' : 'yellow', `  ${printable(riskText(risk))}`)),
    ]);
    return own.length === 0 ? [] : [paint('bold', `${verdict}:`), ...lines, ''];
  });
  return [
    affected.length === 0
      ? `no change in who can do what since ${sinceText(since)}`
      : paint('bold', `${verdictLine(affected)} since ${sinceText(since)}`),
    ...(affected.length + stacks.length > 0 ? [''] : []),
    ...groups,
    ...going.map(({ stack, change }) =>
      paint('red', `${change.atStake ? '! AT STAKE' : '!'} ${stack}: ${resourceText(change)}`),
    ),
    ...(going.length > 0 ? [''] : []),
    ...stacks.map(({ stack, counts }) => `${stack}: ${countsLine(counts)}`),
    ...(stacks.length > 1 ? [`${stacks.length} stacks: ${countsLine(countsOf(stacks))}`] : []),
    ...(stacks.length > 0 ? [''] : []),
  ]
    .join('\n')
    .replace(/\n*$/, '\n');
}

function lookOf(change: AccessChange): Look {
  return widens(change) ? 'red' : narrows(change) ? 'green' : 'dim';
}

function accessLine(change: AccessChange): string {
  const effect = effectText(change);
  // What comes allows more and what goes less; of what is otherwise, nobody can tell by the sign.
  return `${change.sign} ${accessText(change)}${change.sign === '~' && effect ? ` (${effect})` : ''}`;
}
