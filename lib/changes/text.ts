import { counted } from '../text/plural';
import { type AccessChange, narrows, widens } from './effect';
import {
  accessText,
  countsLine,
  countsOf,
  type DiffReport,
  effectText,
  goingIn,
  growthRiskText,
  resourceText,
  sinceText,
} from './report';

/** A diff for a terminal: a line for each change, then what happens to resources. */
export function diffText(report: DiffReport): string {
  const { access, risks, stacks } = report;
  const going = goingIn(report);
  return [
    ...access.map(accessLine),
    ...(access.length > 0 ? [''] : []),
    ...risks.map(growthRiskText),
    ...(risks.length > 0 ? [''] : []),
    ...going.map(({ stack, change }) => `${change.atStake ? '! AT STAKE' : '!'} ${stack}: ${resourceText(change)}`),
    ...(going.length > 0 ? [''] : []),
    ...stacks.map(({ stack, counts }) => `${stack}: ${countsLine(counts)}`),
    ...(stacks.length > 1 ? [`${stacks.length} stacks: ${countsLine(countsOf(stacks))}`] : []),
    ...(stacks.length > 0 ? [''] : []),
    summary(report),
    '',
  ].join('\n');
}

function accessLine(change: AccessChange): string {
  const effect = effectText(change);
  // What comes allows more and what goes less; of what is otherwise, nobody can tell by the sign.
  return `${change.sign} ${accessText(change)}${change.sign === '~' && effect ? ` (${effect})` : ''}`;
}

function summary({ access, since }: DiffReport): string {
  const told = sinceText(since);
  if (access.length === 0) return `no change in who can do what since ${told}`;
  const changes = `${counted(access.length, 'change')} since ${told}`;
  return `${changes}: access grows by ${access.filter(widens).length}, shrinks by ${access.filter(narrows).length}`;
}
